"""Numbers of documents under many processes, some of them killed: no gap, no double, none without its ledger entry."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.prepared import ROOT

pytestmark = [pytest.mark.services, pytest.mark.xdist_group("system")]

ISSUER = str(Path(__file__).parent / "issue.py")
PROCESSES, EACH, KILLS = 10, 5, 20
SERIALS = (
    "SELECT serial FROM documents_officialdocument WHERE kind = 'D23' AND title = '关于演练的通报' ORDER BY serial"
)


class Issuer:
    """One issuing process, ready at the mark."""

    def __init__(self, system, case, number):
        self.process = subprocess.Popen(
            [sys.executable, ISSUER, str(case), str(number)], cwd=ROOT, env=system.env, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ready(self):
        assert self.process.stdout.readline() == "ready\n"
        return self

    def go(self):
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def told(self):
        """The numbers that it said it had issued."""
        return [int(line) for line in self.process.stdout.read().split()]


def a_case(system):
    [(case,)] = system.rows("SELECT id FROM cases_case WHERE title LIKE %s ORDER BY id LIMIT 1", "%文旅局%")
    return case


def serials(system):
    return [serial for (serial,) in system.rows(SERIALS)]


def unbroken(found):
    return found == list(range(found[0], found[0] + len(found)))


def test_fifty_documents_of_ten_processes_have_numbers_without_gap_or_double(system):
    before = serials(system)
    issuers = [Issuer(system, a_case(system), EACH) for _ in range(PROCESSES)]
    for issuer in issuers:
        issuer.ready()
    for issuer in issuers:
        issuer.go()
    told = [number for issuer in issuers for number in issuer.told()]
    found = serials(system)[len(before) :]
    assert len(found) == PROCESSES * EACH
    assert sorted(told) == found
    assert unbroken(found)


def test_processes_killed_twenty_times_while_they_issue_leave_no_gap_no_double_and_no_act_without_its_entry(system):
    before, chance, killed, told = serials(system), random.Random(7), 0, []
    while killed < KILLS:
        issuers = [Issuer(system, a_case(system), 200) for _ in range(4)]
        for issuer in issuers:
            issuer.ready()
        for issuer in issuers:
            issuer.go()
        for issuer in issuers:
            time.sleep(chance.uniform(0.02, 0.25))
            assert issuer.process.poll() is None, "it was killed in the middle of its work"
            issuer.process.kill()
            issuer.process.wait()
            killed += 1
        told += [number for issuer in issuers for number in issuer.told()]
    found = serials(system)
    assert unbroken(found)
    new = set(found) - set(before)
    assert set(told) <= new, "what was said to be issued is there"
    assert len(new) - len(told) <= KILLS, "at most the last word of each killed process is missing"
    [(acts,)] = system.rows(
        "SELECT count(*) FROM audit_ledgerentry e JOIN documents_officialdocument d ON d.id::text = e.about_id::text"
        " WHERE e.action = 'document.issue' AND d.title = '关于演练的通报'"
    )
    assert acts == len(found)
