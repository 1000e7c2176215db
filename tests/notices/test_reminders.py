"""Deadlines fire: once each, in order from handler to head to leader, and nothing is sent twice."""

import datetime as dt

import pytest

from cases.services import recusal
from wenze.deadlines import clock, workdays
from wenze.notices import outbox, scan
from wenze.notices.models import Notice, Outbox, Reminder, Task
from wenze.terms import services as terms
from wenze.terms.models import Clock


@pytest.fixture
def due(story):
    """The verification's term of an assigned clue."""
    story.run("assigned")
    story.clue.refresh_from_db()
    Clock.objects.all().delete()
    return terms.start(rule="T04", about=story.clue, on=clock.today() - dt.timedelta(40), actor=story.world.inspector)


def told(day):
    scan.scan_deadlines(day)
    outbox.drain()
    return sorted(Notice.objects.filter(kind="reminder").values_list("recipient__username", flat=True))


def test_seven_working_days_before_the_handler_is_told_once(due):
    day = workdays.add(due.due_on, -7)
    assert told(day) == ["inspector"]
    assert told(day) == ["inspector"]


def test_nothing_is_told_earlier(due):
    assert told(workdays.add(due.due_on, -8)) == []


def test_on_the_day_the_head_is_told_too(due):
    assert told(due.due_on) == ["head", "inspector"]


def test_from_the_fifth_working_day_late_the_leader_in_charge_is_told(due):
    assert "deputy" not in told(workdays.add(due.due_on, 3))
    assert "deputy" in told(workdays.add(due.due_on, 6))


def test_after_a_stopped_server_one_reminder_is_told_not_a_flood(due):
    told(workdays.add(due.due_on, 9))
    assert Reminder.objects.filter(recipient__username="inspector").count() == 1


def test_a_clock_that_was_met_is_told_to_nobody(due, story):
    terms.meet(rule="T04", about=story.clue, on=clock.today(), actor=story.world.inspector)
    assert told(due.due_on) == []


def test_a_delivery_that_fails_is_tried_again_and_not_lost(due, monkeypatch):
    scan.scan_deadlines(due.due_on)
    waiting = Outbox.objects.filter(done_at__isnull=True).count()
    Outbox.objects.filter(done_at__isnull=True).update(topic="unknown topic")
    outbox.drain()
    assert Outbox.objects.filter(done_at__isnull=True, attempts=1).count() == waiting
    Outbox.objects.update(topic="reminder", available_at=clock.now())
    assert outbox.drain() == waiting


def test_an_extension_is_reckoned_from_the_nominal_end(story):
    story.run("assigned")
    Clock.objects.all().delete()
    start = dt.date(2026, 2, 5)
    found = terms.start(rule="T06", about=story.clue, on=start, actor="system:test")
    assert found.due_on == dt.date(2026, 4, 7)
    terms.extend(
        rule="T06", about=story.clue, amount=1, unit="CM", on=dt.date(2026, 4, 1), actor="system:test", reason="复杂"
    )
    found.refresh_from_db()
    assert (found.nominal_on, found.due_on) == (dt.date(2026, 5, 5), dt.date(2026, 5, 6))


def test_a_suspension_moves_the_end_by_the_days_it_lasted(story):
    story.run("assigned")
    Clock.objects.all().delete()
    found = terms.start(rule="T06", about=story.clue, on=dt.date(2026, 3, 2), actor="system:test")
    before = found.nominal_on
    terms.suspend(rule="T06", about=story.clue, on=dt.date(2026, 3, 10), actor="system:test", reason="等待鉴定结论")
    terms.resume(rule="T06", about=story.clue, on=dt.date(2026, 3, 20), actor="system:test")
    found.refresh_from_db()
    assert found.nominal_on == before + dt.timedelta(10)


def test_a_clue_that_is_not_yet_assigned_reminds_its_registrar_and_then_its_handler(story):
    """Nobody forgotten: a running clock always has somebody to tell."""
    story.run("registered")
    assert {row.handler.username for row in Clock.objects.all()} == {"conduct"}
    story.assigned()
    assert {row.handler.username for row in Clock.objects.all()} == {"inspector"}
    assert {row.office for row in Clock.objects.all()} == {story.world["DEMO-JD"]}


def test_what_a_recused_handler_answered_for_is_told_to_his_head(story):
    story.run("assigned")
    world = story.world
    recusal.recuse_from_clue(
        clue_id=story.clue.pk,
        user=world.inspector,
        ground="declared",
        reason="近亲属",
        actor=world.inspector,
        on=story.day,
    )
    first = Clock.objects.order_by("due_on").first()
    assert told(workdays.add(first.due_on, -1)) == ["head"]
    assert not Task.objects.filter(recipient=world.inspector, state="open").exists()


@pytest.mark.parametrize("stage", ["registered", "verified", "initiating", "heard", "reported", "decided", "closed"])
def test_at_every_stage_every_running_clock_has_somebody_to_remind(story, stage):
    story.run(stage)
    assert not Clock.objects.filter(state="running", handler__isnull=True).exists()
