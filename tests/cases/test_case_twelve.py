"""The case of the old brickworks (spec/case-12): every date, trigger, break, refusal and outcome as it is told."""

import datetime as dt
import hashlib
import re

import pymupdf
import pytest

from cases.models import Appeal, Decision, Dispatch, ExternalDecision
from cases.selectors import like_clues
from followup.models import ExecutionItem, Tracking, VisitPlan
from followup.services import checks
from tests.cases.twelve_told import Told
from tests.documents.reproducing import elsewhere
from tests.documents.test_documents import NOT_AT_A_START, NOT_AT_AN_END, lines_of
from wenze.demo import world as demo
from wenze.demo.twelve.people import told
from wenze.documents import render
from wenze.documents.kinds import KINDS
from wenze.documents.models import OfficialDocument
from wenze.law.citations import Citation
from wenze.law.remedies import remedy_of
from wenze.terms.models import Clock

pytestmark = [pytest.mark.xdist_group("case_twelve"), pytest.mark.django_db]


@pytest.fixture(scope="module")
def story(telling):
    """The whole story, told once for this module; what a test changes is taken back by its own savepoint."""
    twelve = Told(demo.build())
    twelve.run()
    return twelve


def due(rule, about):
    """The day, the nominal day and whether it is provisional, of the clock of a matter."""
    clock = Clock.objects.get(rule=rule, about_id=about.pk)
    return clock.due_on, clock.nominal_on, clock.provisional


def told_due(row):
    return row["due"], row["nominal"] or None, row["provisional"]


def gates(story, code):
    """The gates that a refusal named."""
    answer = story.refused[code]
    assert answer is not None, f"{code} 没有被拒绝"
    return [gap.code for gap in answer.missing] if hasattr(answer, "missing") else list(answer.fields)


# --- the days -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("row", told()["clues"], ids=lambda row: row["id"])
def test_a_clue_must_be_disposed_of_by_the_day_that_is_told(story, row):
    clock_due, _, _ = due("T01", story.clues[row["id"]])
    assert clock_due == row["T01"]["due"]
    assert due("T05", story.clues[row["id"]])[0] == row["T05"]["due"]


def test_the_superiors_order_binds_the_case_with_its_number_and_its_reply_day(story):
    row = told()["clues"][3]
    assert story.case.superior_order == row["order_no"]
    assert due("superior_reply", story.clues["K4"])[0] == row["reply_day"]


def test_the_superior_is_answered_before_his_day_and_the_term_is_met_by_it(story):
    row = told()["clues"][3]
    clue = story.clues["K4"]
    clue.refresh_from_db()
    clock = Clock.objects.get(rule="superior_reply", about_id=clue.pk)
    assert (clue.replied_on, clock.state, clock.met_on) == (row["replied"], "met", row["replied"])
    assert clock.met_on < clock.due_on


def test_the_four_clues_are_told_to_be_alike_and_stand_in_one_case(story):
    assert story.case.clues.count() == 4
    alike = {clue.pk for code in story.clues for clue in like_clues(story.clues[code], story.world.conduct)}
    assert alike == {clue.pk for clue in story.clues.values()}


@pytest.mark.parametrize("batch", told()["initiation"], ids=lambda row: row["batch"])
def test_the_inquiry_runs_from_each_batchs_own_approval_and_is_extended_from_the_nominal_day(story, batch):
    about = story.batches.get(batch["batch"], story.case)
    clock = Clock.objects.get(rule="T06", about_id=about.pk)
    first = clock.events.order_by("pk").first()
    assert first.on == batch["approved"]
    assert clock.due_on == batch["T06_extended"]["due"]
    assert clock.state == "met"


@pytest.mark.parametrize("row", told()["hearings"], ids=lambda row: row["subject"])
def test_the_defence_may_answer_until_the_day_that_is_told(story, row):
    assert due("T09", story.subjects[row["subject"]])[0] == row["T09"]["due"]


def test_the_reviews_have_the_days_that_are_told(story):
    assert due("T12", story.case)[0] == told()["joint_review"]["T12"]["due"]
    assert due("T10", story.case)[0] == told()["adjudication"]["T10"]["due"]
    assert due("T11", story.case)[0] == told()["escalation"]["T11"]["due"]


ITEMS = {
    "EX01": ("C8", "service"), "EX02": ("C4", "service"), "EX03": ("O1", "announcement"), "EX04": ("C8", "announcement"),
    "EX05": ("C8", "self_criticism"), "EX06": ("C8", "integrity_file"), "EX07": ("C8", "filing_above"),
    "EX08": ("C1", "proposal_reply"), "EX09": ("C1", "formalities"), "EX10": ("C1", "sanction_announcement"),
    "EX11": ("C1", "sanction_report"), "EX12": ("C7", "salary"), "EX15": ("C1", "publication"),
}  # fmt: skip


@pytest.mark.parametrize("row", [row for row in told()["execution"] if row["id"] in ITEMS], ids=lambda row: row["id"])
def test_execution_runs_by_the_days_that_are_told(story, row):
    subject, kind = ITEMS[row["id"]]
    item = ExecutionItem.objects.filter(
        decision__subject=story.subjects[subject], kind=kind, due_on__isnull=False
    ).first()
    wanted = next(value for key, value in row.items() if key.startswith("T") and isinstance(value, dict))
    assert item.due_on == wanted["due"]
    assert item.done_on == row["done"]
    assert item.is_late == bool(row.get("late"))


def test_the_remedies_run_from_delivery(story):
    assert Decision.objects.get(subject=story.subjects["C2"]).remedy_until == told()["appeals"][0]["T20"]["due"]
    assert Decision.objects.get(subject=story.subjects["C7"]).remedy_until == dt.date(2026, 7, 17)
    assert remedy_of("supervisory").name == "复审"


def test_the_visits_are_planned_for_the_days_that_are_told(story):
    for row in told()["visit_plan"]:
        wanted = row.get("T29") or row["T30"]
        plan = VisitPlan.objects.get(
            tracking__subject=story.subjects[row["subject"]],
            round="first" if row["round"] == "R1" else "before_release",
        )
        assert plan.due_on == wanted["due"], row["id"]


# --- triggers, refusals, breaks -----------------------------------------------------------------------------------
def test_seven_triggers_fire_and_name_their_subjects(story):
    marks = "①②③④⑤⑥⑦⑧⑨⑩"
    fired = {marks.index(each.text[0]) + 1: each for each in story.fired}
    wanted = {row["code"]: row["subjects"] for row in told()["escalation"]["triggers"]}
    assert set(fired) == set(wanted)
    for code in (1, 7, 8, 9):
        names = {story.subjects[subject].name for subject in wanted[code]}
        assert set(fired[code].on.split("、")) == names, code
    assert {"escalated", "key_case"} == set(story.case.fired_triggers)


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("RF1", "measures"), ("RF2", "initiation_competent"), ("RF3", "heard"), ("RF4", "organization_with_leaders"),
        ("RF5", "effect"), ("RF6", "pre_review_obtained"), ("RF7", "adjudicators"), ("RF9", "no_filed_review"),
        ("RF10", "committee_approved_decision"), ("CC01", "committee_approved_initiation"), ("CC09", "measures"),
    ],
)  # fmt: skip
def test_what_must_be_refused_is_refused_for_the_reason_that_is_told(story, code, named):
    assert named in gates(story, code)


def test_the_report_is_refused_naming_those_not_yet_met(story):
    heard = next(gap for gap in story.refused["RF3"].missing if gap.code == "heard")
    assert "周甲七尚未见面" in heard.text
    assert "吴甲八尚未见面" in heard.text
    assert "单某某" not in heard.text


def test_the_decision_cites_the_articles_of_the_law_in_force(story):
    on = dt.date(2026, 6, 15)
    assert not Citation("JCF", "49").is_in_force(on)
    paper = str(OfficialDocument.objects.get(kind="D20", case_id=story.case.pk).context)
    assert "第五十二条" in paper
    assert "第四十五条" not in paper


def test_the_chain_is_whole_before_anything_is_taken_away(story):
    assert story.whole == []


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("CB1", {"吴甲八"}),
        ("CB2", {"中共示例县某某镇委员会", "单某某"}),
        ("CB3", {"周甲七"}),
        ("CB5", {"O1", "O2", "O4", "C1", "C2", "C4", "C7", "C8"}),
    ],
)
def test_taking_one_link_away_names_exactly_that_break(story, code, names):
    names = {story.subjects[name].name if name in story.subjects else name for name in names}
    everybody = {subject.name for subject in story.subjects.values()}
    named = {name for item in story.broken[code] for name in everybody if name in item.text}
    assert named == names
    assert len(story.broken[code]) == (len(names) if code == "CB5" else 1)


def whom_it_breaks(code):
    """The subjects whose chain rests on that link alone, reckoned from the story as it is written down."""
    attributions = [row for row in told()["attributions"] if row["subject"] != "C5"]  # his matter is not decided here
    events = {row["id"]: row["evidence"] for row in told()["trail"]}
    facts = {row["id"]: row for row in told()["facts"]}
    excused = {"C3", "C6"}  # 条例第十七条
    if code.startswith("AT"):
        own = next((row["subject"] for row in attributions if row["id"] == code), None)
        return {own} if own and sum(row["subject"] == own for row in attributions) == 1 else set()
    if code.startswith("TE"):
        return {row["subject"] for row in attributions if row["event"] == code}
    if code.startswith("EV"):
        return {row["subject"] for row in attributions if events[row["event"]] == [code]}
    if code.startswith("FD"):
        return {row["subject"] for row in attributions if row["subject"] in facts[code]["subjects"]}
    causes = {"FC1": facts["FC1"], "FC2": facts["FC2"]}
    asked = {name for row in causes[code]["but_for"] for name in row["subjects"]} if code in causes else set()
    if code.startswith("FS"):
        asked = {
            name
            for cause in causes.values()
            if cause["links"]["to"] == code
            for row in cause["but_for"]
            if row["causal"]
            for name in row["subjects"]
        }
    return asked - excused


@pytest.mark.parametrize("kind", ["AT", "TE", "EV", "FD", "FS", "FC", "FP"])
def test_taking_any_link_away_names_exactly_those_who_rest_on_it_alone(story, kind):
    everybody = {row.name: code for code, row in story.subjects.items()}
    for code, breaks in story.taken.items():
        if not code.startswith(kind):
            continue
        heads = [re.split("的行为|的责任|没有责任", item.text)[0] for item in breaks]
        named = {everybody[name] for head in heads for name in head.split("、")}
        assert named == whom_it_breaks(code), (code, breaks)


def test_a_result_left_on_one_piece_is_a_warning_and_no_break(story):
    assert story.broken["CB4"] == []
    assert story.facts["FS2"] in story.single["CB4"]


# --- outcomes -------------------------------------------------------------------------------------------------------
def test_the_twelve_have_the_outcomes_that_are_told(story):
    kinds = {
        "measure": "accountable", "first_form": "first_form", "proposal_and_referral": "accountable",
        "no_accountability": "not_accountable", "exemption": "exempted", "joined_filed_review": "joined_filed_review",
    }  # fmt: skip
    for row in told()["outcomes"]:
        subject = story.subjects[row["subject"]]
        subject.refresh_from_db()
        assert subject.outcome == kinds[row["kind"]], row["subject"]
        made = Decision.objects.filter(subject=subject).first()
        if row["kind"] == "measure":
            first = made.measures.filter(replaces=None)
            assert list(first.values_list("code", flat=True)) == [row["measure"]]
        if made is not None:
            assert (made.decided_on, made.served_on) == (row["decided"], row["delivered"])
        for period in filter(None, [row.get("influence")]):
            measure = made.measures.get(replaces=None)
            assert (measure.last_restricted_day, measure.release_date) == (
                period["last_restricted_day"],
                period["release_date"],
            )


def test_each_outcome_has_its_own_document_in_its_own_series(story):
    wanted = {"D19": 6, "D20": 1, "D24": 1, "D25": 2, "D31": 1, "D31E": 1, "D31R": 1, "D31C": 1, "D32": 1}
    for kind, count in wanted.items():
        rows = OfficialDocument.objects.filter(case_id=story.case.pk, kind=kind).order_by("serial")
        assert rows.count() == count, kind
        assert [row.serial for row in rows] == list(range(1, count + 1)), kind
    marks = {"D20": "监问", "D24": "纪建", "D25": "纪移", "D31": "纪不问", "D31E": "纪免问", "D32": "纪一"}
    for kind, mark in marks.items():
        assert f"示例{mark}〔2026〕" in OfficialDocument.objects.filter(case_id=story.case.pk, kind=kind).first().number


def test_the_county_decides_from_its_own_day(story):
    removal = Dispatch.objects.get(subject=story.subjects["C1"], kind="proposed").measure
    removal.refresh_from_db()
    row = told()["external_decisions"][1]
    assert (removal.decided_on, removal.reference) == (row["decided"], row["number"])
    tracking = Tracking.objects.get(subject=story.subjects["C1"])
    combined = told()["combined_influence"][0]
    assert tracking.last_restricted_day == combined["binding_last_restricted_day"]
    assert tracking.release_date == combined["binding_release_date"]
    assert ExternalDecision.objects.filter(cadre=story.people.cadres["C1"]).count() == 2


def test_a_subject_is_decided_when_the_last_answer_has_come_back(story):
    c1 = story.subjects["C1"]
    c1.refresh_from_db()
    assert c1.decided_on == told()["external_decisions"][2]["receipt"]


def test_the_direct_wrongdoers_are_no_subjects(story):
    held = {subject.cadre_id for subject in story.case.subjects.all()}
    assert not held & {story.people.cadres["D1"].pk, story.people.cadres["D2"].pk}
    assert story.case.subjects.count() == told()["statistics"]["subjects"]


def test_the_joined_subject_is_in_no_document_of_the_decision(story):
    c5 = story.subjects["C5"]
    assert not Decision.objects.filter(subject=c5).exists()
    assert OfficialDocument.objects.get(case_id=story.case.pk, subject_id=c5.pk).kind == "D25"


# --- the papers -----------------------------------------------------------------------------------------------------
def red_heads(story):
    rows = OfficialDocument.objects.filter(case_id=story.case.pk).order_by("pk")
    return [row for row in rows if KINDS[row.kind].style == "red"]


def test_every_red_head_document_keeps_to_the_page_of_the_standard(story):
    kinds = set()
    for document in red_heads(story):
        pages = pymupdf.open(stream=render.pdf(document))
        kinds.add(document.kind)
        for number, page in enumerate(pages, 1):
            lines = lines_of(page)
            assert 1 <= len(lines) <= 22, (document, number)
            assert max(len(line) for line in lines) <= 28 + 8, (document, number)  # a Latin figure counts half
            assert all(line[0] not in NOT_AT_A_START for line in lines), (document, lines)
            assert all(line[-1] not in NOT_AT_AN_END for line in lines), (document, lines)
            assert f"— {number} —" in page.get_text().replace("\xa0", " ") or f"—{number}—" in page.get_text().replace(
                " ", ""
            )
        last = lines_of(pages[-1])
        assert any(len(line) > 12 or line.endswith("。") for line in last), f"{document}的落款单独成页"
    assert {"D04", "D06", "D13", "D14", "D19", "D20", "D24", "D25", "D31", "D31C", "D31E", "D31R"} <= kinds


def test_every_red_head_document_has_the_same_bytes_in_another_process_on_another_day(story):
    rows = red_heads(story)
    assert elsewhere(rows) == [hashlib.sha256(render.pdf(row)).hexdigest() for row in rows]


# --- after the decision ---------------------------------------------------------------------------------------------
def test_the_appeal_changes_the_measure_and_its_period_never_was(story):
    row = told()["appeals"][0]
    appeal = Appeal.objects.get(case=story.case)
    assert (appeal.until_on, appeal.accepted_on, appeal.decided_on) == (
        row["T20"]["due"],
        row["accepted"],
        row["decided"],
    )
    assert due("T21", appeal)[0] == row["T21"]["due"]
    assert appeal.confirmed_on == dt.date(2026, 8, 19)
    measures = {m.code: m for m in appeal.decision.measures.all()}
    assert measures["admonishment"].void_from == dt.date(2026, 8, 19)
    assert measures["circulation"].counts_from == dt.date(2026, 6, 15)
    assert (
        story.attributions["AT06"].__class__.objects.get(pk=story.attributions["AT06"].pk).withdrawn_on
        == row["decided"]
    )
    assert not VisitPlan.objects.filter(
        tracking__subject=story.subjects["C2"], round="before_release", cancelled_on=None
    ).exists()
    old = OfficialDocument.objects.filter(subject_id=story.subjects["C2"].pk, kind__in=("D19", "D22"))
    assert {paper.state for paper in old} == {"void"}


@pytest.mark.parametrize("row", told()["appointment_checks"], ids=lambda row: row["id"])
def test_hr_is_answered_as_on_the_day_it_asks(story, row):
    """Nothing but decisions made by that day: not the filed review of C1, not the later change of C2's measure."""
    asker = story.world.hr if row["person"] == "C8" else story.world.hrcounty
    check = checks.ask(
        organization=asker.organization, purpose="promotion", on=row["date"], asked=[story.people.cadres[row["person"]].name],
        reference="拟任用", actor=asker, known_on=row["date"],
    )  # fmt: skip
    answer = check.answers.get()
    assert (answer.verdict == "restricted") is row["restricted"], answer.told
    assert answer.until_on == row["until"]
    if not row["restricted"]:
        assert answer.verdict == "clear"
        assert "是否适合由组织人事部门判断" in answer.told[-1]
    assert "立案" not in "".join(answer.told)
    assert "可以提拔" not in "".join(answer.told)


def test_the_counts_of_the_closed_case_are_those_that_are_told(story):
    wanted = told()["statistics"]
    rows = Decision.objects.filter(subject__case=story.case).select_related("subject")
    accountable = [row for row in rows if row.outcome == "accountable" and row.standing != "revoked"]
    assert sum(row.subject.track == "party" for row in accountable) == wanted["party_accountable"]
    assert sum(row.subject.track == "supervisory" for row in accountable) == wanted["supervisory_accountable"]
    for outcome in ("first_form", "exempted", "not_accountable"):
        assert sum(row.outcome == outcome for row in rows) == wanted[outcome]
    assert story.case.subjects.filter(outcome="joined_filed_review").count() == wanted["joined_filed_review"]
    assert story.case.closed_on == told()["closing"]["closed"]
    assert due("T26", story.case) == told_due(told()["closing"]["T26"])
