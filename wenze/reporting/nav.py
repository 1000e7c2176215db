"""The menu lines of this room."""

from __future__ import annotations

from wenze.pages.navigation import NAV, NavEntry
from wenze.reporting.scope import READERS

NAV.register("statistics", NavEntry("成效", "统计", "bar-chart-line", "statistics", READERS, order=80))
NAV.register(
    "campaigns", NavEntry("成效", "专项比较", "layout-three-columns", "statistics-campaigns", READERS, order=81)
)
