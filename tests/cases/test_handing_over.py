"""A recused handler does not stop a matter: the head gives it to another, terms and to-dos go with it."""

import pytest

from cases.models import Case, Clue
from cases.services import investigation, recusal
from wenze.errors import Invalid, NotYours
from wenze.notices.models import Task
from wenze.terms.models import Clock


def stand_aside(story):
    world = story.world
    recusal.recuse_from_case(
        case_id=story.case.pk,
        user=world.inspector,
        ground="declared",
        reason="近亲属",
        actor=world.inspector,
        on=story.day,
    )


def test_after_the_handlers_recusal_the_head_appoints_another_and_the_work_goes_on(client, story, world):
    story.run("investigating")
    stand_aside(story)
    client.force_login(world.head)
    team = f"/cases/{story.case.pk}/panel/team/"
    assert "改派承办人" in client.get(team).content.decode()
    answer = client.post(f"/cases/{story.case.pk}/handler/", {"handler": world.inspector4.pk, "reason": "原承办人回避"})
    assert answer.status_code == 302
    case = Case.objects.get(pk=story.case.pk)
    assert case.handler == world.inspector4
    assert set(Clock.objects.filter(case_id=case.pk, state="running").values_list("handler__username", flat=True)) == {
        "inspector4"
    }
    assert Task.objects.filter(recipient=world.inspector4, step="taken_over", state="open").exists()
    client.force_login(world.inspector4)
    assert client.get(case.get_absolute_url()).status_code == 200
    investigation.form_team(
        case_id=case.pk, leader=world.inspector4, members=[world.inspector2], actor=world.inspector4, on=story.day
    )
    assert case.team.filter(until_on__isnull=True).count() == 2


def test_a_clue_is_handed_over_too(story, world):
    story.run("assigned")
    recusal.recuse_from_clue(
        clue_id=story.clue.pk,
        user=world.inspector,
        ground="declared",
        reason="近亲属",
        actor=world.inspector,
        on=story.day,
    )
    recusal.appoint_handler_of_clue(
        clue_id=story.clue.pk, handler=world.inspector4, reason="回避", actor=world.head, on=story.day
    )
    assert Clue.objects.get(pk=story.clue.pk).handler == world.inspector4
    assert {row.handler for row in Clock.objects.filter(state="running")} == {world.inspector4}


@pytest.mark.parametrize(("name", "reason"), [("inspector", "回避"), ("inspector3", "回避"), ("inspector4", " ")])
def test_nobody_recused_of_another_office_or_without_a_reason(story, world, name, reason):
    story.run("investigating")
    stand_aside(story)
    with pytest.raises(Invalid):
        recusal.appoint_handler_of_case(
            case_id=story.case.pk, handler=world.users[name], reason=reason, actor=world.head, on=story.day
        )
    assert Case.objects.get(pk=story.case.pk).handler == world.inspector


def test_an_inspector_does_not_appoint(story, world):
    story.run("investigating")
    with pytest.raises(NotYours):
        recusal.appoint_handler_of_case(
            case_id=story.case.pk, handler=world.inspector4, reason="换人", actor=world.inspector2, on=story.day
        )
