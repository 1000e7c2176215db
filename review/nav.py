"""The menu lines of this room."""

from __future__ import annotations

from wenze.access.roles import Role
from wenze.pages.navigation import NAV, NavEntry

NAV.register(
    "review",
    NavEntry(
        "审核",
        "提级预审",
        "shield-check",
        "review",
        frozenset({Role.CASEMGMT, Role.SUPERIOR, Role.PRINCIPAL}),
        order=60,
    ),
)
NAV.register(
    "ruler",
    NavEntry(
        "审核", "量纪平衡", "rulers", "ruler",
        frozenset({Role.PRINCIPAL, Role.LEADER, Role.HEAD, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL}), order=62,
    ),
)  # fmt: skip
NAV.register(
    "samples",
    NavEntry(
        "审核",
        "抽查核查",
        "shuffle",
        "samples",
        frozenset({Role.CONDUCT, Role.CASEMGMT, Role.TRIAL, Role.PRINCIPAL, Role.SUPERIOR, Role.INSPECTOR, Role.HEAD}),
        order=64,
    ),
)
NAV.register(
    "evaluations",
    NavEntry(
        "审核",
        "案件质量评查",
        "clipboard-check",
        "evaluations",
        frozenset({
            Role.TRIAL, Role.CASEMGMT, Role.SUPERIOR, Role.PRINCIPAL, Role.HEAD, Role.LEADER, Role.INSPECTOR, Role.CONDUCT,
        }),
        order=70,
    ),
)  # fmt: skip
