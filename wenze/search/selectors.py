"""Finding: the ids come from the index first and are then asked of each model's ``visible_to`` (data.md §2).

Counts are over what the user may see, never over what exists.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wenze.search import tokens
from wenze.search.models import SearchEntry
from wenze.search.registry import INDEXES

if TYPE_CHECKING:
    import uuid

SHOWN = 50
CAP = 1000
FETCHED = 5000


@dataclass(frozen=True)
class Kind:
    """How many records of a kind the user may see among the found ones."""

    key: str
    label: str
    count: str


@dataclass(frozen=True)
class Found:
    hits: tuple[SearchEntry, ...]
    kinds: tuple[Kind, ...]
    count: str


def _written(number: int) -> str:
    return str(number) if number <= CAP else f"{CAP}+"


def _visible(user: Any, kind: str, entries: Any, ids: list[uuid.UUID] | None) -> list[uuid.UUID]:
    index: Any = INDEXES[kind]
    rows = index.model._default_manager.visible_to(user)
    wanted: Any = ids if ids is not None else entries.filter(kind=kind).values("object_id")
    return list(rows.filter(pk__in=wanted).order_by("-pk").values_list("pk", flat=True).distinct()[: CAP + 1])


def search(user: Any, q: str, kind: str | None = None) -> Found:
    """What ``user`` may see of what matches ``q``, newest first; nothing for an empty question."""
    conditions = tokens.query(q)
    if not conditions:
        return Found((), (), "0")
    entries = SearchEntry.objects.filter(tokens__matches=conditions, kind__in=INDEXES.keys())
    pairs = list(entries.order_by("-id").values_list("kind", "object_id")[: FETCHED + 1])
    by_kind: dict[str, list[uuid.UUID]] = defaultdict(list)
    for label, object_id in pairs:
        by_kind[label].append(object_id)
    many = len(pairs) > FETCHED
    kinds: list[Kind] = []
    seen: dict[str, list[uuid.UUID]] = {}
    for label in INDEXES.keys() if many else by_kind:
        visible = _visible(user, label, entries, None if many else by_kind[label])
        if visible:
            seen[label] = visible
            kinds.append(Kind(label, INDEXES[label].label, _written(len(visible))))
    hits: list[SearchEntry] = []
    for label, visible in seen.items():
        if kind in {None, "", label}:
            hits += SearchEntry.objects.filter(kind=label, object_id__in=visible[:SHOWN])
    hits.sort(key=lambda entry: entry.object_id, reverse=True)
    total = sum(len(visible) for visible in seen.values())
    return Found(tuple(hits[:SHOWN]), tuple(kinds), _written(total))
