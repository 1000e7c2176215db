"""Recommendation letters with the reply term they set themselves (T27); education reported unit by unit (law.md §8)."""

import datetime as dt

import pytest

from followup.models import (
    EducationUnit,
    RecommendationLetter,
)
from followup.services import education, letters
from tests.followup.reforming import answer, issued, open_tasks, received, running, taught, written
from wenze.deadlines.arithmetic import Term, Unit, reckon
from wenze.documents.models import OfficialDocument
from wenze.errors import Invalid, NotYours, Stale
from wenze.workflow import approvals
from wenze.workflow.models import Approval

pytestmark = pytest.mark.django_db


# --- letters --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "unit", "organ", "words"),
    [
        ("discipline_recommendation", "P-gov", "中共示例市纪律检查委员会", "党章党规"),
        ("supervision_recommendation", "U-gov", "示例市监察委员会", "第五十二条第五项"),
        ("joint", "P-gov", "中共示例市纪律检查委员会", "第五十二条第五项"),
    ],
)
def test_each_kind_rests_on_its_own_article_and_is_numbered_in_one_series(told, kind, unit, organ, words):
    letter = issued(told, kind=kind, to_organization=told.world[unit])
    context = letter.document.context
    assert (letter.document.number, context["organ"]) == (f"示例纪监建〔{told.day.year}〕1号", organ)
    assert words in str(context)
    assert ("第七十一条" in str(context)) is letter.binds_by_law


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "supervision_recommendation"}, "kind"), ({"kind": "discipline_recommendation", "unit": "U-gov"}, "kind"),
        ({"reply_days": 61}, "reply_days"), ({"reply_days": 0}, "reply_days"), ({"advice": " "}, "advice"), ({"causes": ""}, "causes"),
        ({"problems": ""}, "problems"),
    ],
)  # fmt: skip
def test_a_letter_that_cannot_be_sent_so_is_refused_beside_its_field(told, changes, field):
    unit = changes.pop("unit", "P-gov")
    with pytest.raises(Invalid) as refused:
        written(told, to_organization=told.world[unit], **changes)
    assert set(refused.value.fields) == {field}
    assert not RecommendationLetter.objects.exists()


def test_the_longest_term_that_a_letter_may_set_is_sixty_days(told):
    assert written(told, reply_days=60).reply_days == letters.most_days() == 60


def test_a_letter_is_signed_by_leader_and_principal_and_by_nobody_else(told):
    letter = written(told)
    row = letters.ask_signatures(letter_id=letter.pk, actor=told.world.inspector, on=told.day)
    assert row.chain == ["leader", "principal"]
    assert letters.ask_signatures(letter_id=letter.pk, actor=told.world.inspector, on=told.day) == row
    for username in ("principal", "inspector", "head"):
        with pytest.raises(NotYours):
            approvals.sign(
                approval_id=row.pk,
                shown_hash=row.dossier_hash,
                verdict="sign",
                actor=told.world.users[username],
                on=told.day,
            )
    letter.refresh_from_db()
    assert letter.document is None


def test_a_change_of_the_draft_voids_what_was_signed_of_the_old_text(told):
    letter = written(told)
    row = letters.ask_signatures(letter_id=letter.pk, actor=told.world.inspector, on=told.day)
    told.sign(letter, "issue_letter", told.world.deputy)
    letters.amend_letter(
        letter_id=letter.pk,
        draft=letters.LetterDraft("joint", told.world["P-gov"], "问题", "原因", "另一建议", 30),
        actor=told.world.inspector,
    )
    with pytest.raises(Stale):
        approvals.sign(
            approval_id=row.pk, shown_hash=row.dossier_hash, verdict="sign", actor=told.world.principal, on=told.day
        )
    assert Approval.objects.get(pk=row.pk).state == "void"
    assert not OfficialDocument.objects.filter(kind="D40").exists()


def test_an_issued_letter_is_not_changed_any_more(told):
    letter = issued(told)
    with pytest.raises(Stale):
        letters.amend_letter(
            letter_id=letter.pk,
            draft=letters.LetterDraft("joint", told.world["P-gov"], "另", "另", "另", 30),
            actor=told.world.inspector,
        )


@pytest.mark.parametrize("days", [15, 60])
def test_the_reply_term_is_the_letters_own_and_runs_from_its_receipt(told, days):
    letter = issued(told, reply_days=days)
    assert running(letter, "T27") == []
    assert open_tasks(letter) == {("inspector", "letter_receipt")}
    told.later(5)
    letter = letters.receive_letter(letter_id=letter.pk, received_on=told.day, actor=told.world.inspector, on=told.day)
    due = reckon(Term(days, Unit.CD), told.day).due
    assert letter.reply_due_on == due
    assert running(letter, "T27") == [due]
    assert open_tasks(letter) == {("unit", "letter_reply")}


def test_a_reply_that_does_not_adopt_says_why_and_the_page_names_the_article(client, told):
    letter = received(told)
    with pytest.raises(Invalid) as refused:
        answer(letter, told.world.unit, told.day, adopted=False)
    assert set(refused.value.fields) == {"not_adopted_reason"}
    done = answer(letter, told.world.unit, told.day, adopted=False, not_adopted_reason="已另有安排")
    assert (done.adopted, done.not_adopted_reason, running(letter, "T27")) == (False, "已另有安排", [])
    client.force_login(told.world.inspector)
    assert "《中华人民共和国监察法》第七十一条" in client.get(letter.get_absolute_url()).content.decode()


def test_a_refused_recommendation_to_a_party_organisation_names_no_article_of_the_supervision_law(client, told):
    letter = received(told, kind="discipline_recommendation")
    answer(letter, told.world.unit, told.day, adopted=False, not_adopted_reason="已另有安排")
    client.force_login(told.world.inspector)
    assert "监察法" not in client.get(letter.get_absolute_url()).content.decode()


def test_a_late_reply_is_taken_and_stays_late(told):
    letter = received(told)
    assert answer(letter, told.world.unit, letter.reply_due_on + dt.timedelta(3)).is_late


def test_receipt_and_reply_are_registered_once_and_in_order(told):
    letter = issued(told)
    with pytest.raises(Stale):
        answer(letter, told.world.unit, told.day)
    for actor in (told.world.unit, told.world.inspector):
        if actor is told.world.unit:
            letters.receive_letter(letter_id=letter.pk, received_on=told.day, actor=actor, on=told.day)
            continue
        with pytest.raises(Stale):
            letters.receive_letter(letter_id=letter.pk, received_on=told.day, actor=actor, on=told.day)
    answer(letter, told.world.unit, told.day)
    with pytest.raises(Stale):
        answer(letter, told.world.inspector, told.day)


# --- education ------------------------------------------------------------------------------------------------------
def test_each_unit_has_its_own_row_and_reports_only_that(told):
    made = taught(told)
    own, other = made.units.get(organization=told.world["P-gov"]), made.units.get(organization=told.world["P-edu"])
    assert open_tasks(own) == {("unit", "education")}
    assert open_tasks(other) == {("inspector", "education")}
    assert running(own, "education") == [own.due_on]
    with pytest.raises(EducationUnit.DoesNotExist):
        education.report_education(
            unit_id=other.pk, done_on=told.day, report="已自查", actor=told.world.unit, on=told.day
        )
    done = education.report_education(
        unit_id=own.pk, done_on=told.day, report="已自查", actor=told.world.unit, on=told.day
    )
    assert (done.done_on, done.is_late, running(own, "education")) == (told.day, False, [])
    with pytest.raises(Stale):
        education.report_education(unit_id=own.pk, done_on=told.day, report="又报", actor=told.world.unit, on=told.day)
    late = education.report_education(
        unit_id=other.pk,
        done_on=other.due_on + dt.timedelta(1),
        report="代报",
        actor=told.world.inspector,
        on=other.due_on + dt.timedelta(1),
    )
    assert late.is_late


def test_an_education_that_names_no_unit_or_no_later_day_is_refused(told):
    with pytest.raises(Invalid) as refused:
        taught(told, units=[], due_on=told.day)
    assert set(refused.value.fields) == {"units", "due_on"}
