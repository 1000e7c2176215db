"""One dossier: the canonical JSON of what a reader of a step sees (design §6).

The signing page is rendered from it, the signature is on its hash, and the comparison of two versions
is made from it. A room registers a builder for its model; a builder returns a ``Dossier``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, TypedDict

from wenze.registry import Registry


class Section(TypedDict, total=False):
    """A titled part: ``pairs`` label → value, or a ``table`` (first row is the head), or ``paragraphs``; ``href`` leads to more."""

    key: str
    title: str
    pairs: list[list[str]]
    table: list[list[str]]
    paragraphs: list[str]
    href: str


class Dossier(TypedDict):
    """What is asked (a question that yes or no answers), what is not asked, a brief, and the parts."""

    step: str
    question: str
    not_asked: str
    brief: list[str]
    sections: list[Section]


BUILDERS: Registry[Callable[[Any, str], Dossier]] = Registry("dossiers")


def dossier(about: Any, step: str) -> Dossier:
    """The dossier of ``about`` for a step, from the builder registered for its model."""
    return BUILDERS[about._meta.label](about, step)


def digest(content: Any) -> str:
    """SHA-256 over the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Change(TypedDict):
    title: str
    before: str
    after: str


def _flat(section: Section) -> dict[str, str]:
    rows: dict[str, str] = {label: value for label, value in section.get("pairs", [])}  # noqa: C416 -- lists of two, not tuples
    for number, row in enumerate(section.get("table", [])[1:], 1):
        rows[f"第{number}行"] = " | ".join(row)
    for number, text in enumerate(section.get("paragraphs", []), 1):
        rows[f"第{number}段"] = text
    return rows


def changes(before: Dossier, after: Dossier) -> list[Change]:
    """What differs between two versions, part by part, in the words of the page."""
    found: list[Change] = []
    old = {section["key"]: section for section in before["sections"]}
    new = {section["key"]: section for section in after["sections"]}
    for key in dict.fromkeys([*old, *new]):
        left = _flat(old[key]) if key in old else {}
        right = _flat(new[key]) if key in new else {}
        title = (new.get(key) or old[key])["title"]
        found.extend(
            Change(title=f"{title}·{label}", before=left.get(label, "（无）"), after=right.get(label, "（无）"))
            for label in dict.fromkeys([*left, *right])
            if left.get(label) != right.get(label)
        )
    if before["question"] != after["question"]:
        found.insert(0, Change(title="所请示的事项", before=before["question"], after=after["question"]))
    return found
