"""The case of the old brickworks in the yearly table: exactly what spec/case-12 §15 counts."""

import datetime as dt

import pytest

from wenze.demo import world as demo
from wenze.demo.twelve import Twelve
from wenze.demo.twelve.people import told
from wenze.reporting import catalogue
from wenze.reporting.figures import numbers
from wenze.reporting.scope import Scope, year_of

pytestmark = [pytest.mark.xdist_group("case_twelve"), pytest.mark.django_db]


@pytest.fixture(scope="module")
def twelve(telling):
    story = Twelve(demo.build())
    story.run()
    return story


@pytest.fixture
def scope(twelve):
    return Scope(twelve.world.principal, *year_of(2026))


@pytest.fixture
def counted(scope):
    return numbers(catalogue.yearly().values(), scope)


def names(code, scope):
    return {str(row) for row in catalogue.yearly()[code].rows(scope)}


def test_twelve_respondents_go_out_by_the_exits_that_are_told(counted):
    wanted = told()["statistics"]
    assert counted["all"] == wanted["subjects"]
    assert counted["track.party"] == wanted["party_accountable"]
    assert counted["track.supervisory"] == wanted["supervisory_accountable"]
    assert {
        code: counted[f"outcome.{code}"]
        for code in ("first_form", "exempted", "not_accountable", "joined_filed_review")
    } == {code: wanted[code] for code in ("first_form", "exempted", "not_accountable", "joined_filed_review")}
    assert counted["held"] == counted["held.organizations"] + counted["held.times"] == 8


def test_each_person_counts_once_in_the_gravest_of_the_four_forms(counted, scope, twelve):
    of = {code: {twelve.subjects[name].name for name in members} for code, members in {
        "form.1": ("C2", "C4", "C8"), "form.2": ("C1", "C7"), "form.3": ("C5",), "form.4": (),
    }.items()}  # fmt: skip
    assert {code: names(code, scope) for code in of} == of
    assert [counted[f"form.{place}"] for place in (1, 2, 3, 4)] == list(told()["statistics"]["forms_persons"].values())


def test_those_pursued_for_what_they_did_themselves_are_not_counted(counted):
    assert counted["total.article8"] == 5
    assert counted["total.published"] == 5  # the first form of this case is an organisation's


def test_another_year_counts_nothing_of_it(twelve):
    other = numbers(
        catalogue.yearly().values(), Scope(twelve.world.principal, dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    )
    assert other["all"] == other["total.published"] == 0
