"""以案促改 (条例第十四条): who lists, who reports, who accepts; terms, late items, looking back, letters, education."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from cases.models import Case
from followup.models import (
    Blockage,
    LookBack,
    ReformItem,
    ReformReport,
    ReformWaiver,
    SystemGap,
)
from followup.services import execution, reform
from tests.followup.reforming import accept, open_tasks, report, running, written_off
from wenze.audit.models import LedgerEntry
from wenze.deadlines import clock
from wenze.deadlines.arithmetic import Term, Unit, reckon
from wenze.demo.stories import upload
from wenze.documents.models import OfficialDocument
from wenze.errors import Invalid, NotYours, Refused, Stale
from wenze.ids import uuid7
from wenze.notices.models import Notice
from wenze.people.models import RoleAssignment

pytestmark = pytest.mark.django_db


# --- points and items -----------------------------------------------------------------------------------------------
def point(told, **changes):
    values = {
        "kind": "blockage", "deviation": "powers", "link": "decision", "organization": told.world["P-gov"], "text": "权责不清",
        "submission": uuid7(), "actor": told.world.inspector, "on": told.day,
    }  # fmt: skip
    return reform.name_blockage(case_id=told.case.pk, **values | changes)


def listed(told, **changes):
    values = {
        "blockage_id": Blockage.objects.filter(case=told.case).first().pk, "requirement": "建章立制",
        "responsible": told.world["P-gov"], "owner": "局长", "start_on": told.day, "submission": uuid7(), "actor": told.world.inspector,
        "on": told.day,
    }  # fmt: skip
    return reform.add_item(**values | changes)


@pytest.mark.article("TL", 14)
def test_an_item_runs_three_months_from_its_day_and_waits_on_the_desk_of_the_unit(told, item):
    due = reckon(Term(3, Unit.CM), told.day).due
    assert item.due_on == due
    assert running(item, "T28") == [due]
    assert open_tasks(item) == {("unit", "reform")}


def test_an_item_of_a_unit_without_an_account_waits_on_the_desk_of_the_handler(told):
    made = listed(told, responsible=told.world["P-edu"], due_on=told.day + dt.timedelta(20))
    assert made.due_on == told.day + dt.timedelta(20)
    assert open_tasks(made) == {("inspector", "reform")}


def test_the_same_press_twice_lists_one_item_and_one_point(told):
    key = uuid7()
    assert listed(told, submission=key) == listed(told, submission=key)
    assert ReformItem.objects.filter(case=told.case).count() == 2
    assert point(told, submission=(key := uuid7())) == point(told, submission=key)
    assert Blockage.objects.filter(case=told.case).count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"owner": " "}, "owner"), ({"requirement": ""}, "requirement"), ({"start_on": dt.date(2999, 1, 1)}, "start_on"),
        ({"start_on": dt.date(2000, 1, 1)}, "start_on"), ({"due_on": dt.date(2000, 1, 1)}, "due_on"),
    ],
)  # fmt: skip
def test_an_item_that_lacks_something_is_refused_beside_its_field(told, changes, field):
    with pytest.raises(Invalid) as refused:
        listed(told, **changes)
    assert set(refused.value.fields) == {field}
    assert ReformItem.objects.filter(case=told.case).count() == 1


def test_a_point_rests_on_a_link_of_its_own_case_only(told):
    from cases.models import Attribution
    from wenze.demo.stories import Story

    other = Story(told.world, "edu", "另案", told.day - dt.timedelta(60), told.day - dt.timedelta(90))
    other.run("heard")
    foreign = Attribution.objects.filter(subject__case=other.case).first()
    with pytest.raises(Invalid) as refused:
        point(told, attribution=foreign, event=foreign.event)
    assert set(refused.value.fields) == {"attribution", "event"}
    own = Attribution.objects.filter(subject__case=told.case).first()
    assert point(told, attribution=own, event=own.event).attribution == own


def test_nothing_is_listed_before_the_decision(story):
    story.run("deliberated")
    with pytest.raises(NotYours, match="不能办理"):
        point(story)


@pytest.mark.parametrize("username", ["conduct", "trial", "principal", "head"])
def test_only_the_handling_side_and_case_supervision_list(told, username):
    with pytest.raises(NotYours):
        point(told, actor=told.world.users[username])
    with pytest.raises(NotYours):
        listed(told, actor=told.world.users[username])
    assert point(told, actor=told.world.casemgmt).named_by == told.world.casemgmt


# --- report, return, acceptance -------------------------------------------------------------------------------------
def test_the_unit_reports_another_accepts_and_the_item_is_written_off_with_its_form(told, item):
    world = told.world
    made = report(item, world.unit, told.day, uploads=upload("制度.pdf"))
    item.refresh_from_db()
    assert (item.state, made.on_behalf, made.proof.name) == ("reported", False, "制度.pdf")
    assert running(item, "T28") == []
    assert open_tasks(item) == {("casemgmt", "reform_accept")}
    done = accept(item, world.casemgmt, told.later(2))
    assert (done.state, done.written_off_on, done.is_late) == ("written_off", told.day, False)
    document = OfficialDocument.objects.get(case_id=told.case.pk, kind="D42")
    assert ReformReport.objects.get().document == document
    assert "制度已建立" in str(document.context)
    assert open_tasks(item) == set()
    assert set(Notice.objects.filter(kind="reform").values_list("recipient__username", flat=True)) == {
        "inspector",
        "unit",
    }
    actions = LedgerEntry.objects.filter(about_id=item.pk).values_list("action", flat=True)
    assert {"reform.item", "reform.reported", "reform.written_off"} <= set(actions)


def test_nobody_accepts_what_he_reported(told, item):
    world = told.world
    RoleAssignment.objects.create(
        user=world.casemgmt,
        role="unit",
        organization=world["P-gov"],
        from_on=dt.date(2020, 1, 1),
        confirmed_at=clock.now(),
    )
    world.casemgmt.__dict__.pop("_holdings", None)
    report(item, world.casemgmt, told.day)
    with pytest.raises(NotYours, match="另一人验收"):
        accept(item, world.casemgmt, told.day)
    assert accept(item, world.head, told.day).state == "written_off"


def test_the_database_too_refuses_that_one_accepts_his_own_report(told, item):
    made = report(item, told.world.unit, told.day)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReformReport.objects.filter(pk=made.pk).update(accepted_on=told.day, answered_by=told.world.unit)


@pytest.mark.parametrize("username", ["inspector", "inspector2", "deputy", "principal", "unit"])
def test_the_handling_side_and_the_unit_do_not_accept(told, item, username):
    report(item, told.world.unit, told.day)
    with pytest.raises(NotYours):
        accept(item, told.world.users[username], told.day)


def test_a_returned_report_says_why_and_the_clock_runs_on_to_the_same_day(told, item):
    world = told.world
    report(item, world.inspector, told.day)
    assert ReformReport.objects.get().on_behalf
    with pytest.raises(Invalid) as refused:
        reform.return_item(item_id=item.pk, reason=" ", actor=world.casemgmt, on=told.day)
    assert set(refused.value.fields) == {"reason"}
    back = reform.return_item(item_id=item.pk, reason="没有凭证", actor=world.casemgmt, on=told.day)
    assert (back.state, running(item, "T28")) == ("returned", [item.due_on])
    assert open_tasks(item) == {("unit", "reform")}
    with pytest.raises(Stale):
        accept(item, world.casemgmt, told.day)
    report(item, world.unit, told.later(1), text="补了凭证")
    accept(item, world.casemgmt, told.day)
    rows = list(ReformReport.objects.order_by("number"))
    assert [(row.number, row.returned_reason, row.accepted_on) for row in rows] == [
        (1, "没有凭证", None),
        (2, "", told.day),
    ]


def test_every_transition_is_taken_once(told, item):
    world = told.world
    report(item, world.unit, told.day)
    with pytest.raises(Stale):
        report(item, world.inspector, told.day)
    accept(item, world.casemgmt, told.day)
    for again in (accept, report):
        with pytest.raises(Stale):
            again(item, world.casemgmt if again is accept else world.unit, told.day)
    assert OfficialDocument.objects.filter(kind="D42").count() == 1


def test_a_late_report_needs_its_reason_and_stays_late_after_it_was_written_off(told, item):
    after = item.due_on + dt.timedelta(1)
    with pytest.raises(Invalid) as refused:
        report(item, told.world.unit, after)
    assert set(refused.value.fields) == {"late_reason"}
    report(item, told.world.unit, after, late_reason="审批流程长")
    done = accept(item, told.world.casemgmt, after)
    assert done.is_late
    assert ReformItem.objects.get(pk=item.pk).latest.late_reason == "审批流程长"


def test_a_report_on_its_last_day_is_in_time(told, item):
    assert not report(item, told.world.unit, item.due_on).is_late


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"), ({"reported_on": dt.date(2999, 1, 1)}, "reported_on"), ({"reported_on": dt.date(2000, 1, 1)}, "reported_on"),
        ({"uploads": upload("假的.pdf", b"MZ")}, "uploads"),
    ],
)  # fmt: skip
def test_a_report_that_lacks_something_is_refused_beside_its_field(told, item, changes, field):
    with pytest.raises(Invalid) as refused:
        report(item, told.world.unit, told.day, **changes)
    assert set(refused.value.fields) == {field}
    item.refresh_from_db()
    assert (item.state, ReformReport.objects.count()) == ("open", 0)


# --- gaps and looking back ------------------------------------------------------------------------------------------
def test_a_gap_keeps_the_rule_before_and_after(told, item):
    given = {
        "item_id": item.pk,
        "rule": "督办制度",
        "in_force_on": told.day,
        "actor": told.world.inspector,
        "on": told.day,
    }
    with pytest.raises(Invalid) as refused:
        reform.register_gap(before="没有规定", after="没有规定", submission=uuid7(), **given)
    assert set(refused.value.fields) == {"after"}
    reform.register_gap(
        before="没有规定", after="超时三日由主要负责人督办", submission=uuid7(), number="某局〔2026〕1号", **given
    )
    assert SystemGap.objects.get().after == "超时三日由主要负责人督办"


def test_looking_back_before_the_write_off_is_refused(told, item):
    with pytest.raises(Stale):
        looked(told, item)


def looked(told, item, **changes):
    values = {
        "looked_on": told.day, "second_looker": "林样张", "finding": "新制度没有执行", "holds": False, "submission": uuid7(),
        "actor": told.world.inspector, "on": told.day,
    }  # fmt: skip
    return reform.look_back(item_id=item.pk, **values | changes)


def test_what_does_not_hold_opens_again_with_a_new_term_and_its_form_is_void(told, item):
    written_off(told, item)
    first = item.due_on
    told.later(40)
    looked(told, item)
    item.refresh_from_db()
    due = reckon(Term(3, Unit.CM), told.day).due
    assert (item.state, item.written_off_on, item.due_on) == ("open", None, due)
    assert due > first
    assert running(item, "T28") == [due]
    assert open_tasks(item) == {("unit", "reform")}
    assert OfficialDocument.objects.get(kind="D42").state == "void"
    assert item.reopened_reason == "新制度没有执行"
    written_off(told, item)
    assert ReformReport.objects.filter(item=item).count() == 2


def test_what_holds_stays_written_off(told, item):
    written_off(told, item)
    looked(told, item, holds=True, finding="已成习惯")
    item.refresh_from_db()
    assert (item.state, LookBack.objects.get().holds) == ("written_off", True)
    assert OfficialDocument.objects.get(kind="D42").state == "issued"


def test_two_look_back_and_one_of_them_is_another(told, item):
    written_off(told, item)
    with pytest.raises(Invalid) as refused:
        looked(told, item, second_looker=told.world.inspector.name, finding="")
    assert set(refused.value.fields) == {"second_looker", "finding"}


# --- handing over, or saying why not --------------------------------------------------------------------------------
def test_case_supervision_may_say_why_there_is_nothing_to_reform_and_the_volume_closes(story):
    story.run("executing")
    story.later(3)
    story._complete(None)
    world, case = story.world, story.case
    with pytest.raises(Refused) as refused:
        execution.close_case(case_id=case.pk, actor=world.casemgmt, on=story.day)
    assert refused.value.codes == ("reform_handed_over",)
    for actor, reason, error in ((world.inspector, "没有", NotYours), (world.casemgmt, " ", Invalid)):
        with pytest.raises(error):
            reform.waive(case_id=case.pk, reason=reason, actor=actor, on=story.day)
    reform.waive(case_id=case.pk, reason="同类问题已在另案中整改到位", actor=world.casemgmt, on=story.day)
    execution.close_case(case_id=case.pk, actor=world.casemgmt, on=story.day)
    assert Case.objects.get(pk=case.pk).state == "closed"


def test_with_an_item_listed_there_is_nothing_to_waive(told):
    with pytest.raises(Invalid):
        reform.waive(case_id=told.case.pk, reason="没有", actor=told.world.casemgmt, on=told.day)
    assert not ReformWaiver.objects.exists()


def test_a_case_that_held_nobody_to_account_closes_without_reform(story):
    story.run("executing")
    story.later(3)
    story._complete(None)
    story.case.subjects.update(outcome="not_accountable")
    execution.close_case(case_id=story.case.pk, actor=story.world.casemgmt, on=story.day)
    assert Case.objects.get(pk=story.case.pk).state == "closed"


def test_the_closed_volume_leaves_the_item_running_and_it_is_finished_afterwards(story):
    case = story.run("closed")
    item = ReformItem.objects.get(case=case)
    assert running(item, "T28") == [item.due_on]
    assert written_off(story, item).state == "written_off"
