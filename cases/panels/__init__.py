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

AFTERWARDS: Registry[Callable[[Any, Any], dict[Any, dict[str, Any]]]] = Registry("what follows an exemption")
"""What higher rooms know of 纠错 and 澄清正名, by subject: shown in the panel of tolerance beside what led to it."""


from cases.panels import own, tolerance  # noqa: E402, F401 -- registers this room's panels
