"""What a signer reads of tolerance: the search before initiation; answers, opinions, applications before the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases import tolerance
from tolerance.models import FilingAnswer
from wenze.workflow.dossier import Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cases.models import Case, Subject


def _table(key: str, title: str, head: list[str], rows: list[list[Any]]) -> Section:
    return Section(key=key, title=title, table=[head, *[[str(cell) for cell in row] for row in rows]])


def searched(case: Case, supplement: Any = None) -> list[Section]:
    """What the search found that stands for this batch of subjects."""
    made = tolerance.last_search(case, supplement)
    if made is None:
        return []
    rows = [
        [hit["name"], hit["number"], hit["title"], hit["filed_on"], "、".join(hit["grounds"])] for hit in made.found
    ] or [["（没有检索到）", "", "", "", ""]]
    return [
        _table(
            "tolerance_search",
            f"容错检索（{made.searched_on:%Y-%m-%d}）",
            ["对象", "备案", "事项", "报送日", "匹配"],
            rows,
        )
    ]


def weighed(subjects: Sequence[Subject]) -> list[Section]:
    """The answers to filings, the applications, and the opinions on the three lines, where there are any."""
    by_key = {subject.pk: subject for subject in subjects}
    answers = (
        FilingAnswer.objects.filter(subject_id__in=by_key).select_related("filing", "negative_item").order_by("pk")
    )
    rows = [
        [
            by_key[row.subject_id].name, row.filing.number or row.filing.title, "是" if row.in_scope else "否",
            "是" if row.as_filed else "否", row.negative_item or "没有命中", row.get_correction_display(),
            f"{row.get_effect_display()}：{row.answer}",
        ]
        for row in answers
    ]  # fmt: skip
    for subject in subjects:
        claim = getattr(subject, "tolerance_claim", None)
        if claim is not None:
            told = f"{claim.get_effect_display()}：{claim.reason}" if claim.effect else claim.get_state_display()
            rows.append([subject.name, "容错申请（没有备案）", "", "", "", "", told])
    sections = []
    if rows:
        head = ["对象", "备案", "在范围内", "按备案实施", "负面清单", "纠错", "结论（拟）"]
        sections.append(_table("tolerance", "容错核查", head, rows))
    said = [
        [subject.name, row.get_assessor_display(), row.get_motive_display(), row.get_ban_display(), row.get_intent_display(), row.get_effect_display()]
        for subject in subjects
        for row in tolerance.standing_assessments(subject)
    ]  # fmt: skip
    if said:
        head = ["对象", "意见单位", "为公/为私", "有禁/无禁", "无意/有意", "意见"]
        sections.append(_table("distinctions", "三个区分意见", head, said))
    return sections
