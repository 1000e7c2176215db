"""The menu lines of the desk."""

from __future__ import annotations

from wenze.notices.selectors import todo_count
from wenze.pages.navigation import NAV, NavEntry

NAV.register("desk", NavEntry("办理", "我的工作台", "inbox", "desk", order=10, count=todo_count))
NAV.register("procedure", NavEntry("基础", "程序和依据", "diagram-3", "procedure", order=10))
