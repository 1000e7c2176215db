"""The lists that stood before the case of the old brickworks (spec/case-12 §3, §9): duties, divisions of work, problems."""

import datetime as dt

import pytest

from cases.known import known_to
from responsibility.models import DutyList, Problem
from responsibility.selectors import duties_on
from wenze.demo import world as demo
from wenze.demo.twelve import Twelve
from wenze.demo.twelve.people import told
from wenze.terms.models import Clock

pytestmark = [pytest.mark.xdist_group("case_twelve"), pytest.mark.django_db]


@pytest.fixture(scope="module")
def story(telling):
    """The story up to the attribution, told once for this module."""
    twelve = Twelve(demo.build())
    twelve.run("attributed")
    return twelve


@pytest.mark.parametrize("row", told()["problem_lists"], ids=lambda row: row["id"])
def test_a_problem_is_due_and_written_off_on_the_days_that_are_told(story, row):
    problem = Problem.objects.get(pk=story.people.problems[row["id"]].pk)
    clock, term = Clock.objects.get(rule="T28", about_id=problem.pk), row["limit"]
    assert (clock.started_on, clock.nominal_on, clock.due_on) == (term["from"], term["nominal"], term["due"])
    assert problem.due_on == row["limit"]["due"]
    assert problem.written_off_on == row["done"]
    assert (problem.organization, problem.found_on) == (story.people.organizations[row["org"]], row["found"])


def test_the_problem_that_was_never_put_right_became_the_third_clue_by_one_press(story):
    overdue, clue = story.people.problems["PB3"], story.clues["K3"]
    assert (clue.problem_id, clue.received_on) == (overdue.pk, dt.date(2026, 1, 14))
    assert "隐患销号不复查" in clue.summary
    whom = {(each.organization_id, each.cadre_id) for each in clue.respondents.all()}
    assert whom == {(story.people.organizations["O2"].pk, None), (None, story.people.cadres["C4"].pk)}


def test_the_county_bureau_and_its_chief_are_told_to_have_known_and_nobody_else(story):
    known = {(each.subject.name, each.problem.pk) for each in known_to(story.case, story.world.principal)}
    overdue = story.people.problems["PB3"].pk
    assert known == {(story.subjects["O2"].name, overdue), (story.subjects["C4"].name, overdue)}


def test_the_division_of_work_is_that_of_the_day(story):
    def said(code, day):
        (held,) = duties_on(story.people.cadres[code], day)
        return held.division

    for row, other in zip(told()["work_divisions"], ("C1", "C4"), strict=True):
        eve = row["from"] - dt.timedelta(days=1)
        for code in (row["person"], other):
            assert said(code, eve) == ""
            assert row["document"] in said(code, row["from"])
    assert said("C2", dt.date(2025, 8, 31)) != ""
    assert said("C2", dt.date(2025, 9, 1)) == ""
    listed = duties_on(story.people.cadres["C2"], dt.date(2024, 3, 18))[0]
    assert "DT03" in {duty.number for duty in listed.duties}


def test_six_lists_hold_twelve_duties_and_the_towns_is_the_second_of_its_year(story):
    for row in told()["duty_lists"]:
        (made,) = DutyList.objects.in_force_on(dt.date(2025, 3, 1)).filter(
            organization=story.people.organizations[row["org"]]
        )
        assert (made.year, made.version, made.in_force_from, made.in_force_until) == (
            row["year"], row["version"], row["from"], row["to"],
        )  # fmt: skip
        assert {duty.number for duty in made.duties.all()} == {
            each["id"] for each in told()["duties"] if each["list"] == row["id"]
        }
