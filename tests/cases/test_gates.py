"""Every gate, through the page: its condition taken away, exactly that gate is named; with it, it is not."""

import pytest

from cases.models import (
    Attribution,
    Case,
    DefencePoint,
    Fact,
    FactEvidence,
    Hearing,
    InvestigationPlan,
    Proposal,
    Report,
)
from cases.services import report
from tolerance.models import Filing
from wenze.demo import world as demo
from wenze.demo.stories import Story
from wenze.workflow.models import Approval


def ready(story: Story) -> Case:
    """An investigation that lacks nothing but its signatures."""
    case = story.run("heard")
    case.refresh_from_db()
    for subject in case.subjects.all():
        report.propose(
            case_id=case.pk, subject_id=subject.pk, outcome="accountable",
            measures=["admonishment"] if subject.kind == "cadre" else ["inspection"], reason="责任明确",
            actor=story.world.inspector, on=story.day,
        )  # fmt: skip
    report.write_report(
        case_id=case.pk, parts=report.compose_report(case), discussed_on=story.day, discussed_by="二人", discussion="同意",
        actor=story.world.inspector, on=story.day,
    )  # fmt: skip
    report.sign_report(case_id=case.pk, signed_by="程示例、林样张", actor=story.world.inspector, on=story.day)
    return case


def one_member(case, story):
    case.team.filter(is_leader=False).update(until_on=story.day)


def no_statement(case, story):
    case.team.filter(is_leader=False).update(statement="")


def bare_fact(case, story):
    FactEvidence.objects.filter(fact__kind="problem").delete()


def no_filing_answer(case, story):
    filing = demo.add_filing(story.world, "gov", story.act_on)
    Filing.objects.filter(pk=filing.pk).update(responsible=story.world.chiefs["gov"])


def unanswered_point(case, story):
    point = DefencePoint(hearing=Hearing.objects.filter(subject__case=case).first(), position=9)
    point.text = "不服"
    point.save()


REMOVALS = {
    "team_of_two": [one_member, no_statement],
    "plan_approved": [lambda case, story: InvestigationPlan.objects.update(approved_on=None)],
    "four_facts_stand": [lambda case, story: Fact.objects.filter(kind="problem").delete()],
    "facts_on_evidence": [bare_fact],
    "heard": [lambda case, story: Hearing.objects.filter(subject__kind="cadre").update(met_on=None)],
    "opinion_signed": [lambda case, story: Hearing.objects.filter(subject__kind="cadre").update(opinion="")],
    "defence_answered": [unanswered_point],
    "tolerance_answered": [no_filing_answer],
    "proposals_lawful": [
        lambda case, story: Proposal.objects.filter(subject__kind="cadre").delete(),
        lambda case, story: Proposal.objects.filter(subject__kind="cadre").update(measures=["removal"]),
    ],
    "report_complete": [lambda case, story: Report.objects.update(attitude="")],
    "discussed_collectively": [lambda case, story: Report.objects.update(discussed_on=None)],
    "report_signed": [lambda case, story: Report.objects.update(signed_on=None)],
}
CASES = [(code, act) for code, acts in REMOVALS.items() for act in acts]


@pytest.mark.article("TL", 11)
@pytest.mark.parametrize(("code", "remove"), CASES, ids=[f"{code}-{n}" for n, (code, _) in enumerate(CASES)])
def test_a_report_that_lacks_one_thing_is_refused_by_that_one_name(client, story, code, remove):
    case = ready(story)
    remove(case, story)
    client.force_login(story.world.inspector)
    response = client.post(f"/cases/{case.pk}/step/approve_report/")
    assert response.status_code == 422
    assert [gap.code for gap in response.context["missing"]] == [code]
    assert all(gap.article for gap in response.context["missing"])
    assert not Approval.objects.filter(step="approve_report").exists()


def test_a_report_that_lacks_nothing_goes_to_its_signers(client, story):
    case = ready(story)
    client.force_login(story.world.inspector)
    assert client.post(f"/cases/{case.pk}/step/approve_report/").status_code == 302
    assert Approval.objects.get(step="approve_report").chain == ["team_leader", "head", "leader"]


def test_all_that_is_missing_is_named_at_once(client, story):
    case = story.run("investigating")
    client.force_login(story.world.inspector)
    response = client.post(f"/cases/{case.pk}/step/approve_report/")
    codes = {gap.code for gap in response.context["missing"]}
    assert {"four_facts_stand", "responsibility_attributed", "chain_closed", "heard", "report_complete"} <= codes


def test_a_break_that_is_explained_in_writing_no_longer_blocks(client, story):
    case = ready(story)
    Attribution.objects.filter(subject__kind="cadre").first().event.evidence.clear()
    client.force_login(story.world.inspector)
    refused = client.post(f"/cases/{case.pk}/step/approve_report/")
    assert [gap.code for gap in refused.context["missing"]] == ["chain_closed"]
    from cases import selectors

    for item in selectors.open_breaks_of(case):
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
def test_where_a_trigger_fires_the_step_refuses_by_name_until_its_room_has_come(client, story, trigger):
    case = story.run("reported")
    Case.objects.filter(pk=case.pk).update(**{trigger: True})
    client.force_login(story.world.trial)
    client.post(f"/review/{case.pk}/accept/", {"adjudicators": [story.world.trial.pk, story.world.trial2.pk]})
    response = client.post(
        f"/review/{case.pk}/opinion/",
        {"facts": "清楚", "character": "准确", "outcome": "恰当", "procedure": "合规", "opinion": "agree"},
    )
    assert response.status_code == 422
    assert "联审会商室尚未启用" in response.content.decode()
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
