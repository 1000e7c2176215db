"""The menu line of this room."""

from __future__ import annotations

from typing import Any

from tolerance.rules import READERS, RECEIVERS
from wenze.access.roles import Role
from wenze.notices.models import Task, TaskState
from wenze.pages.navigation import NAV, NavEntry


def _waiting(user: Any) -> int:
    """What the user has to do in this room; nothing is asked for who only reads."""
    if not any(user.holds(role) for role in (Role.UNIT, *RECEIVERS)):
        return 0
    steps = ("filing_review", "filing_supplement")
    return Task.objects.filter(recipient=user, state=TaskState.OPEN, step__in=steps).count()


NAV.register(
    "filings",
    NavEntry(
        "基础",
        "容错备案",
        "shield-check",
        "filings",
        frozenset({Role.UNIT, *RECEIVERS, *READERS}),
        order=30,
        count=_waiting,
    ),
)
