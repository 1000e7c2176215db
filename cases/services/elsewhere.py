"""Decisions of other bodies that nobody here asked for, and what those bodies later make of their own (design §2).

They are registered so that HR's checks, the ruler and the statistics are whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from cases import effects
from cases.enums import RedressResult
from cases.models import ExternalDecision
from cases.services.moving import press_once
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.errors import Invalid, NotYours, Stale
from wenze.law import measures
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence

    from wenze.people.models import Cadre, Organization, User


@dataclass(frozen=True)
class Told:
    """What the other body's paper says. ``decided_on`` stays empty where nobody knows the day."""

    decided_by: str
    number: str
    measures: Sequence[str]
    decided_on: dt.date | None = None
    approved_by: str = ""


def _wrong_in(told: Told, on: dt.date) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not told.decided_by.strip():
        wrong["decided_by"] = "请填写决定机关。"
    if not told.measures:
        wrong["measures"] = "请选择处理措施。"
    elif unknown := [code for code in told.measures if code not in measures()]:
        wrong["measures"] = f"没有这种措施：{'、'.join(unknown)}"
    if told.decided_on is not None and told.decided_on > on:
        wrong["decided_on"] = "决定日不能晚于今日。"
    return wrong


def _require(actor: User) -> None:
    if not actor.holds(Role.CASEMGMT):
        raise NotYours("其他机关的决定由案件监督管理室登记。")


@press_once(ExternalDecision, "registered_by")
def register_decision(
    *,
    submission: uuid.UUID,
    cadre: Cadre | None,
    organization: Organization | None,
    told: Told,
    actor: User,
    on: dt.date,
) -> ExternalDecision:
    """Register a decision that another body made of its own. The same number of the same body is registered once.

    Raises ``Invalid`` for what was typed.
    """
    _require(actor)
    wrong = _wrong_in(told, on)
    if (cadre is None) == (organization is None):
        wrong["cadre"] = "请选择一名干部或者一个党组织。"
    same = ExternalDecision.objects.filter(
        commission=actor.commission, decided_by=told.decided_by.strip(), number=told.number.strip(), cadre=cadre, organization=organization
    )  # fmt: skip
    if told.number.strip() and same.exists():
        wrong["number"] = "该机关的这一文号已经登记过。"
    if wrong:
        raise Invalid(wrong)
    made = ExternalDecision.objects.create(
        id=submission, commission=actor.commission, cadre=cadre, organization=organization, decided_by=told.decided_by.strip(),
        approved_by=told.approved_by.strip(), decided_on=told.decided_on, number=told.number.strip(), measures=list(told.measures),
        registered_by=actor, registered_on=on,
    )  # fmt: skip
    _record(made, "external.registered", actor)
    effects.COUNT_ELSEWHERE.perform(made, Occasion(actor, on))
    return made


def _locked(pk: uuid.UUID, actor: User) -> ExternalDecision:
    seen = ExternalDecision.objects.visible_to(actor).get(pk=pk)
    row: ExternalDecision = (
        ExternalDecision.objects.select_for_update(of=("self",)).select_related("dispatch__subject").get(pk=seen.pk)
    )
    if row.ended_on is not None:
        raise Stale("该决定已经登记过变更或者撤销。")
    return row


@transaction.atomic
def supply_day(*, decision_id: uuid.UUID, decided_on: dt.date, actor: User, on: dt.date) -> ExternalDecision:
    """The day that was unknown was found out: from now on its period is reckoned."""
    _require(actor)
    row = _locked(decision_id, actor)
    if row.decided_on is not None:
        raise Stale("决定日已经登记。")
    if decided_on > on:
        raise Invalid({"decided_on": "决定日不能晚于今日。"})
    row.decided_on = decided_on
    row.save(update_fields=["decided_on"])
    _record(row, "external.dated", actor)
    effects.FOLLOW_REPLY.perform(row, Occasion(actor, on))
    effects.COUNT_ELSEWHERE.perform(row, Occasion(actor, on))
    return row


@transaction.atomic
def change_decision(
    *,
    decision_id: uuid.UUID,
    result: str,
    ended_on: dt.date,
    number: str,
    measures: Sequence[str],
    actor: User,
    on: dt.date,
) -> ExternalDecision:
    """The body changed or revoked its own decision; what took its place counts from the original day (law.md §3.1)."""
    _require(actor)
    row = _locked(decision_id, actor)
    wrong: dict[str, str] = {}
    if result not in (RedressResult.CHANGED, RedressResult.REVOKED):
        wrong["result"] = "请选择变更或者撤销。"
    if ended_on > on or (row.decided_on is not None and ended_on < row.decided_on):
        wrong["ended_on"] = "日期应在原决定之后、今日之前。"
    if result == RedressResult.CHANGED and not measures:
        wrong["measures"] = "变更须写明变更后的措施。"
    if wrong:
        raise Invalid(wrong)
    row.ended_on, row.ended_as, row.ended_by = ended_on, result, number.strip()
    row.save(update_fields=["ended_on", "ended_as", "ended_by"])
    _record(row, "external.changed", actor)
    if result == RedressResult.CHANGED:
        made = ExternalDecision.objects.create(
            commission=row.commission, case=row.case, dispatch=row.dispatch, cadre=row.cadre, organization=row.organization,
            decided_by=row.decided_by, approved_by=row.approved_by, decided_on=ended_on, number=number.strip(),
            measures=list(measures), replaces=row, registered_by=actor, registered_on=on,
        )  # fmt: skip
        _record(made, "external.registered", actor)
        effects.COUNT_ELSEWHERE.perform(made, Occasion(actor, on))
    effects.COUNT_ELSEWHERE.perform(row, Occasion(actor, on))
    if row.dispatch is not None:
        effects.FOLLOW_REPLY.perform(row, Occasion(actor, on))
    return row


def _record(row: ExternalDecision, action: str, actor: User) -> None:
    ledger.record(
        action, actor=actor, commission_id=row.commission_id, about=row, case_id=row.case_id,
        detail={
            "who": str(row.person), "by": row.decided_by, "number": row.number, "measures": row.measures,
            "on": row.decided_on.isoformat() if row.decided_on else "", "ended": row.ended_on.isoformat() if row.ended_on else "",
        },
    )  # fmt: skip
