"""The only code that moves a matter along its table: state, gates, effects, terms, to-dos, ledger — one transaction.

Callers hold the row lock (``select_for_update``) and an open transaction.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from wenze.audit import ledger
from wenze.errors import Invalid, Missing, NotYours, Refused, Stale
from wenze.notices import services as notices
from wenze.terms import services as terms
from wenze.terms.models import Clock
from wenze.workflow import seats
from wenze.workflow.procedure import Occasion, Procedure, Step


def may_take(step: Step[Any], about: Any, user: Any) -> bool:
    """Whether one of the step's ``by=`` seats is his, and nothing (recusal, earlier part) stands against it."""
    return any(seats.sits(user, seat, about) and not seats.conflict(user, about, seat) for seat in step.by)


def unmet(procedure: Procedure[Any], code: str, about: Any, occasion: Occasion) -> list[Missing]:
    """Everything that still stands in the way of a step, the state included; what the gate banner shows."""
    step = procedure.step(code)
    missing = step.missing(about, occasion)
    if about.state not in step.sources:
        where = "、".join(procedure.state_name(state) for state in step.sources)
        missing.insert(
            0,
            Missing(
                "state",
                f"现处于“{procedure.state_name(about.state)}”，本步骤须在“{where}”时办理",
                step.under.on_screen,
            ),
        )
    return missing


def take_step(procedure: Procedure[Any], code: str, about: Any, occasion: Occasion) -> Step[Any]:
    """Take one step. Raises ``Stale`` (already past it), ``NotYours``, or ``Refused`` with all that is missing."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("take_step runs inside the caller's transaction, on a locked row")
    step = procedure.step(code)
    if step.target is not None and about.state == step.target and about.state not in step.sources:
        raise Stale(f"“{step.name}”已经办过，无须再办。")
    if occasion.approval is None and not may_take(step, about, occasion.actor):
        raise NotYours(f"“{step.name}”应由{'、'.join(seats.seat_name(seat) for seat in step.by)}办理。")
    missing = unmet(procedure, code, about, occasion)
    if missing:
        raise Refused(step.name, missing)
    before = about.state
    if step.target is not None:
        about.state = step.target
        about.save(update_fields=["state"])
    for rule in step.stops:
        terms.meet(rule=rule, about=about, on=occasion.on, actor=occasion.actor)
    for start in step.starts:
        terms.start(
            rule=start.rule,
            about=about,
            on=getattr(about, start.since) if start.since else occasion.on,
            actor=occasion.actor,
        )
    for effect in step.effects:
        effect.perform(about, occasion)
    ledger.record(
        f"step.{step.code}",
        actor=occasion.actor,
        commission_id=about.commission_id,
        about=about,
        case_id=getattr(about, "ledger_case_id", None),
        detail={"step": step.code, "name": step.name, "from": before, "to": about.state, "on": occasion.on.isoformat()},
    )
    pass_on(procedure, step, about, occasion)
    return step


def pass_on(procedure: Procedure[Any], done: Step[Any], about: Any, occasion: Occasion) -> None:
    """Close the to-dos of the step that was taken and open those of the steps that now stand open."""
    notices.finish_tasks(about=about, step=done.code, by=occasion.actor)
    if done.target is None:
        return
    for step in procedure.next_of(about):
        if not step.todo:
            continue
        for holder in seats.fit_holders(step.todo, about):
            notices.open_task(
                commission_id=about.commission_id,
                recipient=holder,
                title=f"{step.name}：{about}",
                url=about.get_absolute_url(),
                about=about,
                case_id=getattr(about, "ledger_case_id", None),
                step=step.code,
                due_on=_due(step, about),
                started_by=occasion.actor,
            )


def _due(step: Step[Any], about: Any) -> Any:
    open_terms = Clock.objects.filter(about_id=about.pk, rule__in=step.stops, state="running")
    return open_terms.order_by("due_on").values_list("due_on", flat=True).first()


def send_back(procedure: Procedure[Any], code: str, about: Any, occasion: Occasion, *, reason: str) -> None:
    """A step returns the matter with its words (退回): state, to-dos, ledger; terms of the returned state go on."""
    step = procedure.step(code)
    if step.returns_to is None or about.state not in step.sources:
        raise NotYours(f"“{step.name}”此时不能退回。")
    if not reason.strip():
        raise Invalid({"reason": "退回须写明理由。"})
    before, about.state = about.state, step.returns_to
    about.save(update_fields=["state"])
    notices.finish_tasks(about=about, step=code, by=occasion.actor)
    ledger.record(
        f"return.{code}",
        actor=occasion.actor,
        commission_id=about.commission_id,
        about=about,
        case_id=getattr(about, "ledger_case_id", None),
        detail={"step": code, "from": before, "to": about.state, "reason": reason, "on": occasion.on.isoformat()},
    )
    for holder in seats.fit_holders("handler", about):
        notices.open_task(
            commission_id=about.commission_id,
            recipient=holder,
            title=f"退回（{step.name}）：{reason}"[:200],
            url=about.get_absolute_url(),
            about=about,
            case_id=getattr(about, "ledger_case_id", None),
            step=f"returned:{code}",
            started_by=occasion.actor,
        )
