"""先期停职、免职: an event on the subject, no outcome; the decision waits until it is confirmed, replaced or lifted."""

import datetime as dt

import pytest

from cases.models import InterimMeasure
from cases.services import interim
from tests.cases import scenes
from wenze.errors import Invalid, Stale


def address(story):
    return f"/cases/{story.case.pk}/subjects/{story.case.subjects.get(kind='cadre').pk}/interim/"


def told(story, **changes):
    return {"kind": "suspended", "posts": "局长", "decided_by": "示例市委", "decided_on": story.day, **changes}


@pytest.mark.article("TL", 8)
def test_a_suspension_before_the_decision_is_settled_before_the_decision(client, story):
    case = scenes.to_decide(story)
    client.force_login(story.world.casemgmt)
    url = address(story)
    assert client.post(url, told(story, posts="")).status_code == 422
    assert client.post(url, told(story)).status_code == 302
    assert "interim_settled" in scenes.case_banner(client, story, story.world.casemgmt, "decide")
    assert "待处理" in client.get(f"/cases/{case.pk}/panel/subjects/").content.decode()
    page = client.get(url).content.decode()
    assert "确认" in page
    assert client.post(url, {"ended_as": "replaced", "ended_on": story.day, "reason": ""}).status_code == 422
    ended = {"ended_as": "replaced", "ended_on": story.day, "reason": "以免职建议替换"}
    assert client.post(url, ended).status_code == 302
    assert "interim_settled" not in scenes.case_banner(client, story, story.world.casemgmt, "decide")
    row = InterimMeasure.objects.get()
    assert (row.ended_as, row.ended_by) == ("replaced", story.world.casemgmt)


def test_one_is_settled_before_another_is_registered_and_none_of_tomorrow(story):
    case, world = story.run("investigating"), story.world
    subject = case.subjects.get(kind="cadre")
    common = {"case_id": case.pk, "subject_id": subject.pk, "actor": world.inspector, "on": story.day}
    with pytest.raises(Invalid):
        interim.register(told=interim.Interim(**told(story, decided_on=story.day + dt.timedelta(1))), **common)
    with pytest.raises(Stale):
        interim.settle(ended_as="lifted", ended_on=story.day, reason="查无实据", **common)
    interim.register(told=interim.Interim(**told(story)), **common)
    with pytest.raises(Stale):
        interim.register(told=interim.Interim(**told(story)), **common)
    body = case.subjects.get(kind="organization")
    with pytest.raises(Invalid):
        interim.register(told=interim.Interim(**told(story)), **{**common, "subject_id": body.pk})


def test_who_sees_only_how_the_case_stands_does_not_read_of_it(client, story):
    case, world = story.run("investigating"), story.world
    subject = case.subjects.get(kind="cadre")
    interim.register(
        told=interim.Interim(**told(story)), case_id=case.pk, subject_id=subject.pk, actor=world.inspector, on=story.day
    )
    client.force_login(world.conduct)
    assert "先期停职：" not in client.get(f"/cases/{case.pk}/panel/subjects/").content.decode()
    client.force_login(world.inspector)
    assert "先期停职：" in client.get(f"/cases/{case.pk}/panel/subjects/").content.decode()
