"""What is in a case file volume, how it is written, and who may take it out."""

import datetime as dt
import hashlib
import io
import json
import tomllib
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.core.management import CommandError, call_command

from cases.services import evidence
from followup.volume import compose, extract, reach
from followup.volume import verify as source
from followup.volume.extract import Unfit
from followup.volume.names import safe_file
from followup.volume.writer import Writer
from tests.access.test_doors import STRANGERS
from tests.followup.conftest import ODD_NAME
from wenze.audit.models import LedgerEntry
from wenze.crypto.models import SealedFile
from wenze.demo.stories import PDF, upload
from wenze.documents import render
from wenze.documents.models import OfficialDocument


def number(case):
    return f"{case.year}-{case.serial:04d}"


def test_two_exports_of_an_unchanged_case_on_one_day_are_the_same_bytes(made):
    assert made.first == made.second


def test_evidence_comes_out_as_it_was_received_and_what_was_withdrawn_lies_apart_with_its_reason(made):
    catalogue = json.loads((made.folder / "目录.json").read_text(encoding="utf-8"))
    rows = {row["serial"]: row for row in catalogue["evidence"]}
    assert {serial: row["sha256"] for serial, row in rows.items()} == made.evidence
    assert (made.folder / rows[1]["path"]).read_bytes() == PDF
    withdrawn = [row for row in rows.values() if row["withdrawn_on"]]
    assert [(row["path"].rsplit("/", 1)[0], row["withdrawn_reason"]) for row in withdrawn] == [
        ("证据/已撤回", "与本案无关")
    ]
    assert (made.folder / withdrawn[0]["path"]).read_bytes() == PDF + b"%odd\n"
    assert withdrawn[0]["original_name"] == ODD_NAME.rsplit("\\", 1)[-1] or withdrawn[0]["original_name"] == ODD_NAME


def test_every_name_is_safe_on_every_system(made):
    with zipfile.ZipFile(io.BytesIO(made.first)) as archive:
        names = archive.namelist()
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert not set('\\:*?"<>|\u202e') & set(name), name
        assert all(part not in ("", ".", "..") and len(part.encode()) < 255 for part in name.split("/")), name


@pytest.mark.parametrize(
    ("received", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("a/b\\c：d?.PDF", "c：d.PDF"), ("批件", "批件"), (".pdf", "无名.pdf"),
        ("x" * 400 + ".pdf", "x" * 150 + ".pdf"), ("字" * 400 + ".docx", "字" * 50 + ".docx"), ("a\u202egpj.exe", "agpj.exe"),
    ],
)  # fmt: skip
def test_a_received_name_becomes_a_safe_one_and_keeps_its_ending(received, kept):
    assert safe_file(received) == kept


def test_documents_stand_by_day_with_code_and_number_and_a_void_one_lies_apart(made):
    catalogue = json.loads((made.folder / "目录.json").read_text(encoding="utf-8"))
    rows = catalogue["documents"]
    assert [row["issued_on"] for row in rows] == sorted(row["issued_on"] for row in rows)
    decision = next(row for row in rows if row["kind"] == "D19")
    assert decision["path"].startswith("文书/")
    assert "D19_问责决定书" in decision["path"]
    assert decision["number"] in decision["path"]
    void = [row for row in rows if row["void_reason"]]
    assert [(row["kind"], row["path"].rsplit("/", 1)[0]) for row in void] == [("D05", "文书/作废")]
    for row in rows:
        assert (made.folder / row["path"]).read_bytes().startswith(b"%PDF-")
        assert row["pages"] >= 1
    assert catalogue["case"]["retention"] == "永久"
    assert [row["outcome"] for row in catalogue["subjects"]] == ["问责"]


def test_the_page_count_and_the_text_of_the_catalogue_are_those_of_the_files(made):
    import pymupdf

    catalogue = json.loads((made.folder / "目录.json").read_text(encoding="utf-8"))
    for row in catalogue["documents"]:
        with pymupdf.open(made.folder / row["path"]) as opened:
            assert len(opened) == row["pages"], row["path"]
    with pymupdf.open(made.folder / "目录.pdf") as opened:
        text = "".join(page.get_text() for page in opened).replace("\n", "")
    for said in (catalogue["case"]["number"], "作废：抬头有误", "撤回：与本案无关", "永久", made.evidence[1]):
        assert said in text, said


def test_the_metadata_name_the_elements_of_the_standard_and_tell_what_was_not_tested(made):
    root = ET.parse(made.folder / "元数据.xml").getroot()
    assert root.findtext("聚合层次") == "案卷"
    assert root.findtext("内容描述/文件编号").startswith("〔")
    assert [each.findtext("项目") for each in root.findall("四性检测/检测")] == ["真实性", "完整性", "可用性", "安全性"]
    assert [each.findtext("结果") for each in root.findall("四性检测/检测")] == ["通过", "通过", "通过", "未全部检测"]
    assert len(root.findall("业务")) > 5


def test_the_ledger_extract_reaches_back_to_the_clue_and_leaves_out_exports_alone(made):
    extract = json.loads((made.folder / "台账" / "台账.json").read_text(encoding="utf-8"))
    actions = [row["action"] for row in extract["entries"]]
    assert {"step.assign_clue", "step.close"} <= set(actions)
    assert "case.export" not in actions
    assert [row["id"] for row in extract["entries"]] == sorted(row["id"] for row in extract["entries"])


def test_every_sealed_file_of_the_case_is_found_through_the_models_or_under_its_key(story):
    story.with_organization = False
    case = story.run("investigating")
    row = story.case.evidence.first() or evidence.receive_evidence(
        case_id=case.pk, upload=upload("甲.pdf"), title="甲", kind="document", source="某局", provided_by="", proves="",
        taken_on=story.day, second_taker_name="林样张", actor=story.world.inspector, on=story.day,
    )  # fmt: skip
    found = list(reach.sealed_files(case, list(case.clues.values_list("pk", flat=True))))
    assert {file.pk for _, _, file in found} == set(
        SealedFile.objects.filter(key=case.data_key).values_list("pk", flat=True)
    )
    assert {kind for kind, _, _ in found} == {"证据文件", "系统外批准批件扫描件"}
    assert row.file_id in {file.pk for _, _, file in found}
    holders = {
        model._meta.label
        for model in reach.reaching()
        for field in model._meta.concrete_fields
        if field.related_model is SealedFile
    }
    assert holders >= {
        "cases.Evidence",
        "cases.Hearing",
        "cases.FirstForm",
        "workflow.OffSystemApproval",
        "followup.ExecutionItem",
    }


def test_an_archive_beyond_four_gigabytes_is_read_by_the_standard_library(tmp_path):
    far = 5 << 30
    path = tmp_path / "far.zip"
    with path.open("wb") as out:
        out.seek(far)  # a hole
        writer = Writer(out, dt.date(2026, 11, 24), _at=far)
        writer.add("证据/甲.pdf", PDF)
        writer.close({"format": source.FORMAT})
    with zipfile.ZipFile(path) as opened:
        assert opened.read("证据/甲.pdf") == PDF
        expected = [(info.filename, info.header_offset, info.file_size) for info in opened.infolist()]
    with path.open("rb") as stream:
        assert source.by_directory(stream, path.stat().st_size) == expected
    with pytest.raises(ValueError, match="甲"):
        writer.add("证据/甲.pdf", PDF)


def test_the_version_that_a_volume_names_is_that_of_the_project():
    project = tomllib.loads((Path(compose.__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))[
        "project"
    ]
    assert f"{project['name']} {project['version']}" == compose.TOOL


def test_the_printed_page_is_the_one_that_was_issued(story):
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    story.run("registered")
    row = OfficialDocument.objects.get(kind="D01")
    fonts, sheets = render._prepared()
    page = HTML(string=render.html(row), url_fetcher=URLFetcher(allowed_protocols=()))
    assert render.pdf(row) == page.write_pdf(stylesheets=sheets, font_config=fonts)


def test_the_command_says_what_it_did_not_do_and_leaves_nothing_behind(story, tmp_path):
    case = story.run("investigating")
    out = tmp_path / "案卷.zip"
    for asked, code, said in (
        ("DEMO-X:2026-0001", 1, "没有案件"),
        ("2026-0999", 1, "没有案件"),
        ("第一号", 2, "不是案号"),
    ):
        with pytest.raises(CommandError, match=said) as refused:
            call_command("export_case", asked, out=str(out))
        assert refused.value.returncode == code
    with pytest.raises(CommandError, match="写不到") as refused:
        call_command("export_case", number(case), out=str(tmp_path / "没有" / "案卷.zip"))
    assert refused.value.returncode == 2
    scan = SealedFile.objects.filter(key=case.data_key).first()
    SealedFile.objects.filter(pk=scan.pk).update(plain_sha256="0" * 64)
    with pytest.raises(CommandError, match=r"批件扫描件.*打不开") as refused:
        call_command("export_case", number(case), out=str(out))
    assert refused.value.returncode == 1
    assert list(tmp_path.glob("*案卷*")) == []
    assert not LedgerEntry.objects.filter(action="case.export").exists()


def test_a_volume_is_not_made_over_a_ledger_that_does_not_hold(story, settings):
    case = story.run("initiating")
    entry = LedgerEntry(**{
        field.attname: getattr(LedgerEntry.objects.filter(case_id=case.pk).first(), field.attname)
        for field in LedgerEntry._meta.concrete_fields if field.name != "id"
    })  # fmt: skip
    entry.actor_name = "另一人"
    entry.save(force_insert=True)
    with pytest.raises(Unfit, match=f"台账第{entry.pk}条"):
        extract.make(case, list(case.clues.values_list("pk", flat=True)))


def test_case_supervision_takes_a_closed_case_with_its_reason_and_nobody_else_finds_the_door(client, story):
    story.with_organization = False
    story.run("executing")
    world, url = story.world, f"/followup/cases/{story.case.pk}/volume/"
    client.force_login(world.casemgmt)
    early = client.get(url)
    assert early.status_code == 403
    assert "导出案卷" not in client.get(f"/cases/{story.case.pk}/panel/execution/").content.decode()
    story.closed()
    assert f'href="{url}"' in client.get(f"/cases/{story.case.pk}/panel/execution/").content.decode()
    assert client.get(url).status_code == 200
    empty = client.post(url, {"reason": " "})
    assert empty.status_code == 422
    assert "请填写“导出事由”" in empty.content.decode()
    assert not LedgerEntry.objects.filter(action="case.export").exists()
    given = client.post(url, {"reason": "移交档案室"})
    assert given.status_code == 200
    assert given.streaming
    entry = LedgerEntry.objects.get(action="case.export")  # before the first byte
    content = b"".join(given.streaming_content)
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == entry.detail["files"]
        manifest = archive.read("manifest.json")
    assert entry.detail["manifest"] == hashlib.sha256(manifest).hexdigest()
    assert (entry.actor_name, entry.detail["reason"], entry.case_id) == (
        world.casemgmt.name,
        "移交档案室",
        story.case.pk,
    )
    for username in (*STRANGERS, "inspector", "head", "deputy", "principal", "conduct", "trial"):
        client.force_login(world.users[username])
        assert client.get(url).status_code == 404, username
        assert client.post(url, {"reason": "看看"}).status_code == 404, username
    assert LedgerEntry.objects.filter(action="case.export").count() == 1
