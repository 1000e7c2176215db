"""What a room says outside before it acts on it (the committed seed of a sample, a day's root of filings): write-once lines.

The room names what is to be published (``STATEMENTS``); the sealer writes it beside the anchors. Whoever changes the
database afterwards has changed one of the two only.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from wenze.deadlines import clock
from wenze.registry import Registry

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Iterable
    from pathlib import Path


@dataclass(frozen=True)
class Statement:
    """``kind`` and ``key`` say of what; ``value`` is never taken back."""

    commission_id: uuid.UUID
    kind: str
    key: str
    value: str


STATEMENTS: Registry[Callable[[], Iterable[Statement]]] = Registry("published statements")
"""Each answers with what may still be unpublished: few rows, asked every second."""


def place(commission_id: Any) -> Path:
    """The append-only file of what a commission has said."""
    folder: Path = settings.WENZE_ANCHORS
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{commission_id}.statements.log"


def read(commission_id: Any) -> list[dict[str, str]]:
    """Every statement, oldest first."""
    file = place(commission_id)
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text().splitlines() if line.strip()]


def said(commission_id: Any, kind: str, key: str) -> list[str]:
    """The values published for one thing: none, one, or, where somebody tried to say another, more."""
    return [row["value"] for row in read(commission_id) if (row["kind"], row["key"]) == (kind, key)]


def publish() -> int:
    """Write what was not yet said; returns how many lines."""
    waiting: dict[Any, list[Statement]] = defaultdict(list)
    for told in STATEMENTS:
        for statement in told():
            waiting[statement.commission_id].append(statement)
    written = 0
    for commission_id, statements in waiting.items():
        already = {(row["kind"], row["key"], row["value"]) for row in read(commission_id)}
        fresh = [each for each in statements if (each.kind, each.key, each.value) not in already]
        if not fresh:
            continue
        with place(commission_id).open("a") as out:
            for each in fresh:
                line = {"kind": each.kind, "key": each.key, "value": each.value, "at": clock.now().isoformat()}
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
            out.flush()
            os.fsync(out.fileno())
        written += len(fresh)
    return written
