"""What was signed, said and shown binds only while it stands: signatures, sittings, instructions, withdrawn evidence."""

import datetime as dt

import pytest

from cases.models import Recusal
from cases.services import deliberation, evidence, hearing, investigation, recusal, report, supplement
from tests.cases import scenes
from tests.cases.test_course import another
from wenze.demo.stories import upload
from wenze.documents.models import OfficialDocument
from wenze.errors import Invalid, NotYours, Stale
from wenze.workflow import offsystem
from wenze.workflow.models import OffSystemApproval


def sitting(story, speakers=("朱主任", "费分管", "常委甲"), chair="朱主任", held_on=None):
    story.run("adjudicated")
    return deliberation.record_deliberation(
        case_id=story.case.pk, held_on=held_on or story.day, place="会议室", agenda="研究", chair=chair, recorder="记某某", expected=5,
        recused=[], views=[deliberation.View(name, "同意") for name in speakers], conclusion="同意", settled={},
        actor=story.world.casemgmt, on=story.day,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"speakers": ("朱主任", "费分管", "费分管 ")}, "views"),
        ({"chair": "未到会的人"}, "chair"),
    ],
)
def test_at_a_sitting_each_speaks_once_and_the_chair_is_there(story, changes, field):
    with pytest.raises(Invalid) as refused:
        sitting(story, **changes)
    assert field in refused.value.fields


def test_nobody_sits_on_a_report_that_was_not_written_yet(story):
    story.run("adjudicated")
    written = story.case.reports.first().written_on
    with pytest.raises(Invalid) as refused:
        sitting(story, held_on=written - dt.timedelta(days=1))
    assert "held_on" in refused.value.fields


def test_the_last_word_of_the_committee_counts(client, story):
    world, case = story.world, story.run("deliberated")
    story.committee("approve_by_committee", world.casemgmt)
    assert scenes.case_banner(client, story, world.casemgmt, "approve_by_committee") == []
    first = deliberation.request_committee(
        case_id=case.pk, step="approve_by_committee", actor=world.casemgmt, on=story.day
    )
    again = deliberation.request_committee(
        case_id=case.pk, step="approve_by_committee", actor=world.casemgmt, on=story.day
    )
    assert again == first, "a second press sends no second request"
    assert OfficialDocument.objects.filter(case_id=case.pk, kind="D04", about_id=case.pk).count() == 3
    with pytest.raises(NotYours):
        offsystem.enter(
            approval_id=first.pk, result="approved", approver_name="示例市委", by_meeting=True, approved_on=story.day, instruction="同意",
            scan=upload("批件.pdf"), key=case.data_key, actor=world.casemgmt, on=story.day,
        )  # fmt: skip
    offsystem.enter(
        approval_id=first.pk, result="declined", approver_name="示例市委", by_meeting=True, approved_on=story.day, instruction="不同意",
        scan=upload("批件.pdf"), key=case.data_key, actor=world.pcommittee, on=story.day,
    )  # fmt: skip
    offsystem.check(approval_id=first.pk, actor=world.pcommittee2, on=story.day)
    assert OffSystemApproval.objects.filter(about_id=case.pk, step="approve_by_committee").count() == 2
    assert not offsystem.in_force(case, "approve_by_committee")


def test_who_joins_the_team_after_the_signatures_signs_too(client, story):
    case, world = scenes.to_report(story), story.world
    recusal.recuse_from_case(
        case_id=case.pk, user=world.inspector2, ground="declared", reason="近亲属", actor=world.inspector2, on=story.day
    )
    assert Recusal.objects.filter(case=case).exists()
    investigation.form_team(
        case_id=case.pk, leader=world.inspector, members=[world.inspector, world.inspector4], actor=world.inspector, on=story.day,
    )  # fmt: skip
    investigation.declare(case_id=case.pk, statement="无须回避", actor=world.inspector4, on=story.day)
    client.force_login(world.inspector)
    answer = client.post(f"/cases/{case.pk}/step/approve_report/")
    assert "report_signed" in [gap.code for gap in answer.context["missing"]]


def test_nobody_signs_the_report_who_was_not_on_the_team(story):
    scenes.to_report(story)
    with pytest.raises(Invalid) as refused:
        report.sign_report(
            case_id=story.case.pk, signed_by="程示例、林样张、李不存在", actor=story.world.inspector, on=story.day
        )
    assert "李不存在" in refused.value.fields["signed_by"]


def test_what_was_withdrawn_stays_as_it_was_withdrawn_and_proves_nothing_more(story):
    case, world = story.run("heard"), story.world
    piece, fact = case.evidence.first(), case.facts.filter(kind="problem").first()
    told = {"case_id": case.pk, "evidence_id": piece.pk, "actor": world.inspector, "on": story.day}
    evidence.withdraw_evidence(reason="与本案无关", **told)
    with pytest.raises(Stale):
        evidence.withdraw_evidence(reason="另一个理由", **told)
    piece.refresh_from_db()
    assert piece.withdrawn_reason == "与本案无关"
    with pytest.raises(Invalid) as refused:
        investigation.state_fact(
            case_id=case.pk, kind="problem", text="另一事实", evidence=[piece], actor=world.inspector
        )
    assert "evidence" in refused.value.fields
    type(fact).objects.filter(pk=fact.pk).update(withdrawn_on=story.day, withdrawn_reason="不实")
    with pytest.raises(Stale):
        investigation.state_fact(
            case_id=case.pk, kind="problem", text="改写", evidence=[], actor=world.inspector, fact_id=fact.pk
        )


def test_the_facts_meeting_is_recorded_while_a_later_batch_waits(story):
    case = story.run("heard")
    supplement.add_subjects(
        case_id=case.pk, subjects=[another(story)], reason="另有责任人", actor=story.world.inspector, on=story.day
    )
    hearing.conclude_meeting_on_facts(case_id=case.pk, actor=story.world.inspector, on=story.day)
    assert OfficialDocument.objects.filter(case_id=case.pk, kind="D10", state="issued").count() == 2


def test_who_was_met_has_the_record_of_it_when_the_report_goes_out_whether_or_not_it_was_asked_for(story):
    story.run("heard")
    OfficialDocument.objects.filter(case_id=story.case.pk, kind__in=("D10", "D11")).update(state="void")
    story.reported()
    for kind in ("D10", "D11"):
        standing = OfficialDocument.objects.filter(case_id=story.case.pk, kind=kind, state="issued")
        assert standing.count() == story.case.subjects.count()
