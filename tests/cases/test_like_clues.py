"""Like clues are shown to a reader as far as he may see them; of the others case supervision is told (issue 2, item 0)."""

import datetime as dt

from cases import selectors
from cases.services import intake
from wenze.demo.stories import Story
from wenze.ids import uuid7
from wenze.notices.models import Notice


def register(world, actor, day):
    return intake.register_clue(
        registration=intake.Registration(
            title="自助机停用", source="supervision", received_on=day, summary="摘要",
            respondents=[intake.Respondent(cadre=world.chiefs["gov"], allegation="失管")],
        ),
        submission=uuid7(), actor=actor, on=day,
    )  # fmt: skip


def test_an_inspector_is_not_told_of_a_like_clue_of_another_office_but_case_supervision_is(client, story, world):
    story.run("registered")
    clue = register(world, world.inspector3, story.day)
    client.force_login(world.inspector3)
    page = client.get(f"/clues/{clue.pk}/")
    assert list(page.context["likes"]) == []
    assert story.clue.number not in page.content.decode()
    told = Notice.objects.get(recipient=world.casemgmt, kind="like_clues")
    assert clue.number in told.text
    assert not Notice.objects.filter(kind="like_clues").exclude(recipient=world.casemgmt).exists()
    client.force_login(world.casemgmt)
    assert [row.pk for row in client.get(f"/clues/{clue.pk}/").context["likes"]] == [story.clue.pk]


def test_who_sees_the_like_clue_is_shown_it_and_nobody_else_need_be_told(client, story, world):
    story.run("registered")
    clue = register(world, world.conduct, story.day)
    assert [row.pk for row in selectors.like_clues(clue, world.conduct)] == [story.clue.pk]
    assert not Notice.objects.filter(kind="like_clues").exists()


def test_a_clue_about_somebody_else_or_of_long_ago_is_not_alike(story, world):
    old = Story(world, "gov", "旧事", story.day - dt.timedelta(days=800), story.day - dt.timedelta(days=820))
    old.run("registered")
    Story(world, "edu", "他事", story.day, story.day - dt.timedelta(days=9)).run("registered")
    assert not selectors.like_clues(register(world, world.conduct, story.day), world.conduct).exists()
