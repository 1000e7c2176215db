"""Who was responsible for what on a day (终身问责, 条例第十六条): lists and appointments are dated, so the past stays as it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from responsibility.enums import PostGroup
from responsibility.models import Duty, DutyList
from wenze.deadlines.workdays import ONE
from wenze.people.models import Appointment, User
from wenze.people.selectors import assignments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wenze.people.models import Cadre


def office_people(commission_id: Any, *roles: str) -> list[User]:
    """The active accounts of a commission that hold one of these roles today."""
    held = [assignments(role).filter(user__commission_id=commission_id).values("user_id") for role in roles]
    found: list[User] = list(User.objects.filter(is_active=True).filter(reduce(or_, (Q(pk__in=rows) for rows in held))))
    return found


@dataclass(frozen=True)
class Stretch:
    """Days on which one post, one division of work and one list held together; ``until`` is the last of them.

    Between two posts there is a stretch without any.
    """

    since: dt.date
    until: dt.date | None
    post: Any
    division: str
    duty_list: DutyList | None
    duties: Sequence[Duty]

    @property
    def is_gap(self) -> bool:
        """He held a post and no list said what it answers for."""
        return self.post is not None and self.duty_list is None

    @property
    def is_without_post(self) -> bool:
        """No post of his is on record for these days."""
        return self.post is None


def duties_of_post(appointment: Appointment, duty_list: DutyList) -> list[Duty]:
    """What a list lays on the holder of a post: what names the post; what names none and speaks of his kind of seat."""
    group = PostGroup.PRINCIPAL if appointment.post.is_principal else PostGroup.MEMBER
    return [
        duty
        for duty in duty_list.duties.all()
        if duty.post_id == appointment.post_id or (duty.post_id is None and duty.group == group)
    ]


def duties_on(cadre: Cadre, day: dt.date) -> list[Stretch]:
    """His duties on that day, post by post."""
    return [
        found
        for found in course_of(cadre)
        if not found.is_without_post and found.since <= day and (found.until is None or found.until >= day)
    ]


def course_of(cadre: Cadre) -> list[Stretch]:
    """All his posts with what they answered for, in order of days; where a list was wanting, that is a stretch too.

    Four queries, however many posts and lists.
    """
    appointments = list(
        Appointment.objects.filter(cadre=cadre).select_related("post__organization").order_by("from_on", "pk")
    )
    organizations = {row.post.organization_id for row in appointments}
    lists = list(
        DutyList.objects.binding()
        .filter(organization__in=organizations)
        .select_related("organization")
        .prefetch_related("duties__post")
        .order_by("in_force_from", "pk")
    )
    found: list[Stretch] = []
    for held in appointments:
        own = [row for row in lists if row.organization_id == held.post.organization_id]
        found += _stretches(held, own)
    return sorted(found + _between(appointments), key=lambda each: each.since)


def _between(appointments: Sequence[Appointment]) -> list[Stretch]:
    """The days between his first post and his last on which none is on record."""
    found: list[Stretch] = []
    held_until: dt.date | None = None
    for number, row in enumerate(appointments):
        if number and held_until is not None and row.from_on > held_until + ONE:
            found.append(Stretch(held_until + ONE, row.from_on - ONE, None, "", None, ()))
        if row.until_on is None:
            break
        held_until = max(held_until or row.until_on, row.until_on)
    return found


def _stretches(held: Appointment, lists: Sequence[DutyList]) -> list[Stretch]:
    """The days of one appointment, cut where one list gives way to another."""
    found: list[Stretch] = []
    day, last = held.from_on, held.until_on
    for row in lists:
        since = max(row.in_force_from, held.from_on)
        ends = [end for end in (row.in_force_until, last) if end is not None]
        until = min(ends) if ends else None
        if (until is not None and until < since) or (last is not None and since > last):
            continue
        if since > day:
            found.append(Stretch(day, since - ONE, held.post, held.division_of_work, None, ()))
        found.append(Stretch(since, until, held.post, held.division_of_work, row, duties_of_post(held, row)))
        if until is None:
            return found
        day = until + ONE
    if last is None or day <= last:
        found.append(Stretch(day, last, held.post, held.division_of_work, None, ()))
    return found


@dataclass(frozen=True)
class Difference:
    """One duty that another list says otherwise."""

    number: str
    kind: str
    """``new``, ``gone`` or ``changed``."""
    before: Duty | None
    after: Duty | None


def differences(before: DutyList, after: DutyList) -> list[Difference]:
    """What changed from one list to another, by number; in the order of the later one, what is gone at the end."""
    old = {duty.number: duty for duty in before.duties.select_related("post")}
    found = []
    for duty in after.duties.select_related("post"):
        earlier = old.pop(duty.number, None)
        if earlier is None:
            found.append(Difference(duty.number, "new", None, duty))
        elif _said(earlier) != _said(duty):
            found.append(Difference(duty.number, "changed", earlier, duty))
    return found + [Difference(number, "gone", duty, None) for number, duty in old.items()]


def _said(duty: Duty) -> tuple[Any, ...]:
    return (duty.group, duty.post_id, duty.text, duty.quantity, duty.responsibility)


def predecessor_of(row: DutyList) -> DutyList | None:
    """The list before it: the one that bound last before it begins."""
    earlier = DutyList.objects.binding().filter(organization=row.organization_id, in_force_from__lt=row.in_force_from)
    found: DutyList | None = earlier.exclude(pk=row.pk).order_by("-in_force_from", "-version").first()
    return found
