"""Terms end on the day that the regulation says (law.md §4, §12.2; case-12.md §9)."""

import datetime as dt

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.regulations import oracle
from wenze import law
from wenze.deadlines import workdays
from wenze.deadlines.arithmetic import Term, Unit, reckon

D = dt.date.fromisoformat
DAYS = st.dates(D("2024-01-01"), D("2026-06-30"))


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_working_days_of_an_announced_year_agree_with_the_independent_calendar(year):
    day = dt.date(year, 1, 1)
    while day.year == year:
        assert workdays.is_workday(day) == chinese_calendar.is_workday(day), day
        day += oracle.ONE


@pytest.mark.parametrize(
    ("start", "rule", "nominal", "due"),
    [
        ("2025-01-31", "T20", "2025-02-28", "2025-02-28"),
        ("2024-01-31", "T20", "2024-02-29", "2024-02-29"),
        ("2026-01-31", "T20", "2026-02-28", "2026-02-28"),
        ("2025-08-31", "T16", "2025-09-30", "2025-09-30"),
        ("2026-01-15", "T16", "2026-02-15", "2026-02-24"),
        ("2026-01-14", "T16", "2026-02-14", "2026-02-14"),
        ("2025-09-11", "T01", "2025-10-11", "2025-10-11"),
        ("2025-09-12", "T01", "2025-10-12", "2025-10-13"),
        ("2026-03-05", "T10", "2026-04-05", "2026-04-07"),
        ("2026-05-19", "T22a", "2026-06-19", "2026-06-22"),
        ("2026-09-03", "T16", "2026-10-03", "2026-10-08"),
        ("2026-03-31", "T18", "2026-09-30", "2026-09-30"),
        ("2026-06-18", "T20", "2026-07-18", "2026-07-20"),
        ("2026-08-21", "T27", "2026-09-20", "2026-09-20"),
        ("2026-06-25", "T29", "2026-09-25", "2026-09-28"),
        ("2026-12-14", "T30", "2026-11-14", "2026-11-16"),
    ],
)
def test_a_term_of_months_or_days_ends_on_the_corresponding_day_and_rolls_on(start, rule, nominal, due):
    told = law.term(rule)
    found = reckon(Term(told.amount, told.unit), D(start))
    assert (found.nominal, found.due, found.provisional) == (D(nominal), D(due), False)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2025-01-24", 5, "2025-02-07"),
        ("2026-09-18", 10, "2026-10-09"),
        ("2026-09-30", 5, "2026-10-13"),
        ("2025-12-31", 3, "2026-01-06"),
        ("2025-09-26", 10, "2025-10-16"),
    ],
)
def test_working_days_count_made_up_weekends_and_skip_holidays(start, days, due):
    found = reckon(Term(days, Unit.WD), D(start))
    assert (found.nominal, found.due) == (None, D(due))


def test_a_reckoning_that_touches_a_year_without_its_notice_is_provisional():
    found = reckon(Term(2, Unit.CM), D("2026-11-23"))
    assert (found.nominal, found.due, found.provisional) == (D("2027-01-23"), D("2027-01-25"), True)


@given(DAYS, st.integers(1, 5))
def test_a_term_of_months_agrees_with_the_day_by_day_oracle(start, months):
    found = reckon(Term(months, Unit.CM), start)
    assert found.nominal == oracle.months_later(start, months)
    assert found.due == oracle.rolled(found.nominal)


@given(DAYS, st.integers(1, 60))
def test_a_term_of_working_days_agrees_with_the_day_by_day_oracle(start, days):
    assert reckon(Term(days, Unit.WD), start).due == oracle.workdays_later(start, days)
    assert workdays.between(start, oracle.workdays_later(start, days)) == days


@given(DAYS, st.integers(0, 40), st.integers(1, 4))
def test_a_later_start_never_ends_earlier(start, shift, months):
    term = Term(months, Unit.CM)
    assert reckon(term, start).due <= reckon(term, start + dt.timedelta(shift)).due
