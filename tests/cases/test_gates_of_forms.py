"""The gates of a record that does not exist yet, and of rooms that come later: refused through their forms."""

import datetime as dt

import pytest

from cases.models import Case, Clue
from tests.cases import scenes
from wenze.people.models import Organization


def stirred(story):
    Case.objects.filter(pk=story.case.pk).update(public_attention=True)


def report_again(story):
    Case.objects.filter(pk=story.case.pk).update(state="reported")


# --- registration and application: gates of a record that does not exist yet, through its form ----------------------
def registration(story, **changes):
    return {
        "title": "窗口超时", "source": "supervision", "received_on": story.day, "summary": "摘要", "cadre_1": story.world.chiefs["gov"].pk,
        **changes,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("gate", "changes"),
    [
        ("clue_has_source", {"summary": ""}),
        ("clue_has_source", {"source": "superior_order"}),
        ("clue_has_source", {"received_on": dt.date(2999, 1, 1)}),
        ("clue_is_stub_if_classified", {"is_classified": "on", "summary": "", "cadre_1": ""}),
    ],
)
def test_a_registration_that_lacks_one_thing_is_refused_by_that_one_name(client, story, gate, changes):
    client.force_login(story.world.conduct)
    answer = client.post("/clues/register/", registration(story, **changes))
    assert answer.status_code == 422
    assert [gap.code for gap in answer.context["missing"]] == [gate]
    assert not Clue.objects.exists()
    if not changes.get("is_classified"):
        assert answer.context["form"]["title"].value() == "窗口超时"


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {
            "is_classified": "on",
            "summary": "",
            "cadre_1": "",
            "classified_number": "密1",
            "classified_level": "secret",
            "custodian": "某某",
        },
    ],
)
def test_a_registration_that_lacks_nothing_is_registered(client, story, changes):
    client.force_login(story.world.conduct)
    assert client.post("/clues/register/", registration(story, **changes)).status_code == 302
    assert Clue.objects.get().state == "registered"


def application(story, **changes):
    chief, group = story.world.chiefs["gov"], story.world["P-gov"]
    return {
        "title": "窗口超时", "brief": "要情",
        "cadre_1": chief.pk, "act_on_1": story.act_on, "act_1": "失管", "tier_1": "MAIN",
        "organization_2": group.pk, "act_on_2": story.act_on, "act_2": "未研究", "tier_2": "FULL", **changes,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("gate", "changes"),
    [
        ("subjects_named", {"act_on_1": dt.date(2999, 1, 1), "act_on_2": dt.date(2999, 1, 1)}),
        ("organization_with_leaders", {"cadre_1": "", "act_on_1": "", "act_1": "", "tier_1": ""}),
        ("no_filed_review", {"filed_review_number_2": "某立〔2026〕3号"}),
    ],
)
def test_an_application_that_lacks_one_thing_is_refused_by_that_one_name(client, story, gate, changes):
    story.run("assessed")
    client.force_login(story.world.inspector)
    answer = client.post(f"/clues/{story.clue.pk}/initiate/", application(story, **changes))
    assert answer.status_code == 422
    assert gate in [gap.code for gap in answer.context["missing"]]
    assert not Case.objects.exists()


def test_an_application_against_whom_a_higher_body_manages_is_refused_by_that_one_name(client, story):
    story.run("assessed")
    Organization.objects.filter(code="P-gov").update(directly_led_by=story.world["DEMO-P-PC"])
    client.force_login(story.world.inspector)
    answer = client.post(f"/clues/{story.clue.pk}/initiate/", application(story))
    assert [gap.code for gap in answer.context["missing"]] == ["initiation_competent"]


def test_an_application_that_lacks_nothing_makes_the_case(client, story):
    story.run("assessed")
    client.force_login(story.world.inspector)
    assert client.post(f"/clues/{story.clue.pk}/initiate/", application(story)).status_code == 302
    assert Case.objects.get().state == "initiating"


# --- gates of rooms that come later, and of a step passed over ------------------------------------------------------
def minutes(story):
    return {
        "held_on": story.day, "place": "会议室", "agenda": "研究", "chair": "朱主任", "recorder": "记某某", "expected": 3,
        "views": "朱主任：同意\n费分管：同意\n常委甲：同意", "conclusion": "同意",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "act", "gate"),
    [("adjudicated", stirred, "joint_review_held"), ("adjudicated", report_again, "adjudicated")],
)
def test_a_sitting_before_its_reviews_is_refused_by_that_one_name(client, story, stage, act, gate):
    story.run(stage)
    client.force_login(story.world.casemgmt)
    act(story)
    answer = client.post(f"/cases/{story.case.pk}/deliberation/", minutes(story))
    assert [gap.code for gap in answer.context["missing"]] == [gate]
    assert answer.context["form"]["views"].value().startswith("朱主任")


@pytest.mark.parametrize("step", ["approve_by_committee", "decide"])
def test_a_decision_before_its_pre_review_is_refused_by_that_one_name(client, story, step):
    scenes.to_decide(story)
    stirred(story)
    scenes.approved_as_it_stands(story)
    client.force_login(story.world.casemgmt)
    answer = client.post(f"/cases/{story.case.pk}/step/{step}/")
    assert [gap.code for gap in answer.context["missing"]] == ["pre_review_obtained"]


@pytest.mark.parametrize(
    ("step", "stage", "username", "gate"),
    [
        ("conclude_joint_review", "reported", "conduct", "joint_review_held"),
        ("obtain_pre_review", "deliberated", "casemgmt", "pre_review_obtained"),
    ],
)
def test_where_a_trigger_fires_its_step_stands_next_and_names_its_room(client, story, step, stage, username, gate):
    story.run(stage)
    stirred(story)
    assert scenes.case_banner(client, story, story.world.users[username], step) == [gate]


# --- as many subjects as the case has -------------------------------------------------------------------------------
def many_subjects(story, number):
    """``number`` cadres with posts of their own, as rows of the form."""
    from wenze.people.models import Appointment, Cadre, Post

    group, committee = story.world["P-gov"], story.world["DEMO-PC"]
    typed = {"title": "多人问责", "brief": "要情", "rows": str(number)}
    for n in range(1, number + 1):
        cadre = Cadre.objects.create(commission=story.world["DEMO"], name=f"样某{n}", managed_by=committee)
        post = Post.objects.create(organization=group, name=f"党组成员{n}", rank=4)
        Appointment.objects.create(cadre=cadre, post=post, from_on=dt.date(2020, 1, 1))
        typed |= {f"cadre_{n}": cadre.pk, f"act_on_{n}": story.act_on, f"act_{n}": "失管", f"tier_{n}": "IMPORTANT"}
    return typed


def test_sixty_subjects_are_entered_and_amending_the_title_loses_none(client, story):
    story.run("assessed")
    client.force_login(story.world.inspector)
    answer = client.post(f"/clues/{story.clue.pk}/initiate/", many_subjects(story, 60))
    assert answer.status_code == 302, answer.context["form"].errors
    case = Case.objects.get()
    assert case.subjects.count() == 60
    form = client.get(f"/cases/{case.pk}/amend/").context["form"]
    typed = {field.html_name: field.value() for field in form if field.value() not in (None, "", False)}
    assert client.post(f"/cases/{case.pk}/amend/", typed | {"title": "更正的名称"}).status_code == 302
    case.refresh_from_db()
    assert (case.title, case.subjects.count()) == ("更正的名称", 60)


def test_more_rows_keep_what_was_typed_and_cost_no_more_queries(client, story, django_assert_max_num_queries):
    story.run("assessed")
    client.force_login(story.world.inspector)
    page = f"/clues/{story.clue.pk}/initiate/"
    typed = application(story) | {"more": "1", "rows": "4"}
    with django_assert_max_num_queries(14):
        shown = client.post(page, typed)
    form = shown.context["form"]
    assert shown.status_code == 200
    assert (len(form.numbers), form["act_1"].value(), form.errors) == (8, "失管", {})
    assert not Case.objects.exists()
    with django_assert_max_num_queries(14):
        assert len(client.post(page, typed | {"rows": "56"}).context["form"].numbers) == 60
