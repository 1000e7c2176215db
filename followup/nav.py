"""The menu line of this room."""

from __future__ import annotations

from wenze.access.roles import Role
from wenze.pages.navigation import NAV, NavEntry

NAV.register(
    "followup",
    NavEntry(
        "成效", "执行与回访", "telephone", "followup",
        frozenset({Role.INSPECTOR, Role.HEAD, Role.LEADER, Role.PRINCIPAL, Role.CASEMGMT, Role.HR, Role.UNIT}), order=10,
    ),
)  # fmt: skip
NAV.register("exchange", NavEntry("成效", "交换包", "usb-drive", "exchange", frozenset({Role.CASEMGMT}), order=11))
NAV.register("hr", NavEntry("办理", "干部处理情况", "person-badge", "hr", frozenset({Role.HR}), order=25))
NAV.register("hr-ask", NavEntry("办理", "任用检查", "person-check", "hr-ask", frozenset({Role.HR}), order=26))
