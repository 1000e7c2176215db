"""Figures against an oracle that counts in plain Python, and against the lists behind them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Campaign, ExternalDecision
from tests.reporting.plain import Drawn
from wenze.people.models import Cadre
from wenze.reporting import catalogue, shares
from wenze.reporting.figures import numbers
from wenze.reporting.lookup import figure_of
from wenze.reporting.report import report_of
from wenze.reporting.scope import Scope, year_of

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def drawn(world):
    campaign = Campaign.objects.create(
        commission=world["DEMO"], name="某某专项", basis="某文", from_on=dt.date(2026, 1, 1)
    )
    return Drawn(world, 100, campaigns=(campaign,))


def counted(user, year=2026, **narrow):
    return numbers(catalogue.yearly().values(), Scope(user, *year_of(year), **narrow))


def people(facts):
    return len({fact.cadre.pk for fact in facts})


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_figures_are_those_that_plain_counting_gives(drawn, world, year):
    told, facts = counted(world.principal, year), drawn.of(year)
    held = [fact for fact in facts if fact.held]
    assert told["all"] == len(facts)
    assert (told["held.times"], told["held.persons"]) == (len(held), people(held))
    assert told["held.persons"] < told["held.times"]  # the same cadre twice in a year is drawn, or nothing is tested
    assert told["revoked"] == sum(fact.revoked for fact in facts)
    assert told["proposed"] == sum(
        fact.outcome in ("accountable", "ordered") and not fact.standing and not fact.revoked for fact in facts
    )
    assert told["below"] == sum(fact.town for fact in held)
    for rank in (3, 5):
        of = [fact for fact in held if fact.rank == rank]
        assert (told[f"rank.{rank}.times"], told[f"rank.{rank}.persons"]) == (len(of), people(of))
    for situation in ("S05", "S09"):
        of = [fact for fact in held if fact.situation == situation]
        assert told[f"situation.{situation}.times"] == len(of)
    for place in (1, 2, 3, 4):
        of = [
            fact for fact in facts
            if (fact.form if fact.outcome != "first_form" else max(fact.form, 1)) == place
        ]  # fmt: skip
        assert told[f"form.{place}"] == people(of), place
    for code in ("circulation", "admonishment"):
        of = [fact for fact in facts if code in fact.ours and not fact.revoked]
        assert (told[f"method.{code}.times"], told[f"method.{code}.persons"]) == (len(of), people(of))
    assert told["method.removal.answered"] == sum("removal" in fact.theirs for fact in facts)
    published = [fact for fact in facts if fact.held or fact.outcome == "first_form"]
    assert (told["total.article8"], told["total.published"]) == (people(held), people(published))


def test_a_campaign_narrows_every_figure_to_its_own(drawn, world):
    campaign = Campaign.objects.get()
    told = counted(world.principal, campaign=campaign)
    facts = [fact for fact in drawn.of(2026) if fact.campaign == campaign]
    assert 0 < told["all"] == len(facts) < len(drawn.of(2026))
    assert told["held.times"] == sum(fact.held for fact in facts)


@pytest.mark.parametrize("username", ["principal", "trial", "head"])
def test_every_number_is_the_number_of_the_rows_behind_it_for_every_reader(drawn, world, username):
    scope = Scope(world.users[username], *year_of(2026))
    cells = [
        cell
        for table in report_of(scope).tables
        for row in table.rows
        for cell in row.cells
        if cell.code and cell.number
    ]
    assert len(cells) > 25
    for cell in cells:
        figure = figure_of(cell.code, scope)
        assert figure is not None, cell.code
        assert figure.rows(scope).count() == cell.number, cell.code


def test_who_sees_nothing_counts_nothing(drawn, world):
    told = counted(world.inspector3)
    assert {code: number for code, number in told.items() if number} == {}


def test_another_bodys_decision_counts_once_a_person_and_only_with_its_day(drawn, world):
    before = counted(world.principal)
    twice = next(fact.cadre for fact in drawn.of(2026) if fact.held)
    stranger = Cadre.objects.create(commission=world["DEMO"], name="某外人", managed_by=world["DEMO-PC"])
    common = {
        "commission": world["DEMO"],
        "decided_by": "某党委",
        "registered_by": world.casemgmt,
        "registered_on": dt.date(2026, 9, 1),
    }
    for cadre, day, codes in (
        (twice, dt.date(2026, 7, 1), ["party_warning"]),
        (stranger, dt.date(2026, 7, 1), ["party_warning", "removal"]),
        (stranger, None, ["admonishment"]),
        (stranger, dt.date(2026, 8, 1), ["ff_talk"]),
        (stranger, dt.date(2025, 8, 1), ["admonishment"]),
    ):
        ExternalDecision.objects.create(cadre=cadre, decided_on=day, measures=codes, **common)
    told = counted(world.principal)
    assert told["total.article8"] == before["total.article8"] + 1
    assert (told["elsewhere.times"], told["elsewhere.persons"], told["elsewhere.undated"]) == (2, 2, 1)
    assert told["method.removal.elsewhere"] == 1
    assert (
        counted(world.conduct)["elsewhere.times"] == 0
    )  # registered decisions are for case supervision and the principal


def test_the_page_costs_the_same_for_ten_respondents_and_for_two_hundred(client, world):
    client.force_login(world.principal)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/statistics/?year=2026").status_code == 200
        return len(asked)

    Drawn(world, 10, seed=1)
    cost()
    few = cost()
    Drawn(world, 190, seed=2)
    assert cost() == few
    assert few < 70


# --- small groups -------------------------------------------------------------------------------------------------
def test_a_small_group_is_drawn_towards_the_mean_and_a_large_one_hardly():
    prior = shares.prior_of(
        [shares.Counted(2, 2), shares.Counted(30, 100), shares.Counted(60, 100)], default_strength=10
    )
    small, large = prior.shrunk(shares.Counted(2, 2)), prior.shrunk(shares.Counted(60, 100))
    assert prior.mean < small < 0.75
    assert 0.55 < large < 0.6


def test_groups_no_farther_apart_than_chance_all_take_the_mean():
    prior = shares.prior_of([shares.Counted(5, 10)] * 8, default_strength=10)
    assert prior.strength == shares.FIRMEST
    assert abs(prior.shrunk(shares.Counted(0, 3)) - 0.5) < 0.01


def test_two_groups_are_too_few_to_tell_and_nobody_is_no_share():
    assert shares.prior_of([shares.Counted(1, 2), shares.Counted(0, 2)], default_strength=10).strength == 10
    assert shares.prior_of([], default_strength=10).mean == 0.0


def test_the_strength_is_found_again_from_groups_drawn_with_it():
    import random

    dice = random.Random(3)
    groups = []
    for _ in range(400):
        of = dice.betavariate(0.4 * 12, 0.6 * 12)
        total = dice.choice((5, 20, 60))
        groups.append(shares.Counted(sum(dice.random() < of for _ in range(total)), total))
    prior = shares.prior_of(groups, default_strength=10)
    assert 0.37 < prior.mean < 0.43
    assert 9 < prior.strength < 16
