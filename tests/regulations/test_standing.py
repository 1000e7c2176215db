"""How a person stands after measures were merged, changed, revoked, corrected or only proposed (law.md §3.1), case by case."""

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wenze.law.standing import Sanction, Standing

TABLE = yaml.safe_load((Path(__file__).parent / "tables" / "standing.yaml").read_text(encoding="utf-8"))


def sanction(row):
    return Sanction(
        measure=row["s"], on=row["at"], proposed=row.get("proposed", False), counts_from=row.get("from"), replaces="from" in row,
        confirmed_on=row.get("confirmed"), ended_on=row.get("ended"), ended_as=row.get("as", ""), void_from=row.get("void"),
    )  # fmt: skip


def test_the_table_holds_at_least_forty_combinations_each_with_its_provision():
    assert len(TABLE) >= 40
    assert len({row["id"] for row in TABLE}) == len(TABLE)
    assert all(row["article"] for row in TABLE)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["id"])
def test_a_person_is_restricted_until_the_day_that_the_provision_gives(row):
    standing = Standing(tuple(map(sanction, row["sanctions"])), row.get("known", row["asked"]), row.get("policy", ""))
    running = standing.restricting(row["asked"])
    assert (running[0].last_restricted_day if running else None) == row["last"]
    assert len(standing.unknown) == row.get("unknown", 0)
    assert len(standing.unconfirmed) == row.get("unconfirmed", 0)
    assert list(standing.stays) == ([row["stays"]] if "stays" in row else [])


days = st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2026, 12, 31))
measures = st.sampled_from(["admonishment", "party_warning", "admin_demerit", "removal", "post_adjustment"])


@given(st.lists(st.tuples(measures, days), max_size=5), days)
def test_a_revoked_measure_leaves_the_person_as_if_it_had_never_been(others, on):
    known = dt.date(2027, 1, 1)
    rest = [Sanction(measure, day) for measure, day in others]
    revoked = Sanction("party_serious_warning", on, ended_on=known, ended_as="revoked", void_from=known)
    with_it, without = Standing((*rest, revoked), known), Standing(tuple(rest), known)
    assert with_it.influence.parts == without.influence.parts


@given(st.lists(st.tuples(measures, days), max_size=5))
def test_a_proposal_never_restricts(others):
    known = dt.date(2027, 1, 1)
    rest = [Sanction(measure, day) for measure, day in others]
    proposed = Sanction("removal", None, proposed=True)
    assert Standing((*rest, proposed), known).influence.parts == Standing(tuple(rest), known).influence.parts
    assert Standing((*rest, proposed), known).unknown == ()
