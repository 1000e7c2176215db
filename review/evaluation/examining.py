"""Asking the rules of cases: many at once, or one as it stands now (自查)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases.models import Case
from review.evaluation import book
from review.evaluation.record import BATCH, records_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence


def examine(case_ids: Sequence[Any], *, on: dt.date) -> dict[Any, list[book.Found]]:
    """What the rules find, by case; a case without a defect is there with an empty list."""
    found: dict[Any, list[book.Found]] = {}
    for start in range(0, len(case_ids), BATCH):
        rows = Case.objects.filter(pk__in=case_ids[start : start + BATCH])
        cases = list(rows.select_related("commission__directly_led_by", "office", "handler", "plan"))
        found |= {record.case.pk: book.evaluate(record) for record in records_of(cases, on=on)}
    return found
