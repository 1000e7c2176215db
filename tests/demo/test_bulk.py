"""A generated case is a service-made one told of other people: the same tables, the same columns, the same answers."""

import hashlib
from collections import Counter

import pytest
from django.apps import apps
from django.db import connection
from django.test import override_settings
from django.urls import reverse

from cases import composing
from cases.models import Case, Report
from cases.panels import PANELS
from wenze.audit import verify
from wenze.crypto.fields import SealedTextField
from wenze.crypto.files import unseal
from wenze.demo.bulk import making, reading
from wenze.documents import render
from wenze.documents.models import NumberSeries, OfficialDocument
from wenze.documents.services import canonical
from wenze.notices.models import Outbox
from wenze.people.models import User
from wenze.search.models import SearchEntry
from wenze.search.services import rebuild
from wenze.workflow.dossier import digest
from wenze.workflow.models import Approval, Signature


@pytest.fixture
def generated(story, tmp_path):
    """A key case told to its visit by the services, and three cases generated from it, every reference checked."""
    story.is_key = True
    told = story.run("visited")
    with override_settings(WENZE_ANCHORS=tmp_path / "anchors"):
        assert making.generate(3, 7, lambda _text: None, checked=True) == 3
        connection.check_constraints()
        yield told, list(Case.objects.exclude(pk=told.pk).order_by("serial"))


def shape(matter):
    """Table by table: how many rows, and which columns are filled in each."""
    return {
        label: Counter(
            tuple(each.attname for each in reading.columns_of(type(row)) if row.__dict__[each.attname] not in (None, "", b""))
            for row in rows
        )
        for label, rows in matter.rows.items()
    }  # fmt: skip


def test_a_generated_case_has_the_rows_and_columns_of_the_one_that_the_services_made(generated):
    told, made = generated
    matters = {matter.of(Case)[0].pk: matter for matter in reading.matters() if matter.of(Case)}
    assert set(matters) == {told.pk, *(case.pk for case in made)}
    expected = shape(matters[told.pk])
    assert len(expected) > 45
    for case in made:
        assert shape(matters[case.pk]) == expected
        assert (case.state, case.procedure, case.track) == (told.state, told.procedure, told.track)
    ids = [pk for matter in matters.values() for pk in matter.ids]
    assert len(ids) == len(set(ids))


def test_everything_sealed_signed_and_numbered_of_a_generated_case_holds(generated):
    told, made = generated
    ids = [case.pk for case in made]
    assert [case.serial for case in made] == [told.serial + place for place in (1, 2, 3)]
    assert {(verdict.broken, verdict.unsealed) for verdict in verify.verify()} == {("", 0)}
    for approval in Approval.objects.filter(case_id__in=ids).prefetch_related("signatures"):
        assert digest(approval.dossier) == approval.dossier_hash
        assert all(row.dossier_hash == approval.dossier_hash for row in approval.signatures.all())
    assert Signature.objects.filter(approval__case_id__in=ids).count() > 20
    for paper in OfficialDocument.objects.filter(case_id__in=ids):
        assert hashlib.sha256(canonical(paper.context)).hexdigest() == paper.context_hash
    for series in NumberSeries.objects.filter(series__startswith="document:"):
        kinds = OfficialDocument.objects.filter(commission=series.commission, year=series.year, serial__isnull=False)
        numbers = Counter(paper.number for paper in kinds)
        assert max(numbers.values(), default=1) == 1
    opened = 0
    for model in apps.get_models():
        for column in (each for each in model._meta.local_concrete_fields if isinstance(each, SealedTextField)):
            opened += sum(isinstance(getattr(row, column.attname), str) for row in model._base_manager.all())
    assert opened > 60
    for case in made:
        assert all(unseal(piece.file).startswith(b"%PDF") for piece in case.evidence.all())
        assert not composing.unshown_to(case)
        assert not any(composing.moved_since(report) for report in Report.objects.filter(case=case))
    assert not Outbox.objects.filter(payload__icontains=str(made[0].pk)).exists()


def test_the_panels_of_a_generated_case_open_for_its_inspector_and_its_decision_prints(generated, client):
    _, made = generated
    case = made[0]
    inspector = case.team.get(is_leader=True).user
    assert inspector != User.objects.get(username="inspector")
    client.force_login(inspector)
    for panel in PANELS:
        assert client.get(case.panel_url(panel.code)).status_code == 200, panel.code
    subject = case.subjects.get(kind="cadre")
    assert (
        subject.name in client.get(reverse("cases")).content.decode()
        or case.title in client.get(reverse("cases")).content.decode()
    )
    paper = OfficialDocument.objects.filter(case_id=case.pk, kind="D19").first()
    assert subject.name in paper.title + str(paper.context)
    assert render.pdf(paper).startswith(b"%PDF")


def test_the_words_of_the_index_are_those_that_the_rooms_would_write(generated):
    _, made = generated
    rows = SearchEntry.objects.filter(case_id__in=[case.pk for case in made])
    kept = {row[:2]: row for row in rows.values_list("kind", "object_id", "title", "tokens", "initials")}
    rebuild()
    again = {
        row[:2]: row for row in SearchEntry.objects.values_list("kind", "object_id", "title", "tokens", "initials")
    }
    assert len(kept) > 60
    assert kept == {key: again[key] for key in kept}


def test_generating_twice_makes_nothing_and_more_makes_the_rest(generated):
    assert making.generate(3, 7, lambda _text: None) == 0
    assert making.generate(4, 7, lambda _text: None) == 1
    assert making.generate(1, 8, lambda _text: None) == 1
    assert Case.objects.count() == 6
