"""对象另行了结: a subject who leaves the case before its decision, and a case that leaves with all of them (条例第九条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cases import papers
from cases.answers.effects import issue
from cases.enums import CaseState, DispatchKind, Outcome
from cases.models import Case, Dispatch, EarlyEnd
from cases.services.investigation import record
from cases.services.moving import REVIEW_TERMS, VOIDED_BY_RETURN, locked_case, require_seat, require_state
from wenze.access.roles import Role
from wenze.errors import Invalid
from wenze.notices import services as notices
from wenze.terms import services as terms
from wenze.workflow import approvals
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from wenze.people.models import Organization, User
    from wenze.workflow.models import Approval

ENDINGS = {
    Outcome.JOINED_FILED_REVIEW: DispatchKind.JOINED,
    Outcome.HANDED_OVER: DispatchKind.HANDED_OVER,
    Outcome.NOT_PURSUED_DEATH: None,
}
"""How a subject may leave a case before its decision, and what then goes out."""


@transaction.atomic
def ask_early_end(
    *, case_id: uuid.UUID, subject_id: uuid.UUID, outcome: str, reason: str, actor: User, on: dt.date,
    to_organization: Organization | None = None, filed_number: str = "",
) -> Approval:  # fmt: skip
    """Ask that a subject leave the case: he is filed for review, has died, or is another body's matter (条例第九条第三款)."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, "handler", "team_leader")
    require_state(case, CaseState.INVESTIGATING)
    subject = case.subjects.investigated().select_related("cadre", "organization").get(pk=subject_id)
    wrong: dict[str, str] = {}
    if outcome not in ENDINGS:
        wrong["outcome"] = "请选择并入已立案审查、移交或者因死亡不再追究。"
    if not reason.strip():
        wrong["reason"] = "请写明理由。"
    if outcome != Outcome.NOT_PURSUED_DEATH and to_organization is None:
        wrong["to_organization"] = "请选择接收机关。"
    if outcome == Outcome.JOINED_FILED_REVIEW and not filed_number.strip():
        wrong["filed_number"] = "请填写立案案号。"
    died_on = subject.cadre.died_on if subject.cadre else None
    if outcome == Outcome.NOT_PURSUED_DEATH and (died_on is None or died_on > on):
        wrong["outcome"] = f"{subject.name}没有去世的登记。"
    if wrong:
        raise Invalid(wrong)
    row, _ = EarlyEnd.objects.update_or_create(
        case=case, subject=subject, approved_on=None,
        defaults={
            "outcome": outcome, "reason": reason.strip(), "to_organization": to_organization,
            "filed_number": filed_number.strip(), "asked_by": actor, "asked_on": on,
        },
    )  # fmt: skip
    return approvals.request(
        about=row,
        step="end_early",
        title=f"对象另行了结：{row}",
        chain=(Role.LEADER, Role.PRINCIPAL),
        actor=actor,
        on=on,
    )


def end_on_signature(approval: Approval, row: EarlyEnd, actor: User, on: dt.date) -> None:
    """Signed: the subject leaves, his papers stay; what must go to another body goes."""
    case: Case = Case.objects.select_for_update().get(pk=row.case_id)
    require_state(case, CaseState.INVESTIGATING)
    subject = row.subject
    row.approved_on = on
    row.save(update_fields=["approved_on"])
    subject.state, subject.outcome = CaseState.ENDED, row.outcome
    subject.filed_review_number = row.filed_number or subject.filed_review_number
    kind = ENDINGS[Outcome(row.outcome)]
    if kind is None:
        subject.decided_on = on
    subject.save(update_fields=["state", "outcome", "filed_review_number", "decided_on"])
    if kind is not None and row.to_organization is not None:
        send_away(case, Dispatch(
            case=case, subject=subject, kind=kind, to_organization=row.to_organization, matter_text=row.reason, sent_on=on,
        ), Occasion(actor, on))  # fmt: skip
    terms.void(rule="T09", about=subject, on=on, actor=actor, reason=subject.get_outcome_display())
    record(case, "subject.ended", row, actor, subject=subject.name, outcome=row.outcome)
    if not case.subjects.pursued().exists():
        end_with_everybody(case, "对象均已另行了结", Occasion(actor, on))


def send_away(case: Case, dispatch: Dispatch, occasion: Occasion) -> Dispatch:
    """The letter (D25) with which a subject's matter goes to another body."""
    paper = papers.departure_letter(case, dispatch.subject, dispatch, on=occasion.on)
    dispatch.document = issue(case, "D25", paper, occasion, dispatch.subject_id)
    dispatch.save()
    return dispatch


def hand_over(case: Case, *, to: Organization, reason: str, occasion: Occasion) -> None:
    """提级办理: the superior takes the case. Each subject's matter goes to it with its letter; nothing is decided here."""
    for subject in case.subjects.pursued().select_related("cadre", "organization"):
        subject.state, subject.outcome = CaseState.ENDED, Outcome.HANDED_OVER
        subject.save(update_fields=["state", "outcome"])
        send_away(case, Dispatch(
            case=case, subject=subject, kind=DispatchKind.HANDED_OVER, to_organization=to, matter_text=reason, sent_on=occasion.on,
        ), occasion)  # fmt: skip
        terms.void(rule="T09", about=subject, on=occasion.on, actor=occasion.actor, reason=reason)
    end_with_everybody(case, reason, occasion)


def end_with_everybody(case: Case, reason: str, occasion: Occasion) -> None:
    """Nobody is left with whom the case could go on: it ends, with its terms, its open signatures and its to-dos."""
    before, case.state = case.state, CaseState.ENDED
    case.save(update_fields=["state"])
    for approval in approvals.waiting(case, *VOIDED_BY_RETURN):
        approvals.void(approval, reason=reason, actor=occasion.actor)
    for rule in ("T06", *REVIEW_TERMS):
        terms.void(rule=rule, about=case, on=occasion.on, actor=occasion.actor, reason=reason)
    for batch in case.supplements.all():
        terms.void(rule="T06", about=batch, on=occasion.on, actor=occasion.actor, reason=reason)
    notices.close_tasks_of_matter(about=case, by=occasion.actor)
    record(case, "case.ended", case, occasion.actor, before=before, reason=reason)


approvals.COMPLETIONS.register("cases.EarlyEnd:end_early", end_on_signature)
