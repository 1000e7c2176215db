"""回避 takes effect at once, everywhere: in the clue and the case, in what was signed, in what is still to be done (监察法第四十七条)."""

import pytest

from cases.models import Clue
from cases.services import investigation, recusal, report
from tests.cases import scenes
from wenze.errors import Invalid
from wenze.notices.models import Task
from wenze.search import selectors as search
from wenze.workflow import approvals
from wenze.workflow.models import Approval, Delegation


def stand_aside(story, user):
    recusal.recuse_from_case(
        case_id=story.case.pk, user=user, ground="declared", reason="近亲属", actor=user, on=story.day
    )


def submitted(story):
    scenes.to_report(story)
    return report.submit_report(case_id=story.case.pk, actor=story.world.inspector, on=story.day)


def test_who_stands_aside_from_a_case_reads_its_clue_no_more(client, story):
    story.run("investigating")
    head, clue = story.world.head, Clue.objects.get(case=story.case)
    client.force_login(head)
    assert client.get(clue.get_absolute_url()).status_code == 200
    stand_aside(story, head)
    assert client.get(clue.get_absolute_url()).status_code == 404
    assert not Clue.objects.visible_to(head).filter(pk=clue.pk).exists()
    assert not search.search(head, clue.number).hits


def test_who_stood_aside_from_the_clue_stands_aside_from_its_case(story):
    story.run("assessed")
    world = story.world
    recusal.recuse_from_clue(
        clue_id=story.clue.pk, user=world.inspector4, ground="declared", reason="近亲属", actor=world.head, on=story.day
    )
    for stage in ("initiating", "investigating"):
        getattr(story, stage)()
    with pytest.raises(Invalid) as refused:
        investigation.form_team(
            case_id=story.case.pk, leader=world.inspector, members=[world.inspector, world.inspector4], actor=world.inspector,
            on=story.day,
        )  # fmt: skip
    assert "members" in refused.value.fields


def test_an_approval_under_way_does_not_rest_on_the_signature_of_who_stands_aside(story):
    asked = submitted(story)
    story.sign(story.case, "approve_report", story.world.inspector, story.world.head)
    stand_aside(story, story.world.head)
    asked.refresh_from_db()
    assert asked.state == "void"
    assert "回避" in asked.void_reason
    with pytest.raises(Invalid) as refused:
        report.submit_report(case_id=story.case.pk, actor=story.world.inspector, on=story.day)
    assert "都须回避" in refused.value.fields["chain"]


def test_nobody_signs_on_behalf_of_who_stands_aside(story):
    asked, world = submitted(story), story.world
    story.sign(story.case, "approve_report", world.inspector)
    Delegation.objects.create(
        holder=world.head,
        deputy=world.inspector4,
        from_on=story.day,
        until_on=story.day,
        commission=world["DEMO"],
        reason="出差",
    )
    asked = Approval.objects.get(pk=asked.pk)
    assert approvals.acting_for(asked, story.case, world.inspector4, on=story.day) == world.head
    stand_aside(story, world.head)
    assert approvals.acting_for(asked, story.case, world.inspector4, on=story.day) is None


def test_who_stands_aside_is_given_nothing_more_to_do(story):
    scenes.to_report(story)
    world = story.world
    stand_aside(story, world.head)
    with pytest.raises(Invalid):
        report.submit_report(case_id=story.case.pk, actor=world.inspector, on=story.day)
    assert not Task.objects.filter(recipient=world.head, case_id=story.case.pk, state="open").exists()
