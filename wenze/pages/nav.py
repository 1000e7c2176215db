"""The administration is for the three administrators (三员分立)."""

from __future__ import annotations

from wenze.access.roles import Role
from wenze.pages.navigation import NAV, NavEntry

NAV.register(
    "admin",
    NavEntry(
        "基础", "后台管理", "gear", "admin:index", frozenset({Role.SYSADMIN, Role.SECADMIN, Role.AUDITADMIN}), order=900
    ),
)
