"""The case of the old brickworks, moved through the services on its own days: four clues, three batches, twelve subjects.

Every stage is a method; ``run(until)`` goes as far as asked, so that the demonstration and the tests tell the same story.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.test.utils import override_settings

from wenze.demo.twelve.reform import Reforms

if TYPE_CHECKING:
    from cases.models import Case

STAGES = {
    "registered": dt.date(2026, 1, 4), "assessed": dt.date(2026, 1, 15), "batch_a": dt.date(2026, 1, 16),
    "joined": dt.date(2026, 1, 26), "batch_c_asked": dt.date(2026, 1, 26), "batch_b": dt.date(2026, 1, 28),
    "batch_c": dt.date(2026, 2, 5), "evidenced": dt.date(2026, 3, 5), "stated": dt.date(2026, 3, 20),
    "attributed": dt.date(2026, 3, 25), "extended": dt.date(2026, 4, 3), "heard": dt.date(2026, 4, 14),
    "reported": dt.date(2026, 4, 15), "jointly_reviewed": dt.date(2026, 4, 22), "adjudicated": dt.date(2026, 5, 6),
    "deliberated": dt.date(2026, 5, 7), "pre_reviewed": dt.date(2026, 5, 20), "deliberated_again": dt.date(2026, 5, 25),
    "approved": dt.date(2026, 6, 10), "decided": dt.date(2026, 6, 15), "served": dt.date(2026, 7, 6),
    "appealed": dt.date(2026, 8, 19),
    "replied": dt.date(2026, 9, 4), "executed": dt.date(2026, 9, 18), "visited": dt.date(2026, 10, 8), "reformed": dt.date(2026, 10, 8), "closed": dt.date(2026, 11, 20),
}  # fmt: skip
"""The stages and the day on which each is done: the office's clock stands there while it is told."""


class Twelve(Reforms):
    """The whole story."""

    def run(self, until: str = "closed") -> Case:
        """Every stage up to and including ``until``, with the office's clock on the stage's day."""
        stages = list(STAGES)
        for stage in stages[: stages.index(until) + 1]:
            with override_settings(WENZE_TODAY=STAGES[stage]):
                getattr(self, stage)()
        self.case.refresh_from_db()
        return self.case
