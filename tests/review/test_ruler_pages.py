"""Fairness within the case, and the pages of the ruler: what they show to whom, what they keep."""

import pytest

from cases.models import Case, Circumstance, Proposal
from review.models import SettledOutcome
from review.ruler import ladder
from review.ruler.fairness import warnings_of
from review.ruler.proposed import proposed_of
from tests.cases import scenes
from tests.review.test_ruler import chief_of, missing, past, read
from wenze.people.models import Post


@pytest.fixture
def proposed(story):
    """An investigation with its proposals and its written report, nothing signed."""
    scenes.to_report(story)
    return story


# --- fairness within the case -------------------------------------------------------------------------------------------------
def fairness(case):
    return warnings_of(case, proposed_of(case))


def with_deputy(story, **values):
    """A member of the same team who bears the lesser responsibility joins the case; his outcome as said."""
    case, world = story.case, story.world
    chief = chief_of(case)
    post = Post.objects.get(organization=chief.post.organization, is_principal=False)
    row = case.subjects.create(
        position=9, kind="cadre", cadre=world.deputies["gov"], track="party", act_on=chief.act_on, post=post,
        post_at_the_time="副局长", relation=chief.relation, tier="IMPORTANT", act="不督促", state=chief.state,
    )  # fmt: skip
    Proposal.objects.create(subject=row, reason="责任较轻", drafted_by=world.inspector, drafted_on=story.day, **values)
    return row


def test_the_lesser_responsibility_with_the_heavier_measure_is_called_out(proposed):
    assert fairness(proposed.case) == []
    with_deputy(proposed, outcome="accountable", measures=["propose:removal"])
    (told,) = fairness(proposed.case)
    assert "责任轻的处理反而重" in told
    assert proposed.world.deputies["gov"].name in told


def test_a_principal_who_gets_less_than_those_he_led_is_called_out(proposed):
    row = with_deputy(proposed, outcome="accountable", measures=["propose:removal"])
    row.tier = "MAIN"
    row.save()
    (told,) = fairness(proposed.case)
    assert "主要负责人处理轻于其所领导的人" in told
    Circumstance.objects.create(subject=chief_of(proposed.case), kind="lighter", text="主动担责")
    assert "有从轻、减轻或者免责情节" in fairness(proposed.case)[0], "what may explain it is said with it"


def test_all_the_blame_below_is_called_out(proposed):
    chief = chief_of(proposed.case)
    chief.post.organization.__class__.objects.filter(code="P-gov").update(level="county")
    assert fairness(Case.objects.get(pk=proposed.case.pk)) == []
    above = Post.objects.get(organization__code="P-edu", is_principal=True)
    event = proposed.case.trail.first()
    event.post = above
    event.save()
    assert fairness(Case.objects.get(pk=proposed.case.pk)) == ["责任偏在下级：市级无人被问责，被问责的最高只到县级"]


# --- pages ------------------------------------------------------------------------------------------------------------------
def test_the_page_of_the_case_shows_each_proposal_and_keeps_the_look_with_its_reason(client, proposed):
    past(proposed, 40, code="removal")
    chief = chief_of(proposed.case)
    client.force_login(proposed.world.inspector)
    url = f"/review/ruler/{proposed.case.pk}/"
    page = client.get(url)
    told = page.content.decode()
    assert "轻于区间" in told
    assert "同类案件" in told
    assert list(page.context["form"].fields) == ["seen", "submission", f"reason_{chief.position}"]
    assert client.post(url, {f"reason_{chief.position}": "主动挽损"}).status_code == 302
    assert missing(proposed) == []
    one = client.get(f"{url}{chief.pk}/?outcome=accountable&measures=propose:removal")
    assert "试看的处理" in one.content.decode()
    assert one.context["line"].position == "inside"
    assert "◀本案" in one.content.decode()
    for place in ("panel/ruler/", "panel/proposal/", f"subjects/{chief.pk}/proposal/", "report/"):
        assert client.get(f"/cases/{proposed.case.pk}/{place}").status_code == 200
    assert "类案比较" in client.get(f"/cases/{proposed.case.pk}/subjects/{chief.pk}/proposal/").content.decode()


def test_single_cases_are_listed_to_who_may_see_them_and_only_counted_to_others(client, story):
    world, first = story.world, story.run("decided")
    reading = read(story)
    seen, hidden = ladder.nearest(reading, world.principal)
    assert [row.case for row in seen] == [first]
    assert not hidden
    seen, hidden = ladder.nearest(reading, world.inspector3)
    assert (seen, dict(hidden)) == ([], {"诫勉": 1})
    asked = {"kind": "cadre", "track": "party", "situation": "S04"}
    client.force_login(world.principal)
    assert first.number in client.get("/review/ruler/", asked).content.decode()
    client.force_login(world.trial)
    assert client.get("/review/ruler/", asked).status_code == 200
    for username in ("inspector", "unit", "hr", "sysadmin", "superior"):
        client.force_login(world.users[username])
        assert client.get("/review/ruler/", asked).status_code == 404


def test_by_hand_nothing_is_relaxed_and_what_does_not_fit_is_said(client, story):
    past(story, 9)
    client.force_login(story.world.principal)
    page = client.get("/review/ruler/", {"kind": "cadre", "track": "party", "tier": "MAIN", "situation": "S09"})
    assert page.context["reading"].count == 0
    page = client.get("/review/ruler/", {"kind": "cadre", "track": "party", "consequence": "adverse", "rank": "c5"})
    assert page.context["reading"].count == 9
    assert client.get("/review/ruler/", {"kind": "organization", "track": "party", "tier": "MAIN"}).status_code == 422
    assert client.get("/review/ruler/past/").status_code == 404


def test_the_page_asks_the_database_no_more_often_however_many_are_counted(
    client, proposed, django_assert_max_num_queries
):
    client.force_login(proposed.world.inspector)
    url = f"/review/ruler/{proposed.case.pk}/"
    past(proposed, 20)
    client.get(url)
    with django_assert_max_num_queries(60) as few:
        client.get(url)
    past(proposed, 300, prefix="乙")
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url)


def test_a_past_case_is_entered_by_its_form(client, story):
    client.force_login(story.world.casemgmt)
    row = {
        "reference": "示例纪〔2023〕9号", "kind": "cadre", "track": "party", "tier": "MAIN", "situation": "S04", "consequence": ["adverse"],
        "rank": "c5", "outcome": "accountable", "measures": ["circulation"], "decided_on": "2023-05-06",
    }  # fmt: skip
    assert client.post("/review/ruler/past/", row).status_code == 302
    assert SettledOutcome.objects.get().severity == 3
    assert client.post("/review/ruler/past/", {**row, "tier": "FULL"}).status_code == 422
