"""Rows of the aftermath: seen with their case, or by the rules of this room."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q

from wenze.access.querysets import ScopedQuerySet


class FollowupQuerySet(ScopedQuerySet[Any]):
    """What hangs on a case's aftermath: seen with the case, or by the rules of this room (units, HR: their own items)."""

    def visible_to(self, user: Any) -> Any:
        own = super().visible_to(user)
        cases = apps.get_model("cases", "Case")._default_manager.visible_to(user).values("pk")
        return self.filter(Q(case__in=cases) | Q(pk__in=own.values("pk")))
