"""以案促改 (条例第十四条): who lists, who reports, who accepts; terms, late items, looking back, letters, education."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from cases.models import Case
from followup.models import (
    Blockage,
    EducationUnit,
    LookBack,
    RecommendationLetter,
    ReformItem,
    ReformReport,
    ReformWaiver,
    SystemGap,
)
from followup.services import education, execution, letters, reform
from tests.cases import scenes
from wenze.audit.models import LedgerEntry
from wenze.deadlines import clock
from wenze.deadlines.arithmetic import Term, Unit, reckon
from wenze.demo.stories import upload
from wenze.documents.models import OfficialDocument
from wenze.errors import Invalid, NotYours, Refused, Stale
from wenze.ids import uuid7
from wenze.notices.models import Notice, Task
from wenze.people.models import RoleAssignment
from wenze.terms.models import Clock
from wenze.workflow import approvals
from wenze.workflow.models import Approval

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(story):
    """Decided, in execution, with one point and one item of the unit P-gov."""
    story.run("executing")
    story.reformed()
    return story


@pytest.fixture
def item(told):
    return ReformItem.objects.get(case=told.case)


def report(item, actor, on, **more):
    return reform.report_item(
        item_id=item.pk,
        reported_on=more.pop("reported_on", on),
        text=more.pop("text", "制度已建立"),
        actor=actor,
        on=on,
        **more,
    )


def accept(item, actor, on):
    return reform.accept_item(item_id=item.pk, acceptance="到位", actor=actor, on=on)


def written_off(told, item):
    report(item, told.world.unit, told.day)
    return accept(item, told.world.casemgmt, told.day)


def open_tasks(row):
    return {(task.recipient.username, task.step) for task in Task.objects.filter(about_id=row.pk, state="open")}


def running(row, rule):
    return list(Clock.objects.filter(about_id=row.pk, rule=rule, state="running").values_list("due_on", flat=True))


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


# --- letters --------------------------------------------------------------------------------------------------------
def written(told, **changes):
    values = {
        "kind": "joint", "to_organization": told.world["P-gov"], "problems": "问题", "causes": "原因", "advice": "建议", "reply_days": 30,
    }  # fmt: skip
    return letters.draft_letter(
        case_id=told.case.pk,
        draft=letters.LetterDraft(**values | changes),
        submission=uuid7(),
        actor=told.world.inspector,
        on=told.day,
    )


def issued(told, **changes):
    letter = written(told, **changes)
    letters.ask_signatures(letter_id=letter.pk, actor=told.world.inspector, on=told.day)
    told.sign(letter, "issue_letter", told.world.deputy, told.world.principal)
    return RecommendationLetter.objects.get(pk=letter.pk)


def received(told, **changes):
    return letters.receive_letter(
        letter_id=issued(told, **changes).pk, received_on=told.day, actor=told.world.inspector, on=told.day
    )


def answer(letter, actor, on, **changes):
    values = {"replied_on": on, "reply": "已落实", "adopted": True} | changes
    return letters.reply_to_letter(letter_id=letter.pk, actor=actor, on=on, **values)


@pytest.mark.parametrize(
    ("kind", "unit", "organ", "words"),
    [
        ("discipline_recommendation", "P-gov", "中共示例市纪律检查委员会", "党章党规"),
        ("supervision_recommendation", "U-gov", "示例市监察委员会", "第五十二条第五项"),
        ("joint", "P-gov", "中共示例市纪律检查委员会", "第五十二条第五项"),
    ],
)
def test_each_kind_rests_on_its_own_article_and_is_numbered_in_one_series(told, kind, unit, organ, words):
    letter = issued(told, kind=kind, to_organization=told.world[unit])
    context = letter.document.context
    assert (letter.document.number, context["organ"]) == (f"示例纪监建〔{told.day.year}〕1号", organ)
    assert words in str(context)
    assert ("第七十一条" in str(context)) is letter.binds_by_law


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "supervision_recommendation"}, "kind"), ({"kind": "discipline_recommendation", "unit": "U-gov"}, "kind"),
        ({"reply_days": 61}, "reply_days"), ({"reply_days": 0}, "reply_days"), ({"advice": " "}, "advice"), ({"causes": ""}, "causes"),
        ({"problems": ""}, "problems"),
    ],
)  # fmt: skip
def test_a_letter_that_cannot_be_sent_so_is_refused_beside_its_field(told, changes, field):
    unit = changes.pop("unit", "P-gov")
    with pytest.raises(Invalid) as refused:
        written(told, to_organization=told.world[unit], **changes)
    assert set(refused.value.fields) == {field}
    assert not RecommendationLetter.objects.exists()


def test_the_longest_term_that_a_letter_may_set_is_sixty_days(told):
    assert written(told, reply_days=60).reply_days == letters.most_days() == 60


def test_a_letter_is_signed_by_leader_and_principal_and_by_nobody_else(told):
    letter = written(told)
    row = letters.ask_signatures(letter_id=letter.pk, actor=told.world.inspector, on=told.day)
    assert row.chain == ["leader", "principal"]
    assert letters.ask_signatures(letter_id=letter.pk, actor=told.world.inspector, on=told.day) == row
    for username in ("principal", "inspector", "head"):
        with pytest.raises(NotYours):
            approvals.sign(
                approval_id=row.pk,
                shown_hash=row.dossier_hash,
                verdict="sign",
                actor=told.world.users[username],
                on=told.day,
            )
    letter.refresh_from_db()
    assert letter.document is None


def test_a_change_of_the_draft_voids_what_was_signed_of_the_old_text(told):
    letter = written(told)
    row = letters.ask_signatures(letter_id=letter.pk, actor=told.world.inspector, on=told.day)
    told.sign(letter, "issue_letter", told.world.deputy)
    letters.amend_letter(
        letter_id=letter.pk,
        draft=letters.LetterDraft("joint", told.world["P-gov"], "问题", "原因", "另一建议", 30),
        actor=told.world.inspector,
    )
    with pytest.raises(Stale):
        approvals.sign(
            approval_id=row.pk, shown_hash=row.dossier_hash, verdict="sign", actor=told.world.principal, on=told.day
        )
    assert Approval.objects.get(pk=row.pk).state == "void"
    assert not OfficialDocument.objects.filter(kind="D40").exists()


def test_an_issued_letter_is_not_changed_any_more(told):
    letter = issued(told)
    with pytest.raises(Stale):
        letters.amend_letter(
            letter_id=letter.pk,
            draft=letters.LetterDraft("joint", told.world["P-gov"], "另", "另", "另", 30),
            actor=told.world.inspector,
        )


@pytest.mark.parametrize("days", [15, 60])
def test_the_reply_term_is_the_letters_own_and_runs_from_its_receipt(told, days):
    letter = issued(told, reply_days=days)
    assert running(letter, "T27") == []
    assert open_tasks(letter) == {("inspector", "letter_receipt")}
    told.later(5)
    letter = letters.receive_letter(letter_id=letter.pk, received_on=told.day, actor=told.world.inspector, on=told.day)
    due = reckon(Term(days, Unit.CD), told.day).due
    assert letter.reply_due_on == due
    assert running(letter, "T27") == [due]
    assert open_tasks(letter) == {("unit", "letter_reply")}


def test_a_reply_that_does_not_adopt_says_why_and_the_page_names_the_article(client, told):
    letter = received(told)
    with pytest.raises(Invalid) as refused:
        answer(letter, told.world.unit, told.day, adopted=False)
    assert set(refused.value.fields) == {"not_adopted_reason"}
    done = answer(letter, told.world.unit, told.day, adopted=False, not_adopted_reason="已另有安排")
    assert (done.adopted, done.not_adopted_reason, running(letter, "T27")) == (False, "已另有安排", [])
    client.force_login(told.world.inspector)
    assert "《中华人民共和国监察法》第七十一条" in client.get(letter.get_absolute_url()).content.decode()


def test_a_refused_recommendation_to_a_party_organisation_names_no_article_of_the_supervision_law(client, told):
    letter = received(told, kind="discipline_recommendation")
    answer(letter, told.world.unit, told.day, adopted=False, not_adopted_reason="已另有安排")
    client.force_login(told.world.inspector)
    assert "监察法" not in client.get(letter.get_absolute_url()).content.decode()


def test_a_late_reply_is_taken_and_stays_late(told):
    letter = received(told)
    assert answer(letter, told.world.unit, letter.reply_due_on + dt.timedelta(3)).is_late


def test_receipt_and_reply_are_registered_once_and_in_order(told):
    letter = issued(told)
    with pytest.raises(Stale):
        answer(letter, told.world.unit, told.day)
    for actor in (told.world.unit, told.world.inspector):
        if actor is told.world.unit:
            letters.receive_letter(letter_id=letter.pk, received_on=told.day, actor=actor, on=told.day)
            continue
        with pytest.raises(Stale):
            letters.receive_letter(letter_id=letter.pk, received_on=told.day, actor=actor, on=told.day)
    answer(letter, told.world.unit, told.day)
    with pytest.raises(Stale):
        answer(letter, told.world.inspector, told.day)


# --- education ------------------------------------------------------------------------------------------------------
def taught(told, **changes):
    values = {
        "kind": "inference", "title": "自查", "text": "对照自查", "units": [told.world["P-gov"], told.world["P-edu"]],
        "due_on": told.day + dt.timedelta(30), "actor": told.world.casemgmt, "on": told.day,
    }  # fmt: skip
    return education.open_education(case_id=told.case.pk, submission=uuid7(), **values | changes)


def test_each_unit_has_its_own_row_and_reports_only_that(told):
    made = taught(told)
    own, other = made.units.get(organization=told.world["P-gov"]), made.units.get(organization=told.world["P-edu"])
    assert open_tasks(own) == {("unit", "education")}
    assert open_tasks(other) == {("inspector", "education")}
    assert running(own, "education") == [own.due_on]
    with pytest.raises(EducationUnit.DoesNotExist):
        education.report_education(
            unit_id=other.pk, done_on=told.day, report="已自查", actor=told.world.unit, on=told.day
        )
    done = education.report_education(
        unit_id=own.pk, done_on=told.day, report="已自查", actor=told.world.unit, on=told.day
    )
    assert (done.done_on, done.is_late, running(own, "education")) == (told.day, False, [])
    with pytest.raises(Stale):
        education.report_education(unit_id=own.pk, done_on=told.day, report="又报", actor=told.world.unit, on=told.day)
    late = education.report_education(
        unit_id=other.pk,
        done_on=other.due_on + dt.timedelta(1),
        report="代报",
        actor=told.world.inspector,
        on=other.due_on + dt.timedelta(1),
    )
    assert late.is_late


def test_an_education_that_names_no_unit_or_no_later_day_is_refused(told):
    with pytest.raises(Invalid) as refused:
        taught(told, units=[], due_on=told.day)
    assert set(refused.value.fields) == {"units", "due_on"}


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


# --- pages ----------------------------------------------------------------------------------------------------------
COMMISSION_ONLY = ("return/", "gap/", "look-back/")


def test_the_units_account_sees_its_rows_and_nothing_of_the_case(client, told, item):
    made, letter = taught(told), issued(told)
    draft = written(told)
    own = made.units.get(organization=told.world["P-gov"])
    client.force_login(told.world.unit)
    for row in (item, letter, own):
        page = client.get(row.get_absolute_url())
        assert page.status_code == 200
        assert told.case.number not in page.content.decode()
    assert client.get(letter.document.get_absolute_url()).status_code == 200
    hidden = [
        draft.get_absolute_url(), made.units.get(organization=told.world["P-edu"]).get_absolute_url(), told.case.panel_url("reform"),
        f"/followup/reform/letters/{letter.pk}/sign/", *(f"{item.get_absolute_url()}{tail}" for tail in COMMISSION_ONLY),
        OfficialDocument.objects.filter(case_id=told.case.pk, kind="D19").first().get_absolute_url(),
    ]  # fmt: skip
    for url in hidden:
        assert client.get(url).status_code == 404, url
    for tab, shown in (("reform", item.requirement), ("letters", "纪检监察建议（某某"), ("education", made.title)):
        page = client.get(f"/followup/?tab={tab}")
        assert [row.case_id for row in page.context["page"].items] == [told.case.pk], tab
        assert told.case.number not in page.content.decode()
        assert shown[:10] in page.content.decode()


def test_a_unit_that_is_not_named_sees_none_of_it(client, told, item):
    letter = issued(told)
    told.world.unit.role_assignments.update(organization=told.world["P-edu"])
    told.world.unit.__dict__.pop("_holdings", None)
    client.force_login(told.world.unit)
    for url in (item.get_absolute_url(), letter.get_absolute_url(), letter.document.get_absolute_url()):
        assert client.get(url).status_code == 404


def test_the_unit_reports_with_a_proof_on_its_page_and_case_supervision_accepts_there(client, told, item, settings):
    settings.WENZE_TODAY = told.day
    client.force_login(told.world.unit)
    url = item.get_absolute_url()
    typed = {"reported_on": told.day, "text": "", "uploads": upload("制度.pdf")}
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"text"}
    assert client.post(url, typed | {"text": "已落实", "uploads": upload("制度.pdf")}).status_code == 302
    made = ReformReport.objects.get()
    answered = client.get(f"/followup/reform/reports/{made.pk}/file/")
    assert answered.content.startswith(b"%PDF")
    client.force_login(told.world.casemgmt)
    assert "验收销号" in client.get(url).content.decode()
    assert client.post(url, {"acceptance": "到位"}).status_code == 302
    assert ReformItem.objects.get().state == "written_off"


def test_every_act_is_done_on_its_page(client, told, item, settings):
    settings.WENZE_TODAY = told.day
    world, case = told.world, told.case
    client.force_login(world.inspector)
    unit = world["P-gov"].pk
    head = f"/followup/reform/cases/{case.pk}/"
    named = {
        "kind": "blockage",
        "deviation": "thinking",
        "link": "decision",
        "organization": unit,
        "text": "重审批轻监管",
    }
    assert client.post(f"{head}point/", named).status_code == 302
    new = Blockage.objects.get(text="重审批轻监管")
    listing = {"requirement": "立制度", "responsible": unit, "owner": "局长", "start_on": told.day}
    assert client.post(f"/followup/reform/points/{new.pk}/item/", listing).status_code == 302
    letter = {
        "kind": "joint",
        "to_organization": unit,
        "problems": "问题",
        "causes": "原因",
        "advice": "建议",
        "reply_days": 45,
    }
    assert client.post(f"{head}letter/", letter).status_code == 302
    made = RecommendationLetter.objects.get()
    page = made.get_absolute_url()
    seen = client.get(page).context["form"]["seen"].value()
    assert client.post(page, letter | {"advice": "另一建议", "seen": seen}).status_code == 302
    assert client.post(f"{page}sign/").status_code == 302
    assert scenes.sign(client, made, "issue_letter", world.deputy, world.principal).status_code == 302
    client.force_login(world.inspector)
    assert client.post(page, {"received_on": told.day}).status_code == 302
    client.force_login(world.unit)
    assert client.post(page, {"replied_on": told.day, "reply": "照办", "adopted": "1"}).status_code == 302
    made.refresh_from_db()
    assert (made.advice, made.adopted) == ("另一建议", True)
    client.force_login(world.casemgmt)
    typed = {
        "kind": "warning",
        "title": "警示教育",
        "text": "开展",
        "units": [unit],
        "due_on": told.day + dt.timedelta(9),
    }
    assert client.post(f"{head}education/", typed).status_code == 302
    client.force_login(world.unit)
    row = EducationUnit.objects.get()
    assert client.post(row.get_absolute_url(), {"done_on": told.day, "report": "已开展"}).status_code == 302
    report(item, world.unit, told.day)
    client.force_login(world.casemgmt)
    assert client.post(f"{item.get_absolute_url()}return/", {"reason": "再改"}).status_code == 302
    written_off(told, item)
    gap = {"rule": "制度", "before": "无", "after": "有", "in_force_on": told.day}
    assert client.post(f"{item.get_absolute_url()}gap/", gap).status_code == 302
    look = {"looked_on": told.day, "second_looker": "林样张", "finding": "又松了", "holds": "0"}
    assert client.post(f"{item.get_absolute_url()}look-back/", look).status_code == 302
    item.refresh_from_db()
    assert item.state == "open"
    panel = client.get(case.panel_url("reform")).content.decode()
    for words in ("重审批轻监管", "思想认识偏差", "回头看：不成立", "另一建议", "警示教育", "修订前"):
        assert words in panel, words


def test_a_refusal_keeps_what_was_typed(client, told, item):
    client.force_login(told.world.inspector)
    answered = client.post(
        f"/followup/reform/cases/{told.case.pk}/letter/",
        {"kind": "supervision_recommendation", "to_organization": told.world["P-gov"].pk, "problems": "写了很多", "causes": "原因",
         "advice": "建议", "reply_days": 90},
    )  # fmt: skip
    assert answered.status_code == 422
    assert set(answered.context["form"].errors) == {"kind", "reply_days"}
    assert answered.context["form"]["problems"].value() == "写了很多"
