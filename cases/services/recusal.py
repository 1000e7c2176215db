"""回避: a person stands aside from a matter; it takes effect at once, everywhere (design §4).

What he had to do closes, what he answered for passes to the head of the office, who appoints another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from cases.enums import CaseState, ClueState
from cases.models import Case, Clue, Recusal
from cases.services.moving import locked_case, locked_clue, require_seat
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.errors import Invalid
from wenze.notices import services as notices
from wenze.people.selectors import heads_of, principals_of
from wenze.terms import services as terms
from wenze.workflow import approvals
from wenze.workflow.models import Approval, ApprovalState

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from wenze.people.models import User


@transaction.atomic
def recuse_from_clue(*, clue_id: uuid.UUID, user: User, ground: str, reason: str, actor: User, on: dt.date) -> Recusal:
    """Recuse somebody from a clue: himself, or by its head, the conduct office or the principal."""
    clue: Clue = locked_clue(clue_id, actor)
    if actor.pk != user.pk:
        require_seat(clue, actor, Role.HEAD, Role.CONDUCT, Role.PRINCIPAL)
    return _stand_aside({"clue": clue}, clue, user, ground, reason, actor, on)


@transaction.atomic
def recuse_from_case(*, case_id: uuid.UUID, user: User, ground: str, reason: str, actor: User, on: dt.date) -> Recusal:
    """Recuse somebody from a case: himself, or by its head, its leaders or case supervision; he leaves the team."""
    case: Case = locked_case(case_id, actor)
    if actor.pk != user.pk:
        require_seat(case, actor, Role.HEAD, Role.LEADER, Role.PRINCIPAL, Role.CASEMGMT)
    case.team.filter(user=user, until_on__isnull=True).update(until_on=on)
    return _stand_aside({"case": case}, case, user, ground, reason, actor, on)


def _stand_aside(
    matter: dict[str, Any], about: Any, user: User, ground: str, reason: str, actor: User, on: dt.date
) -> Recusal:
    if not reason.strip():
        raise Invalid({"reason": "请写明回避事由。"})
    row, made = Recusal.objects.get_or_create(
        **matter,
        user=user,
        defaults={
            "commission_id": about.commission_id, "ground": ground, "reason": reason.strip(), "decided_by": actor,
            "from_on": on,
        },
    )  # fmt: skip
    if made:
        _take_back_what_he_signed(about, user, actor)
        notices.close_tasks_of(user=user, about=about, by=actor)
        head = heads_of(about.office).exclude(pk=user.pk).first() or principals_of(about.commission).first()
        if head is not None:
            terms.hand_over(about=about, handler=head, held_by=user, actor=actor)
        ledger.record(
            "recusal", actor=actor, commission_id=about.commission_id, about=row, case_id=about.ledger_case_id,
            detail={"user": user.name},
        )  # fmt: skip
    return row


def _take_back_what_he_signed(about: Any, user: User, actor: User) -> None:
    """An approval that is still under way does not rest on the signature of somebody who must stand aside."""
    signed = Approval.objects.filter(about_id=about.pk, state=ApprovalState.OPEN, signatures__signer=user)
    for row in signed.distinct():
        approvals.void(row, reason=f"{user.name}已签署而须回避，请重新提请", actor=actor)


def carry_over(*, clue: Clue, case: Case, on: dt.date) -> None:
    """Who stood aside from the clue stands aside from the case that it leads to, and leaves its team."""
    for row in Recusal.objects.filter(clue=clue):
        Recusal.objects.get_or_create(
            case=case, user_id=row.user_id,
            defaults={
                "commission_id": case.commission_id, "ground": row.ground, "reason": row.reason, "decided_by_id": row.decided_by_id,
                "from_on": row.from_on,
            },
        )  # fmt: skip
        case.team.filter(user_id=row.user_id, until_on__isnull=True).update(until_on=on)


@transaction.atomic
def appoint_handler_of_clue(*, clue_id: uuid.UUID, handler: User, reason: str, actor: User, on: dt.date) -> Clue:
    """The head (or who stands above him) gives a clue to another inspector of its office."""
    clue: Clue = locked_clue(clue_id, actor)
    if clue.office_id is None or clue.state == ClueState.ASSESSED:
        raise Invalid({"handler": "尚未分办或者已经研判的线索不改派。"})
    _give_to(clue, Recusal.objects.filter(clue=clue), handler, reason, actor)
    return clue


@transaction.atomic
def appoint_handler_of_case(*, case_id: uuid.UUID, handler: User, reason: str, actor: User, on: dt.date) -> Case:
    """The same for a case; an open approval that named the old handler is void by the change."""
    case: Case = locked_case(case_id, actor)
    if case.state == CaseState.CLOSED:
        raise Invalid({"handler": "已结案，不改派。"})
    _give_to(case, Recusal.objects.filter(case=case), handler, reason, actor)
    return case


def _give_to(about: Any, recusals: Any, handler: User, reason: str, actor: User) -> None:
    require_seat(about, actor, Role.HEAD, Role.LEADER, Role.PRINCIPAL)
    wrong: dict[str, str] = {}
    if not handler.holds(Role.INSPECTOR, about.office_id):
        wrong["handler"] = f"{handler}不是{about.office}的承办人。"
    elif recusals.filter(user=handler).exists():
        wrong["handler"] = f"{handler}已回避。"
    elif about.handler_id == handler.pk:
        wrong["handler"] = f"现在就由{handler}承办。"
    if not reason.strip():
        wrong["reason"] = "请写明改派的理由。"
    if wrong:
        raise Invalid(wrong)
    before, about.handler = about.handler, handler
    about.save(update_fields=["handler"])
    if before is not None:
        notices.close_tasks_of(user=before, about=about, by=actor)
    terms.hand_over(about=about, handler=handler, actor=actor)
    notices.open_task(
        commission_id=about.commission_id, recipient=handler, title=f"接办：{about}", url=about.get_absolute_url(), about=about,
        case_id=about.ledger_case_id, step="taken_over", started_by=actor,
    )  # fmt: skip
    ledger.record(
        "handler.appointed", actor=actor, commission_id=about.commission_id, about=about, case_id=about.ledger_case_id,
        detail={"to_whom": handler.name, "from": before.name if before else "", "reason": reason.strip()},
    )  # fmt: skip
