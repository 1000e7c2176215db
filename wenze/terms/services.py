"""Starting, suspending, extending and meeting clocks; every change is an event and a ledger entry.

``about`` offers ``commission_id``, and where it has them ``handler``, ``office_id``, ``ledger_case_id``,
``get_absolute_url``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q

from wenze import law
from wenze.audit import ledger
from wenze.deadlines.arithmetic import Term, Unit, reckon
from wenze.errors import Invalid
from wenze.people.models import User
from wenze.terms.models import Clock, ClockEvent, ClockState, EventKind

OPEN = (ClockState.RUNNING, ClockState.SUSPENDED)


def _name(actor: Any) -> str:
    return actor if isinstance(actor, str) else str(actor)


def _number_of(about: Any) -> str:
    """The number by which people know the matter: its own, or that of the case or clue it belongs to."""
    for matter in (about, getattr(about, "matter", None)):
        if found := getattr(matter, "number", ""):
            return str(found)
    return ""


def derive(events: list[ClockEvent], *, roll_forward: bool = True) -> tuple[dt.date, dt.date | None, bool]:
    """``(due, nominal, provisional)`` from the events alone.

    An extension is reckoned from the nominal end, not from the rolled one; a suspension moves the end by the calendar
    days that it lasted.
    """
    first = events[0]
    if first.amount is None:  # planned for a day
        return first.on, None, False
    reckoning = reckon(Term(first.amount, Unit(first.unit)), first.on, roll_forward=roll_forward)
    suspended_on: dt.date | None = None
    for event in events[1:]:
        base = reckoning.nominal or reckoning.due
        if event.kind == EventKind.EXTENDED and event.amount is not None:
            reckoning = reckon(Term(event.amount, Unit(event.unit)), base, roll_forward=roll_forward)
        elif event.kind == EventKind.SUSPENDED:
            suspended_on = event.on
        elif event.kind == EventKind.RESUMED and suspended_on is not None:
            lost = (event.on - suspended_on).days
            reckoning = reckon(Term(lost, Unit.CD), base, roll_forward=roll_forward)
            suspended_on = None
    return reckoning.due, reckoning.nominal, reckoning.provisional


@transaction.atomic
def start(
    *,
    rule: str,
    about: Any,
    on: dt.date,
    actor: Any,
    title: str = "",
    handler: Any = None,
    due_on: dt.date | None = None,
    amount: int | None = None,
    unit: str = "",
) -> Clock:
    """Start a clock. A T-code takes its length from the law's table; ``due_on`` plans a day; else ``amount`` and ``unit``.

    A clock of that rule that is already open for the matter is left as it is. Until a matter has a handler, whoever
    started its clock answers for it, so that every running clock reminds somebody.
    """
    open_clock = Clock.objects.filter(
        commission_id=about.commission_id,
        about_id=about.pk,
        rule=rule,
        state__in=OPEN,
    ).first()
    if open_clock is not None:
        return open_clock
    article, roll = "", True
    if due_on is None and amount is None:
        told = law.term(rule, on=on)
        amount, unit, article, roll = told.amount, str(told.unit), told.article, told.roll_forward
        title = title or told.name
    if due_on is not None:
        due, nominal, provisional = due_on, None, False
    else:
        reckoning = reckon(Term(int(amount or 0), Unit(unit)), on, roll_forward=roll)
        due, nominal, provisional = reckoning.due, reckoning.nominal, reckoning.provisional
    starter = actor if isinstance(actor, User) else None
    clock = Clock.objects.create(
        commission_id=about.commission_id,
        rule=rule,
        title=title or rule,
        article=article,
        about_label=about._meta.label,
        about_id=about.pk,
        matter=_number_of(about),
        case_id=getattr(about, "ledger_case_id", None),
        url=about.get_absolute_url() if hasattr(about, "get_absolute_url") else "",
        handler=handler or getattr(about, "handler", None) or starter,
        office_id=getattr(about, "office_id", None) or (starter.organization_id if starter else None),
        started_on=on,
        nominal_on=nominal,
        due_on=due,
        provisional=provisional,
    )
    ClockEvent.objects.create(
        clock=clock, kind=EventKind.STARTED, on=due_on or on, amount=amount, unit=unit, by=_name(actor)
    )
    _record(clock, "term.start", actor)
    return clock


def _open(rule: str, about: Any) -> list[Clock]:
    rows = Clock.objects.select_for_update().filter(
        commission_id=about.commission_id, about_id=about.pk, rule=rule,
        state__in=OPEN,
    )  # fmt: skip
    return list(rows)


def _event(clock: Clock, kind: str, on: dt.date, actor: Any, **more: Any) -> None:
    ClockEvent.objects.create(clock=clock, kind=kind, on=on, by=_name(actor), **more)
    if kind in (EventKind.EXTENDED, EventKind.RESUMED):
        clock.due_on, clock.nominal_on, clock.provisional = derive(list(clock.events.all()))
    clock.save()
    _record(clock, f"term.{kind}", actor, on=on.isoformat())


@transaction.atomic
def meet(*, rule: str, about: Any, on: dt.date, actor: Any) -> None:
    """What the clock asked for was done on that day; without an open clock nothing happens."""
    for clock in _open(rule, about):
        clock.state, clock.met_on = ClockState.MET, on
        _event(clock, EventKind.MET, on, actor)


@transaction.atomic
def void(*, rule: str, about: Any, on: dt.date, actor: Any, reason: str) -> None:
    """The clock falls away."""
    for clock in _open(rule, about):
        clock.state = ClockState.VOID
        _event(clock, EventKind.VOID, on, actor, reason=reason)


@transaction.atomic
def suspend(*, rule: str, about: Any, on: dt.date, actor: Any, reason: str) -> None:
    """中止: for a named reason, until ``resume``."""
    if not reason.strip():
        raise Invalid({"reason": "中止期限须写明理由。"})
    for clock in _open(rule, about):
        if clock.state == ClockState.RUNNING:
            clock.state = ClockState.SUSPENDED
            _event(clock, EventKind.SUSPENDED, on, actor, reason=reason)


@transaction.atomic
def resume(*, rule: str, about: Any, on: dt.date, actor: Any) -> None:
    """恢复: the end moves by the days that were lost."""
    for clock in _open(rule, about):
        if clock.state == ClockState.SUSPENDED:
            clock.state = ClockState.RUNNING
            _event(clock, EventKind.RESUMED, on, actor)


@transaction.atomic
def extend(*, rule: str, about: Any, amount: int, unit: str, on: dt.date, actor: Any, reason: str) -> None:
    """延长, reckoned from the nominal end."""
    if not reason.strip():
        raise Invalid({"reason": "延长期限须写明理由。"})
    for clock in _open(rule, about):
        _event(clock, EventKind.EXTENDED, on, actor, amount=amount, unit=unit, reason=reason)


@transaction.atomic
def move(*, rule: str, about: Any, due_on: dt.date, on: dt.date, actor: Any, reason: str) -> dt.date:
    """Put the end off to a day that was approved (会期未到); returns the day on which it now falls, a workday."""
    if not reason.strip():
        raise Invalid({"reason": "延期须写明理由。"})
    falls_on = due_on
    for clock in _open(rule, about):
        since = clock.nominal_on or clock.due_on
        days = (due_on - since).days
        _event(clock, EventKind.EXTENDED, on, actor, amount=days, unit=Unit.CD, reason=reason)
        falls_on = clock.due_on
    return falls_on


@transaction.atomic
def hand_over(*, about: Any, handler: User, actor: Any, office_id: Any = None, held_by: User | None = None) -> int:
    """The open clocks of a matter (and, for a case, of all that belongs to it) get another handler; returns how many.

    ``held_by`` narrows it to the clocks that one person answered for: his recusal leaves nobody's reminders unheard.
    """
    belongs = Q(about_id=about.pk)
    if getattr(about, "ledger_case_id", None) == about.pk:
        belongs |= Q(case_id=about.pk)
    rows = Clock.objects.filter(belongs, commission_id=about.commission_id, state__in=OPEN)
    if held_by is not None:
        rows = rows.filter(handler=held_by)
    changes: dict[str, Any] = {"handler": handler} | ({"office_id": office_id} if office_id else {})
    moved = rows.update(**changes)
    if moved:
        ledger.record(
            "term.handed_over", actor=actor, commission_id=about.commission_id, about=about,
            case_id=getattr(about, "ledger_case_id", None), detail={"to_whom": str(handler), "clocks": moved},
        )  # fmt: skip
    return moved


def redo_provisional() -> int:
    """Derive provisional clocks anew, after a year's notice was loaded; returns how many moved."""
    moved = 0
    for clock in Clock.objects.filter(provisional=True, state=ClockState.RUNNING).prefetch_related("events"):
        due, nominal, provisional = derive(list(clock.events.all()))
        if (due, provisional) != (clock.due_on, clock.provisional):
            clock.due_on, clock.nominal_on, clock.provisional = due, nominal, provisional
            clock.save(update_fields=["due_on", "nominal_on", "provisional"])
            moved += 1
    return moved


def _record(clock: Clock, action: str, actor: Any, **detail: Any) -> None:
    ledger.record(
        action,
        actor=actor,
        commission_id=clock.commission_id,
        about=clock,
        case_id=clock.case_id,
        detail={"rule": clock.rule, "title": clock.title, "due_on": clock.due_on.isoformat(), **detail},
    )
