"""专项: a campaign under which clues and cases are counted together; it changes nothing in how they are handled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction

from cases.models import Campaign, Case, Clue
from cases.services.moving import locked_case, locked_clue, press_once
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.errors import Invalid, NotYours

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from wenze.people.models import User

M = TypeVar("M", Case, Clue)
OPENERS = (Role.CONDUCT, Role.CASEMGMT)
"""Who opens a campaign and puts any matter under it; the handler does so with his own."""


@dataclass(frozen=True)
class Told:
    """What the paper that orders the campaign says."""

    name: str
    basis: str
    from_on: dt.date
    until_on: dt.date | None = None
    field: str = ""


def may_open(user: User) -> bool:
    return any(user.holds(role) for role in OPENERS)


def may_assign(user: User, matter: Case | Clue) -> bool:
    """The handler, the head of the handling office, or those who open campaigns."""
    heads = matter.office_id is not None and user.holds(Role.HEAD, matter.office_id)
    return matter.handler_id == user.pk or heads or may_open(user)


@press_once(Campaign, "opened_by")
def open_campaign(*, submission: uuid.UUID, told: Told, actor: User, on: dt.date) -> Campaign:
    """Open a campaign. Raises ``Invalid`` for what was typed."""
    if not may_open(actor):
        raise NotYours("专项由党风政风监督室或者案件监督管理室设立。")
    wrong: dict[str, str] = {}
    if not told.name.strip():
        wrong["name"] = "请填写专项名称。"
    elif Campaign.objects.filter(commission=actor.commission, name=told.name.strip()).exists():
        wrong["name"] = "已有同名的专项。"
    if not told.basis.strip():
        wrong["basis"] = "请填写依据文件。"
    if told.until_on is not None and told.until_on < told.from_on:
        wrong["until_on"] = "止日不能早于起日。"
    if wrong:
        raise Invalid(wrong)
    row = Campaign.objects.create(
        id=submission, commission=actor.commission, name=told.name.strip(), basis=told.basis.strip(), field=told.field,
        from_on=told.from_on, until_on=told.until_on, opened_by=actor,
    )  # fmt: skip
    ledger.record(
        "campaign.opened", actor=actor, commission_id=row.commission_id, about=row,
        detail={"name": row.name, "basis": row.basis, "on": on.isoformat()},
    )  # fmt: skip
    return row


@transaction.atomic
def assign_clue(*, clue_id: uuid.UUID, campaign: Campaign | None, actor: User) -> Clue:
    """Put a clue under a campaign, or take it out."""
    clue = locked_clue(clue_id, actor)
    return _assigned(clue, campaign, actor)


@transaction.atomic
def assign_case(*, case_id: uuid.UUID, campaign: Campaign | None, actor: User) -> Case:
    """Put a case under a campaign, or take it out."""
    case = locked_case(case_id, actor)
    return _assigned(case, campaign, actor)


def _assigned(matter: M, campaign: Campaign | None, actor: User) -> M:
    if not may_assign(actor, matter):
        raise NotYours("列入专项由承办人、承办室主任、党风政风监督室或者案件监督管理室办理。")
    if campaign is not None and campaign.commission_id != matter.commission_id:
        raise Invalid({"campaign": "不是本机关的专项。"})
    before = matter.campaign
    if before == campaign:
        return matter
    matter.campaign = campaign
    matter.save(update_fields=["campaign"])
    ledger.record(
        "campaign.assigned", actor=actor, commission_id=matter.commission_id, about=matter, case_id=matter.ledger_case_id,
        detail={"from": before.name if before else "", "to": campaign.name if campaign else ""},
    )  # fmt: skip
    return matter
