"""What appeals and corrections share with their gates and use-cases: terms by channel, when the committee must approve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import competence
from cases.enums import Outcome, RedressResult, RemedyChannel

if TYPE_CHECKING:
    import datetime as dt

    from cases.models.redress import Redress

ANSWER_TERMS = {RemedyChannel.APPEAL: "T21", RemedyChannel.REVIEW: "T22b", RemedyChannel.RECHECK: "T23b"}
FILING_TERMS = {RemedyChannel.APPEAL: "T20", RemedyChannel.REVIEW: "T22a", RemedyChannel.RECHECK: "T23a"}


def needs_committee(row: Redress, on: dt.date) -> bool:
    """Whether the changed measure is one that 条例第十二条 lets stand only with the committee's approval."""
    changed = row.result == RedressResult.CHANGED
    return changed and competence.decision_needs_committee(row.subject, Outcome.ACCOUNTABLE, row.measures, on=on)
