"""Reads over organisations, cadres, appointments and accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from wenze.access.querysets import ScopedQuerySet

if TYPE_CHECKING:
    import datetime as dt
    from typing import Self


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with ``from_on`` and an inclusive, possibly open ``until_on``."""

    def in_force_on(self, day: dt.date) -> Self:
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)


class OrganizationQuerySet(ScopedQuerySet[Any]):
    def commissions(self) -> Self:
        return self.filter(kind="commission")


class CadreQuerySet(ScopedQuerySet[Any]):
    pass


class AppointmentQuerySet(DatedQuerySet):
    pass


class RoleAssignmentQuerySet(DatedQuerySet):
    pass
