"""What is signed after the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.dossiers.matters import day_of, pairs_of
from wenze.workflow.dossier import BUILDERS, Dossier

if TYPE_CHECKING:
    from followup.models import Visit


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
