"""What changed between two versions of a report, sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from cases.models.hearing import part_name

if TYPE_CHECKING:
    from cases.models import Report

SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")


@dataclass(frozen=True)
class Piece:
    """A run of text that stayed (``same``), went (``gone``) or came (``new``)."""

    kind: str
    text: str


@dataclass(frozen=True)
class PartChange:
    name: str
    pieces: list[Piece]


def pieces_between(before: str, after: str) -> list[Piece]:
    """The text of both, what went before what came."""
    old, new = SENTENCE.findall(before), SENTENCE.findall(after)
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(old[a:b])))
            continue
        if a < b:
            found.append(Piece("gone", "".join(old[a:b])))
        if c < d:
            found.append(Piece("new", "".join(new[c:d])))
    return [piece for piece in found if piece.text]


def changes_between(before: Report, after: Report) -> list[PartChange]:
    """The parts that differ, in the order of 条例第十一条."""
    return [
        PartChange(part_name(part), pieces_between(getattr(before, part), getattr(after, part)))
        for part in after.PARTS
        if getattr(before, part) != getattr(after, part)
    ]
