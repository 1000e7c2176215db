"""``visible_to`` against raw indexed SQL at 100,000 clues and cases, for inspector, head and leader (data.md §1)."""

import statistics
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from cases.models import Case, Clue
from tests.services.rows import fill
from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.people.models import Organization, User

pytestmark = [pytest.mark.services, pytest.mark.django_db, pytest.mark.xdist_group("rows")]

ROWS, OFFICES, INSPECTORS, PAGE, MOST_TIMES = 100_000, 10, 1000, 21, 4.0
NOT_RECUSED = "NOT EXISTS (SELECT 1 FROM cases_recusal r WHERE r.{key}_id = c.id AND r.user_id = %(user)s)"
NEWEST = "ORDER BY created_at DESC, id DESC LIMIT 21"
OWN_CASES = f"""c.id IN (SELECT id FROM (SELECT id, created_at FROM cases_case WHERE handler_id = %(user)s {NEWEST}) h
  UNION SELECT case_id FROM (SELECT case_id FROM cases_teammember WHERE user_id = %(user)s
    AND (until_on IS NULL OR until_on >= %(today)s) ORDER BY case_created_at DESC, case_id DESC LIMIT 21) t)"""
OWN_CLUES = f"""c.id IN (SELECT id FROM (SELECT id, created_at FROM cases_clue WHERE handler_id = %(user)s {NEWEST}) h
  UNION SELECT id FROM (SELECT id, created_at FROM cases_clue WHERE registered_by_id = %(user)s {NEWEST}) g
  UNION SELECT v.clue_id FROM cases_verification_members m JOIN cases_verification v ON v.id = m.verification_id
    WHERE m.user_id = %(user)s)"""
OFFICE = "c.commission_id = %(commission)s AND c.office_id = ANY(%(offices)s)"
COMMISSION = "c.commission_id = %(commission)s"
FLOORS = {
    ("inspector", Case): OWN_CASES, ("inspector", Clue): OWN_CLUES, ("head", Case): OFFICE, ("head", Clue): OFFICE,
    ("deputy", Case): OFFICE, ("deputy", Clue): OFFICE, ("principal", Case): COMMISSION, ("principal", Clue): COMMISSION,
}  # fmt: skip


def by_hand(user, model):
    """The same page in SQL written by hand on the right indexes: each branch's newest, merged."""
    columns = ", ".join(f'c."{field.column}"' for field in model._meta.concrete_fields)
    recused = NOT_RECUSED.format(key=model._meta.model_name)
    text = (
        f"SELECT {columns} FROM {model._meta.db_table} c WHERE {FLOORS[user.username, model]} AND {recused} "
        f"ORDER BY c.created_at DESC, c.id DESC LIMIT {PAGE}"
    )
    holdings = user.holdings()
    told = {
        "user": user.pk, "today": clock.today(), "commission": user.commission_id,
        "offices": list(holdings.get(Role.HEAD) or holdings.get(Role.LEADER) or ()),
    }  # fmt: skip

    def run():
        with connection.cursor() as cursor:
            cursor.execute(text, told)
            return cursor.fetchall()

    return run


def timed(*calls):
    """The lower quartiles of the calls in ms, run in turn: what they cost, not how long they waited for a busy core."""
    spent = [[] for _ in calls]
    for round_ in range(33):
        for number, call in enumerate(calls):
            begun = time.perf_counter()
            call()
            if round_ >= 3:
                spent[number].append((time.perf_counter() - begun) * 1000)
    return [statistics.quantiles(each, n=4)[0] for each in spent]


@pytest.fixture
def rows(world):
    demo = world["DEMO"]
    offices = [world["DEMO-JD"], world["DEMO-JD5"]]
    offices += [
        Organization.objects.create(
            code=f"ROOM{n}",
            name=f"第{n}室",
            short_name=f"第{n}室",
            kind="office",
            level="city",
            parent=demo,
            commission=demo,
        )
        for n in range(OFFICES - 2)
    ]
    others = User.objects.bulk_create(
        User(username=f"rows{n}", name=f"某{n}", organization=offices[n % OFFICES], commission=demo)
        for n in range(INSPECTORS - 1)
    )
    fill(demo, offices, [world.inspector, *others], ROWS)
    return world


def test_a_list_costs_at_most_four_times_raw_indexed_sql_at_a_hundred_thousand_rows(rows, record_property):
    if connection.vendor != "postgresql":
        pytest.fail("this figure is PostgreSQL's")
    told = []
    for username, model in FLOORS:
        user = User.objects.select_related("organization", "commission").get(username=username)
        raw = by_hand(user, model)

        def listed(user=user, model=model):
            return list(model.objects.visible_to(user).order_by("-created_at", "-pk")[:PAGE])

        assert [row.pk for row in listed()] == [row[0] for row in raw()], (username, model)
        best = min((timed(listed, raw) for _ in range(3)), key=lambda pair: pair[0] / pair[1])
        told.append((username, model.__name__, *best, best[0] / best[1]))
    lines = ["{:10} {:5} {:6.2f} ms, raw {:5.2f} ms, {:4.2f} times".format(*line) for line in told]
    record_property("visible_to", lines)
    (Path(settings.WENZE_VAR) / "visible_to.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert max(line[-1] for line in told) <= MOST_TIMES, "\n".join(lines)
