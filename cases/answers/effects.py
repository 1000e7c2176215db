"""The acts that steps cause: states of subjects, documents, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import effects, papers
from cases.enums import CaseState, Exit, Outcome
from cases.gates import ESCALATED, KEY_CASE
from cases.models import Case, Clue, Decision, Measure
from wenze.documents import services as documents
from wenze.law import influence
from wenze.notices import services as notices
from wenze.terms import services as terms
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    from wenze.documents.models import OfficialDocument
    from wenze.documents.paper import Paper
    from wenze.people.models import Organization


def _issue(case: Case, kind: str, paper: Paper, occasion: Occasion, subject_id: object = None) -> OfficialDocument:
    return documents.issue(
        kind, commission=case.commission, about=case, case_id=case.pk, paper=paper, on=occasion.on,
        actor=occasion.actor, subject_id=subject_id,
    )  # fmt: skip


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
    """Subjects whose matter has not ended by another outcome move with the case."""
    case.subjects.update(state=case.state)
    if case.state == CaseState.INITIATING:
        _issue(case, "D03", papers.initiation(case, on=occasion.on), occasion)
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
    _issue(case, "D05", papers.investigation_plan(case, on=occasion.on), occasion)
    for subject in case.subjects.select_related("cadre", "organization"):
        _issue(case, "D06", papers.notification(case, subject, on=occasion.on), occasion, subject.pk)


@effects.ISSUE_FACTS_RECORD.performed_by
def issue_facts_record(case: Case, occasion: Occasion) -> None:
    for subject in case.subjects.select_related("cadre", "organization", "hearing"):
        terms.meet(rule="T09", about=subject, on=occasion.on, actor=occasion.actor)
        hearing = subject.hearing
        for kind, paper in (("D10", papers.hearing_record), ("D11", papers.defence_answers)):
            documents.supersede(
                kind, commission=case.commission, about=case, case_id=case.pk,
                paper=paper(case, hearing, on=hearing.met_on), on=occasion.on, actor=occasion.actor, subject_id=subject.pk,
            )  # fmt: skip


@effects.ISSUE_REPORT.performed_by
def issue_report(case: Case, occasion: Occasion) -> None:
    report = case.reports.order_by("-version").first()
    _issue(case, "D08", papers.catalogue(case, on=occasion.on), occasion)
    if report is not None:
        _issue(case, "D12", papers.report(case, report, on=occasion.on), occasion)


@effects.ISSUE_MINUTES.performed_by
def issue_minutes(case: Case, occasion: Occasion) -> None:
    meeting = case.deliberations.order_by("-round").first()
    if meeting is not None:
        _issue(case, "D18", papers.minutes(case, meeting, on=occasion.on), occasion)


@effects.ISSUE_DECISIONS.performed_by
def issue_decisions(case: Case, occasion: Occasion) -> None:
    """One decision and one document a subject; measures that another body decides are proposed to it (条例第十二条)."""
    case.decided_on = occasion.on
    case.save(update_fields=["decided_on"])
    for subject in case.subjects.select_related("cadre", "organization", "post", "proposal", "hearing"):
        proposal = subject.proposal
        made = Decision.objects.create(
            subject=subject,
            outcome=proposal.outcome,
            deciding_body=case.commission,
            decided_on=occasion.on,
            reason=proposal.reason,
            issued_by=occasion.actor,
        )
        _write_measures(made, proposal.measures, occasion)
        subject.outcome = proposal.outcome
        subject.save(update_fields=["outcome"])
        _documents_of(case, made, occasion)


def _write_measures(made: Decision, codes: list[str], occasion: Occasion) -> None:
    for code in codes:
        plain = code.removeprefix("propose:")
        proposed = code != plain
        parts = () if proposed else influence.parts_of(plain, occasion.on)
        last = max(parts, key=lambda part: part.release_date, default=None)
        Measure.objects.create(
            decision=made,
            code=plain,
            proposed_only=proposed,
            proposed_to=_authority(made) if proposed else None,
            decided_on=None if proposed else occasion.on,
            decided_by_name="" if proposed else made.deciding_body.name,
            last_restricted_day=last.last_restricted_day if last else None,
            release_date=last.release_date if last else None,
            restriction="；".join(part.restriction for part in parts),
        )


def _authority(made: Decision) -> Organization | None:
    """Who may decide what we only propose: the organ that manages the cadre."""
    return made.subject.cadre.managed_by if made.subject.cadre else made.deciding_body.directly_led_by


def _documents_of(case: Case, made: Decision, occasion: Occasion) -> None:
    subject, on = made.subject, occasion.on
    own = list(made.measures.filter(proposed_only=False).values_list("code", flat=True))
    proposed = list(made.measures.filter(proposed_only=True))
    main: OfficialDocument | None = None
    if made.outcome == Outcome.ACCOUNTABLE and own:
        main = _issue(case, "D19", papers.decision(case, made, on=on), occasion, subject.pk)
        if "admonishment" in own:
            _issue(case, "D22", papers.admonishment(case, made, on=on), occasion, subject.pk)
        if "circulation" in own:
            _issue(case, "D23", papers.circular(case, made, on=on), occasion, subject.pk)
    if proposed:
        names = papers.measures_in_words([m.code for m in proposed])
        authority = str(_authority(made) or "有管理权限的党委")
        letter = _issue(case, "D24", papers.proposal_letter(case, made, names, authority, on=on), occasion, subject.pk)
        main = main or letter
    if made.outcome in (Outcome.NOT_ACCOUNTABLE, Outcome.EXEMPTED):
        main = _issue(case, "D31", papers.no_accountability(case, made, on=on), occasion, subject.pk)
    if made.outcome in (Outcome.REFERRED, Outcome.ORDERED, Outcome.HANDED_OVER):
        target = str(subject.proposal.to_organization or "有关单位")
        main = _issue(case, "D25", papers.referral_letter(case, made, target, on=on), occasion, subject.pk)
    if main is not None:
        made.document = main
        made.save(update_fields=["document"])
