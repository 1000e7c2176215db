"""The menu lines of this room."""

from __future__ import annotations

from wenze.access.roles import Role
from wenze.pages.navigation import NAV, NavEntry

EVERYBODY = frozenset({
    Role.UNIT, Role.CONDUCT, Role.INSPECTOR, Role.HEAD, Role.CASEMGMT, Role.TRIAL, Role.LEADER, Role.PRINCIPAL,
})  # fmt: skip

NAV.register("duty-lists", NavEntry("基础", "责任清单", "list-check", "duty-lists", EVERYBODY, order=10))
NAV.register("problems", NavEntry("基础", "问题清单", "exclamation-circle", "problems", EVERYBODY, order=11))
