"""案件质量评查: who may look, at what, and what the reader of the case is not told before the feedback."""

import pytest

from cases.models import Case
from review.models import Evaluation
from review.services import evaluation
from tests.told import Told, world
from wenze.deadlines import clock
from wenze.errors import Invalid, NotYours
from wenze.ids import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    import datetime as dt

    told = Told(world(), "gov", "窗口超时办件失管问题", dt.date(2026, 3, 2), dt.date(2026, 1, 20))
    told.run("closed")
    return told


def opened(story, *team, actor=None, **more):
    people = story.world.users
    return evaluation.open_evaluation(
        **{"submission": uuid7(), "case": Case.objects.get(pk=story.case.pk), "kind": "daily", **more},
        team=[people[name] for name in team], actor=actor or people["trial3"], on=clock.today(),
    )  # fmt: skip


def test_two_who_had_no_hand_in_the_case_evaluate_it_and_the_edition_is_kept(story):
    row = opened(story, "trial3", "inspector3")
    assert (row.edition, row.case_number, row.unit_name) == ("2019年版", story.case.number, story.case.office.name)
    assert [member.user.username for member in row.team.all()] == ["trial3", "inspector3"]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ("inspector", "是本案承办人"), ("inspector2", "参加过本案调查"), ("head", "签批过本案"), ("principal", "签批过本案"),
        ("trial2", "审理过本案"),
    ],
)  # fmt: skip
def test_who_handled_approved_or_adjudicated_is_refused_by_name(story, second, reason):
    with pytest.raises(Invalid) as refusal:
        opened(story, "trial3", second)
    assert reason in refusal.value.fields["team"]
    assert not Evaluation.objects.exists()


def test_one_person_is_no_team(story):
    with pytest.raises(Invalid) as refusal:
        opened(story, "trial3", "trial3")
    assert "team" in refusal.value.fields


def test_only_the_trial_office_opens_one(story):
    with pytest.raises(NotYours):
        opened(story, "trial3", "inspector3", actor=story.world.conduct)


def test_a_member_who_cannot_read_the_case_reads_it_once_case_supervision_handed_it_over(story):
    row = opened(story, "trial3", "inspector3")
    reader = story.world.users["inspector3"]
    assert not Case.objects.visible_to(reader).filter(pk=story.case.pk).exists()
    evaluation.hand_over_files(evaluation_id=row.pk, actor=story.world.casemgmt, on=clock.today())
    reader.__dict__.pop("_readable", None)
    assert Case.objects.visible_to(reader).filter(pk=story.case.pk).exists()


def test_a_case_on_paper_is_evaluated_without_a_row(story):
    paper = evaluation.OnPaper("〔2020〕问字第7号", "某案", "第三监督检查室")
    row = opened(story, "trial3", "inspector3", case=None, paper=paper)
    assert (row.case, row.case_number, row.unit_name) == (None, paper.number, paper.unit_name)


def test_the_same_press_opens_one(story):
    key = uuid7()
    assert opened(story, "trial3", "inspector3", submission=key) == opened(
        story, "trial3", "inspector3", submission=key
    )
