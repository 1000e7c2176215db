"""The menu on the left: each room says in its ``nav.py`` which of its pages stand there, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse

from wenze.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

GROUPS = ("办理", "审核", "成效", "基础")
MOST = 999


@dataclass(frozen=True)
class NavEntry:
    """A line of the menu; ``roles`` empty means everybody; ``count`` is the number of things that wait for the user."""

    group: str
    label: str
    icon: str
    url_name: str
    roles: frozenset[str] = frozenset()
    order: int = 100
    count: Callable[[Any], int] | None = None


@dataclass(frozen=True)
class NoticeSource:
    """Where the bell leads and how many notices are unread."""

    url_name: str
    count: Callable[[Any], int]


@dataclass(frozen=True)
class Line:
    """A menu line as the template draws it."""

    label: str
    icon: str
    url: str
    count: str
    current: bool


NAV: Registry[NavEntry] = Registry("navigation")
NOTICES: Registry[NoticeSource] = Registry("unread notices")


def written(number: int) -> str:
    """A number of waiting things, nothing for none."""
    return "" if number <= 0 else str(number) if number <= MOST else f"{MOST}+"


def lines_for(user: Any, path: str) -> list[tuple[str, list[Line]]]:
    """The groups of the menu for ``user``; the line whose address is the longest prefix of ``path`` is current."""
    held = set(user.holdings())
    found: list[tuple[NavEntry, str]] = []
    for entry in NAV:
        if entry.roles and not entry.roles & held:
            continue
        try:
            found.append((entry, reverse(entry.url_name)))
        except NoReverseMatch:  # the system check pages.E001 reports it
            continue
    found.sort(key=lambda pair: (GROUPS.index(pair[0].group), pair[0].order))
    here = max((url for _, url in found if path == url or (url != "/" and path.startswith(url))), key=len, default=None)
    return [
        (
            group,
            [
                Line(entry.label, entry.icon, url, written(entry.count(user)) if entry.count else "", url == here)
                for entry, url in entries
            ],
        )
        for group, entries in groupby(found, key=lambda pair: pair[0].group)
    ]
