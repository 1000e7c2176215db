"""System checks: a menu line leads somewhere and has a picture."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import NoReverseMatch, reverse

from wenze.pages import icons
from wenze.pages.navigation import GROUPS, NAV


@register(Tags.urls)
def navigation_leads_somewhere(**_kwargs: Any) -> list[CheckMessage]:
    """Every ``NavEntry`` names an address that exists, a known group and an icon of the package."""
    complaints: list[CheckMessage] = []
    for entry in NAV:
        try:
            reverse(entry.url_name)
        except NoReverseMatch:
            complaints.append(Error(f"菜单“{entry.label}”的地址 {entry.url_name!r} 不存在。", id="pages.E001"))
        if entry.group not in GROUPS:
            complaints.append(Error(f"菜单“{entry.label}”的分组 {entry.group!r} 不存在。", id="pages.E002"))
        if not icons.exists(entry.icon):
            complaints.append(Error(f"菜单“{entry.label}”的图标 {entry.icon!r} 不存在。", id="pages.E003"))
    return complaints
