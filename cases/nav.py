"""The menu lines of this room."""

from __future__ import annotations

from cases.rules import READERS
from wenze.access.roles import Role
from wenze.pages.navigation import NAV, NavEntry

NAV.register(
    "clues",
    NavEntry("办理", "线索处置", "search", "clues", frozenset(READERS) - {Role.TRIAL, Role.SUPERIOR}, order=20),
)
NAV.register("cases", NavEntry("办理", "问责案件", "folder2-open", "cases", frozenset(READERS), order=30))
NAV.register(
    "elsewhere",
    NavEntry(
        "办理", "其他机关的决定", "building", "elsewhere-list", frozenset({Role.CASEMGMT, Role.PRINCIPAL}), order=40
    ),
)
NAV.register(
    "precedents",
    NavEntry("基础", "容错认定案例", "journal-text", "precedents", frozenset(READERS) - {Role.SUPERIOR}, order=20),
)
