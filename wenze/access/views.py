"""Rows for views: what a person may not see does not exist (404, never 403)."""

from __future__ import annotations

from typing import Any

from django.http import Http404


def get_visible_or_404(model: Any, user: Any, *, related: tuple[str, ...] = (), **lookup: Any) -> Any:
    """The one row of ``model`` that matches and that ``user`` may see."""
    rows = model._default_manager.visible_to(user)
    if related:
        rows = rows.select_related(*related)
    try:
        return rows.get(**lookup)
    except model.DoesNotExist as error:
        raise Http404 from error


class ScopedObjectMixin:
    """For class-based views: ``get_queryset`` is what the user may see."""

    model: Any
    request: Any

    def get_queryset(self) -> Any:
        return self.model._default_manager.visible_to(self.request.user)
