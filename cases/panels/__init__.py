"""The panels of the case workspace: each room adds its own (cf. the admin's registration; no page knows them all)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wenze.registry import Registry


@dataclass(frozen=True)
class Panel:
    """A tab of the case page. ``content``: only for those who may read the case's content."""

    code: str
    title: str
    template: str
    context: Callable[[Any, Any], dict[str, Any]]
    content: bool = False
    count: Callable[[Any], int] | None = None


PANELS: Registry[Panel] = Registry("case panels")


from cases.panels import own  # noqa: E402, F401 -- registers this room's panels
