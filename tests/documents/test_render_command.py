"""``render_document``: the issued paper of a case by its number (contract.md)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from wenze.audit.models import LedgerEntry
from wenze.documents import render
from wenze.documents.models import OfficialDocument


def run(*arguments):
    out = StringIO()
    try:
        call_command("render_document", *arguments, stdout=out)
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


@pytest.fixture
def decided(story):
    return story.run("decided")


@pytest.mark.parametrize("number", ["2026-0001", "DEMO:2026-0001", "〔2026〕问字第0001号"])
def test_a_decision_is_written_as_it_was_issued(decided, tmp_path, number):
    out = tmp_path / "d19.pdf"
    code, said = run(number.replace("2026", str(decided.year)), "d19", "--out", str(out), "--subject", "1")
    assert code == 0, said
    subject = decided.subjects.get(position=1)
    document = OfficialDocument.objects.get(case_id=decided.pk, kind="D19", subject_id=subject.pk)
    assert out.read_bytes() == render.pdf(document)
    assert LedgerEntry.objects.filter(action="read", about_id=document.pk).exists()


def test_the_registration_of_its_clue_is_found_too(decided, tmp_path):
    assert run(f"{decided.year}-1", "D01", "--out", str(tmp_path / "d01.pdf"))[0] == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("{year}-0001", "D19"), 2), (("{year}-0001", "D19", "--subject", "9"), 2), (("{year}-0001", "D99"), 2),
        (("nonsense", "D19"), 2), (("{year}-0099", "D19"), 1), (("{year}-0001", "D46"), 1), (("DEMO-X:{year}-0001", "D12"), 1),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_or_is_not_there_is_said(decided, tmp_path, arguments, code):
    filled = [each.format(year=decided.year) for each in arguments]
    found, said = run(*filled, "--out", str(tmp_path / "x.pdf"))
    assert (found, bool(said)) == (code, True)
    assert not (tmp_path / "x.pdf").exists()
