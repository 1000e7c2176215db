"""Heads published outside the database: a chain whose tail was cut no longer reaches its anchor."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from django.conf import settings

from wenze.audit import statements
from wenze.audit.models import Seal
from wenze.deadlines import clock

if TYPE_CHECKING:
    from pathlib import Path


def place(commission_id: Any) -> Path:
    """The append-only file of a commission's anchors."""
    folder: Path = settings.WENZE_ANCHORS
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{commission_id}.log"


def read(commission_id: Any) -> list[tuple[int, str]]:
    """``(seq, head)`` of every anchor, oldest first."""
    file = place(commission_id)
    if not file.exists():
        return []
    rows = [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
    return [(row["seq"], row["head"]) for row in rows]


def publish() -> int:
    """Write what the rooms have to say, then the head of every chain that has moved; returns how many were written."""
    written = statements.publish()
    for commission_id in Seal.objects.order_by().values_list("commission_id", flat=True).distinct():
        last = Seal.objects.filter(commission_id=commission_id).order_by("-seq").first()
        published = read(commission_id)
        if last is None or (published and published[-1][0] >= last.seq):
            continue
        line = json.dumps({"seq": last.seq, "head": last.head, "at": clock.now().isoformat()})
        with place(commission_id).open("a") as out:
            out.write(line + "\n")
            out.flush()
            os.fsync(out.fileno())
        written += 1
    return written
