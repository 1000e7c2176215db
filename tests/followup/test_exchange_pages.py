"""交换包 on the screen and from the command line: export, download, import, receipt; nobody but case supervision."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.exchange.partner import payload_of, trusted
from tests.followup.exchanging import HR, UNIT, answer_to, export
from wenze.audit.models import LedgerEntry
from wenze.deadlines import clock
from wenze.demo.stories import PDF
from wenze.exchange import archive
from wenze.exchange.models import ExchangePackage
from wenze.ids import uuid7

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
    assert "还没有往来的交换包" in client.get("/followup/exchange/").content.decode()
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
