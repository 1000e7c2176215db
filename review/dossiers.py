"""What the signers read of the ruler: the look that was kept beside each proposal, with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from cases.dossiers.matters import SECTIONS, table_of
from review.enums import Position
from review.ruler.alike import NAMES
from review.ruler.fairness import warnings_of
from review.ruler.proposed import looks_at, proposed_of
from wenze.law import severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cases.models import Case
    from review.models import Comparison
    from wenze.workflow.dossier import Section

HEAD = ["对象", "责任、情节", "拟处理", "同类案件", "区间", "本案", "离群的理由"]


def band_words(look: Comparison) -> str:
    """The band as it was seen."""
    if look.band_from is None or look.band_to is None:
        return "没有区间"
    low, high = severity.rung(look.band_from).name, severity.rung(look.band_to).name
    return low if low == high else f"{low}至{high}"


def counted_words(look: Comparison) -> str:
    """How many cases stood behind it, and what was given up to find them."""
    given_up = "、".join(NAMES[name] for name in look.dropped)
    return f"{look.count}件（放宽{given_up}）" if given_up else f"{look.count}件（条件全同）"


@SECTIONS.entry("ruler")
def ruler_sections(case: Case) -> Iterator[Section]:
    """The ruler as it was seen, one line a subject; and what does not fit between the subjects of the case."""
    items = [item for item in proposed_of(case) if item.is_comparable]
    looks = looks_at(items)
    rows = []
    for item in items:
        look, words = looks.get(item.fingerprint), item.profile.words()
        told = [item.subject.name, f"{words['tier']}，情节：{words['circumstance']}", item.words]
        if look is None:
            rows.append([*told, "尚未作类案比较", "", "", ""])
        else:
            position = Position(look.position).label
            rows.append([*told, counted_words(look), band_words(look), position, look.reason])
    if not rows:
        return
    section = table_of("ruler", "量纪平衡（类案比较）", HEAD, rows)
    section["href"] = reverse("ruler-case", args=(case.pk,))
    yield section
    if told := warnings_of(case, items):
        yield {"key": "fairness", "title": "案内公平提示", "paragraphs": told}
