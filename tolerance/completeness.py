"""What a draft still lacks before it may be handed in (law.md §6.1 字段): all at once, each with its place on the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tolerance.enums import FileKind, ItemKind, VersionKind
from wenze.errors import Missing
from wenze.law import cite, data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tolerance.models import FilingVersion, ListEdition

WRITTEN = {
    "title": "事项名称", "background": "背景与依据", "gap": "现行规定的空白或者冲突", "practice": "拟采取的做法", "risks": "风险点与预案",
    "loss_ceiling": "损失上限", "starts_on": "实施期的起日", "ends_on": "实施期的止日", "meeting": "决策会议", "met_on": "会议日期",
    "minutes": "会议纪要", "legality": "合法性审查意见", "expert": "专家论证", "signed_by": "签字人",
}  # fmt: skip
"""Every field of law.md §6.1 that is written; where there was none (no dissent, no expert), that is written."""
AXES = {"public": "为公与为私", "permitted": "无禁与有禁", "unintended": "无意与有意"}
PAPERS = (FileKind.MINUTES, FileKind.SCAN)
REFUSE = "refuse"


def missing_of(version: FilingVersion, edition: ListEdition | None) -> list[Missing]:
    """All that is missing; nothing where it may be handed in."""
    return list(_missing(version, edition))


def _missing(version: FilingVersion, edition: ListEdition | None) -> Iterator[Missing]:
    def lack(code: str, text: str, article: str = "") -> Missing:
        return Missing(code, text, article, f"#id_{code}")

    if not version.people.all():
        yield lack("responsible", "没有写明责任人")
    for name, label in WRITTEN.items():
        if getattr(version, name) in ("", None):
            yield lack(name, f"“{label}”没有填写（没有的，写明没有）")
    if version.starts_on and version.ends_on and version.ends_on < version.starts_on:
        yield lack("ends_on", "实施期的止日早于起日")
    if version.kind in (VersionKind.CHANGE, VersionKind.RENEWAL) and not version.change_reason:
        yield lack("change_reason", "没有写明变更或者续期的理由")
    if not version.no_private_gain:
        yield lack("no_private_gain", "没有作出无私利承诺")
    if edition is None:
        yield Missing("edition", "当日没有施行中的容错清单，请联系受理机关")
        return
    if version.item is None:
        yield lack("item", "没有选择正面清单的类别", str(cite("TL", 17)))
    elif not version.prejudgement:
        yield lack("prejudgement", "没有写明对照正面清单的预判", str(cite("TL", 17)))
    yield from _self_check(version, edition)
    for axis, label in AXES.items():
        told = version.distinctions.get(axis, {})
        if told.get("level") in (None, "") or not told.get("facts"):
            yield lack(f"{axis}_facts", f"三个区分“{label}”没有自评或者没有写事实依据", str(cite("TL", 17)))
    kinds = {row.kind for row in version.files.all()}
    for kind in PAPERS:
        if kind not in kinds:
            yield lack(f"file_{kind}", f"没有附“{kind.label}”")


def _self_check(version: FilingVersion, edition: ListEdition) -> Iterator[Missing]:
    """Every question of the negative list is answered; a hit cannot be handed in, unless the setting leaves it to a veto."""
    number = 0
    for item in edition.items.all():
        if item.kind != ItemKind.NEGATIVE:
            continue
        for key, question in item.asked:
            number += 1
            answer = version.self_check.get(key, "")
            if answer not in ("yes", "no"):
                yield Missing(f"check_{key}", f"负面清单第{number}问没有作答：{question}", "", f"#check_{key}")
            elif answer == "yes" and data.tolerance_settings()["negative_hit"] == REFUSE:
                yield Missing(f"hit_{key}", f"命中负面清单“{item.text}”，不得备案", "", f"#check_{key}")
