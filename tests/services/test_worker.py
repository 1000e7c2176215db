"""A real ``celery worker`` is killed with -9 in the middle of its work: nothing is lost, nothing is told twice."""

import json
import signal
import time

import pytest

pytestmark = [pytest.mark.services, pytest.mark.xdist_group("system")]

NUMBER = 400


def wait(condition, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("it did not come to pass")


def test_a_worker_killed_while_it_delivers_loses_nothing_and_tells_nobody_twice(system):
    [(user,)] = system.rows("SELECT id FROM people_user WHERE username = 'inspector2'")
    clocks = [
        str(pk) for (pk,) in system.rows("SELECT id FROM terms_clock WHERE state = 'running' ORDER BY id LIMIT 1")
    ]
    system.rows("DELETE FROM notices_notice WHERE recipient_id = %s", user)
    payload = json.dumps({"clock": clocks[0], "user": str(user), "moment": "on", "late": 0})
    system.rows(
        "INSERT INTO notices_outbox (id, topic, payload, available_at, attempts, error, created_at)"
        " SELECT gen_random_uuid(), 'reminder', %s::jsonb, now(), 0, '', now() FROM generate_series(1, %s)", payload, NUMBER,
    )  # fmt: skip

    def delivered():
        return system.rows(
            "SELECT count(*) FROM notices_outbox WHERE done_at IS NOT NULL AND payload = %s::jsonb", payload
        )[0][0]

    def told():
        return system.rows("SELECT count(*) FROM notices_notice WHERE recipient_id = %s AND kind = 'reminder'", user)[
            0
        ][0]

    wait(lambda: delivered() > 10)
    system.stop("worker", signal.SIGKILL)
    assert 0 < delivered() < NUMBER, "it was killed in the middle of its work"
    assert told() == delivered(), "a delivery and its mark are one transaction"
    system.start("worker")
    wait(lambda: delivered() == NUMBER)
    assert told() == NUMBER


def test_the_worker_and_beat_sweep_and_seal_by_themselves(system):
    """Nothing is called here: beat sends, the worker sweeps within a minute, every entry is sealed within seconds."""
    wait(lambda: system.rows("SELECT count(*) FROM notices_sweep")[0][0] > system.sweeps_before, 90)
    unsealed = "SELECT count(*) FROM audit_ledgerentry e LEFT JOIN audit_seal s ON s.entry_id = e.id WHERE s.id IS NULL"
    wait(lambda: system.rows(unsealed) == [(0,)], 30)
