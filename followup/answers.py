"""Answers of this room to the gates of execution and closing, and the acts that follow the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import effects, gates
from cases.enums import DispatchKind, Outcome, SubjectKind
from cases.models import Case, Decision, Dispatch, ExternalDecision, Measure, Subject
from followup.enums import ItemKind
from followup.models import ExecutionItem, Tracking
from wenze.documents.models import OfficialDocument
from wenze.law import influence, measures, term
from wenze.notices import services as notices
from wenze.people.models import Organization
from wenze.terms import services as terms

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from wenze.people.models import User
    from wenze.workflow.procedure import Occasion

REQUIRED = ("D03", "D06", "D08", "D09", "D10", "D12", "D18")


@gates.SERVED.answered_by
def decisions_not_served(case: Case, occasion: Occasion) -> Iterator[str]:
    for item in case.execution_items.filter(kind=ItemKind.SERVICE, done_on__isnull=True).select_related(
        "decision__subject__cadre", "decision__subject__organization"
    ):
        yield f"{item.decision.subject.name}的决定尚未送达"


@gates.ANNOUNCED.answered_by
def decisions_not_announced(case: Case, occasion: Occasion) -> Iterator[str]:
    for item in case.execution_items.filter(kind=ItemKind.ANNOUNCEMENT, done_on__isnull=True).select_related(
        "decision__subject__cadre", "decision__subject__organization"
    ):
        yield f"{item.decision.subject.name}的决定尚未宣布"


@gates.EXECUTION_DONE.answered_by
def items_open(case: Case, occasion: Occasion) -> Iterator[str]:
    waiting = case.execution_items.filter(done_on__isnull=True).exclude(kind__in=OTHERS_DO)
    for item in waiting.select_related("decision__subject__cadre", "decision__subject__organization"):
        yield f"{item}未办结"


@gates.VISITS_PLANNED.answered_by
def visits_not_planned(case: Case, occasion: Occasion) -> Iterator[str]:
    for tracking in case.trackings.filter(plans__isnull=True).select_related("subject__cadre", "subject__organization"):
        yield f"{tracking.subject.name}没有回访计划"


@gates.REFORM_HANDED_OVER.answered_by
def reform_not_handed_over(case: Case, occasion: Occasion) -> Iterator[str]:
    """一问了之: a case that held somebody to account leaves something to be changed, or says why not. Open items may stay open."""
    if not case.subjects.filter(outcome=Outcome.ACCOUNTABLE).exists() or hasattr(case, "reform_waiver"):
        return
    if not case.blockages.exists():
        yield "没有查摆梗阻点、衰减点"
    elif not case.reform_items.exists():
        yield "没有列出整改事项（措施、责任单位、责任人、期限）"


@gates.VOLUME_COMPLETE.answered_by
def volume_incomplete(case: Case, occasion: Occasion) -> Iterator[str]:
    held = set(OfficialDocument.objects.filter(case_id=case.pk, state="issued").values_list("kind", flat=True))
    for kind in REQUIRED:
        if kind not in held:
            yield f"缺{kind}"


OTHERS_DO = (ItemKind.SANCTION_REPORT,)
"""What another body reports in its own time: it is watched and does not hold the volume open."""
HR_DOES = (ItemKind.FORMALITIES, ItemKind.PERSONNEL_FILE, ItemKind.FILING_ABOVE, ItemKind.HR_NOTICE, ItemKind.SALARY)
UNIT_DOES = (ItemKind.SELF_CRITICISM, ItemKind.LIFE_MEETING, ItemKind.WRITTEN_INSPECTION, ItemKind.RECTIFICATION)


def plan_item(
    decision: Decision, kind: str, occasion: Occasion, *, term: str = "", since: dt.date | None = None,
    due_on: dt.date | None = None, measure: Measure | None = None, dispatch: Dispatch | None = None,
) -> ExecutionItem:  # fmt: skip
    """List one thing to be done: by a term of the law counted from ``since``, by a set day, or without either yet."""
    subject = decision.subject
    responsible: Organization | None = None
    if kind in HR_DOES:
        responsible = Organization.objects.filter(commission_id=subject.case.commission_id, kind="hr").first()
    elif kind in UNIT_DOES:
        responsible = subject.organization or (subject.post.organization if subject.post else None)
    item, _ = ExecutionItem.objects.get_or_create(
        decision=decision, kind=kind, measure=measure, dispatch=dispatch,
        defaults={"case": subject.case, "term": term, "responsible": responsible},
    )  # fmt: skip
    if item.due_on is None and (due_on is not None or (term and since is not None)):
        set_running(item, since or occasion.on, occasion.actor, due_on=due_on)
    return item


def set_running(item: ExecutionItem, since: dt.date, actor: User, *, due_on: dt.date | None = None) -> None:
    """Start the item's clock: its term from a day on, or the day that was set for it; the handler gets it as a to-do."""
    subject = item.decision.subject
    rule = item.term or "item"
    clock = terms.start(
        rule=rule, about=item, on=since, actor=actor, due_on=due_on, title=f"{subject.name}：{item.get_kind_display()}"
    )
    item.due_on, item.term = clock.due_on, rule
    item.save(update_fields=["due_on", "term"])
    notices.open_task(
        commission_id=item.commission_id, recipient=subject.case.handler, title=str(item), url=item.get_absolute_url(),
        about=item, case_id=item.case_id, step="execution", due_on=item.due_on, started_by=actor,
    )  # fmt: skip


@effects.PLAN_EXECUTION.performed_by
def plan_execution(case: Case, occasion: Occasion) -> None:
    """条例第十三条 as items with terms; tracking with its visits; influence periods as clocks."""
    for subject in case.subjects.pursued().select_related("cadre", "organization", "post", "case__handler", "proposal"):
        decision = subject.decision
        if decision.document_id is not None:
            plan_item(decision, ItemKind.SERVICE, occasion, term="T13", since=occasion.on)
        for dispatch in subject.dispatches.filter(replied_on__isnull=True):
            plan_item(
                decision, ItemKind.PROPOSAL_REPLY, occasion, term="T31" if dispatch.kind == DispatchKind.PROPOSED else "",
                due_on=dispatch.reply_due_on, measure=dispatch.measure, dispatch=dispatch,
            )  # fmt: skip
        if decision.outcome == Outcome.FIRST_FORM:
            plan_item(decision, ItemKind.RECTIFICATION, occasion, due_on=subject.proposal.due_on)
        elif decision.outcome == Outcome.EXEMPTED:
            plan_item(decision, ItemKind.RECTIFY_NOTICE, occasion)
        elif decision.outcome == Outcome.ACCOUNTABLE:
            _plan_accountability(subject, decision, occasion)


def _plan_accountability(subject: Subject, decision: Decision, occasion: Occasion) -> None:
    own = list(decision.measures.filter(proposed_only=False))
    is_cadre = subject.kind == SubjectKind.CADRE

    def by_term(kind: str, term: str, measure: Measure | None = None) -> None:
        plan_item(decision, kind, occasion, term=term, since=occasion.on, measure=measure)

    by_term(ItemKind.ANNOUNCEMENT, "T15")
    by_term(ItemKind.INTEGRITY_FILE, "T25")
    if is_cadre:
        plan_item(decision, ItemKind.SELF_CRITICISM, occasion, term="T19")
        by_term(ItemKind.LIFE_MEETING, "T28")
        by_term(ItemKind.PERSONNEL_FILE, "T25")
        by_term(ItemKind.HR_NOTICE, "T15")
        by_term(ItemKind.FILING_ABOVE, "T32")
    elif any(measure.code == "inspection" for measure in own):
        plan_item(decision, ItemKind.WRITTEN_INSPECTION, occasion, term="T19")
    for measure in own:
        kind = measures()[measure.code].kind
        if kind == "organizational":
            by_term(ItemKind.FORMALITIES, "T16", measure)
            by_term(ItemKind.PUBLICATION, "T15", measure)
        elif kind == "administrative":
            by_term(ItemKind.SALARY, "T17", measure)
    if is_cadre:
        track(subject, occasion)


@effects.FOLLOW_REPLY.performed_by
def follow_reply(made: ExternalDecision, occasion: Occasion) -> None:
    """The reply's item is done; what the other body decided is carried out and counted from that body's day."""
    dispatch = made.dispatch
    if dispatch is None:
        return
    subject = dispatch.subject
    for item in dispatch.items.filter(kind=ItemKind.PROPOSAL_REPLY, done_on__isnull=True):
        item.done_on, item.proof, item.confirmed_by = dispatch.replied_on, dispatch.reply, occasion.actor
        if item.due_on and item.done_on > item.due_on:
            item.late_reason = "对方逾期回复"
        item.save()
        terms.meet(rule=item.term, about=item, on=item.done_on, actor=occasion.actor)
        notices.finish_tasks(about=item, step="execution", by=occasion.actor)
    decision = getattr(subject, "decision", None)
    if made.decided_on is None or decision is None:
        return
    kinds = {measures()[code].kind for code in made.measures}
    planned: list[tuple[str, str]] = []
    if "organizational" in kinds:
        planned += [(ItemKind.FORMALITIES, "T16"), (ItemKind.PUBLICATION, "T15")]
    if kinds & {"discipline", "administrative"}:
        planned += [(ItemKind.SANCTION_ANNOUNCEMENT, "T14"), (ItemKind.SANCTION_REPORT, "T18")]
    for kind, term_code in planned:
        plan_item(
            decision, kind, occasion, term=term_code, since=made.decided_on, measure=dispatch.measure, dispatch=dispatch
        )
    if subject.kind == SubjectKind.CADRE and kinds:
        track(subject, occasion)


def sanctions_on(subject: Subject) -> list[tuple[str, dt.date]]:
    """What was decided on a subject, here and by others on our letters, each with the day it counts from."""
    own = [
        (measure.code, measure.decided_on)
        for measure in Measure.objects.filter(decision__subject=subject, proposed_only=False)
        if measure.decided_on
    ]
    outside = [
        (code, made.decided_on)
        for made in ExternalDecision.objects.filter(dispatch__subject=subject, decided_on__isnull=False)
        for code in made.measures
        if made.decided_on
    ]
    return own + outside


def track(subject: Subject, occasion: Occasion) -> None:
    """Open or renew the tracking: its influence period is reckoned anew from all that was decided."""
    last = influence.reckon(sanctions_on(subject)).last
    case = subject.case
    tracking, _ = Tracking.objects.get_or_create(subject=subject, defaults={"case": case, "started_on": occasion.on})
    until = last.last_restricted_day if last else None
    if tracking.last_restricted_day == until:
        return
    terms.void(rule="influence", about=tracking, on=occasion.on, actor=occasion.actor, reason="处理有变动，影响期重算")
    tracking.last_restricted_day, tracking.release_date = until, last.release_date if last else None
    tracking.save(update_fields=["last_restricted_day", "release_date"])
    if until is not None:
        terms.start(
            rule="influence", about=tracking, on=occasion.on, actor=occasion.actor, due_on=until,
            title=f"{subject.name}影响期", handler=case.handler,
        )  # fmt: skip


@effects.CLOSE_VOLUME.performed_by
def close_volume(case: Case, occasion: Occasion) -> None:
    """The volume closes; tracking goes on per subject."""
    case.closed_on = occasion.on
    case.save(update_fields=["closed_on"])


FIRST_VISIT = term("T29").code
BEFORE_RELEASE = term("T30").code
