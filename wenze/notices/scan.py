"""The sweep: which reminders are due and were not yet told (design §5). Its cost follows what is due.

Before the day: 7, 3 and 1 working days ahead; on the day; afterwards every third working day. The handler is told
always, the head from the day itself on, the leader in charge from the fifth working day late. All of this is setting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import transaction

from wenze.deadlines import clock, workdays
from wenze.notices import outbox
from wenze.notices.models import Reminder, Sweep
from wenze.notices.services import notify
from wenze.people.models import User
from wenze.people.selectors import heads_of, leaders_of
from wenze.registry import Registry
from wenze.terms.models import Clock, ClockState

BATCH = 500

SWEEPS: Registry[Callable[[dt.date], int]] = Registry("daily sweeps")
"""What higher rooms do when a day has come (an influence period ends): safe to repeat, bounded by what is due."""


ALSO: Registry[Callable[[Clock], Iterable[User]]] = Registry("who is reminded besides the handler")
"""By the label of the matter: a unit outside has to act while somebody here answers for the clock."""


def horizon(on: dt.date) -> dt.date:
    """The last due day that the earliest reminder can concern today."""
    return workdays.add(on, max(settings.WENZE_REMIND_BEFORE))


def moment_of(due_on: dt.date, on: dt.date) -> tuple[str, int]:
    """The latest moment that has come, and how many working days late it is (negative: still to come).

    Only the latest: after a holiday or a stopped server one reminder is told, not a flood of those missed.
    """
    if on == due_on:
        return "on", 0
    if on < due_on:
        left = workdays.between(on, due_on)
        due = [days for days in settings.WENZE_REMIND_BEFORE if left <= days]
        return (f"before{min(due)}", -left) if due else ("", -left)
    late = max(workdays.between(due_on, on), 1)
    every = settings.WENZE_REMIND_EVERY_LATE
    told = late - late % every
    return (f"after{told}" if told else "on", late)


def recipients(due: Clock, late: int) -> list[tuple[User, bool]]:
    """Who is told: ``(user, is it an escalation)``."""
    found: dict[Any, tuple[User, bool]] = {}
    if due.handler is not None and due.handler.is_active:
        found[due.handler_id] = (due.handler, False)
    also = ALSO.get(due.about_label)
    for person in also(due) if also is not None else ():
        found.setdefault(person.pk, (person, False))
    if late >= 0:
        for head in heads_of(due.office):
            found.setdefault(head.pk, (head, True))
    if late >= settings.WENZE_ESCALATE_TO_LEADER_AFTER:
        for leader in leaders_of(due.office):
            found.setdefault(leader.pk, (leader, True))
    return list(found.values())


def scan_deadlines(on: dt.date | None = None) -> Sweep:
    """One sweep. Safe to run twice, and beside another: each reminder is written once by its unique key."""
    on = on or clock.today()
    rows = (
        Clock.objects.filter(state=ClockState.RUNNING, due_on__lte=horizon(on))
        .exclude(rule="influence")
        .select_related("handler", "office")
        .order_by("due_on", "pk")
    )
    reminders = escalations = 0
    last: Clock | None = None
    while True:
        batch = rows
        if last is not None:
            batch = batch.filter(due_on__gte=last.due_on).exclude(due_on=last.due_on, pk__lte=last.pk)
        found = list(batch[:BATCH])
        for due in found:
            moment, late = moment_of(due.due_on, on)
            if moment:
                told, raised = _tell(due, moment, late, on)
                reminders, escalations = reminders + told, escalations + raised
        if len(found) < BATCH:
            break
        last = found[-1]
    for act in SWEEPS:
        act(on)
    return Sweep.objects.create(on=on, reminders=reminders, escalations=escalations)


def _tell(due: Clock, moment: str, late: int, on: dt.date) -> tuple[int, int]:
    told = raised = 0
    already = set(Reminder.objects.filter(clock=due, moment=moment).values_list("recipient_id", flat=True))
    for user, escalation in recipients(due, late):
        if user.pk in already:
            continue
        with transaction.atomic():
            _, made = Reminder.objects.get_or_create(
                clock=due, moment=moment, recipient=user, defaults={"fired_on": on}
            )
            if made:
                outbox.enqueue("reminder", {"clock": str(due.pk), "moment": moment, "user": str(user.pk), "late": late})
                told += 1
                raised += escalation
    return told, raised


@outbox.HANDLERS.entry("reminder")
def deliver_reminder(payload: dict[str, Any]) -> None:
    """The reminder as a notice; a clock that was met meanwhile needs none."""
    due = Clock.objects.filter(pk=payload["clock"], state=ClockState.RUNNING).first()
    user = User.objects.filter(pk=payload["user"], is_active=True).first()
    if due is None or user is None:
        return
    late = payload["late"]
    word = f"已逾期 {late} 个工作日" if late > 0 else "今日到期" if late == 0 else f"还剩 {-late} 个工作日"
    notify(
        user=user,
        text=f"期限提醒：{due.full_title}，应于 {due.due_on.isoformat()} 前办结，{word}。",
        url=due.url,
        kind="reminder",
    )
