"""Which rows a service-made matter consists of: found by the ids that they mention, not by a list of tables."""

from __future__ import annotations

import json
import re
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models

from cases.models import Case, Clue
from wenze.crypto.fields import SealedTextField
from wenze.crypto.models import DataKey

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
SHARED = (
    "people",
    "responsibility",
    "tolerance",
    "exchange",
    "auth",
    "contenttypes",
    "sessions",
    "otp_static",
    "otp_totp",
    "axes",
)
APART = {"audit.Seal", "notices.Outbox", "notices.Lease", "notices.Sweep", "documents.NumberSeries", "cases.Campaign"}
"""What belongs to no single matter: people and their lists, the chain, what was delivered."""

MARK = "demo.cases"
"""The entry of the ledger that says how far the cases of a seed were generated."""

Key = tuple[str, Any]


def model_of(label: str) -> Any:
    return apps.get_model(label)


def columns_of(model: Any) -> list[Any]:
    """The columns that are written: an automatic number is the database's."""
    return [each for each in model._meta.local_concrete_fields if not isinstance(each, models.AutoField)]


def rows_of(label: str, up_to: dict[str, Any] | None = None) -> Iterator[Any]:
    """The rows of a model, those only that stood before anything was generated."""
    found = model_of(label)._base_manager.order_by("pk")
    if up_to is not None:
        if label not in up_to:
            return
        found = found.filter(pk__lte=up_to[label])
    yield from found.iterator(2000)


def mentions(row: Any) -> set[uuid.UUID]:
    """Every id that a row mentions, in its columns or within its texts; what is sealed is read."""
    found: set[uuid.UUID] = set()
    for each in columns_of(type(row)):
        if isinstance(each, SealedTextField):
            value: Any = getattr(row, each.attname) if row.__dict__[each.attname] else ""
        else:
            value = row.__dict__[each.attname]
        if isinstance(value, uuid.UUID):
            found.add(value)
        elif isinstance(value, str):
            found |= {uuid.UUID(each) for each in ID.findall(value)}
        elif isinstance(value, dict | list) and value:
            found |= {uuid.UUID(each) for each in ID.findall(json.dumps(value))}
    return found


@dataclass
class Matter:
    """All rows of one clue, with its case where it became one."""

    rows: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    ids: set[uuid.UUID] = field(default_factory=set)

    def of(self, model: Any) -> list[Any]:
        return self.rows.get(model._meta.label, [])


def is_people_key(row: Any) -> bool:
    return isinstance(row, DataKey) and row.about.startswith("people:")


def labels() -> list[str]:
    """The models whose rows belong to matters."""
    return [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in SHARED
        and model._meta.label not in APART
    ]  # fmt: skip


def matters(up_to: dict[str, Any] | None = None) -> list[Matter]:
    """The matters that can be told again by themselves: one clue, at most one case, nothing of another's."""
    rows: dict[Key, Any] = {}
    owner: dict[uuid.UUID, Key] = {}
    for label in labels():
        for row in rows_of(label, up_to):
            if is_people_key(row) or (label == "audit.LedgerEntry" and row.action == MARK):
                continue
            rows[label, row.pk] = row
            if isinstance(row.pk, uuid.UUID):
                owner[row.pk] = (label, row.pk)
    leader: dict[Key, Key] = {key: key for key in rows}

    def lead(key: Key) -> Key:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for key, row in rows.items():
        for mentioned in mentions(row):
            if mentioned in owner:
                leader[lead(key)] = lead(owner[mentioned])
    found: dict[Key, Matter] = defaultdict(Matter)
    for key, row in rows.items():
        matter = found[lead(key)]
        matter.rows[key[0]].append(row)
        if isinstance(row.pk, uuid.UUID):
            matter.ids.add(row.pk)
    return [each for each in found.values() if len(each.of(Clue)) == 1 and len(each.of(Case)) <= 1]
