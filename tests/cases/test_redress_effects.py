"""What a changed or revoked decision carries with it (条例第二十条; law.md §3.1)."""

import pytest

from cases.models import Appeal, Dispatch, Measure
from cases.services import redress
from cases.standing import standing_of
from followup.models import ExecutionItem, Tracking, VisitPlan
from wenze.demo.stories import upload
from wenze.documents.models import OfficialDocument
from wenze.errors import NotYours, Stale
from wenze.ids import uuid7
from wenze.terms.models import Clock


# --- what a changed decision carries with it ------------------------------------------------------------------------
def test_execution_goes_on_while_the_appeal_is_examined(room, today):
    today(room.day)
    before = ExecutionItem.objects.open().filter(decision=room.decision).count()
    room.examined()
    assert ExecutionItem.objects.open().filter(decision=room.decision).count() == before
    assert standing_of(room.subject, on=room.day).restricting(room.day)


def test_an_upheld_decision_stands_with_all_its_papers(room, today):
    today(room.day)
    assert room.decided(result="upheld", measures=[]).status_code == 302
    room.decision.refresh_from_db()
    assert room.decision.standing == "standing"
    assert not OfficialDocument.objects.filter(state="void").exists()
    assert OfficialDocument.objects.get(kind="D35").number.startswith("示例纪申〔")
    assert Clock.objects.get(rule="T21", about_id=room.appeal.pk).state == "met"


def test_a_changed_decision_gets_a_new_number_and_the_old_papers_are_void(room, today):
    today(room.day)
    assert room.decided().status_code == 302
    room.decision.refresh_from_db()
    answer = OfficialDocument.objects.get(kind="D35")
    assert room.decision.standing == "changed"
    assert room.decision.document == answer
    old = OfficialDocument.objects.filter(subject_id=room.subject.pk, kind__in=("D19", "D22"))
    assert {paper.state for paper in old} == {"void"}
    assert all(answer.number in paper.void_reason for paper in old)
    ended, added = Measure.objects.get(code="admonishment"), Measure.objects.get(code="circulation")
    assert (ended.ended_on, ended.ended_by) == (room.day, answer.number)
    assert added.replaces == ended
    assert added.counts_from == room.decision.decided_on
    kinds = set(ExecutionItem.objects.filter(redress_id=room.appeal.pk).values_list("kind", flat=True))
    assert kinds == {"redress_service", "redress_telling", "file_correction"}


def test_the_old_period_binds_until_the_principal_confirms_and_then_never_was(room, today):
    today(room.day)
    room.decided()
    assert standing_of(room.subject, on=room.day).restricting(room.day)
    tracking = Tracking.objects.get(subject=room.subject)
    assert tracking.last_restricted_day is not None
    appeal = room.appeal
    for username in ("casemgmt", "deputy"):
        answer = room.post(username, f"/cases/appeals/{appeal.pk}/press/confirm/")
        assert answer.status_code == 403
    assert room.post("principal", f"/cases/appeals/{appeal.pk}/press/confirm/").status_code == 302
    tracking.refresh_from_db()
    assert tracking.last_restricted_day is None
    assert not standing_of(room.subject, on=room.day).restricting(room.decision.decided_on)
    plan = VisitPlan.objects.get(tracking=tracking, round="before_release")
    assert plan.cancelled_on == room.day
    assert VisitPlan.objects.get(tracking=tracking, round="first").cancelled_on is None
    with pytest.raises(Stale):
        redress.confirm_influence(row=appeal, actor=room.world.principal, on=room.day)


def test_a_revoked_decision_leaves_nothing_of_itself(room, today):
    today(room.day)
    sent = Dispatch.objects.create(
        case=room.case, subject=room.subject, kind="referred", to_organization=room.world["DEMO-X"], matter_text="移送", sent_on=room.day
    )  # fmt: skip
    room.decided(result="revoked", measures=[])
    room.post("principal", f"/cases/appeals/{room.appeal.pk}/press/confirm/")
    room.decision.refresh_from_db()
    room.subject.refresh_from_db()
    sent.refresh_from_db()
    assert (room.decision.standing, room.subject.outcome) == ("revoked", "not_accountable")
    assert sent.recalled_on == room.day
    tracking = Tracking.objects.get(subject=room.subject)
    assert tracking.ended_on == room.day
    assert not VisitPlan.objects.filter(tracking=tracking, cancelled_on=None).exists()
    open_now = set(ExecutionItem.objects.open().filter(decision=room.decision).values_list("kind", flat=True))
    assert open_now == {"redress_service", "redress_telling", "file_correction", "name_clearing"}
    assert (
        not Clock.objects.filter(rule__in=("influence", "visit"), case_id=room.case.pk, state="running")
        .exclude(about_id__in=Tracking.objects.exclude(pk=tracking.pk).values("pk"))
        .exists()
    )


def test_pressing_twice_files_one_appeal(room, today):
    today(room.day)
    mark = str(uuid7())
    room.file(submission=mark)
    assert room.file(submission=mark, scan=upload("申诉书.pdf")).status_code == 302
    assert Appeal.objects.count() == 1
    assert "正在办理" in room.file().content.decode()


def test_the_party_track_has_one_level_only(room, today):
    today(room.day)
    room.decided(result="upheld", measures=[])
    assert "只有一级" in room.file().content.decode()


def test_who_investigated_neither_registers_nor_signs(room, today):
    today(room.day)
    assert room.post("inspector", f"/cases/{room.case.pk}/appeals/new/", statement="x").status_code in (403, 422)
    with pytest.raises(NotYours):
        redress.file_appeal(
            case_id=room.case.pk, submission=uuid7(), subject_id=room.subject.pk, channel="appeal", filed_on=room.day, statement="请求",
            scan=upload("申诉书.pdf"), actor=room.world.inspector, on=room.day,
        )  # fmt: skip
