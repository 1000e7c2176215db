"""The acts that steps cause: states of subjects, documents, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import effects, papers
from cases.enums import CaseState, Exit
from cases.gates import ESCALATED, KEY_CASE
from cases.models import Case, Clue
from wenze.documents import services as documents
from wenze.documents.models import OfficialDocument
from wenze.notices import services as notices
from wenze.terms import services as terms
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    from typing import Any

    from cases.models import Hearing
    from wenze.documents.paper import Paper


def issue(case: Case, kind: str, paper: Paper, occasion: Occasion, subject_id: object = None) -> OfficialDocument:
    """Issue a document of a case for a step."""
    return documents.issue(
        kind, commission=case.commission, about=case, case_id=case.pk, paper=paper, on=occasion.on,
        actor=occasion.actor, subject_id=subject_id,
    )  # fmt: skip


def supersede(case: Case, kind: str, paper: Paper, occasion: Occasion) -> OfficialDocument:
    """Issue it in the place of the one that stands: a case that was sent back comes with another version."""
    return documents.supersede(
        kind, commission=case.commission, about=case, case_id=case.pk, paper=paper, on=occasion.on, actor=occasion.actor
    )


def _issue_for_clue(clue: Clue, kind: str, paper: Paper, occasion: Occasion) -> OfficialDocument:
    return documents.issue(
        kind,
        commission=clue.commission,
        about=clue,
        case_id=clue.case_id,
        paper=paper,
        on=occasion.on,
        actor=occasion.actor,
    )


@effects.ISSUE_REGISTRATION.performed_by
def issue_registration(clue: Clue, occasion: Occasion) -> None:
    _issue_for_clue(clue, "D01", papers.registration(clue, on=occasion.on), occasion)
    if clue.reply_due_on is not None:
        terms.start(
            rule="superior_reply", about=clue, on=occasion.on, actor=occasion.actor, due_on=clue.reply_due_on,
            title=f"回复上级交办（{clue.source_reference}）",
        )  # fmt: skip


@effects.ISSUE_ASSIGNMENT.performed_by
def issue_assignment(clue: Clue, occasion: Occasion) -> None:
    signatures = [
        [s.get_verdict_display(), f"{s.signer.name}{'：' + s.opinion if s.opinion else ''}", papers.day(s.signed_on)]
        for s in occasion.approval.signatures.select_related("signer")
    ]
    _issue_for_clue(clue, "D02", papers.assignment(clue, signatures, on=occasion.on), occasion)


@effects.CARRY_OUT_EXIT.performed_by
def carry_out_exit(clue: Clue, occasion: Occasion) -> None:
    """Terms and papers of the exit that was signed."""
    on, actor = occasion.on, occasion.actor
    if clue.exit in (Exit.FIRST_FORM, Exit.STYLE_HANDLING):
        _issue_for_clue(clue, "D32", papers.first_form(clue, on=on), occasion)
        for row in clue.first_forms.all():
            terms.start(
                rule="first_form",
                about=row,
                on=on,
                actor=actor,
                due_on=row.due_on,
                title=f"{row.respondent}整改",
            )
    elif clue.exit in (Exit.TRANSFERRED, Exit.JOINED_FILED_REVIEW, Exit.ASK_SUPERIOR):
        _issue_for_clue(clue, "D25", papers.referral(clue, on=on), occasion)
        for row in clue.referrals.filter(reply_due_on__isnull=False):
            terms.start(
                rule="referral_reply", about=row, on=on, actor=actor, due_on=row.reply_due_on,
                title=f"{row.to_name}反馈",
            )  # fmt: skip
    elif clue.exit == Exit.HELD:
        terms.start(rule="hold", about=clue, on=on, actor=actor, due_on=clue.hold_until, title="暂存待查，届时再研判")
    elif clue.exit == Exit.INQUIRY:
        for row in clue.inquiries.filter(answered_on__isnull=True):
            terms.start(rule="T02", about=row, on=on, actor=actor)
    elif clue.exit == Exit.START and clue.handler is not None:
        notices.open_task(
            commission_id=clue.commission_id, recipient=clue.handler, title=f"提请启动：{clue}", url=clue.get_absolute_url(),
            about=clue, step="apply_initiation", started_by=actor,
        )  # fmt: skip
    if clue.exit != Exit.START:
        terms.void(rule="T05", about=clue, on=on, actor=actor, reason=f"出口为{clue.get_exit_display()}")


@effects.MOVE_SUBJECTS.performed_by
def move_subjects(case: Case, occasion: Occasion) -> None:
    """Subjects with whom the case goes on move with it; one who awaits his own initiation waits for its approval."""
    starting = case.state in (CaseState.INITIATING, CaseState.INVESTIGATING, CaseState.NOT_INITIATED)
    moving = case.subjects.pursued() if starting else case.subjects.investigated()
    moving.update(state=case.state)
    if case.state == CaseState.INITIATING:
        issue(case, "D03", papers.initiation(case, on=occasion.on), occasion)
        for clue in case.clues.all():
            notices.finish_tasks(about=clue, step="apply_initiation", by=occasion.actor)
        notices.open_task(
            commission_id=case.commission_id, recipient=case.handler, title=f"提请批准启动：{case}", url=case.get_absolute_url(),
            about=case, case_id=case.pk, step="approve_initiation", started_by=occasion.actor,
        )  # fmt: skip


@effects.RECORD_INITIATION.performed_by
def record_initiation(case: Case, occasion: Occasion) -> None:
    """The day of approval; the clue's term T05 is met; the triggers as they stand; the papers of the inquiry."""
    case.approved_on = occasion.on
    case.fired_triggers = [t.code for t in (ESCALATED, KEY_CASE) if t.fired(case)]
    case.save(update_fields=["approved_on", "fired_triggers"])
    for clue in case.clues.all():
        terms.meet(rule="T05", about=clue, on=occasion.on, actor=occasion.actor)
    issue(case, "D05", papers.investigation_plan(case, on=occasion.on), occasion)
    for subject in case.subjects.pursued().select_related("cadre", "organization"):
        issue(case, "D06", papers.notification(case, subject, on=occasion.on), occasion, subject.pk)


@effects.ISSUE_FACTS_RECORD.performed_by
def issue_facts_record(case: Case, occasion: Occasion) -> None:
    _record_meetings(case.subjects.investigated(), case, occasion)


def _record_meetings(subjects: Any, case: Case, occasion: Occasion) -> None:
    for subject in subjects.select_related("cadre", "organization", "hearing"):
        terms.meet(rule="T09", about=subject, on=occasion.on, actor=occasion.actor)
        keep_record(case, subject.hearing, occasion)
        subject.hearing.save(update_fields=["record"])


def keep_record(case: Case, hearing: Hearing, occasion: Occasion) -> None:
    """The papers of the meeting that was held: its record (D10), and the answers to the whole defence (D11)."""
    common: dict[str, Any] = {
        "commission": case.commission, "about": case, "case_id": case.pk, "on": occasion.on, "actor": occasion.actor,
        "subject_id": hearing.subject_id,
    }  # fmt: skip
    met_on = hearing.met_on or occasion.on
    record = papers.hearing_record(case, hearing, on=met_on)
    hearing.record = documents.replace(hearing.record, "D10", paper=record, **common)
    documents.supersede("D11", paper=papers.defence_answers(case, hearing, on=met_on), **common)


@effects.ISSUE_REPORT.performed_by
def issue_report(case: Case, occasion: Occasion) -> None:
    report = case.reports.order_by("-version").first()
    for batch in case.supplements.all():
        terms.meet(rule="T06", about=batch, on=occasion.on, actor=occasion.actor)
    # Who was met and whose record nobody asked for gets it now, or the case could never be closed.
    _record_meetings(
        case.subjects.investigated().filter(hearing__met_on__isnull=False).exclude(hearing__record__state="issued"),
        case,
        occasion,
    )
    supersede(case, "D08", papers.catalogue(case, on=occasion.on), occasion)
    if report is not None:
        supersede(case, "D12", papers.report(case, report, on=occasion.on), occasion)


@effects.ISSUE_MINUTES.performed_by
def issue_minutes(case: Case, occasion: Occasion) -> None:
    meeting = case.deliberations.order_by("-round").first()
    if meeting is not None:
        issue(case, "D18", papers.minutes(case, meeting, on=occasion.on), occasion)
