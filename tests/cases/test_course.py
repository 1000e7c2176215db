"""What changes while a case is investigated: later batches, longer terms, subjects who leave, clues that join."""

import pytest

from cases import composing
from cases.enums import CaseState
from cases.models import Dispatch, Supplement
from cases.services import course, leaving, report, supplement
from cases.services.initiation import SubjectDraft
from wenze.demo.stories import Story
from wenze.documents.models import OfficialDocument
from wenze.errors import Invalid, NotYours, Refused, Stale
from wenze.people.models import Cadre
from wenze.terms.models import Clock


def another(story, **more):
    """The unit's deputy, as a further subject."""
    return SubjectDraft(
        cadre=story.world.deputies["gov"], act_on=story.act_on, tier="IMPORTANT", act="分管窗口而不督促", **more
    )


def applied(story):
    story.run("investigating")
    return supplement.add_subjects(
        case_id=story.case.pk, subjects=[another(story)], reason="另有责任人", actor=story.world.inspector, on=story.day
    )


def approved(story):
    row = applied(story)
    supplement.ask_signatures(supplement_id=row.pk, actor=story.world.inspector, on=story.day)
    story.sign(row, "approve_supplement", story.world.deputy, story.world.principal)
    row.refresh_from_db()
    return row


def test_a_later_batch_is_signed_like_the_first_and_has_its_own_term(story):
    row = approved(story)
    subject = row.subjects.get()
    assert (row.approved_on, subject.state) == (story.day, CaseState.INVESTIGATING)
    assert Clock.objects.filter(about_id=row.pk, rule="T06", started_on=story.day).exists()
    assert OfficialDocument.objects.filter(case_id=story.case.pk, kind="D06", subject_id=subject.pk).exists()
    story.case.refresh_from_db()
    assert story.case.state == CaseState.INVESTIGATING


def test_before_its_approval_nobody_of_the_batch_is_heard_for(story):
    row = applied(story)
    with pytest.raises(Invalid):
        course.ask_extension(
            case_id=story.case.pk, reason="", actor=story.world.inspector, on=story.day, supplement=row
        )
    assert row.subjects.get() not in story.case.subjects.investigated()


def test_a_batch_may_be_taken_back_until_it_is_approved_and_its_approval_falls(client, story):
    row = applied(story)
    asked = supplement.ask_signatures(supplement_id=row.pk, actor=story.world.inspector, on=story.day)
    supplement.withdraw_supplement(supplement_id=row.pk, actor=story.world.inspector)
    assert story.case.subjects.count() == 2
    asked.refresh_from_db()
    assert asked.state == "void"
    client.force_login(story.world.deputy)
    assert client.get(f"/approvals/{asked.pk}/").status_code == 200


def test_an_ending_signed_after_the_report_went_out_is_refused(story):
    story.run("heard")
    subject = story.case.subjects.get(kind="cadre")
    leaving.ask_early_end(
        case_id=story.case.pk, subject_id=subject.pk, outcome="handed_over", reason="他人办理", actor=story.world.inspector,
        on=story.day, to_organization=story.world["DEMO-X"],
    )  # fmt: skip
    story.reported()
    with pytest.raises(NotYours):
        story.sign(subject.early_ends.get(), "end_early", story.world.deputy, story.world.principal)
    subject.refresh_from_db()
    assert subject.outcome == ""


def test_an_approved_batch_is_not_taken_back(story):
    with pytest.raises(Invalid):
        supplement.withdraw_supplement(supplement_id=approved(story).pk, actor=story.world.inspector)


@pytest.mark.article("TL", 9)
def test_one_who_is_filed_for_review_is_refused_in_a_later_batch_too(story):
    story.run("investigating")
    with pytest.raises(Refused) as refused:
        supplement.add_subjects(
            case_id=story.case.pk, subjects=[another(story, filed_review_number="某立〔2026〕1号")], reason="另有责任人",
            actor=story.world.inspector, on=story.day,
        )  # fmt: skip
    assert refused.value.codes == ("no_filed_review",)
    assert not Supplement.objects.exists()


def test_only_the_handler_adds_subjects(story):
    story.run("investigating")
    with pytest.raises(NotYours):
        supplement.add_subjects(
            case_id=story.case.pk,
            subjects=[another(story)],
            reason="另有责任人",
            actor=story.world.inspector2,
            on=story.day,
        )


def test_the_inquiry_is_extended_once_and_from_its_nominal_day(story):
    story.run("investigating")
    clock = Clock.objects.get(rule="T06", about_id=story.case.pk)
    nominal = clock.nominal_on or clock.due_on
    course.ask_extension(case_id=story.case.pk, reason="鉴定未完", actor=story.world.inspector, on=story.day)
    story.sign(story.case.extensions.get(), "extend_inquiry", story.world.deputy)
    clock.refresh_from_db()
    month = nominal.month % 12 + 1
    assert clock.nominal_on.month == month
    with pytest.raises(Invalid, match="不能再延"):
        course.ask_extension(case_id=story.case.pk, reason="再延", actor=story.world.inspector, on=story.day)


def test_a_suspended_inquiry_stands_still_and_ends_later_by_the_days_that_were_lost(client, story):
    story.run("investigating")
    case, world = story.case, story.world
    clock = Clock.objects.get(rule="T06", about_id=case.pk)
    nominal = clock.nominal_on or clock.due_on
    client.force_login(world.inspector)
    assert client.post(f"/cases/{case.pk}/suspension/", {"reason": ""}).status_code == 422
    assert client.post(f"/cases/{case.pk}/suspension/", {"reason": "等待事故鉴定意见"}).status_code == 302
    story.sign(case.suspensions.get(), "suspend_inquiry", world.deputy)
    clock.refresh_from_db()
    assert clock.state == "suspended"
    assert "等待事故鉴定意见" in client.get(f"/cases/{case.pk}/panel/subjects/").content.decode()
    with pytest.raises(Invalid, match="已经中止"):
        course.ask_suspension(case_id=case.pk, reason="再中止", actor=world.inspector, on=story.day)
    with pytest.raises(Stale, match="先恢复"):
        report.submit_report(case_id=case.pk, actor=world.inspector, on=story.day)
    story.later(10)
    course.resume_inquiry(case_id=case.pk, actor=world.inspector, on=story.day)
    clock.refresh_from_db()
    assert clock.state == "running"
    assert (clock.nominal_on - nominal).days == 10
    with pytest.raises(Stale):
        course.resume_inquiry(case_id=case.pk, actor=world.inspector, on=story.day)
    assert client.post(f"/cases/{case.pk}/resume/").status_code == 409


def end(story, **more):
    subject = story.case.subjects.get(kind="cadre")
    given = {
        "outcome": "joined_filed_review",
        "reason": "县里已立案",
        "to_organization": story.world["DEMO-X"],
        "filed_number": "某立1号",
    }
    leaving.ask_early_end(
        case_id=story.case.pk, subject_id=subject.pk, actor=story.world.inspector, on=story.day, **{**given, **more}
    )
    story.sign(subject.early_ends.get(), "end_early", story.world.deputy, story.world.principal)
    subject.refresh_from_db()
    return subject


def test_a_subject_filed_for_review_leaves_the_case_with_a_letter(story):
    story.run("investigating")
    subject = end(story)
    assert (subject.state, subject.outcome) == (CaseState.ENDED, "joined_filed_review")
    assert Dispatch.objects.get(subject=subject).document.kind == "D25"
    assert subject not in story.case.subjects.pursued()


def test_the_case_goes_on_without_him(story):
    story.run("investigating")
    gone = end(story)
    with pytest.raises(type(gone).DoesNotExist):
        leaving.ask_early_end(
            case_id=story.case.pk,
            subject_id=gone.pk,
            outcome="handed_over",
            reason="再",
            actor=story.world.inspector,
            on=story.day,
        )
    assert composing.draft_fact_statement(story.case.subjects.get(kind="organization")) is not None


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reason": ""}, "reason"), ({"to_organization": None}, "to_organization"), ({"filed_number": ""}, "filed_number"),
        ({"outcome": "not_pursued_death"}, "outcome"), ({"outcome": "accountable"}, "outcome"),
    ],
)  # fmt: skip
def test_an_ending_that_lacks_its_ground_is_refused(story, more, field):
    story.run("investigating")
    with pytest.raises(Invalid) as refused:
        end(story, **more)
    assert field in refused.value.fields


def test_the_dead_are_not_pursued(story):
    story.run("investigating")
    Cadre.objects.filter(pk=story.case.subjects.get(kind="cadre").cadre_id).update(died_on=story.day)
    subject = end(story, outcome="not_pursued_death", to_organization=None, filed_number="")
    assert subject.outcome == "not_pursued_death"
    assert not Dispatch.objects.filter(subject=subject).exists()


def assigned_clue(story):
    other = Story(story.world, "gov", "同一事故的另一线索", story.day, story.act_on, with_organization=False)
    other.run("assigned")
    other.clue.refresh_from_db()
    return other.clue


def test_a_clue_joins_the_open_case_and_its_terms_are_met(story):
    case = story.run("investigating")
    clue = assigned_clue(story)
    course.join_clue(
        clue_id=clue.pk, case_id=case.pk, reason="同一事故", actor=story.world.inspector, on=story.later(3)
    )
    clue.refresh_from_db()
    assert (clue.case_id, clue.state) == (case.pk, "assessed")
    assert not Clock.objects.filter(about_id=clue.pk, state="running").exists()
    with pytest.raises(Stale):
        course.join_clue(clue_id=clue.pk, case_id=case.pk, reason="再并", actor=story.world.inspector, on=story.day)


def test_a_clue_does_not_join_a_case_that_is_past_its_inquiry(story):
    case = story.run("reported")
    clue = assigned_clue(story)
    with pytest.raises(NotYours):
        course.join_clue(clue_id=clue.pk, case_id=case.pk, reason="同一事故", actor=story.world.inspector, on=story.day)


def test_the_form_offers_only_the_handlers_own_open_cases(client, story):
    case = story.run("investigating")
    clue = assigned_clue(story)
    client.force_login(story.world.inspector)
    page = client.get(f"/clues/{clue.pk}/join/").content.decode()
    assert str(case.pk) in page
    answer = client.post(f"/clues/{clue.pk}/join/", {"case_id": str(case.pk), "reason": "同一事故"})
    assert answer.status_code == 302
    client.force_login(story.world.conduct)
    assert str(case.pk) not in client.get(f"/clues/{clue.pk}/join/").content.decode()
