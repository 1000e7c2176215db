"""Answers of this room to the gates of execution and closing, and the acts that follow the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import effects, gates
from cases.enums import DispatchKind, Outcome, RedressResult, SubjectKind
from cases.models import Case, Decision, ExternalDecision, Measure, Subject
from cases.models.redress import Redress
from followup import tracking
from followup.enums import ItemKind
from followup.models import Tracking
from followup.planning import drop_item, plan_item
from wenze.documents.models import OfficialDocument
from wenze.law import measures
from wenze.notices import services as notices
from wenze.terms import services as terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wenze.workflow.procedure import Occasion

REQUIRED = ("D03", "D06", "D08", "D09", "D10", "D12", "D18")


@gates.SERVED.answered_by
def decisions_not_served(case: Case, occasion: Occasion) -> Iterator[str]:
    for item in (
        case.execution_items.open()
        .filter(kind=ItemKind.SERVICE)
        .select_related("decision__subject__cadre", "decision__subject__organization")
    ):
        yield f"{item.decision.subject.name}的决定尚未送达"


@gates.ANNOUNCED.answered_by
def decisions_not_announced(case: Case, occasion: Occasion) -> Iterator[str]:
    for item in (
        case.execution_items.open()
        .filter(kind=ItemKind.ANNOUNCEMENT)
        .select_related("decision__subject__cadre", "decision__subject__organization")
    ):
        yield f"{item.decision.subject.name}的决定尚未宣布"


@gates.EXECUTION_DONE.answered_by
def items_open(case: Case, occasion: Occasion) -> Iterator[str]:
    waiting = case.execution_items.open().exclude(kind__in=OTHERS_DO)
    for item in waiting.select_related("decision__subject__cadre", "decision__subject__organization"):
        yield f"{item}未办结"


@gates.VISITS_PLANNED.answered_by
def visits_not_planned(case: Case, occasion: Occasion) -> Iterator[str]:
    for row in case.trackings.filter(plans__isnull=True, ended_on__isnull=True).select_related(
        "subject__cadre", "subject__organization"
    ):
        yield f"{row.subject.name}没有回访计划"


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
            plan_item(decision, ItemKind.NAME_CLEARING, occasion)
        elif decision.outcome == Outcome.ACCOUNTABLE:
            _plan_accountability(subject, decision, occasion)


def _plan_accountability(subject: Subject, decision: Decision, occasion: Occasion) -> None:
    own = list(decision.measures.own())
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
    tracking.renew(subject, occasion)


@effects.FOLLOW_REPLY.performed_by
def follow_reply(made: ExternalDecision, occasion: Occasion) -> None:
    """The reply's item is done; what the other body decided is carried out and counted from that body's day."""
    dispatch = made.dispatch
    if dispatch is None:
        return
    subject = dispatch.subject
    for item in dispatch.items.open().filter(kind=ItemKind.PROPOSAL_REPLY):
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
    if kinds:
        tracking.renew(subject, occasion)


@effects.CLOSE_VOLUME.performed_by
def close_volume(case: Case, occasion: Occasion) -> None:
    """The volume closes; tracking goes on per subject."""
    case.closed_on = occasion.on
    case.save(update_fields=["closed_on"])


# --- after an appeal or a correction --------------------------------------------------------------------------------
@effects.FOLLOW_REDRESS.performed_by
def follow_redress(row: Redress, occasion: Occasion) -> None:
    """The answer is delivered; a change is carried through: open items fall or stand, files and ears are put right."""
    decision, subject = row.decision, row.subject

    def item(kind: str, term: str) -> None:
        plan_item(decision, kind, occasion, term=term, since=row.decided_on or occasion.on, redress_id=row.pk)

    item(ItemKind.REDRESS_SERVICE, "T13")
    if row.result == RedressResult.UPHELD:
        return
    item(ItemKind.REDRESS_TELLING, "T15")
    if subject.kind == SubjectKind.CADRE:
        item(ItemKind.FILE_CORRECTION, "T25")
    ended = decision.measures.filter(ended_on__isnull=False)
    waiting = decision.items.open().filter(redress_id__isnull=True)
    if row.result == RedressResult.REVOKED:
        item(ItemKind.NAME_CLEARING, "T15")
        if ExternalDecision.objects.filter(dispatch__subject=subject, ended_on__isnull=True).exists():
            item(ItemKind.BODY_INFORMED, "T15")
    else:
        waiting = waiting.filter(measure__in=ended)
    for left in waiting:
        drop_item(left, occasion, f"{row}，{row.get_result_display()}")
    if row.confirmed_on is not None:
        reckon_influence(row, occasion)


@effects.RECKON_INFLUENCE.performed_by
def reckon_influence(row: Redress, occasion: Occasion) -> None:
    """The influence period was confirmed: the tracking follows what now stands; of a revoked one nothing is left."""
    found = Tracking.objects.filter(subject=row.subject, ended_on__isnull=True).first()
    others = ExternalDecision.objects.filter(dispatch__subject=row.subject, ended_on__isnull=True).exists()
    if found is not None and row.result == RedressResult.REVOKED and not others:
        tracking.renew(row.subject, occasion)
        tracking.end(found, occasion, reason=str(row))
    elif found is not None:
        tracking.renew(row.subject, occasion)
