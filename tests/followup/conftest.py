"""One closed case exported twice, kept for the tests that only read what came out; a case in execution with its reform."""

import importlib.util
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command

from cases.models import Evidence
from cases.services import evidence
from followup.models import ReformItem
from wenze.demo.stories import PDF, upload
from wenze.documents import services as documents
from wenze.documents.models import OfficialDocument

ODD_NAME = "..\\..\\证据：“原件”?\u202e.pdf"


@dataclass
class Made:
    """What the command made of one closed case, kept for the tests that need no database."""

    first: bytes
    second: bytes
    evidence: dict
    folder: Path
    verify: object


KEPT: list[Made] = []


def closed_with_oddities(case_story):
    """A closed case with a withdrawn piece of evidence, a void document, and a file whose name is an attack."""
    world = case_story.world
    case = case_story.run("heard")
    row = evidence.receive_evidence(
        case_id=case.pk, upload=upload(ODD_NAME, PDF + b"%odd\n"), title="另一份台账", kind="document", source="某局", provided_by="",
        proves="", taken_on=case_story.day, second_taker_name="林样张", actor=world.inspector, on=case_story.day,
    )  # fmt: skip
    evidence.withdraw_evidence(
        case_id=case.pk, evidence_id=row.pk, reason="与本案无关", actor=world.inspector, on=case_story.day
    )
    for stage in ("reported", "adjudicated", "deliberated", "decided", "executing", "closed"):
        getattr(case_story, stage)()
    old = OfficialDocument.objects.get(case_id=case.pk, kind="D05")
    documents.void(document=old, reason="抬头有误", actor=world.casemgmt)
    case.refresh_from_db()
    return case


@pytest.fixture
def made(request, tmp_path, tmp_path_factory):
    if not KEPT:
        story = request.getfixturevalue("story")
        story.with_organization = False
        case = closed_with_oddities(story)
        out = tmp_path / "案卷.zip"
        call_command("export_case", f"{case.year}-{case.serial:04d}", out=str(out))
        first = out.read_bytes()
        call_command("export_case", f"DEMO:{case.number}", out=str(out))
        folder = tmp_path_factory.mktemp("volume") / "案卷"
        with zipfile.ZipFile(io.BytesIO(first)) as archive:
            archive.extractall(folder)
        rows = Evidence.objects.filter(case=case)
        spec = importlib.util.spec_from_file_location("exported_verify", folder / "verify.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        KEPT.append(Made(first, out.read_bytes(), {row.serial: row.file.plain_sha256 for row in rows}, folder, module))
    return KEPT[0]


@pytest.fixture
def told(story):
    """Decided, in execution, with one point and one item of the unit P-gov."""
    story.run("executing")
    story.reformed()
    return story


@pytest.fixture
def item(told):
    return ReformItem.objects.get(case=told.case)


@pytest.fixture
def executed(story):
    """A decision in execution: items wait at HR and at the unit."""
    story.run("executing")
    return story
