"""Changes of course of an inquiry: a longer term, a subject who leaves the case, a clue that joins it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cases import papers
from cases.answers.effects import issue
from cases.enums import CaseState, DispatchKind, Exit, Outcome
from cases.models import Case, Clue, ClueJoin, Dispatch, EarlyEnd, Extension, Supplement
from cases.services import recusal
from cases.services.investigation import record
from cases.services.moving import locked_case, locked_clue, require_seat, require_state
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.deadlines.arithmetic import Unit
from wenze.errors import Invalid, Stale
from wenze.law import extension_of
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


# --- 延长调查期限 -------------------------------------------------------------------------------------------------
@transaction.atomic
def ask_extension(
    *, case_id: uuid.UUID, reason: str, actor: User, on: dt.date, supplement: Supplement | None = None
) -> Approval:
    """Ask the leader in charge for more time, once a batch (law.md §4 T06)."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, "handler", "team_leader")
    require_state(case, CaseState.INVESTIGATING)
    if not reason.strip():
        raise Invalid({"reason": "请写明延长的理由。"})
    if case.extensions.filter(supplement=supplement, approved_on__isnull=False).exists():
        raise Invalid({"reason": "该批的调查期限已经延长过一次，不能再延。"})
    row, _ = Extension.objects.update_or_create(
        case=case, supplement=supplement, approved_on=None,
        defaults={"reason": reason.strip(), "asked_by": actor, "asked_on": on},
    )  # fmt: skip
    return approvals.request(
        about=row, step="extend_inquiry", title=f"延长调查期限：{case}", chain=(Role.LEADER,), actor=actor, on=on
    )


def extend_on_signature(approval: Approval, row: Extension, actor: User, on: dt.date) -> None:
    """Signed: the term runs on, reckoned from its nominal end."""
    require_state(row.case, CaseState.INVESTIGATING)
    amount, unit = extension_of("T06")
    terms.extend(rule="T06", about=row.extended, amount=amount, unit=Unit(unit), on=on, actor=actor, reason=row.reason)
    row.approved_on = on
    row.save(update_fields=["approved_on"])
    record(row.case, "inquiry.extended", row, actor, amount=amount, unit=str(unit))


# --- 对象另行了结 -------------------------------------------------------------------------------------------------
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


def send_away(case: Case, dispatch: Dispatch, occasion: Occasion) -> Dispatch:
    """The letter (D25) with which a subject's matter goes to another body."""
    paper = papers.joining_letter(case, dispatch.subject, dispatch, on=occasion.on)
    dispatch.document = issue(case, "D25", paper, occasion, dispatch.subject_id)
    dispatch.save()
    return dispatch


# --- 并案 ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def join_clue(*, clue_id: uuid.UUID, case_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> Clue:
    """A clue of a matter that is already a case joins it: its terms are met, its order binds the case.

    The clue must be assigned to the one who handles the case; a classified stub never joins.
    """
    clue = locked_clue(clue_id, actor)
    case = locked_case(case_id, actor)
    require_seat(case, actor, "handler")
    require_seat(clue, actor, "handler")
    require_state(case, CaseState.INITIATING, CaseState.INVESTIGATING)
    if clue.case_id is not None:
        raise Stale(f"该线索已并入{clue.case}。")
    if clue.is_classified:
        raise Invalid({"case": "涉密件不在本系统办理，不能并案。"})
    if not reason.strip():
        raise Invalid({"reason": "请写明并案的理由。"})
    clue.case, clue.exit, clue.exit_reason, clue.state = case, Exit.START, reason.strip(), "assessed"
    clue.save(update_fields=["case", "exit", "exit_reason", "state"])
    recusal.carry_over(clue=clue, case=case, on=on)
    ClueJoin.objects.create(case=case, clue=clue, reason=reason.strip(), joined_by=actor, joined_on=on)
    for rule in ("T01", "T05", "T04"):
        terms.meet(rule=rule, about=clue, on=on, actor=actor)
    for step in ("verify_clue", "assess_clue", "apply_initiation"):
        notices.finish_tasks(about=clue, step=step, by=actor)
    if clue.source == "superior_order" and not case.superior_order:
        case.superior_order = clue.source_reference
        case.save(update_fields=["superior_order"])
    ledger.record(
        "clue.joined", actor=actor, commission_id=clue.commission_id, about=clue, case_id=case.pk,
        detail={"clue": clue.number, "case": case.number, "reason": reason.strip()},
    )  # fmt: skip
    return clue


approvals.COMPLETIONS.register("cases.Extension:extend_inquiry", extend_on_signature)
approvals.COMPLETIONS.register("cases.EarlyEnd:end_early", end_on_signature)
