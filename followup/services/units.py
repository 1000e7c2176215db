"""The units outside: whose accounts report a row of their own, and who is told that something waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases.services.moving import require_seat
from wenze.access.roles import Role
from wenze.notices import services as notices
from wenze.people.selectors import users_with
from wenze.workflow import seats

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from wenze.people.models import Organization, User

OUTSIDE = (Role.UNIT, Role.HR)
CREATES = ("handler", "team", Role.CASEMGMT)
"""Who names points, lists items, drafts letters and opens educations."""


def is_of(actor: User, organization: Organization) -> bool:
    """Whether the account speaks for that unit today."""
    return any(actor.holds(role, organization.pk) for role in OUTSIDE)


def require_reporter(row: Any, organization: Organization, actor: User) -> bool:
    """Whether it is registered on the unit's behalf. Raises ``NotYours`` unless he is of the unit, or handles the case."""
    if is_of(actor, organization):
        return False
    require_seat(row.case, actor, "handler", "team")
    return True


def may_report(row: Any, organization: Organization, user: User) -> bool:
    """The same question for a page."""
    return is_of(user, organization) or fills(user, row.case, "handler", "team")


def fills(user: User, case: Any, *wanted: str) -> bool:
    """Whether one of these seats of the case is his and nothing stands against it."""
    return any(seats.sits(user, seat, case) and not seats.conflict(user, case, seat) for seat in wanted)


def accounts_of(organization: Organization) -> list[User]:
    """The accounts of a unit; a unit on the other network has none, and the handler reports on its behalf."""
    found = {user.pk: user for role in OUTSIDE for user in users_with(role, organization)}
    return list(found.values())


def ask(people: Iterable[User], row: Any, *, step: str, title: str, due_on: dt.date | None, actor: User) -> None:
    """A to-do for each of them."""
    for person in people:
        notices.open_task(
            commission_id=row.commission_id, recipient=person, title=title, url=row.get_absolute_url(), about=row,
            case_id=row.case_id, step=step, due_on=due_on, started_by=actor,
        )  # fmt: skip


def ask_unit(
    row: Any, organization: Organization, *, step: str, title: str, due_on: dt.date | None, actor: User
) -> None:
    """A to-do for the unit's accounts; where it has none, for the handler."""
    ask(accounts_of(organization) or [row.handler], row, step=step, title=title, due_on=due_on, actor=actor)
