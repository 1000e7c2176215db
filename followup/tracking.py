"""Tracking after the decision: influence reckoned anew from all that stands, visits planned from it (law.md §3, §8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.enums import SubjectKind
from cases.models import Decision
from cases.standing import standing_of
from followup.enums import VisitRound
from followup.models import Tracking, VisitPlan
from wenze.deadlines.arithmetic import Term, reckon
from wenze.law import term
from wenze.notices import services as notices
from wenze.terms import services as terms

if TYPE_CHECKING:
    import datetime as dt

    from cases.models import Subject
    from wenze.people.models import User
    from wenze.workflow.procedure import Occasion

FIRST_VISIT = "T29"
BEFORE_RELEASE = "T30"


def renew(subject: Subject, occasion: Occasion) -> Tracking | None:
    """Open or renew the tracking of a cadre: what restricts him until when, and when he is to be visited.

    Safe to repeat; called whenever a decision on him, here or elsewhere, is made, changed or confirmed.
    """
    if subject.kind != SubjectKind.CADRE:
        return None
    found, _ = Tracking.objects.get_or_create(
        subject=subject, defaults={"case": subject.case, "started_on": occasion.on}
    )
    standing = standing_of(subject, on=occasion.on)
    until = standing.last_restricted_day
    if found.last_restricted_day != until:
        terms.void(rule="influence", about=found, on=occasion.on, actor=occasion.actor, reason="处理有变动，影响期重算")
        found.last_restricted_day, found.release_date = until, standing.release_date
        found.save(update_fields=["last_restricted_day", "release_date"])
        if until is not None:
            terms.start(
                rule="influence", about=found, on=occasion.on, actor=occasion.actor, due_on=until,
                title=f"{subject.name}影响期", handler=subject.case.handler,
            )  # fmt: skip
    announced_on = Decision.objects.filter(subject=subject).values_list("announced_on", flat=True).first()
    if announced_on is not None:
        plan_visits(found, announced_on=announced_on, occasion=occasion)
    return found


def plan_visits(tracking: Tracking, *, announced_on: dt.date, occasion: Occasion) -> None:
    """首次回访 (T29) from the announcement; 影响期满前回访 (T30) reckoned back from the last restricted day."""
    first = term(FIRST_VISIT)
    days: dict[str, dt.date | None] = {
        VisitRound.FIRST: reckon(Term(first.amount, first.unit), announced_on).due,
        VisitRound.BEFORE_RELEASE: None,
    }
    if tracking.last_restricted_day is not None:
        before = term(BEFORE_RELEASE)
        days[VisitRound.BEFORE_RELEASE] = reckon(Term(before.amount, before.unit), tracking.last_restricted_day).due
    for planned, due_on in days.items():
        plan = VisitPlan.objects.filter(tracking=tracking, round=planned).first()
        if plan is None and due_on is not None:
            plan = VisitPlan(
                case=tracking.case, tracking=tracking, round=planned, due_on=due_on, handler=tracking.case.handler
            )
            plan.save(force_insert=True)
            run_visit(plan, announced_on, occasion.actor)
        elif plan is not None and not hasattr(plan, "visit"):
            _move(plan, due_on, occasion)


def run_visit(plan: VisitPlan, since: dt.date, actor: User) -> None:
    """The plan's clock and the handler's to-do; a missed visit escalates as every late term does."""
    terms.start(
        rule="visit", about=plan, on=since, actor=actor, due_on=plan.due_on, title=str(plan), handler=plan.handler
    )
    notices.open_task(
        commission_id=plan.commission_id, recipient=plan.handler, title=str(plan), url=plan.get_absolute_url(), about=plan,
        case_id=plan.case_id, step="visit", due_on=plan.due_on, started_by=actor,
    )  # fmt: skip


def _move(plan: VisitPlan, due_on: dt.date | None, occasion: Occasion) -> None:
    """A planned visit follows its influence period: to another day, away with it, or back."""
    if plan.due_on == due_on and plan.cancelled_on is None:
        return
    if due_on is None and plan.cancelled_on is not None:
        return
    cancel(plan, occasion, reason="影响期有变动")
    if due_on is not None:
        plan.due_on, plan.cancelled_on, plan.cancel_reason = due_on, None, ""
        plan.save(update_fields=["due_on", "cancelled_on", "cancel_reason"])
        run_visit(plan, occasion.on, occasion.actor)


def cancel(plan: VisitPlan, occasion: Occasion, *, reason: str) -> None:
    """A visit that is not to be held any more; the plan stays on record with its reason."""
    plan.cancelled_on, plan.cancel_reason = occasion.on, reason
    plan.save(update_fields=["cancelled_on", "cancel_reason"])
    terms.void(rule="visit", about=plan, on=occasion.on, actor=occasion.actor, reason=reason)
    notices.finish_tasks(about=plan, step="visit", by=occasion.actor)


def end(tracking: Tracking, occasion: Occasion, *, reason: str) -> None:
    """Nothing is left to track: the accountability was revoked."""
    tracking.ended_on, tracking.end_reason = occasion.on, reason[:200]
    tracking.save(update_fields=["ended_on", "end_reason"])
    terms.void(rule="influence", about=tracking, on=occasion.on, actor=occasion.actor, reason=reason)
    for plan in tracking.plans.filter(visit__isnull=True, cancelled_on__isnull=True):
        cancel(plan, occasion, reason=reason[:200])
