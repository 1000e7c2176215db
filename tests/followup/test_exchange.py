"""交换包: what goes over to a unit or an HR office on another network, and what its answers do here."""

import datetime as dt
import io
import threading

import pymupdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from cases.models import Fact
from cases.services import recusal
from followup.exchange import outbound
from followup.models import AppointmentCheck, ExecutionItem, PostFormality
from tests.exchange.partner import payload_of, trusted
from wenze.audit.models import LedgerEntry
from wenze.crypto import files as sealed_files
from wenze.deadlines import clock
from wenze.demo.stories import PDF
from wenze.documents.models import OfficialDocument
from wenze.errors import Invalid, NotYours
from wenze.exchange import archive, services
from wenze.exchange.models import ExchangeLine, ExchangePackage
from wenze.ids import uuid7

HR, UNIT = "DEMO-ZZB", "P-gov"


@pytest.fixture
def executed(story):
    """A decision in execution: items wait at HR and at the unit."""
    story.run("executing")
    return story


def export(world, code, actor=None):
    return outbound.export(
        partner=world[code], submission=uuid7(), actor=actor or world.casemgmt, on=clock.today()
    )


def content_of(row):
    return services.content_of(row.content)


def take(world, content, actor=None):
    return services.take_in(content=content, actor=actor or world.casemgmt, on=clock.today())


def answer_to(told, **more):
    """What an office writes to an item, as its kind asks."""
    wanted = {"recipient": "收件人", "way": "direct", "late_reason": "等候会议"}
    asked = {name: wanted[name] for name in told["needs"] if name in wanted}
    return {"item": told["id"], "done_on": clock.today().isoformat(), "proof": "已按要求办结。", **asked, **more}


def open_items(code):
    return ExecutionItem.objects.open().filter(responsible__code=code)


# --- out --------------------------------------------------------------------------------------------------------------
def test_a_package_holds_the_open_items_of_that_organisation_and_no_other_s(executed, world):
    for code in (HR, UNIT):
        told = payload_of(content_of(export(world, code)))
        assert {item["id"] for item in told["items"]} == {str(pk) for pk in open_items(code).values_list("pk", flat=True)}
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
        assert {paper["verification_code"] for paper in package.payload()["papers"]} == {row.verification_code for row in readable}
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


def test_no_word_of_evidence_facts_or_talks_is_in_a_package(story, world):
    story.run("heard")
    case = story.case
    fact = Fact.objects.filter(case=case).first()
    from cases.services import investigation, talks

    investigation.state_fact(
        case_id=case.pk, fact_id=fact.pk, kind=fact.kind, text=f"{fact.text}{CANARY}", evidence=list(fact.evidence.all()),
        actor=world.inspector,
    )  # fmt: skip
    assert talks
    for stage in ("reported", "jointly_reviewed", "adjudicated", "deliberated", "pre_reviewed", "decided", "executing"):
        getattr(story, stage)()
    for code in (HR, UNIT):
        for name, content in archive.opened(content_of(export(world, code))).files.items():
            text = content.decode() if name.endswith(".json") else _printed(content)
            assert CANARY not in text, name
            assert "对事实没有意见" not in text, name
            assert case.title not in text or name.endswith(".pdf"), name
        kinds = {paper["kind"] for paper in payload_of(content_of(ExchangePackage.objects.latest("handled_at")))["papers"]}
        assert not kinds & {"D07", "D08", "D09", "D10", "D11", "D12", "D16", "D18"}


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
    first, *others = payload_of(content_of(export(world, UNIT)))["items"]
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
    assert isinstance(others, list)


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
            posts=[{"post": str(post.pk), "body": "示例市委", "done_on": clock.today().isoformat()}, {"post": str(uuid7())}],
            answers=[answer_to(told)],
        ),
    )
    assert [line.result for line in row.lines.all()] == ["taken", "refused", "taken"], list(row.lines.values_list("reason"))
    post.refresh_from_db()
    assert (post.body, post.done_on) == ("示例市委", clock.today())


def test_hr_asks_about_an_appointment_by_package_and_the_reply_is_in_the_next(executed, world):
    hr = trusted(world, HR)
    name = world.chiefs["edu"].name
    asked = {"purpose": "promotion", "on": clock.today().isoformat(), "reference": "拟提拔", "asked": [name, "查无此人"]}
    row = take(world, hr.answers(checks=[asked, {**asked, "purpose": "x"}, {**asked, "on": ""}, {**asked, "asked": []}]))
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
    asked = {"purpose": "promotion", "on": clock.today().isoformat(), "reference": "想知道", "asked": [world.chiefs["edu"].name]}
    assert take(world, unit.answers(checks=[asked])).lines.get().result == "refused"
    assert not AppointmentCheck.objects.exists()


def test_who_is_recused_from_the_case_neither_exports_nor_reads_nor_answers_its_items(client, executed, world):
    hr = trusted(world, HR)
    row = export(world, HR)
    told = payload_of(content_of(row))["items"][0]
    recusal.recuse_from_case(
        case_id=executed.case.pk, user=world.casemgmt, ground="declared", reason="近亲属", actor=world.casemgmt, on=clock.today()
    )
    user = type(world.casemgmt).objects.get(pk=world.casemgmt.pk)
    client.force_login(user)
    for tail in ("", "file/"):
        assert client.get(f"/followup/exchange/{row.pk}/{tail}").status_code == 404
    assert take(world, hr.answers(answers=[answer_to(told)]), user).lines.get().result == "refused"
    assert payload_of(content_of(export(world, HR, user)))["items"] == []


# --- at once ----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_package_in_the_same_moment_give_one(transactional_db):
    from wenze.demo import world as demo

    world = demo.build()
    content = trusted(world, HR).answers(answers=[{"item": "x"}])
    services.own_key(world["DEMO"], actor=world.casemgmt, on=clock.today())
    gate, taken, failed = threading.Barrier(4), [], []

    def press():
        try:
            gate.wait()
            taken.append(take(world, content).pk)
        except Exception as error:  # noqa: BLE001 -- told below
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(set(taken)) == 1
    assert ExchangePackage.objects.count() == 1
    assert LedgerEntry.objects.filter(action="exchange.taken").count() == 1


# --- the pages --------------------------------------------------------------------------------------------------------
PAGES = ("", "export/", "import/", "key/")


def test_the_pages_are_case_supervision_s_and_to_others_do_not_exist(client, executed, world):
    row = export(world, HR)
    for username, user in world.users.items():
        client.force_login(user)
        found = 200 if username == "casemgmt" else 404
        for page in (*PAGES, f"{row.pk}/", f"{row.pk}/file/"):
            assert client.get(f"/followup/exchange/{page}").status_code == found, (username, page)
        if username != "casemgmt":
            assert client.post("/followup/exchange/export/", {"partner": str(world[HR].pk)}).status_code == 404
            assert client.post("/followup/exchange/import/", {}).status_code == 404
    assert ExchangePackage.objects.count() == 1


def test_exported_downloaded_answered_imported_and_the_receipt_downloaded_again(client, executed, world):
    hr = trusted(world, HR)
    client.force_login(world.casemgmt)
    assert "导出" in client.get("/").content.decode() or client.get("/followup/exchange/").status_code == 200
    answer = client.post("/followup/exchange/export/", {"partner": str(world[HR].pk)})
    assert answer.status_code == 302
    shown = client.get(answer.url).content.decode()
    assert "待回执" in shown
    content = client.get(f"{answer.url}file/").content
    told = next(item for item in payload_of(content)["items"] if not item["posts"])
    assert told["title"] in shown
    package = SimpleUploadedFile("答复.zip", hr.answers(answers=[answer_to(told)]))
    answer = client.post("/followup/exchange/import/", {"package": package})
    assert answer.status_code == 302, answer.content.decode()
    shown = client.get(answer.url).content.decode()
    assert "已采用" in shown
    receipts = [client.get(f"{answer.url}receipt/").content for _ in range(2)]
    assert receipts[0] == receipts[1]
    assert payload_of(receipts[0])["lines"][0]["result"] == "taken"
    assert client.get(f"{answer.url}file/").status_code == 404
    listed = client.get("/followup/exchange/").content.decode()
    assert "已导入，已出回执" in listed
    assert hr.organization.short_name in client.get(f"/followup/items/{told['id']}/").content.decode()


def test_a_package_that_does_not_hold_is_refused_beside_the_field_and_stands_on_the_ledger(client, world):
    client.force_login(world.casemgmt)
    for content in (b"PK", PDF, bytes(300)):
        answer = client.post("/followup/exchange/import/", {"package": SimpleUploadedFile("x.zip", content)})
        assert answer.status_code == 422
        assert "这不是交换包" in answer.content.decode()
    assert LedgerEntry.objects.filter(action="exchange.refused", result="refused").count() == 3
    assert not ExchangePackage.objects.exists()


def test_the_list_takes_the_same_few_queries_for_two_packages_and_for_forty(client, executed, world):
    export(world, HR)
    export(world, UNIT)
    client.force_login(world.casemgmt)
    client.get("/followup/exchange/")
    with CaptureQueriesContext(connection) as few:
        client.get("/followup/exchange/")
    row = ExchangePackage.objects.first()
    for number in range(100, 140):
        row.pk, row.package_id, row.sequence = uuid7(), uuid7(), number
        row.save(force_insert=True)
    with CaptureQueriesContext(connection) as lots:
        client.get("/followup/exchange/")
    assert len(lots) == len(few) <= 12


# --- the commands -----------------------------------------------------------------------------------------------------
def run(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def code_of(*arguments):
    with pytest.raises(CommandError) as error:
        run(*arguments)
    return error.value.returncode


def test_the_commands_export_answer_and_import_and_say_by_their_code_what_happened(executed, world, tmp_path):
    from wenze.exchange.models import PartnerKey, SigningKey

    out, answers, answered, receipt = (tmp_path / name for name in ("包.zip", "答复.json", "答复.zip", "回执.zip"))
    assert "已写入" in run("export_package", HR, "--out", str(out))
    told = next(item for item in payload_of(out.read_bytes())["items"] if not item["posts"])
    answers.write_bytes(archive.encoded({"answers": [answer_to(told)]}))
    assert "指纹" in run("exchange_key", HR)
    run("answer_package", str(out), str(answers), "--sequence", "1", "--out", str(answered))
    assert code_of("import_package", str(answered), "--receipt", str(receipt)) == 1
    assert not receipt.exists()
    PartnerKey.objects.create(
        commission=world["DEMO"], organization=world[HR], public_key=SigningKey.objects.get(organization=world[HR]).public_key,
        registered_by=world.secadmin, confirmed_by=world.secadmin2, confirmed_at=clock.now(), from_on=clock.today(),
    )  # fmt: skip
    assert "已采用" in run("import_package", str(answered), "--receipt", str(receipt))
    first = receipt.read_bytes()
    run("import_package", str(answered), "--receipt", str(receipt))
    assert receipt.read_bytes() == first
    assert payload_of(first)["lines"][0]["result"] == "taken"
    assert out.stat().st_mode & 0o077 == 0
    assert code_of("export_package", "P-edu", "--out", str(out)) == 1
    assert code_of("export_package", "NOBODY", "--out", str(out)) == 2
    assert code_of("export_package", HR, "--out", str(tmp_path / "没有" / "x.zip")) == 2
    assert code_of("export_package", HR, "--out", str(out), "--by", "principal") == 2
    assert code_of("import_package", str(tmp_path / "没有.zip")) == 2
    assert code_of("import_package", str(answers)) == 1
