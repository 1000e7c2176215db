"""The daily root: over all that was submitted to a commission on a day that has ended, said outside by the sealer."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from tolerance.models import FilingRoot, FilingVersion
from tolerance.sealing.verify_filing import KIND, levels
from wenze.audit import statements
from wenze.audit.statements import STATEMENTS, Statement
from wenze.deadlines import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH = 5000


def close_days(before: dt.date | None = None) -> int:
    """A root for every day before that one (today, if none is named) with versions in none yet; returns how many."""
    waiting: dict[tuple[Any, dt.date], list[tuple[str, str]]] = defaultdict(list)
    rows = FilingVersion.objects.submitted().filter(root_id__isnull=True, submitted_on__lt=before or clock.today())
    for row in rows.order_by("submitted_on", "pk").values_list("filing__commission_id", "submitted_on", "pk", "digest")[
        :BATCH
    ]:
        waiting[row[0], row[1]].append((str(row[2]), row[3]))
    made = 0
    for (commission_id, day), leaves in waiting.items():
        try:
            with transaction.atomic():
                _close(commission_id, day, leaves)
                made += 1
        except IntegrityError:  # another sealer was quicker
            continue
    return made


def _close(commission_id: Any, day: dt.date, leaves: list[tuple[str, str]]) -> None:
    part = FilingRoot.objects.filter(commission_id=commission_id, day=day).count() + 1
    row = FilingRoot.objects.create(
        commission_id=commission_id, day=day, part=part, root=levels([digest for _, digest in leaves])[-1][0],
        leaves=[list(leaf) for leaf in leaves],
    )  # fmt: skip
    FilingVersion.objects.filter(pk__in=[key for key, _ in leaves]).update(root_id=row.pk)


@STATEMENTS.entry("filing_root")
def unpublished() -> Iterator[Statement]:
    """The roots of days that have ended; one that stands in the published file is marked so."""
    close_days()
    for row in FilingRoot.objects.filter(published_at__isnull=True).order_by("day", "part")[:BATCH]:
        if row.root in statements.said(row.commission_id, KIND, row.key):
            FilingRoot.objects.filter(pk=row.pk).update(published_at=clock.now())
        else:
            yield Statement(row.commission_id, KIND, row.key, row.root)
