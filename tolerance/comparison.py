"""A version as people read it, and what changed from one version to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tolerance.completeness import AXES
from tolerance.enums import FileKind, Secrecy
from tolerance.papers import axis_said
from tolerance.sealing import content

if TYPE_CHECKING:
    from tolerance.models import FilingVersion

UNSAID = {
    "filing", "version", "kind", "organization", "body", "organization_name", "body_name", "submitted_on", "submitted_by", "submitted_at",
    "change_reason",
}  # fmt: skip
ANSWERS = {"yes": "有", "no": "没有"}


@dataclass(frozen=True)
class Difference:
    """One field that another version says otherwise."""

    label: str
    before: str
    after: str


def in_words(name: str, value: Any) -> str:
    """A value of the content as a page writes it."""
    if name == "people":
        return "；".join(f"{row[0]}（{row[1]}）" if row[1] else str(row[0]) for row in value)
    if name == "files":
        return "；".join(f"{FileKind(row[0]).label}：{row[1]}（{row[3][:12]}）" for row in value)
    if name == "item":
        return str(value[2]) if value else ""
    if name == "self_check":
        return "；".join(f"{key}：{ANSWERS.get(answer, answer)}" for key, answer in sorted(value.items()))
    if name == "distinctions":
        return "；".join(axis_said(axis, value.get(axis, {})) for axis in AXES)
    if name == "secrecy":
        return str(Secrecy(value).label)
    if isinstance(value, bool):
        return "已承诺" if value else "未承诺"
    return str(value)


def differences(before: FilingVersion, after: FilingVersion) -> list[Difference]:
    """Field by field, in the order of the form."""
    old = {name: value for name, _, value in content.fields_of(before)}
    return [
        Difference(label, in_words(name, old[name]), in_words(name, value))
        for name, label, value in content.fields_of(after)
        if name not in UNSAID and old[name] != value
    ]
