"""The menu line of this room."""

from __future__ import annotations

from wenze.access.roles import Role
from wenze.pages.navigation import NAV, NavEntry

NAV.register(
    "duty-lists",
    NavEntry(
        "基础", "责任清单", "list-check", "duty-lists",
        frozenset({
            Role.UNIT, Role.CONDUCT, Role.INSPECTOR, Role.HEAD, Role.CASEMGMT, Role.TRIAL, Role.LEADER, Role.PRINCIPAL,
        }),
        order=10,
    ),
)  # fmt: skip
