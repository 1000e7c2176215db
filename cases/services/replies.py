"""What other bodies decided: replies to our letters, and decisions that nobody asked for (条例第九、十二、十五条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from cases import effects
from cases.enums import DispatchKind
from cases.models import Dispatch, ExternalDecision
from cases.services.moving import locked_case, require_seat
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.errors import Invalid, Stale
from wenze.law import influence, measures
from wenze.notices import services as notices
from wenze.terms import services as terms
from wenze.workflow import seats
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence

    from cases.models import Case
    from wenze.people.models import User


@dataclass(frozen=True)
class Reply:
    """What came back. Without measures the body did nothing, and says why in ``words``."""

    replied_on: dt.date
    words: str
    measures: Sequence[str] = ()
    decided_on: dt.date | None = None
    decided_by: str = ""
    approved_by: str = ""
    number: str = ""
    departs_reason: str = ""


def _wrong_in(dispatch: Dispatch, reply: Reply, on: dt.date) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not dispatch.sent_on <= reply.replied_on <= on:
        wrong["replied_on"] = "回复日应在送出日之后、今日之前。"
    if not reply.words.strip():
        wrong["words"] = "请写明回复内容。"
    if reply.measures and reply.decided_on is not None and reply.decided_on > reply.replied_on:
        wrong["decided_on"] = "决定日不能晚于回复日。"
    unknown = [code for code in reply.measures if code not in measures()]
    if unknown:
        wrong["measures"] = f"没有这种措施：{'、'.join(unknown)}"
    differs = sorted(reply.measures) != sorted(dispatch.asked)
    if dispatch.kind in (DispatchKind.ORDERED, DispatchKind.PROPOSED) and differs and not reply.departs_reason.strip():
        wrong["departs_reason"] = "与建议或者责成的不一致，须写明对方说明的理由。"
    return wrong


@transaction.atomic
def register_reply(*, dispatch_id: uuid.UUID, reply: Reply, actor: User, on: dt.date) -> Dispatch:
    """Register what the body answered; its decision counts from its own day, never from ours.

    A lower body that decided otherwise than ordered needs the orderer's consent first (``consent_to_departure``).
    Raises ``Invalid`` for what was typed, ``Stale`` where the reply is there already.
    """
    seen = Dispatch.objects.visible_to(actor).get(pk=dispatch_id)
    case = locked_case(seen.case_id, actor)
    require_seat(case, actor, "handler", Role.CASEMGMT)
    dispatch: Dispatch = (
        Dispatch.objects.select_for_update(of=("self",)).select_related("subject__cadre").get(pk=seen.pk)
    )
    if dispatch.replied_on is not None:
        raise Stale("该件的回复已经登记。")
    if wrong := _wrong_in(dispatch, reply, on):
        raise Invalid(wrong)
    dispatch.replied_on, dispatch.reply = reply.replied_on, reply.words.strip()
    dispatch.save(update_fields=["replied_on", "reply"])
    made = ExternalDecision.objects.create(
        commission=case.commission, case=case, dispatch=dispatch, cadre=dispatch.subject.cadre,
        organization=dispatch.subject.organization, decided_by=reply.decided_by.strip() or dispatch.to_organization.name,
        approved_by=reply.approved_by.strip(), decided_on=reply.decided_on, number=reply.number.strip(),
        measures=list(reply.measures), departs_reason=reply.departs_reason.strip(), registered_by=actor, registered_on=on,
    )  # fmt: skip
    _complete_measure(dispatch, made)
    terms.meet(rule="reply", about=dispatch, on=reply.replied_on, actor=actor)
    ledger.record(
        "dispatch.replied", actor=actor, commission_id=case.commission_id, about=dispatch, case_id=case.pk,
        detail={"subject": dispatch.subject.name, "by": made.decided_by, "number": made.number, "measures": made.measures},
    )  # fmt: skip
    if dispatch.kind == DispatchKind.ORDERED and made.departs_reason:
        _ask_consent(case, made, actor)
    _settle_subject(dispatch)
    effects.FOLLOW_REPLY.perform(made, Occasion(actor, on))
    effects.COUNT_ELSEWHERE.perform(made, Occasion(actor, on))
    return dispatch


def _complete_measure(dispatch: Dispatch, made: ExternalDecision) -> None:
    """A proposed measure that was decided gets the body's day, number and period."""
    measure = dispatch.measure
    if measure is None or measure.code not in made.measures or made.decided_on is None:
        return
    parts = influence.parts_of(measure.code, made.decided_on)
    last = max(parts, key=lambda part: part.release_date, default=None)
    measure.decided_on, measure.decided_by_name, measure.reference = made.decided_on, made.decided_by, made.number
    measure.last_restricted_day = last.last_restricted_day if last else None
    measure.release_date = last.release_date if last else None
    measure.restriction = "；".join(part.restriction for part in parts)
    measure.save()


def _settle_subject(dispatch: Dispatch) -> None:
    """The subject is decided when the last answer has come back, and what departed from an order was consented to."""
    subject = dispatch.subject
    waiting = subject.dispatches.filter(replied_on__isnull=True).exists()
    departed = ExternalDecision.objects.filter(
        dispatch__subject=subject, dispatch__kind=DispatchKind.ORDERED, consented_by__isnull=True
    ).exclude(departs_reason="")
    if not waiting and not departed.exists() and subject.decided_on is None:
        subject.decided_on = dispatch.replied_on
        subject.save(update_fields=["decided_on"])


def _ask_consent(case: Case, made: ExternalDecision, actor: User) -> None:
    for holder in seats.holders(Role.PRINCIPAL, case):
        notices.open_task(
            commission_id=case.commission_id, recipient=holder, title=f"下级办理与责成不一致，请审定：{made.person}",
            url=made.dispatch.get_absolute_url() if made.dispatch else case.get_absolute_url(), about=made, case_id=case.pk,
            step="consent", started_by=actor,
        )  # fmt: skip


@transaction.atomic
def consent_to_departure(*, dispatch_id: uuid.UUID, actor: User, on: dt.date) -> ExternalDecision:
    """The principal consents to what the lower body decided otherwise than ordered (law.md §1.5)."""
    seen = Dispatch.objects.visible_to(actor).get(pk=dispatch_id)
    case = locked_case(seen.case_id, actor)
    require_seat(case, actor, Role.PRINCIPAL)
    made: ExternalDecision | None = (
        ExternalDecision.objects.select_for_update().filter(dispatch=seen).exclude(departs_reason="").first()
    )
    if made is None or seen.kind != DispatchKind.ORDERED:
        raise Invalid({"reason": "没有与责成不一致的回复。"})
    if made.consented_by_id is not None:
        raise Stale("已经同意。")
    made.consented_by = actor
    made.save(update_fields=["consented_by"])
    _settle_subject(seen)
    effects.COUNT_ELSEWHERE.perform(made, Occasion(actor, on))
    notices.finish_tasks(about=made, step="consent", by=actor)
    ledger.record(
        "dispatch.consented", actor=actor, commission_id=case.commission_id, about=seen, case_id=case.pk,
        detail={"on": on.isoformat(), "measures": made.measures},
    )  # fmt: skip
    return made
