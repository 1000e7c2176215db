"""Seats: who stands behind a word of the table (``by=``, ``approval=``, ``todo=``) for one matter.

The roles' seats are filled from dated role assignments; a room adds its own (组长, 承办人) with ``SEATS.entry``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.people.models import RoleAssignment, User
from wenze.registry import Registry

SEATS: Registry[Callable[[Any], Iterable[User]]] = Registry("seats")

CONFLICTS: Registry[Callable[[Any, User, str], str]] = Registry("conflicts")
"""Model label → why this user may not act in this seat on this matter (he is recused, he investigated it)."""

OF_THE_OFFICE = (Role.HEAD, Role.LEADER)
INVESTIGATING = ("handler", "team", "team_leader")
"""Seats that the investigators themselves fill: their signature vouches for the work, it does not approve it."""

NAMES = {"team_leader": "调查组组长", "handler": "承办人", "team": "调查组成员", "handling_office": "承办室"}


def seat_name(seat: str) -> str:
    """The Chinese name of a seat."""
    return NAMES.get(seat) or str(Role(seat).label)


def holders(seat: str, about: Any) -> list[User]:
    """The accounts that fill a seat for a matter today."""
    special = SEATS.get(seat)
    if special is not None:
        return list(special(about))
    assigned = User.objects.filter(
        is_active=True,
        role_assignments__in=_assignments(seat, about),
    )
    return list(assigned.distinct())


def _assignments(seat: str, about: Any) -> Any:
    rows = RoleAssignment.objects.in_force_on(clock.today()).filter(role=seat, confirmed_at__isnull=False)
    if seat in OF_THE_OFFICE:
        return rows.filter(organization_id=about.office_id)
    return rows.filter(user__commission_id=about.commission_id)


def sits(user: User, seat: str, about: Any) -> bool:
    """Whether the user fills the seat for this matter."""
    special = SEATS.get(seat)
    if special is not None:
        return any(holder.pk == user.pk for holder in special(about))
    if seat in OF_THE_OFFICE:
        return user.holds(seat, about.office_id)
    return user.holds(seat) and user.commission_id == about.commission_id


def conflict(user: User, about: Any, seat: str) -> str:
    """Why the user may not act in that seat on this matter; empty where nothing stands against it."""
    question = CONFLICTS.get(about._meta.label)
    return question(about, user, seat) if question else ""


def fit_holders(seat: str, about: Any) -> list[User]:
    """Those who fill the seat and against whom nothing stands: who must stand aside is not asked."""
    return [holder for holder in holders(seat, about) if not conflict(holder, about, seat)]
