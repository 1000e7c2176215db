"""What the frame needs on every page, asked only when it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from wenze.deadlines import clock
from wenze.pages import navigation

if TYPE_CHECKING:
    from django.http import HttpRequest


def _bell(user: Any) -> dict[str, str] | None:
    for source in navigation.NOTICES:
        try:
            return {"url": reverse(source.url_name), "count": navigation.written(source.count(user))}
        except NoReverseMatch:
            continue
    return None


def frame(request: HttpRequest) -> dict[str, Any]:
    """Menu, bell, office and printing mark; nothing of them for a visitor who is not logged in."""
    user: Any = getattr(request, "user", None)
    found: dict[str, Any] = {"wenze_demo": settings.WENZE_DEMO, "today": clock.today(), "printed_at": clock.now()}
    if user is not None and user.is_authenticated:
        found["nav"] = SimpleLazyObject(lambda: navigation.lines_for(user, request.path))
        found["bell"] = SimpleLazyObject(lambda: _bell(user))
        found["office"] = SimpleLazyObject(lambda: str(user.commission))
    return found
