"""以案促改, the ruler and tolerance of the old brickworks (spec/case-12): every term and every day as they are told, and the papers."""

import pymupdf
import pytest
from django.test import override_settings

from cases import tolerance
from cases.models import Precedent, ToleranceClaim
from followup.models import Blockage, ExecutionItem, NameClearing, ReformReport
from review.models import Comparison, SettledOutcome
from review.ruler import counting
from tolerance.models import FilingAnswer
from wenze.demo import world as demo
from wenze.demo.twelve import STAGES, Twelve
from wenze.demo.twelve.people import told
from wenze.documents import render
from wenze.documents.models import OfficialDocument
from wenze.terms.models import Clock
from wenze.workflow.models import Approval

pytestmark = [pytest.mark.xdist_group("case_twelve"), pytest.mark.django_db]
ITEMS, LETTERS = told()["reform"], told()["recommendation_letters"]


@pytest.fixture(scope="module")
def story(telling):
    """The story up to the end of the reform, told once for this module."""
    twelve = Twelve(demo.build())
    twelve.run("reformed")
    return twelve


@pytest.mark.article("TL", 14)
@pytest.mark.parametrize("row", ITEMS, ids=lambda row: row["id"])
def test_an_item_runs_from_its_day_and_is_written_off_on_the_day_that_is_told(story, row):
    item = story.items[row["id"]]
    clock = Clock.objects.get(rule="T28", about_id=item.pk)
    term = row["T28"]
    assert (clock.started_on, clock.due_on, clock.nominal_on, clock.provisional) == (
        row["start"], term["due"], term["nominal"], term["provisional"],
    )  # fmt: skip
    assert (item.due_on, item.written_off_on, clock.met_on) == (term["due"], row["done"], row["done"])
    assert (clock.state, item.is_late) == ("met", False)


@pytest.mark.parametrize("row", ITEMS, ids=lambda row: row["id"])
def test_an_item_names_its_point_its_unit_and_its_owner_and_was_accepted_by_another(story, row):
    item = story.items[row["id"]]
    point = item.blockage
    assert (point.kind, point.get_deviation_display(), point.text) == (row["obstacle"], row["deviation"], row["text"])
    assert point.get_link_display() == f"{row['link']}责任"
    assert item.responsible == point.organization == story.people.organizations[row["org"]]
    assert item.owner
    assert "C6" not in item.owner
    report = ReformReport.objects.get(item=item)
    assert report.reported_on == report.accepted_on == row["done"]
    assert report.answered_by != report.reported_by
    assert (report.document.kind, report.document.issued_on) == ("D42", row["done"])


def test_the_points_of_the_responsible_bodies_stand_on_their_attributions(story):
    points = Blockage.objects.filter(case=story.case).select_related("attribution__subject")
    assert points.count() == len(ITEMS)
    standing = [point for point in points if point.attribution is not None]
    assert standing
    for point in standing:
        assert point.attribution.subject.organization_id == point.organization_id
        assert point.attribution.power == point.link


@pytest.mark.article("JCF", 71)
@pytest.mark.parametrize("row", LETTERS, ids=lambda row: row["id"])
def test_a_letter_is_answered_within_the_term_that_it_set_itself(story, row):
    letter = story.letters[row["id"]]
    clock = Clock.objects.get(rule="T27", about_id=letter.pk)
    term = row["T27"]
    assert (clock.started_on, clock.due_on, clock.nominal_on, clock.provisional) == (
        row["received"], term["due"], term["nominal"], term["provisional"],
    )  # fmt: skip
    assert (letter.received_on, letter.reply_due_on, letter.replied_on) == (
        row["received"],
        term["due"],
        row["replied"],
    )
    assert (clock.met_on, letter.is_late, letter.adopted) == (row["replied"], False, True)
    assert letter.to_organization == story.people.organizations[row["to"]]


def test_each_letter_has_its_number_in_the_series_of_recommendations_and_two_signatures(story):
    told_on = {row["id"]: row["date"] for row in told()["documents"]}
    for serial, row in enumerate(LETTERS, 1):
        letter = story.letters[row["id"]]
        assert letter.document.number == f"示例纪监建〔2026〕{serial}号"
        assert letter.document.issued_on == told_on[row["document"]]
        approval = Approval.objects.get(about_id=letter.pk)
        assert list(approval.signatures.values_list("seat", flat=True)) == ["leader", "principal"]


def test_the_letter_is_a_red_head_document_that_says_when_to_answer(story):
    document = OfficialDocument.objects.filter(case_id=story.case.pk, kind="D40").first()
    text = "".join(page.get_text() for page in pymupdf.open(stream=render.pdf(document))).replace("\n", "")
    for words in ("纪律检查建议书", "存在问题", "收到本建议书之日起30日内", "第十四条"):
        assert words in text
    assert "第七十一条" not in text  # a Party organisation is not bound by the supervision law's article


def test_the_volume_closes_on_what_was_handed_over(story):
    with override_settings(WENZE_TODAY=STAGES["closed"]):
        story.closed()
    story.case.refresh_from_db()
    assert story.case.state == "closed"


# --- the ruler (spec/case-12.yaml ``ruler``) --------------------------------------------------------------------------
def test_the_ruler_calls_c1_an_outlier_with_its_written_reason_and_c7_none(story):
    looks = {code: Comparison.objects.filter(subject=story.subjects[code]).first() for code in ("C1", "C7")}
    assert (looks["C1"].position, looks["C1"].count, looks["C1"].reason) == (
        "heavier",
        19,
        "三次检查均经其手、批示放行，后果3人死亡。",
    )
    assert {row["code"]: row["count"] for row in looks["C1"].distribution} == {
        "admonishment": 11,
        "post_adjustment": 6,
        "removal": 2,
    }
    assert (looks["C7"].position, looks["C7"].count, looks["C7"].reason) == ("inside", 26, "")


def test_the_first_sitting_is_warned_that_the_blame_lands_below_and_the_second_no_longer(story):
    first, second = Approval.objects.filter(about_id=story.case.pk, step="deliberate").order_by("requested_on")
    told = [section["paragraphs"] for section in first.dossier["sections"] if section["key"] == "fairness"]
    assert any("责任偏在下级：市级无人被问责" in text for text in told[0])
    told = [
        text for section in second.dossier["sections"] if section["key"] == "fairness" for text in section["paragraphs"]
    ]
    assert not any("责任偏在下级" in text for text in told)


def test_each_of_the_twelve_counts_once_by_what_stands_in_the_end(story):
    found = dict(SettledOutcome.objects.filter(case=story.case).values_list("subject_id", "measure"))
    assert {code: found.get(row.pk) for code, row in story.subjects.items()} == {
        "O1": "inspection", "O2": "circulation", "O3": "first_form", "O4": "inspection", "C1": "party_serious_warning",
        "C2": "circulation", "C3": "not_accountable", "C4": "circulation", "C5": found.get(story.subjects["C5"].pk), "C6": "exempted",
        "C7": "admin_demerit", "C8": "admonishment",
    }  # fmt: skip
    assert found[story.subjects["C5"].pk] in ("party_removal", "admin_dismissal"), (
        "joined, by the county's own decision"
    )
    assert counting.rebuild(write=False) == (12, 0, 0)


# --- tolerance ------------------------------------------------------------------------------------------------------
def test_the_filing_in_advance_is_answered_clause_by_clause_and_weighed_by_three(story):
    row, subject = told()["tolerance"]["answers"][0], story.subjects["C6"]
    answer = FilingAnswer.objects.get(filing=story.people.filings[row["filing"]], subject_id=subject.pk)
    assert (answer.in_scope, answer.as_filed, answer.answered_on) == (row["in_scope"], row["as_filed"], row["answered"])
    assert (answer.negative_item_id is not None, answer.correction == "timely") == (
        row["negative_hit"],
        row["corrected_in_time"],
    )
    assert answer.clauses.exists()
    assert all(clause.kept and clause.evidence.exists() for clause in answer.clauses.all())
    said = tolerance.standing_assessments(subject)
    assert [each.assessor for each in said] == ["handling", "personnel", "authority"]
    lines = row["distinctions"]
    for each in said:
        assert each.get_motive_display() == lines["public_or_private"]
        assert each.get_ban_display() == lines["prohibited"]
        assert each.get_intent_display() == lines["intent"]
        assert each.effect == "exempted"


def test_what_came_after_the_act_and_what_was_only_claimed_exempt_nobody(story):
    late = FilingAnswer.objects.get(filing=story.people.filings["TF2"], subject_id=story.subjects["C1"].pk)
    assert late.effect == "not_applicable"
    claim = ToleranceClaim.objects.get(subject=story.subjects["C2"])
    row = told()["tolerance"]["claims"][0]
    assert (claim.applied_on, claim.ground, claim.effect, claim.state) == (
        row["submitted"],
        row["ground"],
        "not_applicable",
        "answered",
    )
    assert {each.effect for each in tolerance.standing_assessments(claim.subject)} == {"not_applicable"}


def test_the_exempted_one_puts_it_right_in_time_and_his_name_is_cleared_where_hr_sees_it(story):
    row, subject = told()["rectify_notices"][0], story.subjects["C6"]
    item = ExecutionItem.objects.get(decision__subject=subject, kind="rectification")
    assert (item.due_on, item.done_on) == (row["limit"]["due"], row["done"])
    report = item.rectify_reports.get()
    assert report.answered_by != report.reported_by
    letter = NameClearing.objects.get(decision__subject=subject)
    assert letter.document.kind == "D31C"
    assert "考核、评优、任用不因此受影响" in str(letter.document.context)
    assert subject.act not in str(letter.document.context)
    assert letter.document.number.endswith("纪正〔2026〕1号")
    entry = Precedent.objects.get(subject_id=subject.pk)
    assert entry.released_on is not None
    words = f"{entry.title}{entry.matter}{entry.reasons}{entry.category}"
    assert not any(name in words for name in [each.name for each in story.subjects.values()])
    assert not any(char.isdigit() for char in words)
