"""回避 by unit history: who served where the subjects answer for does not handle, investigate or review the matter."""

import datetime as dt

import pytest

from cases.services import intake, investigation
from review.services import adjudication
from review.services.joint import unfit
from wenze.errors import Invalid
from wenze.people.models import Appointment, Cadre, Post


@pytest.fixture
def served(world):
    """inspector4 was once an officer of the party group that the matter is about."""
    post = Post.objects.create(organization=world["P-gov"], name="办公室主任", rank=2, is_leading=False)
    cadre = Cadre.objects.create(commission=world["DEMO"], name="裴样稿", managed_by=world["DEMO-PC"])
    Appointment.objects.create(cadre=cadre, post=post, from_on=dt.date(2018, 1, 1), until_on=dt.date(2019, 1, 1))
    person = world.inspector4
    person.cadre = cadre
    person.save(update_fields=["cadre"])
    return person


def test_a_clue_is_not_assigned_to_one_who_served_in_its_organisation(story, served):
    story.run("registered")
    with pytest.raises(Invalid) as refused:
        intake.propose_assignment(
            clue_id=story.clue.pk, office=story.world["DEMO-JD"], handler=served, consultation="建议", actor=story.world.conduct,
            on=story.day,
        )  # fmt: skip
    assert "曾任" in refused.value.fields["handler"]
    assert "应当回避" in refused.value.fields["handler"]


def test_the_team_takes_nobody_who_served_with_the_subjects(story, served):
    case = story.run("investigating")
    with pytest.raises(Invalid) as refused:
        investigation.form_team(
            case_id=case.pk, leader=story.world.inspector, members=[served], actor=story.world.inspector, on=story.day
        )
    assert "裴样稿曾任" in refused.value.fields["members"]
    assert case.team.filter(until_on__isnull=True).count() == 2


def test_neither_joint_review_nor_adjudication_takes_him(story, served):
    case = story.run("reported")
    assert "曾任" in unfit(case, "handling", served)
    with pytest.raises(Invalid) as refused:
        adjudication.accept(
            case_id=case.pk, adjudicators=[story.world.trial, served], actor=story.world.trial, on=story.day
        )
    assert "曾任" in refused.value.fields["adjudicators"]


def test_one_who_served_elsewhere_may_work(story, served):
    Appointment.objects.filter(cadre=served.cadre).update(post=story.world.chiefs["edu"].appointments.first().post)
    case = story.run("investigating")
    investigation.form_team(
        case_id=case.pk, leader=story.world.inspector, members=[served], actor=story.world.inspector, on=story.day
    )
    assert case.team.filter(user=served, until_on__isnull=True).exists()
