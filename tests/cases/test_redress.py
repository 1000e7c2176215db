"""Appeals (条例第二十、二十一条; 监察法): every gate of the three tables, taken away alone and given."""

import datetime as dt

import pytest
from django.db import connection, transaction

from cases.models import Appeal, Correction, Decision, Measure, Subject
from cases.procedure import APPEAL, CORRECTION, RECHECK
from cases.services import redress
from followup.models import ExecutionItem
from tests.cases import scenes
from tests.cases.redress_room import named
from wenze.documents.models import OfficialDocument
from wenze.errors import NotYours, Refused
from wenze.terms.models import Clock
from wenze.workflow import steps
from wenze.workflow.procedure import Occasion


# --- the gates, each taken away alone, and each given ---------------------------------------------------------------
def only_proposed(room):
    Measure.objects.filter(decision=room.decision).update(proposed_only=True)


def not_served(room):
    Decision.objects.filter(pk=room.decision.pk).update(served_on=None)


FILING = {
    "appeal_in_time": [
        lambda room: room.file(filed_on=room.decision.remedy_until + dt.timedelta(days=1)),
        lambda room: (not_served(room), room.file())[1],
    ],
    "appeal_against_own": [
        lambda room: (only_proposed(room), room.file())[1],
        lambda room: room.file(channel="supervisory_review"),
    ],
}


@pytest.mark.parametrize(("gate", "number"), [(gate, n) for gate, acts in FILING.items() for n in range(len(acts))])
def test_an_appeal_that_lacks_one_thing_is_refused_by_that_one_name_and_nothing_is_kept(room, gate, number, today):
    today(room.day + dt.timedelta(days=40))
    answer = FILING[gate][number](room)
    assert gate in named(answer)
    assert not Appeal.objects.exists()
    assert answer.context["form"]["statement"].value() == "请求撤销。"
    assert not OfficialDocument.objects.filter(kind="D34").exists()


def test_a_late_appeal_is_offered_as_a_correction(room, today):
    today(room.day + dt.timedelta(days=40))
    answer = room.file(filed_on=room.decision.remedy_until + dt.timedelta(days=1))
    assert "纠正" in answer.context["missing"][0].text


def test_an_appeal_in_time_is_registered_with_a_number_and_must_be_answered_within_a_month(room, today):
    today(room.day)
    assert room.file().status_code == 302
    appeal = room.appeal
    assert appeal.state == "filed"
    assert appeal.received_number.startswith("示例纪申收〔")
    assert Clock.objects.get(rule="T21", about_id=appeal.pk).started_on == room.day
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM cases_appeal")
        assert "请求".encode() not in bytes(cursor.fetchone()[0])


REVIEWERS = {
    "team": {"reviewer": "inspector2", "second_reviewer": "姜某某"},
    "adjudicator": {"reviewer": "trial", "second_reviewer": "姜某某"},
    "second from the team": {"reviewer": "inspector3", "second_reviewer": "林样张"},
    "the same twice": {"reviewer": "inspector3", "second_reviewer": "罗样本"},
}


@pytest.mark.parametrize("who", REVIEWERS)
def test_an_appeal_is_examined_by_two_who_took_no_part_in_the_case(room, today, who):
    today(room.day)
    room.file()
    chosen = dict(REVIEWERS[who])
    user = room.world.users[chosen["reviewer"]]
    if who == "team":  # not even offered on the page; tried at the door
        with pytest.raises(Refused) as refusal:
            redress.accept_appeal(
                appeal_id=room.appeal.pk,
                reviewer=user,
                second_reviewer="姜某某",
                actor=room.world.casemgmt,
                on=room.day,
            )
        assert [gap.code for gap in refusal.value.missing] == ["reviewers_are_others"]
    else:
        assert named(room.accept(**(chosen | {"reviewer": str(user.pk)}))) == ["reviewers_are_others"]
    assert room.appeal.state == "filed"


def test_the_reviewer_reads_the_case_while_he_examines_it_and_no_longer(room, today):
    today(room.day)
    room.file()
    room.client.force_login(room.world.inspector3)
    assert room.client.get(f"/cases/{room.case.pk}/").status_code == 404
    assert room.accept().status_code == 302
    assert OfficialDocument.objects.get(kind="D34").number.startswith("示例纪申受〔")
    room.client.force_login(room.world.inspector3)
    assert room.client.get(f"/cases/{room.case.pk}/panel/facts/").status_code == 200
    room.examine(result="upheld", measures=[])
    room.sign_button()
    scenes.sign(room.client, room.appeal, "decide_appeal", room.world.principal)
    room.client.force_login(room.world.inspector3)
    assert room.client.get(f"/cases/{room.case.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("gate", "changes"),
    [
        ("appeal_examined", {"finding": " "}),
        ("appeal_examined", {"discussed_on": ""}),
        ("change_lawful", {"measures": []}),
        ("change_lawful", {"measures": ["admonishment"]}),
        ("change_lawful", {"measures": ["admonishment", "circulation"]}),
    ],
)
def test_a_finding_that_lacks_one_thing_is_refused_by_that_one_name(room, today, gate, changes):
    today(room.day)
    room.file()
    room.accept()
    answer = room.examine(**changes)
    assert named(answer) == [gate]
    assert room.appeal.state == "accepted"
    assert room.appeal.finding == ""


def test_nobody_but_the_named_reviewer_examines_the_appeal(room, today):
    today(room.day)
    room.file()
    room.accept()
    found = redress.Finding(result="upheld", finding="维持")
    for username in ("head", "casemgmt", "principal", "inspector"):
        with pytest.raises(NotYours):
            redress.examine_appeal(appeal_id=room.appeal.pk, found=found, actor=room.world.users[username], on=room.day)


def test_a_lighter_measure_of_the_committees_cadre_needs_the_committees_word_again(room, today):
    today(room.day)
    room.examined()
    answer = room.sign_button()
    assert answer.status_code == 422
    assert "变更应报同级党委" in answer.content.decode()
    room.committee()
    assert room.sign_button().status_code == 302


def test_the_answer_goes_out_with_the_principals_signature_only(room, today):
    today(room.day)
    room.examined(result="upheld", measures=[])
    with pytest.raises(Refused) as refusal, transaction.atomic():
        steps.take_step(APPEAL, "decide_appeal", room.appeal, Occasion(room.world.casemgmt, room.day))
    assert [gap.code for gap in refusal.value.missing] == ["redress_signed"]


def test_no_gate_of_the_three_tables_is_forgotten_here():
    tried = {*FILING, "reviewers_are_others", "appeal_examined", "change_lawful", "committee_approved_change", "redress_signed",
             "recheck_told", "correction_reasoned"}  # fmt: skip
    assert {
        gate.code for table in (APPEAL, RECHECK, CORRECTION) for step in table.steps for gate in step.gates
    } == tried


# --- the supervisory track: 复审 here, 复核 above -------------------------------------------------------------------
@pytest.fixture
def supervisory(room, today):
    today(room.day)
    Subject.objects.filter(pk=room.subject.pk).update(track="supervisory")
    type(room.subject.cadre).objects.filter(pk=room.subject.cadre_id).update(party_membership="none")
    Measure.objects.filter(decision=room.decision).update(code="admin_demerit")
    room.file(channel="supervisory_review")
    room.accept()
    room.examine(result="upheld", measures=[])
    room.sign_button()
    scenes.sign(room.client, room.appeal, "decide_appeal", room.world.principal)
    return room


def test_a_review_is_answered_by_its_own_paper_and_leads_on_to_the_superior(supervisory):
    paper = OfficialDocument.objects.get(kind="D36")
    assert "申请复核" in str(paper.context)
    assert paper.number.startswith("示例监复〔")
    assert Clock.objects.get(rule="T22b").state == "met"


def recheck(room, **changes):
    row = Appeal.objects.get(channel="supervisory_recheck")
    data = {
        "answered_by": "示例省监察委员会", "answer_number": "示例省监核〔2026〕1号", "decided_on": room.day.isoformat(), "result": "changed",
        "measures": ["admin_warning"], "finding": "记过偏重", "discussed_on": room.day.isoformat(), **changes,
    }  # fmt: skip
    return room.post("casemgmt", row.get_absolute_url(), **data)


def test_the_superiors_recheck_binds_and_counts_from_the_original_day(supervisory):
    room = supervisory
    assert room.file(channel="supervisory_recheck").status_code == 302
    assert Clock.objects.get(rule="T23b").state == "running"
    assert recheck(room).status_code == 302
    added = Measure.objects.get(code="admin_warning")
    assert (added.reference, added.counts_from) == ("示例省监核〔2026〕1号", room.decision.decided_on)


@pytest.mark.parametrize("field", ["answered_by", "answer_number"])
def test_a_recheck_without_the_superiors_paper_is_refused_by_that_one_name(supervisory, field):
    room = supervisory
    room.file(channel="supervisory_recheck")
    row = Appeal.objects.get(channel="supervisory_recheck")
    told = {"answered_by": "示例省监委", "answer_number": "1号"} | {field: " "}
    with pytest.raises(Refused) as refusal:
        redress.record_recheck(
            appeal_id=row.pk, **told, decided_on=room.day, actor=room.world.casemgmt, on=room.day,
            found=redress.Finding(result="upheld", finding="维持"),
        )  # fmt: skip
    assert [gap.code for gap in refusal.value.missing] == ["recheck_told"]


# --- correction -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("gate", "changes"),
    [
        ("correction_reasoned", {"finding": " "}),
        ("correction_reasoned", {"discussed_on": ""}),
        ("change_lawful", {"result": "changed", "measures": ["admonishment"]}),
    ],
)
def test_a_correction_that_lacks_one_thing_is_refused_by_that_one_name(room, today, gate, changes):
    today(room.day)
    assert named(room.correct(**changes)) == [gate]
    assert not Correction.objects.exists()


def test_a_correction_of_what_was_revoked_is_refused(room, today):
    today(room.day)
    room.decided(result="revoked", measures=[])
    assert "appeal_against_own" in named(room.correct())


def test_a_wrong_accountability_is_put_right_at_any_time_and_the_name_is_cleared(room, today):
    later = room.day + dt.timedelta(days=900)
    today(later)
    room.day = later
    assert room.correct().status_code == 302
    row = Correction.objects.get()
    assert room.sign_button(row, "corrections").status_code == 302
    scenes.sign(room.client, row, "decide_correction", room.world.deputy, room.world.principal)
    row.refresh_from_db()
    paper = OfficialDocument.objects.get(kind="D37")
    assert row.document == paper
    assert "澄清正名" in str(paper.context)
    assert "全局干部大会" in str(paper.context)
    assert OfficialDocument.objects.get(kind="D19", subject_id=room.subject.pk).state == "void"
    assert ExecutionItem.objects.filter(redress_id=row.pk, kind="name_clearing").exists()


def test_the_principal_may_find_nothing_wrong_and_says_why(room, today):
    today(room.day)
    room.correct()
    row = Correction.objects.get()
    assert room.post("principal", row.get_absolute_url(), reason=" ").status_code == 422
    assert room.post("principal", row.get_absolute_url(), reason="原处理恰当").status_code == 302
    row.refresh_from_db()
    assert row.state == "declined"
    room.decision.refresh_from_db()
    assert room.decision.standing == "standing"


def test_a_decision_is_appealed_against_only_after_it_was_made(room):
    type(room.case).objects.filter(pk=room.case.pk).update(state="deliberated")
    assert room.file().status_code == 403
