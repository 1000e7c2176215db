"""A draft edited on screen, row by row: add, change, remove, put in order. Only while its list may be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from responsibility.models import Duty
from responsibility.services.duties import own_draft
from responsibility.sheets import MOST
from wenze.audit import ledger
from wenze.errors import Invalid, wanting

if TYPE_CHECKING:
    import uuid

    from responsibility.models import DutyList
    from responsibility.rows import Row
    from wenze.people.models import User


def _record(row: DutyList, action: str, actor: User, number: str) -> None:
    ledger.record(action, actor=actor, commission_id=row.commission_id, about=row, detail={"number": number})


def _checked(row: DutyList, typed: Row, other_than: uuid.UUID | None = None) -> dict[str, str]:
    """The columns of the row, if it may stand in the list. Raises ``Invalid``."""
    wrong = wanting(number=(typed.number, "条号"), text=(typed.text, "职责"))
    if row.duties.filter(number=typed.number.strip()).exclude(pk=other_than).exists():
        wrong["number"] = "这个条号已经用过。"
    if typed.post is not None and typed.post.organization_id != row.organization_id:
        wrong["post"] = "本组织没有这个职务。"
    if wrong:
        raise Invalid(wrong)
    return {
        "number": typed.number.strip(), "group": typed.group, "text": typed.text.strip(), "quantity": typed.quantity.strip(),
        "responsibility": typed.responsibility,
    }  # fmt: skip


@transaction.atomic
def add_duty(*, list_id: uuid.UUID, row: Row, submission: uuid.UUID, actor: User) -> Duty:
    """One more duty at the end of the draft. Pressed twice, it is one."""
    found = own_draft(list_id, actor)
    made: Duty | None = found.duties.filter(pk=submission).first()
    if made is not None:
        return made
    if found.duties.count() >= MOST:
        raise Invalid({"number": f"一份清单最多{MOST}条。"})
    told = _checked(found, row)
    last = found.duties.aggregate(last=Max("position"))["last"] or 0
    made = Duty.objects.create(pk=submission, duty_list=found, position=last + 1, post=row.post, **told)
    _record(found, "duties.row_added", actor, made.number)
    return made


def _of_a_draft(duty_id: uuid.UUID, actor: User) -> Duty:
    """The duty, its draft locked. Raises ``Duty.DoesNotExist``, ``Stale``, ``NotYours``."""
    seen = Duty.objects.visible_to(actor).get(pk=duty_id)
    own_draft(seen.duty_list_id, actor)
    row: Duty = Duty.objects.select_related("duty_list").get(pk=duty_id)
    return row


@transaction.atomic
def change_duty(*, duty_id: uuid.UUID, row: Row, actor: User) -> Duty:
    """Other words in the place of a duty's."""
    duty = _of_a_draft(duty_id, actor)
    for name, value in _checked(duty.duty_list, row, duty.pk).items():
        setattr(duty, name, value)
    duty.post = row.post
    duty.save()
    _record(duty.duty_list, "duties.row_changed", actor, duty.number)
    return duty


@transaction.atomic
def remove_duty(*, duty_id: uuid.UUID, actor: User) -> None:
    """Take one out; nobody was bound by it."""
    duty = _of_a_draft(duty_id, actor)
    duty.delete()
    _record(duty.duty_list, "duties.row_removed", actor, duty.number)


@transaction.atomic
def move_duty(*, duty_id: uuid.UUID, up: bool, actor: User) -> None:
    """Change places with the neighbour; at the end nothing moves."""
    duty = _of_a_draft(duty_id, actor)
    own = duty.duty_list.duties
    beside = (
        own.filter(position__lt=duty.position).order_by("-position").first()
        if up
        else own.filter(position__gt=duty.position).order_by("position").first()
    )
    if beside is None:
        return
    duty.position, beside.position = beside.position, duty.position
    duty.save(update_fields=["position"])
    beside.save(update_fields=["position"])
    _record(duty.duty_list, "duties.row_moved", actor, duty.number)
