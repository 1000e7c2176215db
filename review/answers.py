"""Answers of this room: adjudication; and by name what its later rooms will hold (联审会商、提级预审)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import gates
from cases.models import Case, TeamMember
from review import selectors
from wenze.law import data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wenze.workflow.procedure import Occasion


@gates.ESCALATED.decided_by
def a_trigger_fired(case: Case) -> bool:
    return bool(selectors.fired_on(case))


@gates.KEY_CASE.decided_by
def is_a_key_case(case: Case) -> bool:
    return any(fired.key_case for fired in selectors.fired_on(case))


@gates.NEEDS_ADJUDICATION.decided_by
def must_be_adjudicated(case: Case) -> bool:
    return selectors.proposes_sanction(case) or bool(data.review_settings()["always_adjudicate"])


@gates.JOINT_REVIEW_HELD.answered_by
def joint_review_wanting(case: Case, occasion: Occasion) -> Iterator[str]:
    for fired in selectors.fired_on(case):
        if fired.key_case:
            yield f"命中{fired.text}（{fired.on}），须联审会商；联审会商室尚未启用"


@gates.PRE_REVIEW_OBTAINED.answered_by
def pre_review_wanting(case: Case, occasion: Occasion) -> Iterator[str]:
    for fired in selectors.fired_on(case):
        yield f"命中{fired.text}（{fired.on}），须提级预审；提级预审室尚未启用"


@gates.ADJUDICATED.answered_by
def adjudication_wanting(case: Case, occasion: Occasion) -> Iterator[str]:
    if must_be_adjudicated(case) and case.state in ("reported", "jointly_reviewed"):
        yield "尚未审理"


@gates.ADJUDICATION_COMPLETE.answered_by
def adjudication_incomplete(case: Case, occasion: Occasion) -> Iterator[str]:
    row = case.adjudications.order_by("-round").first()
    if row is None:
        yield "审理室尚未受理"
        return
    people = list(row.adjudicators.all())
    if len(people) < 2:  # noqa: PLR2004 -- two adjudicators
        yield f"审理人员只有{len(people)}人"
    investigated = set(TeamMember.objects.filter(case=case).values_list("user_id", flat=True))
    recused = set(case.recusals.values_list("user_id", flat=True))
    for person in people:
        if person.pk in investigated:
            yield f"{person}参加过本案调查，不得审理"
        if person.pk in recused:
            yield f"{person}应当回避"
    if row.given_on is None:
        yield "审理意见尚未出具"
