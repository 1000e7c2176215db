"""What the tests stand on: a story that is taken from what was kept is the story that was told, row for row."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from cases.models import Case
from tests import told
from wenze.demo.stories import Story
from wenze.documents import render
from wenze.documents.models import OfficialDocument


@pytest.fixture
def twice(story):
    """The rows, the files and the day after the same telling, kept and taken again."""
    found = []
    for _ in range(2):
        with transaction.atomic():
            story.world.untouched = told.changes()
            teller = told.Told(**{name: getattr(story, name) for name in ("world", "code", "title", "day", "act_on")})
            case = teller.run("visited")
            files = {path.name: path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
            found.append((told._rows(), files, teller.day, teller.clue.pk, case.pk, case.state))
            transaction.set_rollback(True)
    return found


def test_a_story_taken_again_is_row_for_row_and_file_for_file_what_was_told(twice):
    first, again = twice
    assert sum(len(rows) for rows in first[0].values()) > 1000
    assert len(first[1]) > 2
    assert first == again


def test_a_story_on_a_world_that_was_touched_is_told_anew(story, world):
    case = story.run("initiating")
    with transaction.atomic():
        world.chiefs["gov"].save()
        again = told.Told(world, "gov", "另一事", story.day, story.act_on)
        other = again.run("initiating")
    assert other.pk != case.pk
    assert Case.objects.count() == 2


def test_a_test_that_changes_settings_has_its_story_told_by_the_services(story, settings):
    assert type(story) is Story


def test_papers_and_sealed_files_of_a_story_taken_again_open(story):
    for _ in range(2):
        with transaction.atomic():
            story.world.untouched = told.changes()
            case = told.Told(story.world, "gov", story.title, story.day, story.act_on).run("decided")
            paper = OfficialDocument.objects.filter(case_id=case.pk, kind="D19").first()
            assert render.pdf(paper).startswith(b"%PDF")
            assert case.evidence.first().file.name
            transaction.set_rollback(True)
