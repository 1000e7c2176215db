"""Numbers without a gap: taken in the transaction of what they number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from wenze.documents.models import NumberSeries

if TYPE_CHECKING:
    from wenze.people.models import Organization


def take(*, commission: Organization, series: str, year: int) -> int:
    """The next number of a run; if the transaction fails, the number goes back. Raises ``RuntimeError`` outside of one."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is taken in the transaction of what it numbers")
    NumberSeries.objects.get_or_create(commission=commission, series=series, year=year)
    row = NumberSeries.objects.select_for_update().get(commission=commission, series=series, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last
