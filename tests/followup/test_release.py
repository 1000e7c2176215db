"""The day on which an influence period ends tells everybody concerned, once (条例第二十二条; law.md §8)."""

import datetime as dt

import pytest
from django.test import override_settings

from cases.models import ExternalDecision, Measure
from followup.models import Tracking
from followup.services import care, release
from tests.cases import scenes
from wenze.audit.models import LedgerEntry
from wenze.documents.models import OfficialDocument
from wenze.errors import Invalid
from wenze.ids import uuid7
from wenze.notices.models import Notice, Reminder
from wenze.notices.scan import scan_deadlines
from wenze.terms.models import Clock

DAY = dt.timedelta(days=1)


@pytest.fixture
def tracking(story):
    story.run("visited")
    return Tracking.objects.get(case=story.case)


def test_on_the_last_restricted_day_nobody_is_released(tracking):
    scan_deadlines(tracking.last_restricted_day)
    assert not OfficialDocument.objects.filter(kind="D47").exists()


def test_on_the_day_of_release_the_notice_goes_to_the_handler_and_to_hr_once(story, tracking):
    for _ in range(3):
        scan_deadlines(tracking.release_date)
    paper = OfficialDocument.objects.get(kind="D47")
    assert "不再受限" in str(paper.context)
    assert "由组织人事部门判断" in str(paper.context)
    assert "可以提拔" not in str(paper.context)
    told_to = {notice.recipient.username for notice in Notice.objects.filter(kind="release")}
    assert told_to == {"inspector", "hr"}
    assert Notice.objects.filter(kind="release").count() == 2
    assert LedgerEntry.objects.get(action="document.issue", about_id=paper.pk).actor_name == "system:release"
    assert Clock.objects.get(rule="influence", about_id=tracking.pk).state == "met"


def test_a_server_that_slept_through_the_day_tells_it_the_day_it_wakes(tracking):
    scan_deadlines(tracking.release_date + 40 * DAY)
    assert OfficialDocument.objects.get(kind="D47").issued_on == tracking.release_date + 40 * DAY


def test_whoever_was_expelled_is_never_said_to_be_released(story, tracking):
    Measure.objects.filter(decision__subject=tracking.subject).update(code="admin_discharge")
    scan_deadlines(tracking.release_date)
    assert not OfficialDocument.objects.filter(kind="D47").exists()


@pytest.mark.parametrize("what", ["unknown day", "unconfirmed change"])
def test_nobody_is_released_while_something_is_unknown_or_unconfirmed(story, tracking, what):
    if what == "unknown day":
        from cases.models import Dispatch

        sent = Dispatch.objects.create(
            case=story.case, subject=tracking.subject, kind="referred", to_organization=story.world["DEMO-X"], matter_text="移送",
            sent_on=story.day,
        )  # fmt: skip
        ExternalDecision.objects.create(
            commission=story.case.commission, case=story.case, dispatch=sent, cadre=tracking.subject.cadre, decided_by="某委",
            measures=["party_warning"], registered_by=story.world.casemgmt, registered_on=story.day,
        )  # fmt: skip
    else:
        Measure.objects.filter(decision__subject=tracking.subject).update(ended_on=story.day, ended_as="changed")
    scan_deadlines(tracking.release_date)
    assert not OfficialDocument.objects.filter(kind="D47").exists()


def test_another_period_still_running_is_said_in_the_notice(story, tracking):
    ExternalDecision.objects.create(
        commission=story.case.commission, cadre=tracking.subject.cadre, decided_by="某委", decided_on=story.day, measures=["party_removal"],
        registered_by=story.world.casemgmt, registered_on=story.day,
    )  # fmt: skip
    scan_deadlines(tracking.release_date)
    assert "另有其他处理在影响期内" in str(OfficialDocument.objects.get(kind="D47").context)


def test_one_whose_notice_cannot_be_printed_does_not_keep_the_others_waiting(tracking, monkeypatch):
    def fails(*args, **more):
        raise Invalid({"paper": "不能印"})

    monkeypatch.setattr(release.documents, "issue", fails)
    assert release.release_due(tracking.release_date) == 0
    monkeypatch.undo()
    assert release.release_due(tracking.release_date) == 1


# --- visits that were missed, care, the letter that recommends his use -----------------------------------------------
def test_a_visit_that_was_missed_is_brought_before_the_head_and_the_leader(tracking):
    plan = tracking.plans.get(round="before_release")
    scan_deadlines(plan.due_on + 20 * DAY)
    clock = Clock.objects.get(rule="visit", about_id=plan.pk)
    assert {r.recipient.username for r in Reminder.objects.filter(clock=clock)} == {"inspector", "head", "deputy"}


def test_care_names_who_does_it_by_when_and_what_came_of_it(story, tracking):
    given = {"tracking_id": tracking.pk, "kind": "care", "actor": story.world.inspector, "on": story.day}
    for field, changes in (("text", {"text": " "}), ("owner", {"owner": ""}), ("due_on", {"due_on": story.day - DAY})):
        with pytest.raises(Invalid) as refusal:
            care.open_care(
                submission=uuid7(),
                **given,
                **({"text": "谈心", "owner": "室里", "due_on": story.day + 9 * DAY} | changes),
            )
        assert list(refusal.value.fields) == [field]
    row = care.open_care(
        submission=uuid7(), text="协调工作安排", owner="示例市委组织部", due_on=story.day + 9 * DAY, **given
    )
    assert Clock.objects.get(rule="care", about_id=row.pk).state == "running"
    care.finish_care(
        care_id=row.pk, done_on=story.day, result="已安排专项工作", actor=story.world.inspector, on=story.day
    )
    assert Clock.objects.get(rule="care", about_id=row.pk).state == "met"


def test_his_use_is_recommended_only_after_release_and_with_two_signatures(client, story, tracking):
    visit = tracking.plans.get(round="first").visit
    type(visit).objects.filter(pk=visit.pk).update(conclusion="suggest_use")
    with pytest.raises(Invalid, match="尚在影响期内"):
        care.ask_recommendation(visit_id=visit.pk, actor=story.world.inspector, on=story.day)
    on = tracking.release_date
    with override_settings(WENZE_TODAY=on):
        care.ask_recommendation(visit_id=visit.pk, actor=story.world.inspector, on=on)
        scenes.sign(client, visit, "recommend_use", story.world.head, story.world.deputy)
    paper = OfficialDocument.objects.get(kind="D48")
    assert "本建议不代替任用决定" in str(paper.context)
    assert "组织部" in paper.context["addressee"]
    assert OfficialDocument.objects.visible_to(story.world.hr).filter(pk=paper.pk).exists()
