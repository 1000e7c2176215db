"""量纪平衡: what is counted, what is alike, who sees what, and what the sitting must have before it (mechanism 15)."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from cases.models import Case, Circumstance, Decision, Measure, Proposal
from cases.services import elsewhere
from review.models import Comparison, SettledOutcome
from review.ruler import counting, ladder
from review.ruler.alike import Profile, profiles_of
from review.services import ruler
from review.services.ruler import Past, Trial
from tests.cases import scenes
from wenze.audit.models import LedgerEntry
from wenze.errors import Invalid, NotYours, Stale
from wenze.ids import uuid7
from wenze.workflow.models import Approval

DAY = dt.date(2024, 5, 6)
CHIEF = {
    "kind": "cadre",
    "track": "party",
    "tier": "MAIN",
    "situation": "S04",
    "consequences": ("adverse",),
    "circumstances": (),
    "rank": 5,
}


def past(story, count, code="admonishment", prefix="甲", **criteria):
    """So many outcomes from before the system, alike to the story's chief but for what is said."""
    outcome = code if code in ("first_form", "not_accountable") else "accountable"
    rows = [
        Past(
            reference=f"{prefix}{number}",
            outcome=outcome,
            measures=() if outcome == code else (code,),
            decided_on=DAY,
            **{**CHIEF, **criteria},
        )
        for number in range(count)
    ]
    return ruler.register_past(commission=story.world["DEMO"], rows=rows, actor=story.world.casemgmt, on=story.day)


def chief_of(case):
    return case.subjects.select_related("organization", "post").get(kind="cadre", post__is_principal=True)


def read(story, **other):
    case = story.case
    own = profiles_of(case, [chief_of(case)])[chief_of(case).pk]
    profile = Profile(**{**own.values(), **other})
    return ladder.read(profile, ladder.scope_of(case.commission), apart=ladder.own_rows(case.pk))


def look(story, **more):
    return ruler.look(case_id=story.case.pk, actor=story.world.inspector, on=story.day, **more)


@pytest.fixture
def proposed(story):
    """An investigation with its proposals and its written report, nothing signed."""
    scenes.to_report(story)
    return story


# --- what is counted ------------------------------------------------------------------------------------------------------
def test_a_decision_writes_one_row_a_subject_with_its_criteria_and_its_heaviest_measure(story):
    story.run("adjudicated")
    assert not SettledOutcome.objects.exists()
    story.deliberated()
    story.decided()
    chief = SettledOutcome.objects.get(subject__kind="cadre")
    assert (chief.situation, chief.consequence, chief.tier, chief.rank, chief.circumstance) == (
        "S04",
        "adverse",
        "MAIN",
        5,
        "",
    )
    assert (chief.measure, chief.track, chief.commission) == ("admonishment", "party", story.world["DEMO"])
    assert SettledOutcome.objects.get(subject__kind="organization").measure == "inspection"


def test_what_was_revoked_is_not_counted_and_what_was_changed_counts_as_changed(story):
    case = story.run("decided")
    chief = chief_of(case)
    Measure.objects.filter(decision__subject=chief).update(code="circulation")
    Decision.objects.filter(subject=chief).update(standing="changed")
    counting.recount_case(case)
    assert SettledOutcome.objects.get(subject=chief).measure == "circulation"
    Decision.objects.filter(subject=chief).update(standing="revoked")
    Measure.objects.filter(decision__subject=chief).update(ended_on=story.day)
    counting.recount_case(case)
    assert not SettledOutcome.objects.filter(subject=chief).exists()
    assert SettledOutcome.objects.count() == 1


def test_the_table_is_rebuilt_from_the_live_rows_and_a_changed_row_is_found(story, capsys):
    story.run("decided")
    past(story, 1)
    call_command("rebuild_ruler", "--check")
    assert "应有 2 行，不符或者缺少 0 行" in capsys.readouterr().out
    SettledOutcome.objects.filter(subject__kind="cadre").update(severity=18, measure="party_expulsion")
    SettledOutcome.objects.filter(subject__kind="organization").delete()
    with pytest.raises(CommandError, match="不符或者缺少 2 行"):
        call_command("rebuild_ruler", "--check")
    call_command("rebuild_ruler")
    call_command("rebuild_ruler", "--check")
    assert set(SettledOutcome.objects.values_list("measure", flat=True)) == {"admonishment", "inspection"}
    assert SettledOutcome.objects.filter(reference="甲0").exists(), "what has no other record stays"


def test_another_bodys_own_decision_counts_until_it_is_taken_back(story):
    world = story.world
    made = elsewhere.register_decision(
        submission=uuid7(), cadre=world.chiefs["edu"], organization=None, actor=world.casemgmt, on=story.day,
        told=elsewhere.Told("示例市委", "示例委〔2026〕1号", ["party_warning", "removal"], story.day),
    )  # fmt: skip
    row = SettledOutcome.objects.get(external=made)
    assert (row.measure, row.rank, row.tier, row.situation) == ("party_warning", 5, "", "")
    elsewhere.change_decision(
        decision_id=made.pk,
        result="changed",
        ended_on=story.day,
        number="2号",
        measures=["admonishment"],
        actor=world.casemgmt,
        on=story.day,
    )
    assert list(SettledOutcome.objects.values_list("measure", flat=True)) == ["admonishment"]
    call_command("rebuild_ruler", "--check")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"tier": "FULL"}, "领导班子"),
        ({"reference": " "}, "文号"),
        ({"outcome": "handed_over", "measures": ()}, "没有可以比较"),
    ],
)
def test_a_past_outcome_that_cannot_be_is_refused_by_name(story, wrong, words):
    row = {
        "reference": "甲",
        "outcome": "accountable",
        "measures": ("circulation",),
        "decided_on": DAY,
        **CHIEF,
        **wrong,
    }
    with pytest.raises(Invalid) as refused:
        ruler.register_past(
            commission=story.world["DEMO"], rows=[Past(**row)], actor=story.world.casemgmt, on=story.day
        )
    assert words in refused.value.fields["reference"]
    with pytest.raises(NotYours):
        ruler.register_past(commission=story.world["DEMO"], rows=[], actor=story.world.inspector, on=story.day)


# --- what is alike ----------------------------------------------------------------------------------------------------------
def test_the_ladder_gives_up_the_level_first_and_stops_as_soon_as_enough_are_alike(proposed):
    past(proposed, 10)
    past(proposed, 6, prefix="乙", rank=4)
    past(proposed, 40, prefix="丙", situation="S09", code="removal")
    reading = read(proposed)
    assert (reading.dropped, reading.count) == (("rank",), 16)
    assert reading.said == "同类案件16件（已放宽层次），件数较少，仅供参考。"
    past(proposed, 5, prefix="丁")
    assert (read(proposed).dropped, read(proposed).count) == ((), 15)


def test_the_next_to_go_are_situation_circumstance_consequence_and_responsibility(proposed):
    past(proposed, 14)
    for step, other in enumerate(
        ({"situation": "S09"}, {"circumstances": ("heavier",)}, {"consequences": ("serious",)}), 2
    ):
        past(proposed, 1, prefix=f"乙{step}", **other)
        reading = read(proposed)
        assert reading.count == 15
        assert reading.dropped == ("rank", "situation", "circumstance", "consequence")[:step]
        SettledOutcome.objects.filter(reference__startswith="乙").delete()
    past(proposed, 1, prefix="丙", tier="IMPORTANT")
    assert read(proposed).dropped == ("rank", "situation", "circumstance", "consequence", "tier")


def test_track_and_kind_are_never_given_up(proposed):
    past(proposed, 30, track="supervisory")
    past(proposed, 30, prefix="乙", kind="organization", tier="FULL", rank=3, code="inspection")
    reading = read(proposed)
    assert reading.count == 0
    assert reading.said == "没有同类案件，不作比较。"


def test_too_few_cases_make_no_band_and_say_so(proposed):
    past(proposed, 7)
    reading = read(proposed)
    assert reading.band is None
    assert reading.position(18) == "no_band"
    assert "件数太少，不给区间" in reading.said
    past(proposed, 1, prefix="乙")
    assert read(proposed).band is not None


def test_the_case_itself_is_not_among_its_like_cases(story):
    story.run("decided")
    past(story, 3)
    assert read(story).count == 3
    assert ladder.read(read(story).profile, ladder.scope_of(story.case.commission)).count == 4


def test_subordinates_and_the_superior_are_counted_in_numbers_and_nobody_else(proposed):
    world = proposed.world
    past(proposed, 4)
    SettledOutcome.objects.filter(reference="甲0").update(commission=world["DEMO-P"])
    SettledOutcome.objects.filter(reference="甲1").update(commission=world["DEMO-X"])
    assert read(proposed).count == 4
    assert ladder.read(read(proposed).profile, ladder.scope_of(world["DEMO-X"])).count == 3


# --- the look and the gate --------------------------------------------------------------------------------------------------
def missing(story):
    return [gap for gap in ruler_gaps(story) if gap]


def ruler_gaps(story):
    from review.ruler.proposed import wanting

    return wanting(Case.objects.get(pk=story.case.pk))


def test_every_proposal_must_be_looked_at_and_a_changed_one_anew(proposed):
    names = {row.name for row in proposed.case.subjects.all()}
    assert {gap.partition("拟")[0] for gap in missing(proposed)} == names
    look(proposed)
    assert missing(proposed) == []
    Proposal.objects.filter(subject=chief_of(proposed.case)).update(measures=["circulation"])
    assert [gap for gap in missing(proposed) if "通报，尚未作类案比较" in gap]
    look(proposed)
    assert missing(proposed) == []
    Circumstance.objects.create(subject=chief_of(proposed.case), kind="heavier", text="一再不改")
    assert len(missing(proposed)) == 1, "he is alike to others now"


def test_an_outlier_needs_its_reason_in_writing_and_what_is_inside_keeps_none(proposed):
    past(proposed, 40, code="removal")
    look(proposed)
    assert missing(proposed) == [f"{chief_of(proposed.case).name}拟诫勉，轻于区间，没有书面理由"]
    chief = chief_of(proposed.case)
    kept = look(proposed, reasons={chief.pk: " 主动挽回全部损失 "})
    assert missing(proposed) == []
    row = next(row for row in kept if row.subject_id == chief.pk)
    assert (row.position, row.reason, row.count, row.band_from) == ("lighter", "主动挽回全部损失", 40, 8)
    assert row.distribution == [{"code": "removal", "severity": 9, "count": 40, "percent": 100.0}]
    assert row.seen_by == proposed.world.inspector
    assert LedgerEntry.objects.filter(action="ruler.seen").count() == 3, "the organisation's look was there already"


def test_the_same_look_again_finds_the_first_one(proposed):
    first, again = look(proposed), look(proposed)
    assert [row.pk for row in first] == [row.pk for row in again]
    assert Comparison.objects.count() == 2
    other = ruler.look(case_id=proposed.case.pk, actor=proposed.world.head, on=proposed.day)
    assert {row.pk for row in other}.isdisjoint(row.pk for row in first), "another person's look is his own"


def test_an_outcome_that_is_only_tried_is_kept_for_the_sitting_that_settles_it(proposed):
    chief = chief_of(proposed.case)
    rows = look(proposed, trials={chief.pk: Trial("accountable", ("circulation",))})
    assert [row.words for row in rows] == ["通报"]
    assert any("拟诫勉" in gap for gap in missing(proposed))
    Proposal.objects.filter(subject=chief).update(measures=["circulation"])
    assert not any(chief.name in gap for gap in missing(proposed))


def test_what_is_being_signed_is_not_changed_by_a_look(story):
    story.run("adjudicated")
    scenes_sat = scenes.to_deliberate(story)
    with pytest.raises(Stale):
        ruler.look(case_id=scenes_sat.pk, actor=story.world.casemgmt, on=story.day)
    signed = Approval.objects.get(about_id=scenes_sat.pk, step="deliberate", state="open").dossier
    section = next(section for section in signed["sections"] if section["key"] == "ruler")
    assert [row[0] for row in section["table"][1:]] == [row.name for row in scenes_sat.subjects.all()]


def test_who_has_no_seat_or_may_not_read_the_content_keeps_no_look(proposed):
    with pytest.raises(NotYours):
        ruler.look(case_id=proposed.case.pk, actor=proposed.world.trial, on=proposed.day)
    with pytest.raises(Case.DoesNotExist):
        ruler.look(case_id=proposed.case.pk, actor=proposed.world.county, on=proposed.day)
