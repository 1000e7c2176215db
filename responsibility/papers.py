"""What the papers of the problem lists say: the letter of supervised handling (督办函)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from wenze.documents.kinds import KINDS, DocumentKind
from wenze.documents.paper import Paper, heading, pairs, paragraphs

if TYPE_CHECKING:
    import datetime as dt

    from responsibility.models import Problem, SupervisedHandling

SUPERVISION = "DBH"
"""督办函 has no D-code (law.md §9)."""
KINDS.register(SUPERVISION, DocumentKind(SUPERVISION, "督办函", "red", "supervision", "纪督", "30年"))


def letters_of(problems: Any) -> Q:
    """The letters about these problems, for the rules of the rooms above."""
    return Q(kind=SUPERVISION, about_id__in=problems.order_by().values("pk"))


def _day(value: dt.date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def supervision_letter(problem: Problem, row: SupervisedHandling, *, on: dt.date) -> Paper:
    """What was found, by when it was to be put right, what is asked now, by when."""
    found = problem.problem_list
    blocks = [
        *paragraphs(
            f"{found.found_by}于{_day(found.found_on)}在“{found.source_document}”中指出你单位存在以下问题，现予督办。"
        ),
        heading("一、问题和整改要求"),
        pairs([
            ("问题", problem.text), ("整改措施", problem.measure), ("责任人", problem.owner_name),
            ("整改期限", _day(problem.due_on)), ("现状", problem.get_state_display()),
        ]),
        heading("二、督办要求"),
        *paragraphs(row.requirement),
        heading("三、期限"),
        *paragraphs(f"请于{_day(row.due_on)}前整改到位，并附凭证书面反馈我委。"),
    ]  # fmt: skip
    return Paper(
        organ=problem.commission.name, title="督办函", blocks=blocks, date=_day(on), addressee=problem.organization.name
    )
