"""Changes of course of an inquiry: a longer or a suspended term, a clue that joins it (who leaves it: ``leaving``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cases.enums import CaseState, Exit
from cases.models import Clue, ClueJoin, Extension, Supplement, Suspension
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

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from wenze.people.models import User
    from wenze.workflow.models import Approval


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


# --- 中止和恢复 ---------------------------------------------------------------------------------------------------
@transaction.atomic
def ask_suspension(*, case_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> Approval:
    """Ask the leader in charge that the terms of the inquiry stand still (an expert opinion is awaited, a subject is ill)."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, "handler", "team_leader")
    require_state(case, CaseState.INVESTIGATING)
    if not reason.strip():
        raise Invalid({"reason": "请写明中止的理由。"})
    if case.suspensions.filter(approved_on__isnull=False, resumed_on__isnull=True).exists():
        raise Invalid({"reason": "调查期限已经中止，尚未恢复。"})
    row, _ = Suspension.objects.update_or_create(
        case=case, approved_on=None, resumed_on=None,
        defaults={"reason": reason.strip(), "asked_by": actor, "asked_on": on},
    )  # fmt: skip
    return approvals.request(
        about=row, step="suspend_inquiry", title=f"中止调查期限：{case}", chain=(Role.LEADER,), actor=actor, on=on
    )


def suspend_on_signature(approval: Approval, row: Suspension, actor: User, on: dt.date) -> None:
    """Signed: the terms of the case and of its later batches stand still from today."""
    require_state(row.case, CaseState.INVESTIGATING)
    for about in (row.case, *row.case.supplements.all()):
        terms.suspend(rule="T06", about=about, on=on, actor=actor, reason=row.reason)
    row.approved_on = on
    row.save(update_fields=["approved_on"])
    record(row.case, "inquiry.suspended", row, actor, reason=row.reason)


@transaction.atomic
def resume_inquiry(*, case_id: uuid.UUID, actor: User, on: dt.date) -> Suspension:
    """The reason is gone: the terms run on, longer by the days that were lost."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, "handler", "team_leader")
    row: Suspension | None = case.suspensions.filter(approved_on__isnull=False, resumed_on__isnull=True).first()
    if row is None:
        raise Stale("调查期限没有中止，无须恢复。")
    for about in (case, *case.supplements.all()):
        terms.resume(rule="T06", about=about, on=on, actor=actor)
    row.resumed_on, row.resumed_by = on, actor
    row.save(update_fields=["resumed_on", "resumed_by"])
    record(case, "inquiry.resumed", row, actor)
    return row


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
approvals.COMPLETIONS.register("cases.Suspension:suspend_inquiry", suspend_on_signature)
