"""Reckoning of terms (law.md §4).

The first day is not counted, a month ends on the corresponding day or the month's
last, a term that ends on a day off rolls on to the next working day. Influence periods count their first day and do
not roll (law.md §3.2). No clock in here: dates come in, dates go out.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from wenze.deadlines import workdays

MONTHS = 12


class Unit(StrEnum):
    """自然月, 自然日, 工作日."""

    CM = "CM"
    CD = "CD"
    WD = "WD"


@dataclass(frozen=True)
class Term:
    """A length of time; a negative amount reckons backwards."""

    amount: int
    unit: Unit


@dataclass(frozen=True)
class Reckoning:
    """``nominal`` is the day before rolling (none for working days); ``provisional``: a year's notice was missing."""

    nominal: dt.date | None
    due: dt.date
    provisional: bool


def add_months(day: dt.date, months: int) -> dt.date:
    """The corresponding day, or the last of the month where there is none."""
    index = day.year * MONTHS + day.month - 1 + months
    year, month = divmod(index, MONTHS)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def _provisional(first: dt.date, last: dt.date) -> bool:
    low, high = min(first, last), max(first, last)
    return any(not workdays.is_announced(year) for year in range(low.year, high.year + 1))


def reckon(term: Term, start: dt.date, *, roll_forward: bool = True) -> Reckoning:
    """When a term that begins on ``start`` ends."""
    if term.unit is Unit.WD:
        due = workdays.add(start, term.amount)
        return Reckoning(None, due, _provisional(start, due))
    nominal = add_months(start, term.amount) if term.unit is Unit.CM else start + dt.timedelta(days=term.amount)
    due = workdays.next_workday(nominal) if roll_forward else nominal
    # Only the end of a calendar term touches the calendar of working days.
    return Reckoning(nominal, due, _provisional(nominal, due))


def influence_end(start: dt.date, months: int) -> tuple[dt.date, dt.date]:
    """``(last_restricted_day, release_date)`` of a period that counts its first day (law.md §3.2)."""
    end = add_months(start, months)
    if end.day == start.day:
        return end - workdays.ONE, end
    return end, end + workdays.ONE  # no corresponding day: the month's last day is still restricted
