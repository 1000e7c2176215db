"""Exceptional, dated grants: the only place that knows django-guardian (design §4).

Guardian stores direct-foreign-key permission rows; it never decides. A grant counts from a day to a day, after a
second person confirmed it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from guardian.models import UserObjectPermissionBase

from wenze.ids import uuid7


class DatedGrant(UserObjectPermissionBase):
    """A grant to one user on one row (``content_object`` in the subclass), for a purpose, within its days."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    from_on = models.DateField("起")
    until_on = models.DateField("止（含当日）")
    reason = models.CharField("事由", max_length=200)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="授予人", on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="确认人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("granted_by")),
                name="%(class)s_confirmed_by_another",
            ),
        )
