"""Answers of this room: joint review, adjudication, pre-review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import gates
from cases.answers.redress import TOOK_PART
from cases.enums import CaseState
from cases.history import organizations_of_case, served_there
from cases.models import Case, TeamMember
from review import sample_checks, selectors
from review.enums import PreReviewOpinion
from review.ruler import counting, proposed  # noqa: F401 -- counting performs the effects of the ruler
from wenze.audit.statements import STATEMENTS, Statement
from wenze.law import data
from wenze.people.models import User

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cases.models import Appeal
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


@gates.NEEDS_PRE_REVIEW.decided_by
def superior_is_to_be_asked(case: Case) -> bool:
    """A trigger fired; where the case stands before this row, only until the superior has answered on this report."""
    if case.state == CaseState.DELIBERATED:
        return selectors.needs_pre_review(case)
    return bool(selectors.fired_on(case))


@gates.NEEDS_MEETING.decided_by
def meeting_is_wanted(case: Case) -> bool:
    """After the superior agreed to what was settled there is nothing to settle anew."""
    if case.state != CaseState.PRE_REVIEWED:
        return True
    row = selectors.pre_review_of(case)
    return row is None or row.opinion != PreReviewOpinion.APPROVE


@gates.JOINT_REVIEW_HELD.answered_by
def joint_review_wanting(case: Case, occasion: Occasion) -> Iterator[str]:
    fired = [each for each in selectors.fired_on(case) if each.key_case]
    if not fired:
        return
    row = selectors.joint_review_of(case)
    if row is None or row.concluded_on is None or row.sent_back:
        named = "、".join(f"{each.text}（{each.on}）" for each in fired)
        yield f"命中{named}，{'联审尚未形成纪要' if row else '尚未召集联审'}"


@gates.PRE_REVIEW_OBTAINED.answered_by
def pre_review_wanting(case: Case, occasion: Occasion) -> Iterator[str]:
    fired = selectors.fired_on(case)
    if not fired:
        return
    row = selectors.pre_review_of(case)
    if row is None or row.given_on is None:
        named = "、".join(f"{each.text}（{each.on}）" for each in fired)
        yield f"命中{named}，{'上级意见未到' if row else '尚未提请上级预审'}"
    elif row.opinion == PreReviewOpinion.TAKE_OVER:
        yield "上级已提级办理，本机关不再决定"
    elif row.opinion == PreReviewOpinion.SUPPLEMENT:
        yield "上级要求补充调查取证"


@gates.PRE_REVIEW_FOLLOWED.answered_by
def opinion_not_followed(case: Case, occasion: Occasion) -> Iterator[str]:
    for row in selectors.unfollowed(case):
        yield f"{row.subject.name}未按上级意见处理，应为{row.wanted}"


@gates.RULER_SEEN.answered_by
def ruler_not_seen(case: Case, occasion: Occasion) -> Iterator[str]:
    yield from proposed.wanting(case)


@gates.ADJUDICATED.answered_by
def adjudication_wanting(case: Case, occasion: Occasion) -> Iterator[str]:
    if must_be_adjudicated(case) and case.state in ("reported", "jointly_reviewed"):
        yield "尚未审理"


@gates.ADJUDICATION_COMPLETE.answered_by
def adjudication_incomplete(case: Case, occasion: Occasion) -> Iterator[str]:
    row = selectors.adjudication_of(case)
    if row is None:
        yield "审理室尚未受理本版报告" if case.adjudications.exists() else "审理室尚未受理"
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
    if served := served_there(people, organizations_of_case(case)):
        yield served
    if row.given_on is None:
        yield "审理意见尚未出具"


@TOOK_PART.entry("review")
def who_reviewed_the_case(appeal: Appeal) -> Iterator[str]:
    """Those who adjudicated the case do not examine its appeal."""
    yield from User.objects.filter(pk__in=appeal.case.adjudications.values("adjudicators")).values_list(
        "name", flat=True
    )


@STATEMENTS.entry("samples")
def promises_and_results_of_samples() -> list[Statement]:
    """The commitment to a sample's seed stands outside before its frame is drawn from."""
    return sample_checks.waiting_statements()
