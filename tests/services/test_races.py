"""Two people at once, ten clicks at once: separate processes over HTTP give one result and a clear word."""

import datetime as dt
import json
import subprocess
import sys
import time
import uuid
from collections import Counter
from pathlib import Path

import pytest

pytestmark = [pytest.mark.services, pytest.mark.xdist_group("system")]

CLIENT = str(Path(__file__).parent / "client.py")
HEAD_START = 9.0
PEOPLE = 8


def at_once(system, presses, head_start=HEAD_START):
    """Press all these buttons in the same moment, each from a process of its own."""
    moment = str(time.time() + head_start)
    running = [
        subprocess.Popen(
            [sys.executable, CLIENT, system.base, username, page, target, moment, json.dumps(fields)],
            stdout=subprocess.PIPE, text=True, env=system.env,
        )
        for username, page, target, fields in presses
    ]  # fmt: skip
    return [json.loads(process.communicate(timeout=240)[0]) for process in running]


def registration(**more):
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    return {"title": "窗口超时", "source": "supervision", "received_on": today, "summary": "摘要", **more}


def test_eight_clicks_on_one_form_register_one_clue(system):
    mark = str(uuid.uuid4())
    press = ("conduct", "/clues/register/", "/clues/register/", registration(title="同时点击", submission=mark))
    answers = at_once(system, [press] * PEOPLE)
    assert {answer["status"] for answer in answers} <= {302, 409}, answers
    assert {answer["location"] for answer in answers if answer["status"] == 302} == {f"/clues/{mark}/"}
    assert system.rows("SELECT count(*) FROM cases_clue WHERE title = '同时点击'") == [(1,)]
    assert system.rows("SELECT count(*) FROM documents_officialdocument WHERE about_id = %s", mark) == [(1,)]


def test_clues_registered_at_once_take_numbers_without_gap_or_double(system):
    [(before,)] = system.rows("SELECT max(serial) FROM cases_clue")
    press = ("conduct", "/clues/register/", "/clues/register/", registration(title="同时登记"))
    answers = at_once(system, [press] * PEOPLE)
    assert Counter(answer["status"] for answer in answers) == {302: PEOPLE}
    serials = [serial for (serial,) in system.rows("SELECT serial FROM cases_clue WHERE title = '同时登记' ORDER BY 1")]
    assert serials == list(range(before + 1, before + 1 + PEOPLE))


def test_many_clicks_of_one_leader_sign_once(system):
    [(clue, office, handler)] = system.rows(
        "SELECT c.id::text, o.id::text, u.id::text FROM cases_clue c, people_organization o, people_user u"
        " WHERE c.title LIKE %s AND o.code = 'DEMO-JD' AND u.username = 'inspector'", "%自助机%",
    )  # fmt: skip
    page = f"/clues/{clue}/assign/"
    asked = at_once(
        system, [("conduct", page, page, {"office": office, "handler": handler, "consultation": "建议承办"})]
    )
    assert asked[0]["status"] == 302, asked
    [(approval,)] = system.rows("SELECT id FROM workflow_approval WHERE about_id = %s AND state = 'open'", clue)
    page = f"/approvals/{approval}/"
    answers = at_once(system, [("deputy", page, page, {"verdict": "sign", "opinion": "同意"})] * PEOPLE)
    assert {answer["status"] for answer in answers} <= {302, 409}, answers
    assert system.rows("SELECT count(*) FROM workflow_signature WHERE approval_id = %s", approval) == [(1,)]
    assert system.rows(
        "SELECT count(*) FROM audit_ledgerentry WHERE about_id = %s AND action = 'approval.sign'", approval
    ) == [(1,)]


def test_two_people_who_finish_one_item_at_once_get_one_record_and_one_clear_word(system):
    [(item,)] = system.rows(
        "SELECT i.id FROM followup_executionitem i JOIN cases_case c ON c.id = i.case_id"
        " WHERE c.title LIKE %s AND i.kind = 'service' AND i.done_on IS NULL ORDER BY i.id LIMIT 1", "%文旅局%",
    )  # fmt: skip
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    done = {"done_on": today, "proof": "已送达。", "way": "direct", "recipient": "本人", "late_reason": "补办"}
    page = f"/followup/items/{item}/"
    answers = at_once(system, [(name, page, page, done) for name in ("inspector", "inspector2", "casemgmt") * 2])
    assert Counter(answer["status"] for answer in answers) == {302: 1, 409: 5}, [a["status"] for a in answers]
    assert all("已经办结" in answer["text"] for answer in answers if answer["status"] == 409)
    subject = "SELECT s.id FROM followup_executionitem i JOIN cases_decision d ON d.id = i.decision_id JOIN cases_subject s ON s.id = d.subject_id WHERE i.id = %s"
    assert system.rows(
        f"SELECT count(*) FROM documents_officialdocument WHERE kind = 'D26' AND subject_id = ({subject})", item
    ) == [(1,)]


@pytest.mark.deep
def test_fifty_simultaneous_signatures_on_one_approval_sign_once(system):
    """The drill of issue 3: fifty processes, one leader, one moment."""
    [(clue, office, handler)] = system.rows(
        "SELECT c.id::text, o.id::text, u.id::text FROM cases_clue c, people_organization o, people_user u"
        " WHERE c.state = 'registered' AND NOT c.is_classified AND o.code = 'DEMO-JD' AND u.username = 'inspector'"
        " AND NOT EXISTS (SELECT 1 FROM workflow_approval a WHERE a.about_id = c.id) LIMIT 1",
    )  # fmt: skip
    page = f"/clues/{clue}/assign/"
    (asked,) = at_once(
        system, [("conduct", page, page, {"office": office, "handler": handler, "consultation": "建议承办"})]
    )
    assert asked["status"] == 302, asked
    [(approval,)] = system.rows("SELECT id FROM workflow_approval WHERE about_id = %s AND state = 'open'", clue)
    page = f"/approvals/{approval}/"
    answers = at_once(system, [("deputy", page, page, {"verdict": "sign", "opinion": "同意"})] * 50, head_start=75)
    assert {answer["status"] for answer in answers} <= {302, 409}, Counter(answer["status"] for answer in answers)
    assert system.rows("SELECT count(*) FROM workflow_signature WHERE approval_id = %s", approval) == [(1,)]
