"""回避: a person stands aside from a matter; it takes effect at once, everywhere (design §4).

What he had to do closes, what he answered for passes to the head of the office, who appoints another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from cases.models import Case, Clue, Recusal
from cases.services.moving import locked_case, locked_clue, require_seat
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.errors import Invalid
from wenze.notices import services as notices
from wenze.people.selectors import heads_of, principals_of
from wenze.terms import services as terms

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
        notices.close_tasks_of(user=user, about=about, by=actor)
        head = heads_of(about.office).exclude(pk=user.pk).first() or principals_of(about.commission).first()
        if head is not None:
            terms.hand_over(about=about, handler=head, held_by=user, actor=actor)
        ledger.record(
            "recusal", actor=actor, commission_id=about.commission_id, about=row, case_id=about.ledger_case_id,
            detail={"user": user.name},
        )  # fmt: skip
    return row
