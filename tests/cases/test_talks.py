"""谈话笔录 (D07): two talkers, rights told, sealed words; the signed scan becomes evidence."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from cases.models import Evidence, TalkRecord
from wenze.demo.stories import PDF
from wenze.documents.models import OfficialDocument
from wenze.search import selectors

WORDS = "问：何时收到提醒函？答：六月二十日。"


def typed(**changes):
    day = dt.date.today() - dt.timedelta(days=1)  # noqa: DTZ011, TID251 -- typed into the form
    return {
        "person": "知某某", "capacity": "witness", "unit_and_post": "示例市某某局科员", "second_talker": "林样张",
        "began_at": f"{day}T09:00", "ended_at": f"{day}T10:30", "place": "谈话室", "rights_told": "on", "text": WORDS,
        "read_back": "看过，相符。", **changes,
    }  # fmt: skip


@pytest.fixture
def url(client, story):
    story.run("investigating")
    client.force_login(story.world.inspector)
    return f"/cases/{story.case.pk}/talks/"


def test_a_talk_is_written_down_its_record_is_made_and_its_signed_scan_is_evidence(client, story, url):
    answer = client.post(url, typed(scan=SimpleUploadedFile("签字件.pdf", PDF, "application/pdf")))
    assert answer.status_code == 302, answer.context["form"].errors
    row = TalkRecord.objects.get()
    assert row.text == WORDS
    assert row.evidence == Evidence.objects.get()
    assert (row.evidence.kind, row.evidence.title) == ("testimony", "知某某谈话笔录")
    record = str(OfficialDocument.objects.get(kind="D07").context)
    assert "六月二十日" in record
    assert "09:00至" in record, "the office's own time, whatever the database keeps"
    assert "知某某" in client.get(f"/cases/{story.case.pk}/panel/evidence/").content.decode()


def test_the_words_are_sealed_in_the_database_and_are_not_searched(client, story, url):
    client.post(url, typed())
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_talkrecord")
        assert "六月二十日" not in str(cursor.fetchall())
        cursor.execute("SELECT plain_context, sealed_context FROM documents_officialdocument WHERE kind = 'D07'")
        assert "六月二十日" not in str(cursor.fetchall()).encode().decode("unicode_escape")
    assert selectors.search(story.world.inspector, "六月二十日").count == "0"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("second_talker", "程示例"), ("second_talker", ""), ("ended_at", "2020-01-01T08:00"), ("began_at", "2999-01-01T08:00"),
        ("rights_told", ""), ("text", ""), ("person", "林样张"),
    ],
)  # fmt: skip
def test_a_talk_that_was_not_held_by_the_rules_is_refused_and_nothing_is_lost(client, url, field, value):
    answer = client.post(url, typed(**{field: value}))
    assert answer.status_code == 422
    assert not TalkRecord.objects.exists()
    assert not OfficialDocument.objects.filter(kind="D07").exists()
    if field != "text":
        assert WORDS in answer.content.decode()


def test_a_damaged_scan_refuses_the_whole_record(client, url):
    answer = client.post(url, typed(scan=SimpleUploadedFile("签字件.pdf", b"no pdf", "application/pdf")))
    assert answer.status_code == 422
    assert not TalkRecord.objects.exists()


def test_before_the_report_no_process_office_reads_a_talk(client, story, url):
    client.post(url, typed())
    for name in ("casemgmt", "trial", "conduct", "inspector3"):
        assert not TalkRecord.objects.visible_to(story.world.users[name]).exists()
    assert TalkRecord.objects.visible_to(story.world.head).exists()
