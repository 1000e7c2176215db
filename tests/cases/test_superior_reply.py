"""A superior's order (上级交办督办) is answered on the clue's page, once, by who handles it or by case supervision."""

import datetime as dt

import pytest

from cases.services import intake
from cases.services.intake import Registration, Respondent
from wenze.ids import uuid7
from wenze.terms.models import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def ordered(story):
    """An assigned clue that must be answered to the superior in ten days."""
    world = story.world
    story.clue = intake.register_clue(
        registration=Registration(
            title="上级交办某某问题", source="superior_order", source_reference="示例省纪督〔2026〕1号", received_on=story.day,
            reply_due_on=story.day + dt.timedelta(10), summary="请查清责任，按期回复。",
            respondents=[Respondent(cadre=world.chiefs["gov"], allegation="失管失察")],
        ),
        submission=uuid7(), actor=world.conduct, on=story.day,
    )  # fmt: skip
    story.assigned()
    return story


def page(story):
    return f"/clues/{story.clue.pk}/reply/"


def test_case_supervision_registers_the_answer_and_the_term_is_met(client, ordered):
    client.force_login(ordered.world.casemgmt)
    assert "回复上级" in client.get(ordered.clue.get_absolute_url()).content.decode()
    said = {
        "replied_on": ordered.day.isoformat(),
        "reply_number": "示例纪报〔2026〕1号",
        "reply": "已办结，详见所附材料。",
    }
    assert client.post(page(ordered), said).status_code == 302
    clock = Clock.objects.get(rule="superior_reply", about_id=ordered.clue.pk)
    assert (clock.state, clock.met_on) == ("met", ordered.day)
    told = client.get(ordered.clue.get_absolute_url()).content.decode()
    assert "示例纪报〔2026〕1号" in told
    assert "回复上级交办" in told
    assert client.post(page(ordered), said).status_code == 409


def test_an_answer_before_the_order_came_or_without_words_is_named_by_its_field(client, ordered):
    client.force_login(ordered.world.inspector)
    early = (ordered.clue.received_on - dt.timedelta(1)).isoformat()
    answer = client.post(page(ordered), {"replied_on": early, "reply": "已办结"})
    assert answer.status_code == 422
    assert "回复日应在收到日之后" in answer.content.decode()
    assert "已办结" in answer.content.decode()
    ordered.clue.refresh_from_db()
    assert ordered.clue.replied_on is None


def test_who_only_reads_the_clue_does_not_answer_for_it(client, ordered):
    client.force_login(ordered.world.head)
    answer = client.post(page(ordered), {"replied_on": ordered.day.isoformat(), "reply": "已办结"})
    assert answer.status_code == 403
