"""The menu line of this room."""

from __future__ import annotations

from wenze.access.roles import Role
from wenze.pages.navigation import NAV, NavEntry

NAV.register(
    "approvals",
    NavEntry(
        "审核", "审批签署", "pen", "approvals",
        frozenset({Role.HEAD, Role.LEADER, Role.PRINCIPAL, Role.INSPECTOR, Role.CASEMGMT, Role.CONDUCT}), order=10,
    ),
)  # fmt: skip
