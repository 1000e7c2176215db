"""交换包: what goes over to a unit or an HR office on another network, and what its answers do here."""

import datetime as dt
import json
import os
import subprocess
import sys

import pymupdf
import pytest

from cases.models import Fact
from cases.services import evidence, investigation, recusal
from followup.exchange import outbound
from followup.models import AppointmentCheck, ExecutionItem, PostFormality
from tests import prepared
from tests.access import planting
from tests.exchange.partner import payload_of, trusted
from tests.followup.exchanging import HR, UNIT, answer_to, content_of, export, take
from wenze.audit.models import LedgerEntry
from wenze.crypto import files as sealed_files
from wenze.deadlines import clock
from wenze.demo.stories import PDF, upload
from wenze.documents.models import OfficialDocument
from wenze.errors import Invalid, NotYours
from wenze.exchange import archive, services
from wenze.exchange.models import ExchangeLine, ExchangePackage
from wenze.ids import uuid7


def open_items(code):
    return ExecutionItem.objects.open().filter(responsible__code=code)


# --- out --------------------------------------------------------------------------------------------------------------
def test_a_package_holds_the_open_items_of_that_organisation_and_no_other_s(executed, world):
    for code in (HR, UNIT):
        told = payload_of(content_of(export(world, code)))
        assert {item["id"] for item in told["items"]} == {
            str(pk) for pk in open_items(code).values_list("pk", flat=True)
        }
        assert told["items"]
        assert all(item["title"] and item["decision_number"] for item in told["items"])


def test_the_papers_are_those_that_an_account_of_the_organisation_would_read(executed, world):
    executed.reformed()
    executed.recommended()
    for code, account in ((HR, world.hr), (UNIT, world.unit)):
        readable = OfficialDocument.objects.visible_to(account)
        assert set(outbound.papers_for(world[code], world["DEMO"])) == set(readable)
        assert readable.exists()
        package = archive.opened(content_of(export(world, code)))
        assert {paper["verification_code"] for paper in package.payload()["papers"]} == {
            row.verification_code for row in readable
        }
        papers = [content for path, content in package.files.items() if path.startswith("files/")]
        assert len(papers) == readable.count()
        assert all(content.startswith(b"%PDF-") for content in papers)


def test_what_the_partner_acknowledged_is_not_sent_again_and_what_was_lost_is(executed, world):
    hr = trusted(world, HR)
    first = export(world, HR)
    assert len(payload_of(content_of(export(world, HR)))["papers"]) == len(payload_of(content_of(first))["papers"]) > 0
    take(world, hr.receipt_for(content_of(first)))
    first.refresh_from_db()
    assert first.received_on == clock.today()
    third = export(world, HR)
    assert payload_of(content_of(third))["papers"] == []
    assert third.sequence == 3


def test_a_receipt_of_what_we_never_sent_is_refused(executed, world):
    hr, unit = trusted(world, HR), trusted(world, UNIT)
    sent = content_of(export(world, HR))
    for wrong in (unit.receipt_for(sent), hr.receipt_for(sent, digest="0" * 64)):
        with pytest.raises(Invalid, match="不是本单位发给该单位的"):
            take(world, wrong)
    assert not ExchangePackage.objects.filter(received_on__isnull=False).exists()


CANARY = "金丝雀柒叁壹"


def test_no_word_of_evidence_facts_or_talks_is_in_a_package(client, story, world):
    story.run("investigating")
    case, day = story.case, story.day
    received = evidence.receive_evidence(
        case_id=case.pk, upload=upload(f"{CANARY}.pdf", PDF + CANARY.encode() + b"\n%%EOF\n"), title=CANARY, kind="document",
        source=CANARY, provided_by=CANARY, proves=CANARY, taken_on=day, second_taker_name="林样张", actor=world.inspector, on=day,
    )  # fmt: skip
    client.force_login(world.inspector)
    talk = {
        "person": "知某某", "capacity": "witness", "unit_and_post": "某局科员", "second_talker": "林样张", "began_at": f"{day}T09:00",
        "ended_at": f"{day}T10:30", "place": "谈话室", "rights_told": "on", "text": CANARY, "read_back": CANARY,
    }  # fmt: skip
    assert client.post(f"/cases/{case.pk}/talks/", talk).status_code == 302
    story.heard()
    fact = Fact.objects.filter(case=case).first()
    investigation.state_fact(
        case_id=case.pk,
        fact_id=fact.pk,
        kind=fact.kind,
        text=f"{fact.text}{CANARY}",
        evidence=[received],
        actor=world.inspector,
    )
    planting.shown_as_planted()
    for stage in ("reported", "jointly_reviewed", "adjudicated", "deliberated", "pre_reviewed", "decided", "executing"):
        getattr(story, stage)()
    for code in (HR, UNIT):
        package = archive.opened(content_of(export(world, code)))
        for name, content in package.files.items():
            text = content.decode() if name.endswith(".json") else _printed(content)
            assert CANARY not in text, name
            assert "对事实没有意见" not in text, name
        assert not {paper["kind"] for paper in package.payload()["papers"]} & INNER


INNER = {"D01", "D03", "D05", "D07", "D08", "D09", "D10", "D11", "D12", "D15", "D16", "D17", "D18", "D46"}


def _printed(content):
    with pymupdf.open(stream=content, filetype="pdf") as opened:
        return "".join(page.get_text() for page in opened).replace("\n", "")


def test_nobody_but_case_supervision_exports_and_only_to_units_and_hr_in_its_books(executed, world):
    for username in ("inspector", "principal", "deputy", "hr", "unit", "secadmin"):
        with pytest.raises(NotYours):
            export(world, HR, world.users[username])
    for code in ("DEMO-JD", "DEMO", "DEMO-X"):
        with pytest.raises(Invalid):
            export(world, code)
    assert not ExchangePackage.objects.exists()


def test_where_nothing_waits_no_package_is_made(world):
    with pytest.raises(Invalid, match="没有要发给"):
        export(world, "P-edu")


def test_two_presses_of_one_button_make_one_package(executed, world):
    mark = uuid7()
    rows = [
        outbound.export(partner=world[HR], submission=mark, actor=world.casemgmt, on=clock.today()) for _ in range(2)
    ]
    assert rows[0] == rows[1]
    assert ExchangePackage.objects.count() == 1


# --- in ---------------------------------------------------------------------------------------------------------------
def test_round_trip_items_go_out_answers_come_back_are_done_and_the_receipt_says_so(executed, world):
    hr = trusted(world, HR)
    told = payload_of(content_of(export(world, HR)))
    waiting = [item for item in told["items"] if not item["posts"]]
    row = take(world, hr.answers(answers=[answer_to(item) for item in waiting]))
    assert {line.result for line in row.lines.all()} == {"taken"}, list(row.lines.values_list("title", "reason"))
    receipt = payload_of(services.content_of(row.receipt))
    assert [line["reference"] for line in receipt["lines"]] == [item["id"] for item in waiting]
    for item in ExecutionItem.objects.filter(pk__in=[item["id"] for item in waiting]):
        assert item.done_on == clock.today()
        assert item.confirmed_by == world.casemgmt
        entry = LedgerEntry.objects.get(action="execution.done", about_id=item.pk)
        assert entry.detail["partner"] == HR
        assert entry.detail["package"] == str(row.package_id)
    before = LedgerEntry.objects.count()
    assert take(world, _original(row)) == row
    assert LedgerEntry.objects.count() == before


def _original(row):
    return services.content_of(row.content)


def test_each_answer_is_taken_or_refused_by_itself_with_its_reason(executed, world):
    unit = trusted(world, UNIT)
    first, *_ = payload_of(content_of(export(world, UNIT)))["items"]
    foreign = open_items(HR).first()
    late = (clock.today() + dt.timedelta(days=3)).isoformat()
    row = take(
        world,
        unit.answers(
            answers=[
                answer_to(first, done_on=late), answer_to(first, proof=""), answer_to(first, done_on="昨天"),
                {"item": str(foreign.pk), "done_on": clock.today().isoformat(), "proof": "越权"}, {"item": str(uuid7())}, {},
                answer_to(first, proof="\u0000"), answer_to(first, proof=7), answer_to(first, proof="长" * 2001),
                answer_to(first, file="files/999.pdf"),
            ]
        ),
    )  # fmt: skip
    lines = list(row.lines.all())
    assert {line.result for line in lines} == {"refused"}
    assert all(line.reason for line in lines)
    assert "没有交给贵单位的这一事项" in lines[3].reason
    foreign.refresh_from_db()
    assert foreign.done_on is None
    assert not ExecutionItem.objects.filter(pk=first["id"], done_on__isnull=False).exists()
    assert str(foreign) not in str(payload_of(services.content_of(row.receipt)))


def test_what_was_done_already_is_said_to_be_and_stays_as_it_was(executed, world):
    hr = trusted(world, HR)
    told = next(item for item in payload_of(content_of(export(world, HR)))["items"] if not item["posts"])
    take(world, hr.answers(answers=[answer_to(told)]))
    row = take(world, hr.answers(answers=[answer_to(told, proof="另一种说法")]))
    assert [line.result for line in row.lines.all()] == ["already"]
    assert ExecutionItem.objects.get(pk=told["id"]).proof == "已按要求办结。"


def test_a_scan_comes_with_the_answer_and_is_sealed_under_the_case_s_key(executed, world):
    unit = trusted(world, UNIT)
    told = next(item for item in payload_of(content_of(export(world, UNIT)))["items"] if "proof_file" in item["needs"])
    row = take(world, unit.answers(answers=[answer_to(told)]))
    assert "扫描件" in row.lines.get().reason
    scan = PDF + b"%canary\n%%EOF\n"
    answers = [answer_to(told, file="files/001.pdf", file_name="../检查.pdf")]
    row = take(world, unit.answers(answers=answers, attachments={"files/001.pdf": scan}))
    assert row.lines.get().result == "taken", row.lines.get().reason
    item = ExecutionItem.objects.get(pk=told["id"])
    assert sealed_files.unseal(item.proof_file) == scan
    assert item.proof_file.name == ".._检查.pdf"
    assert item.proof_file.key_id == executed.case.data_key_id


def test_posts_are_answered_before_the_item_that_waits_for_them(executed, world):
    hr = trusted(world, HR)
    item = open_items(HR).first()
    post = PostFormality.objects.create(case=item.case, item=item, position=1, post="某局局长")
    told = next(each for each in payload_of(content_of(export(world, HR)))["items"] if each["id"] == str(item.pk))
    assert told["posts"] == [{"id": str(post.pk), "post": "某局局长"}]
    row = take(
        world,
        hr.answers(
            posts=[
                {"post": str(post.pk), "body": "示例市委", "done_on": clock.today().isoformat()},
                {"post": str(uuid7())},
            ],
            answers=[answer_to(told)],
        ),
    )
    assert [line.result for line in row.lines.all()] == ["taken", "refused", "taken"], list(
        row.lines.values_list("reason")
    )
    post.refresh_from_db()
    assert (post.body, post.done_on) == ("示例市委", clock.today())


def test_hr_asks_about_an_appointment_by_package_and_the_reply_is_in_the_next(executed, world):
    hr = trusted(world, HR)
    name = world.chiefs["edu"].name
    asked = {
        "purpose": "promotion",
        "on": clock.today().isoformat(),
        "reference": "拟提拔",
        "asked": [name, "查无此人"],
    }
    row = take(
        world, hr.answers(checks=[asked, {**asked, "purpose": "x"}, {**asked, "on": ""}, {**asked, "asked": []}])
    )
    assert [line.result for line in row.lines.all()] == ["taken", "refused", "refused", "refused"]
    check = AppointmentCheck.objects.get()
    assert [answer.verdict for answer in check.answers.all()] == ["clear", "not_found"]
    assert check.organization == world[HR]
    assert name not in "".join(line.title + line.reason for line in ExchangeLine.objects.all())
    assert LedgerEntry.objects.get(action="hr.check").detail["partner"] == HR
    papers = payload_of(content_of(export(world, HR)))["papers"]
    assert check.document.verification_code in {paper["verification_code"] for paper in papers}


def test_a_unit_may_not_ask_about_appointments(executed, world):
    unit = trusted(world, UNIT)
    asked = {
        "purpose": "promotion",
        "on": clock.today().isoformat(),
        "reference": "想知道",
        "asked": [world.chiefs["edu"].name],
    }
    assert take(world, unit.answers(checks=[asked])).lines.get().result == "refused"
    assert not AppointmentCheck.objects.exists()


def test_who_is_recused_from_the_case_neither_exports_nor_reads_nor_answers_its_items(client, executed, world):
    hr = trusted(world, HR)
    row = export(world, HR)
    told = payload_of(content_of(row))["items"][0]
    recusal.recuse_from_case(
        case_id=executed.case.pk,
        user=world.casemgmt,
        ground="declared",
        reason="近亲属",
        actor=world.casemgmt,
        on=clock.today(),
    )
    user = type(world.casemgmt).objects.get(pk=world.casemgmt.pk)
    client.force_login(user)
    for tail in ("", "file/"):
        assert client.get(f"/followup/exchange/{row.pk}/{tail}").status_code == 404
    assert take(world, hr.answers(answers=[answer_to(told)]), user).lines.get().result == "refused"
    assert payload_of(content_of(export(world, HR, user)))["items"] == []


# --- at once ----------------------------------------------------------------------------------------------------------
def test_imports_of_one_package_in_the_same_moment_give_one(tmp_path):
    """On a database of their own: the ledger is append-only, so what was committed cannot be taken back."""
    name = f"wenze_exchange_{os.getpid()}" if prepared.POSTGRESQL else str(tmp_path / "exchange.sqlite3")
    prepared.migrated(name)
    try:
        env = prepared.environment(prepared.url_of(name), tmp_path)
        done = subprocess.run(
            [sys.executable, "-m", "tests.exchange.at_once"],
            cwd=prepared.ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        told = json.loads(done.stdout)
    finally:
        prepared.drop(name)
    assert told == {"rows": 1, "packages": 1, "taken": 1, "receipts": 1, "failed": []}
