"""Reads over clocks: of a matter, of a case, of a person's month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from wenze.access.roles import Role
from wenze.terms.models import Clock, ClockState
from wenze.terms.services import OPEN

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet


def clocks_about(about: Any) -> QuerySet[Clock]:
    """The open clocks of a matter, soonest first."""
    return Clock.objects.filter(commission_id=about.commission_id, about_id=about.pk, state__in=OPEN)


def open_clocks_of(case_id: Any) -> QuerySet[Clock]:
    """The open clocks of a case and of what belongs to it."""
    return Clock.objects.filter(case_id=case_id, state__in=OPEN).exclude(rule="influence")


def clocks_of_case(case_id: Any) -> QuerySet[Clock]:
    """All clocks of a case, the met ones too."""
    return Clock.objects.filter(case_id=case_id).order_by("started_on", "pk")


def clocks_due_between(user: Any, first: dt.date, last: dt.date) -> QuerySet[Clock]:
    """Running clocks that fall due between two days and are the user's: he handles them, or heads or leads the office."""
    held = user.holdings()
    offices = held.get(Role.HEAD, frozenset()) | held.get(Role.LEADER, frozenset())
    return (
        Clock.objects.visible_to(user)
        .filter(Q(handler=user) | Q(office_id__in=offices), state=ClockState.RUNNING, due_on__range=(first, last))
        .order_by("due_on", "pk")
    )
