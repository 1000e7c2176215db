"""Evidence is shown where the browser itself can show it, by its first bytes and never by its name."""

import pytest

from cases.models import Case, Evidence
from cases.services import evidence
from cases.versions import pieces_between
from wenze.audit.models import LedgerEntry
from wenze.demo.stories import PDF, upload

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture
def pieces(story):
    case = story.run("investigating")
    return {
        name: evidence.receive_evidence(
            case_id=case.pk, upload=upload(name, content), title=name, kind="document", source="某局", provided_by="", proves="",
            taken_on=story.day, second_taker_name="林样张", actor=story.world.inspector, on=story.day,
        )
        for name, content in (("批示.pdf", PDF), ("照片.png", PNG))
    }  # fmt: skip


def test_a_pdf_and_a_picture_are_shown_in_our_own_frame_only(client, story, pieces):
    client.force_login(story.world.inspector)
    for name, kind in (("批示.pdf", "application/pdf"), ("照片.png", "image/png")):
        base = f"/cases/{story.case.pk}/evidence/{pieces[name].pk}/"
        page = client.get(base)
        assert f"{base}view/" in page.content.decode()
        assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
        shown = client.get(f"{base}view/")
        assert shown.headers["Content-Type"] == kind
        assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
        assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert shown.headers["X-Content-Type-Options"] == "nosniff"


def test_looking_at_a_piece_is_on_the_ledger_before_the_first_byte(client, story, pieces):
    client.force_login(story.world.inspector)
    before = LedgerEntry.objects.filter(about_id=pieces["照片.png"].pk).count()
    client.get(f"/cases/{story.case.pk}/evidence/{pieces['照片.png'].pk}/view/")
    assert LedgerEntry.objects.filter(about_id=pieces["照片.png"].pk).count() == before + 1


def test_what_is_no_pdf_and_no_picture_is_downloaded_only(client, story, pieces, monkeypatch):
    from wenze.crypto import files

    monkeypatch.setattr(files, "unseal", lambda sealed: b"<html><script>alert(1)</script></html>")
    client.force_login(story.world.inspector)
    base = f"/cases/{story.case.pk}/evidence/{pieces['批示.pdf'].pk}/"
    assert "请下载后查看" in client.get(base).content.decode()
    assert client.get(f"{base}view/").status_code == 404
    download = client.get(f"{base}file/")
    assert download.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in download.headers["Content-Security-Policy"]


def test_the_page_costs_the_same_queries_for_one_piece_and_for_many(
    client, story, pieces, django_assert_max_num_queries
):
    client.force_login(story.world.inspector)
    piece = Evidence.objects.filter(case=Case.objects.get(pk=story.case.pk)).first()
    with django_assert_max_num_queries(15):
        client.get(f"/cases/{story.case.pk}/evidence/{piece.pk}/")


def test_two_versions_of_a_report_differ_sentence_by_sentence():
    found = pieces_between("一次检查。未闭环。已处理。", "一次检查。两次未闭环。已处理。")
    assert [(piece.kind, piece.text) for piece in found] == [
        ("same", "一次检查。"), ("gone", "未闭环。"), ("new", "两次未闭环。"), ("same", "已处理。"),
    ]  # fmt: skip


def test_nothing_changed_is_told_as_the_same():
    assert {piece.kind for piece in pieces_between("甲。乙。", "甲。乙。")} == {"same"}
    assert [piece.kind for piece in pieces_between("", "甲。")] == ["new"]
