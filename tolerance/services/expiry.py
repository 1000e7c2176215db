"""到期: the day after the last day of validity ends a filing; who filed was reminded before by its clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tolerance.enums import FilingState
from tolerance.models import Filing
from tolerance.services import common, drafting
from wenze.notices.scan import SWEEPS

if TYPE_CHECKING:
    import datetime as dt

ACTOR = "system:filings"
BATCH = 500


@SWEEPS.entry("filings")
def expire_due(on: dt.date) -> int:
    """Every registered filing whose last day has passed, once each."""
    waiting = Filing.objects.filter(state=FilingState.REGISTERED, valid_until__lt=on)
    done = 0
    for pk in waiting.order_by("valid_until", "pk").values_list("pk", flat=True)[:BATCH]:
        done += _expire(pk, on)
    return done


@transaction.atomic
def _expire(pk: object, on: dt.date) -> bool:
    row: Filing = Filing.objects.select_for_update(of=("self",)).select_related("filed_by").get(pk=pk)
    if row.state != FilingState.REGISTERED or row.valid_until is None or row.valid_until >= on:
        return False  # another sweep was first, or it was renewed at this moment
    row.state = FilingState.EXPIRED
    row.save(update_fields=["state"])
    drafting.end(row, ACTOR, on)
    common.record(row, "filing.expired", ACTOR, valid_until=row.valid_until.isoformat())
    common.tell(row, f"容错备案“{row.title}”（{row.number}）已于{row.valid_until}到期。")
    return True
