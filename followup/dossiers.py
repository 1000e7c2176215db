"""What is signed after the decision: a letter that recommends a person's use, a recommendation letter to a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.dossiers.matters import day_of, pairs_of
from followup.papers import ground_of
from wenze.workflow.dossier import BUILDERS, Dossier, Section

if TYPE_CHECKING:
    from followup.models import RecommendationLetter, Visit


@BUILDERS.entry("followup.Visit")
def visit_dossier(visit: Visit, step: str) -> Dossier:
    """The visit without the talk, which stays sealed: how he stands, what he achieved, what is concluded."""
    tracking = visit.plan.tracking
    sections = [
        pairs_of(
            "visit", "回访",
            ("案号", visit.case.number), ("对象", tracking.subject.name), ("回访日", day_of(visit.held_on)),
            ("回访人", f"{visit.visitor}、{visit.second_visitor}"), ("思想动态", visit.get_mood_display()), ("工作实绩", visit.work),
            ("单位负责人评价", visit.unit_view), ("结论", visit.get_conclusion_display()),
            ("影响期", f"至{day_of(tracking.last_restricted_day)}" if tracking.last_restricted_day else "无"),
        )
    ]  # fmt: skip
    brief = [f"{tracking.subject.name}：建议使用", visit.work[:80]]
    return Dossier(step=step, question=f"是否同意向组织人事部门发出{tracking.subject.name}的使用建议函？", not_asked="不是任用决定。", brief=brief, sections=sections)  # fmt: skip


@BUILDERS.entry("followup.RecommendationLetter")
def letter_dossier(letter: RecommendationLetter, step: str) -> Dossier:
    """The letter as it would be issued, beside its case."""
    shown = (
        ("案号", letter.case.number), ("案件", letter.case.title), ("文种", letter.get_kind_display()),
        ("受文单位", letter.to_organization.name), ("依据", ground_of(letter.kind)), ("存在问题", letter.problems), ("原因", letter.causes),
        ("建议", letter.advice), ("回复时限", f"收到之日起{letter.reply_days}日内"),
    )  # fmt: skip
    return Dossier(
        step=step, question=f"是否签发该{letter.get_kind_display()}书？", not_asked="不是对该单位或者其人员责任的认定。",
        brief=[letter.case.title, str(letter), letter.advice[:80]],
        sections=[Section(key="letter", title=f"{letter.get_kind_display()}书", pairs=[list(pair) for pair in shown])],
    )  # fmt: skip
