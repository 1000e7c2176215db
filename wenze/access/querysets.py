"""One door for rows: ``Model.objects.visible_to(user)`` answers with nothing unless a rule says otherwise.

A model's rules are registered in ``policy`` as role × model → Q. A child of a protected row says only
its path (``parent_path = "case"``) and inherits. Recusal is a deny that beats every grant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db import models

from wenze.access import policy

if TYPE_CHECKING:
    from typing import Self

M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M]):
    """A queryset that knows who may read its rows."""

    parent_path: ClassVar[str] = ""

    def visible_to(self, user: Any) -> Self:
        """The rows that ``user`` may read, by the policy table; nothing for nobody."""
        if self.parent_path:
            parent: Any = self.model._meta.get_field(self.parent_path).related_model
            return self.filter(**{f"{self.parent_path}__in": parent._default_manager.visible_to(user)})
        return self.filter(policy.readable(self.model, user))
