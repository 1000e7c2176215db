"""The arithmetic of the ruler, reckoned by hand; no rows, no database."""

import pytest

from review.enums import Position
from review.ruler.band import Band, band_of, middle, percentiles, smoothed
from wenze.law import data, measures, severity

CADRE = [(each.severity, each.kind) for each in severity.rungs_for("cadre", "party")]
SUPERVISORY = [(each.severity, each.kind) for each in severity.rungs_for("cadre", "supervisory")]


def of(code, outcome="accountable"):
    return severity.heaviest(outcome, [code])[0]


def counts(**told):
    return {of(code): number for code, number in told.items()}


def laid(told, rungs=CADRE, wider=None):
    settings = data.ruler_settings()
    return band_of(
        smoothed(told, wider or told, settings["shrinkage"]), within=settings["band"], crossing=settings["crossing"], rungs=rungs,
        free_steps=settings["free_steps"],
    )  # fmt: skip


# --- the scale (law.md §1.3, §3, §5) ----------------------------------------------------------------------------------
def test_the_scale_runs_from_no_accountability_over_the_first_form_to_expulsion():
    told = [
        severity.heaviest("not_accountable"), severity.heaviest("first_form"), severity.heaviest("", ["inspection"]),
        severity.heaviest("", ["circulation"]), severity.heaviest("", ["admonishment"]), severity.heaviest("", ["suspension"]),
        severity.heaviest("", ["removal"]), severity.heaviest("", ["party_warning"]), severity.heaviest("", ["party_expulsion"]),
    ]  # fmt: skip
    assert [level for level, _ in told] == sorted({level for level, _ in told})
    assert severity.heaviest("exempted")[0] == severity.heaviest("not_accountable")[0]


def test_every_measure_of_the_law_has_its_place_on_the_scale_once():
    placed = [code for rung in severity.scale() for code in rung.measures]
    assert sorted(placed) == sorted(measures())


def test_of_several_measures_the_heaviest_is_compared_and_a_filing_counts_as_the_lightest_sanction():
    assert severity.heaviest("accountable", ["circulation", "propose:removal"])[1] == "removal"
    assert severity.heaviest("accountable", ["propose:removal"], referred=True) == (of("party_warning"), "referred")
    assert severity.heaviest("handed_over") is None


# --- smoothing ----------------------------------------------------------------------------------------------------------
def test_few_cases_lean_on_the_wider_group_and_many_speak_for_themselves():
    wider = {3: 50, 4: 50}
    few = smoothed({3: 2}, wider, 10)
    assert few == {3: pytest.approx((2 + 5) / 12), 4: pytest.approx(5 / 12)}
    many = smoothed({3: 990}, wider, 10)
    assert many[3] == pytest.approx(995 / 1000)
    assert smoothed({}, {}, 10) == {}
    assert sum(smoothed({1: 3, 7: 4}, {2: 9, 7: 1}, 10).values()) == pytest.approx(1)


def test_the_mid_rank_percentile_is_the_share_below_and_half_of_its_own():
    shares = {3: 0.2, 4: 0.5, 9: 0.3}
    assert percentiles(shares) == {3: pytest.approx(0.1), 4: pytest.approx(0.45), 9: pytest.approx(0.85)}
    assert middle(shares) == 4
    with pytest.raises(ValueError, match="empty"):
        middle({})


# --- the band -------------------------------------------------------------------------------------------------------------
def test_case_twelve_removal_is_an_outlier_among_nineteen_like_cases():
    """spec/case-12.yaml: admonishment 11, post_adjustment 6, removal 2; the removal of C1 is an outlier."""
    band = laid(counts(admonishment=11, post_adjustment=6, removal=2))
    assert band.position(of("removal")) == Position.HEAVIER
    assert band.position(of("admonishment")) == band.position(of("post_adjustment")) == Position.INSIDE


def test_case_twelve_demerit_is_none_among_twenty_six():
    """spec/case-12.yaml: admin_warning 9, admin_demerit 14, admin_major_demerit 3; the demerit of C7 is no outlier."""
    band = laid(counts(admin_warning=9, admin_demerit=14, admin_major_demerit=3), SUPERVISORY)
    assert band.position(of("admin_demerit")) == Position.INSIDE


def test_a_step_from_the_middle_is_discretion_but_not_out_of_accountability_where_nobody_ended_so():
    band = laid(counts(circulation=60))
    assert band.position(of("admonishment")) == Position.INSIDE
    assert band.position(severity.heaviest("first_form")[0]) == Position.LIGHTER
    some = laid({severity.heaviest("first_form")[0]: 5, of("circulation"): 55})
    assert some.position(severity.heaviest("first_form")[0]) == Position.INSIDE


def test_the_middle_of_the_like_cases_always_lies_within_the_band():
    for told in ({3: 1}, {0: 5, 18: 5}, {3: 1, 4: 1, 9: 98}, {1: 30, 2: 30, 3: 40}):
        assert laid(told).position(middle(smoothed(told, told, 10))) == Position.INSIDE


def test_a_band_says_lighter_and_heavier():
    band = Band(3, 6)
    assert [band.position(each) for each in (2, 3, 6, 7)] == ["lighter", "inside", "inside", "heavier"]
