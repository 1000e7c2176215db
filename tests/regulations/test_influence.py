"""Influence periods count their first day and do not roll (law.md §3.2, §12.3)."""

import datetime as dt

import pytest

from wenze.law import influence

D = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("on", "measure", "last", "release"),
    [
        ("2025-03-15", "admonishment", "2025-09-14", "2025-09-15"),
        ("2025-08-31", "admonishment", "2026-02-28", "2026-03-01"),
        ("2024-02-29", "party_warning", "2025-02-28", "2025-03-01"),
        ("2025-03-31", "party_serious_warning", "2026-09-30", "2026-10-01"),
        ("2025-01-01", "party_warning", "2025-12-31", "2026-01-01"),
        ("2025-12-31", "admin_warning", "2026-06-30", "2026-07-01"),
        ("2025-05-31", "admin_demerit", "2026-05-30", "2026-05-31"),
        ("2026-02-28", "admin_downgrade", "2028-02-27", "2028-02-28"),
        ("2026-06-30", "admin_dismissal", "2028-06-29", "2028-06-30"),
        ("2026-04-10", "post_adjustment", "2027-04-09", "2027-04-10"),
        ("2026-01-20", "party_probation_1y", "2029-01-19", "2029-01-20"),
        ("2026-01-20", "party_probation_2y", "2030-01-19", "2030-01-20"),
        ("2026-01-20", "party_expulsion", "2031-01-19", "2031-01-20"),
        ("2026-08-31", "party_serious_warning", "2028-02-29", "2028-03-01"),
    ],
)
def test_a_measure_restricts_until_its_last_day(on, measure, last, release):
    part = influence.reckon([(measure, D(on))]).last
    assert (part.last_restricted_day, part.release_date) == (D(last), D(release))


def test_a_removal_for_accountability_has_two_parts():
    parts = influence.parts_of("removal", D("2026-06-30"))
    assert [part.last_restricted_day for part in parts] == [D("2027-06-29"), D("2028-06-29")]


def test_a_party_sanction_within_a_period_adds_what_remains():
    sanctions = [("party_warning", D("2025-01-10")), ("party_serious_warning", D("2025-07-10"))]
    assert influence.reckon(sanctions).last.last_restricted_day == D("2027-07-09")
    assert influence.reckon(sanctions, "max").last.last_restricted_day == D("2027-01-09")


def test_a_period_that_ended_on_the_day_adds_nothing():
    sanctions = [("party_warning", D("2025-06-01")), ("party_warning", D("2026-06-01"))]
    assert influence.reckon(sanctions).last.last_restricted_day == D("2027-05-31")


def test_measures_of_different_kinds_are_kept_apart_and_the_longest_binds():
    found = influence.reckon([("admonishment", D("2026-03-01")), ("admin_demerit", D("2026-03-01"))])
    assert found.last.last_restricted_day == D("2027-02-28")
    assert {part.last_restricted_day for part in found.parts} == {D("2026-08-31"), D("2027-02-28")}
