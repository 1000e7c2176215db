"""Working days by the yearly notice of the State Council's office, make-up days included (调休).

A year whose notice is not loaded counts weekends and statutory days only: what is reckoned over it is *provisional*.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data"
ONE = dt.timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Year:
    """A year's deviations from the week: weekdays off, weekend days worked."""

    year: int
    announced: bool
    source: str
    off: frozenset[dt.date]
    work: frozenset[dt.date]


@lru_cache(maxsize=32)
def of_year(year: int) -> Year:
    """The year's data: an announced notice, a provisional file, or (neither) weekends alone."""
    file = DATA / f"{year}.yaml"
    if not file.exists():
        return Year(year, announced=False, source="仅按周末", off=frozenset(), work=frozenset())
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    return Year(
        year,
        announced=bool(told["announced"]),
        source=str(told["source"]),
        off=frozenset(told["rest"] or ()),
        work=frozenset(told["worked"] or ()),
    )


def is_workday(day: dt.date) -> bool:
    """Whether offices work on that day."""
    year = of_year(day.year)
    if day in year.work:
        return True
    return day.weekday() < SATURDAY and day not in year.off


def is_announced(year: int) -> bool:
    """Whether the year's notice is loaded."""
    return of_year(year).announced


def next_workday(day: dt.date) -> dt.date:
    """The day itself if it is worked, else the next one that is."""
    while not is_workday(day):
        day += ONE
    return day


def add(day: dt.date, count: int) -> dt.date:
    """The ``count``-th working day after ``day`` (the day itself is not counted); before it, where ``count`` is negative."""
    step = ONE if count >= 0 else -ONE
    left = abs(count)
    while left:
        day += step
        if is_workday(day):
            left -= 1
    return day


def between(start: dt.date, end: dt.date) -> int:
    """Working days after ``start`` up to and including ``end``; negative where ``end`` lies before."""
    if end < start:
        return -between(end, start)
    whole, rest = divmod((end - start).days, 7)
    count = whole * 5
    day = start + dt.timedelta(days=whole * 7)
    for _ in range(rest):
        day += ONE
        count += day.weekday() < SATURDAY
    for year in range(start.year, end.year + 1):
        told = of_year(year)
        count -= sum(start < off <= end for off in told.off)
        count += sum(start < work <= end for work in told.work)
    return count
