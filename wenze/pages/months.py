"""A month of days for ``components/calendar.html``: rest days grey, dots where something falls due."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


@dataclass(frozen=True)
class Mark:
    """Something on a day; ``kind`` is ``late``, ``warn``, ``ok`` or ``info``."""

    kind: str
    text: str
    href: str = ""


@dataclass(frozen=True)
class Day:
    date: dt.date
    in_month: bool
    rest: bool
    today: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Month:
    first: dt.date
    weeks: tuple[tuple[Day, ...], ...]


def month(
    year: int,
    number: int,
    *,
    today: dt.date,
    is_workday: Callable[[dt.date], bool],
    marks: Mapping[dt.date, Iterable[Mark]],
) -> Month:
    """The weeks of a month, Monday first."""
    weeks = calendar.Calendar().monthdatescalendar(year, number)
    return Month(
        dt.date(year, number, 1),
        tuple(
            tuple(
                Day(day, day.month == number, not is_workday(day), day == today, tuple(marks.get(day, ())))
                for day in week
            )
            for week in weeks
        ),
    )
