"""How the gates refuse: all at once, by name, with the article (each gate by itself: ``test_every_gate``)."""

import pytest

from cases import chain
from cases.models import Attribution, Case
from tests.cases import scenes
from wenze.workflow.models import Approval


def test_a_report_that_lacks_nothing_goes_to_its_signers(client, story):
    case = scenes.to_report(story)
    client.force_login(story.world.inspector)
    assert client.post(f"/cases/{case.pk}/step/approve_report/").status_code == 302
    assert Approval.objects.get(step="approve_report").chain == ["team_leader", "head", "leader"]


def test_all_that_is_missing_is_named_at_once(client, story):
    case = story.run("investigating")
    client.force_login(story.world.inspector)
    response = client.post(f"/cases/{case.pk}/step/approve_report/")
    codes = {gap.code for gap in response.context["missing"]}
    assert {
        "four_facts_stand",
        "responsibility_attributed",
        "fact_statement_issued",
        "heard",
        "report_complete",
    } <= codes


def test_a_break_that_is_explained_in_writing_no_longer_blocks(client, story):
    case = scenes.to_report(story)
    Attribution.objects.filter(subject__kind="cadre").first().event.evidence.clear()
    client.force_login(story.world.inspector)
    refused = client.post(f"/cases/{case.pk}/step/approve_report/")
    assert [gap.code for gap in refused.context["missing"]] == ["chain_closed"]
    for item in chain.open_breaks_of(case):
        client.post(f"/cases/{case.pk}/breaks/?code={item.code}", {"reason": "原件毁于事故，有其他证据印证"})
    assert client.post(f"/cases/{case.pk}/step/approve_report/").status_code == 302


@pytest.mark.article("TL", 9)
def test_without_the_committees_instruction_the_initiation_is_refused_by_name(client, story):
    case = story.run("initiating")
    client.force_login(story.world.inspector)
    response = client.post(f"/cases/{case.pk}/step/approve_initiation/")
    assert [gap.code for gap in response.context["missing"]] == ["committee_approved_initiation"]
    assert "第九条" in response.context["missing"][0].article


@pytest.mark.article("TL", 12)
def test_without_the_committees_approval_the_decision_is_refused_by_name(client, story):
    case = story.run("deliberated")
    client.force_login(story.world.casemgmt)
    response = client.post(f"/cases/{case.pk}/step/decide/")
    assert [gap.code for gap in response.context["missing"]] == ["committee_approved_decision"]


@pytest.mark.parametrize("trigger", ["public_attention", "is_sensitive"])
def test_where_a_trigger_fires_adjudication_refuses_by_name_until_the_joint_review_is_held(client, story, trigger):
    case = story.run("reported")
    Case.objects.filter(pk=case.pk).update(**{trigger: True})
    client.force_login(story.world.trial)
    client.post(f"/review/{case.pk}/accept/", {"adjudicators": [story.world.trial.pk, story.world.trial2.pk]})
    response = client.post(
        f"/review/{case.pk}/opinion/",
        {"facts": "清楚", "character": "准确", "outcome": "恰当", "procedure": "合规", "opinion": "agree"},
    )
    assert response.status_code == 422
    assert [gap.code for gap in response.context["missing"]] == ["joint_review_held"]
    case.refresh_from_db()
    assert case.state == "reported"


def test_who_investigated_may_not_adjudicate(story):
    from cases.models import TeamMember
    from review.services import adjudication
    from wenze.errors import Invalid, NotYours

    case = story.run("reported")
    world = story.world
    TeamMember.objects.create(
        case=case, user=world.trial2, from_on=story.day, until_on=story.day, case_created_at=case.created_at
    )
    with pytest.raises(Invalid, match="参加过本案调查"):
        adjudication.accept(case_id=case.pk, adjudicators=[world.trial, world.trial2], actor=world.trial, on=story.day)
    with pytest.raises(NotYours):
        adjudication.accept(case_id=case.pk, adjudicators=[world.trial], actor=world.trial2, on=story.day)
