"""What a case makes of tolerance (law.md §6, §6.1 使用): search, answer side by side, three lines, application, library."""

import dataclasses
import datetime as dt

import pytest

from cases import tolerance as known
from cases.anonymous import anonymised, left_in
from cases.models import DistinctionAssessment, FilingClause, Precedent, Subject
from cases.outcomes import Draft, unlawful_in
from cases.services import initiation, precedents, tolerance
from tests.cases import scenes
from tolerance.models import Filing, FilingPerson, FilingVersion, ListEdition, ToleranceItem
from wenze.demo import world as demo
from wenze.demo.stories import upload
from wenze.documents.models import OfficialDocument
from wenze.errors import Invalid, NotYours, Refused
from wenze.ids import uuid7
from wenze.law import data

SAID = tolerance.Opinion(
    assessor="handling", motive="public", motive_reason="为公", ban="free", ban_reason="没有禁止", intent="unintended",
    intent_reason="难以预见", effect="exempted", distinction="E17-1",
)  # fmt: skip


@pytest.fixture
def matter(story):
    """A case under investigation whose cadre has a filing in advance."""
    story.run("heard")
    story.case.refresh_from_db()
    subject = Subject.objects.get(case=story.case, kind="cadre")
    filing = filed(story, story.act_on - dt.timedelta(days=30))
    return story, subject, filing


def filed(story, day):
    """A registered filing that names the story's cadre."""
    filing = demo.add_filing(story.world, "gov", day)
    filing.responsible = story.world.chiefs["gov"]
    filing.save(update_fields=["responsible"])
    return filing


def clauses(story, subject, filing, **changed):
    piece = story.case.evidence.first()
    rows = {
        key: tolerance.Clause("照此办理", kept=True, evidence=[piece])
        for key in known.filed_clauses(known.version_at(filing, subject))
    }
    return rows | changed


def draft_of(story, subject, filing, **more):
    return tolerance.AnswerDraft(
        **{
            "effect": "exempted", "answer": "按备案实施", "in_scope": True, "clauses": clauses(story, subject, filing), **more,
        }
    )  # fmt: skip


def answer(story, subject, filing, draft):
    return tolerance.answer_filing(
        case_id=story.case.pk, subject=subject, filing=filing, draft=draft, actor=story.world.inspector, on=story.day
    )


def refused(call, *args):
    with pytest.raises(Invalid) as caught:
        call(*args)
    return caught.value.fields


def opined(story, subject, assessor, actor=None, **changed):
    said = dataclasses.replace(SAID, assessor=assessor, **changed)
    scan = None
    if assessor in known.BY_LETTER:
        said = dataclasses.replace(said, organization=story.world["DEMO-ZZB"], letter_on=story.day)
        scan = upload("来函.pdf")
    return tolerance.assess(
        case_id=story.case.pk, submission=uuid7(), subject=subject, said=said, scan=scan,
        actor=actor or story.world.inspector, on=story.day,
    )  # fmt: skip


# --- matching -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days_before_the_act", "lasts", "names", "found", "must", "grounds"),
    [
        (30, 365, "chief", True, True, ("责任人", "单位", "期间")),
        (300, 100, "chief", True, True, ("责任人", "单位")),  # over by then: his own is answered all the same
        (-5, 365, "chief", True, True, ("责任人", "单位")),  # after the act: an explanation, and still answered
        (30, 365, "nobody", True, False, ("单位", "期间")),  # the unit is a subject itself: it answers
        (30, 365, "deputy", True, False, ("单位", "期间")),  # another's: shown for what it may tell
        (300, 100, "deputy", False, False, ()),
        (30, 365, "co-responsible", True, True, ("责任人", "单位", "期间")),
    ],
)  # fmt: skip
def test_filings_are_matched_by_person_unit_and_period(story, days_before_the_act, lasts, names, found, must, grounds):
    story.run("initiating")
    subject = Subject.objects.get(case=story.case, kind="cadre")
    filing = demo.add_filing(story.world, "gov", story.act_on - dt.timedelta(days=days_before_the_act))
    ends = filing.filed_on + dt.timedelta(days=lasts)
    named = {"chief": story.world.chiefs["gov"], "nobody": None}.get(names, story.world.deputies["gov"])
    Filing.objects.update(responsible=named, valid_until=ends)
    FilingVersion.objects.update(ends_on=ends)
    if names == "co-responsible":
        FilingPerson.objects.create(version=filing.current, cadre=subject.cadre, name=subject.name, position=2)
    matched = known.matches_of(subject)
    assert [(each.must_answer, each.grounds) for each in matched] == ([(must, grounds)] if found else [])


def test_the_initiation_says_on_its_paper_that_the_search_was_made_and_what_it_found(story):
    filing = filed(story, story.act_on - dt.timedelta(days=30))
    story.run("initiating")
    paper = OfficialDocument.objects.filter(case_id=story.case.pk, kind="D03").last()
    told = dict(paper.context["blocks"][0]["rows"])["容错检索结果"]
    assert filing.number in told
    assert "事前备案" in told
    assert "须书面答复" in told


def test_a_filing_that_comes_after_the_search_asks_for_another_search(client, story):
    scenes.to_initiate(story)
    filing = filed(story, story.act_on - dt.timedelta(days=30))
    with pytest.raises(Refused) as caught:
        initiation.request_initiation(case_id=story.case.pk, actor=story.world.inspector, on=story.day)
    assert [gap.code for gap in caught.value.missing] == ["tolerance_searched"]
    assert filing.number in caught.value.missing[0].text
    client.force_login(story.world.inspector)
    assert client.post(f"/cases/{story.case.pk}/tolerance/search/").status_code == 302
    assert "tolerance_searched" not in scenes.case_banner(client, story, story.world.inspector, "approve_initiation")
    assert story.case.tolerance_searches.count() == 2


# --- the answer -----------------------------------------------------------------------------------------------------
def test_filed_and_done_stand_side_by_side_each_on_its_evidence(matter):
    story, subject, filing = matter
    row = answer(story, subject, filing, draft_of(story, subject, filing))
    kept = {each.key: each for each in FilingClause.objects.filter(answer=row)}
    assert set(kept) == {"practice", "conditions", "risks", "loss", "period"}
    assert "材料容缺受理，先办后补" in kept["practice"].filed
    assert "补件超期的逐件提醒" in kept["risks"].filed
    assert all(each.evidence.count() == 1 and each.kept for each in kept.values())
    assert row.as_filed
    assert row.version == filing.current
    paper = OfficialDocument.objects.get(case_id=story.case.pk, kind="D17", state="issued")
    assert "材料容缺受理，先办后补" in str(paper.context)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"in_scope": False}, "effect"),
        ({"clauses": {}}, "done_practice"),
        ({"answer": " "}, "answer"),
        ({"correction": "timely"}, "correction_note"),
    ],
)
def test_an_answer_that_lacks_something_is_refused_by_that(matter, more, field):
    story, subject, filing = matter
    assert field in refused(answer, story, subject, filing, draft_of(story, subject, filing, **more))


def test_what_was_not_done_as_filed_cannot_be_exempted_by_the_filing(matter):
    story, subject, filing = matter
    piece = story.case.evidence.first()
    departed = clauses(story, subject, filing, practice=tolerance.Clause("没有补件", kept=False, evidence=[piece]))
    assert "effect" in refused(answer, story, subject, filing, draft_of(story, subject, filing, clauses=departed))
    lighter = answer(story, subject, filing, draft_of(story, subject, filing, clauses=departed, effect="lighter"))
    assert not lighter.as_filed


def test_a_clause_without_evidence_is_named(matter):
    story, subject, filing = matter
    bare = clauses(story, subject, filing, risks=tolerance.Clause("逐件提醒", kept=True))
    assert set(refused(answer, story, subject, filing, draft_of(story, subject, filing, clauses=bare))) == {
        "evidence_risks"
    }


def test_a_hit_on_the_negative_list_bars_tolerance(matter):
    story, subject, filing = matter
    edition = ListEdition.objects.in_force(story.case.commission_id, story.day) or ListEdition.objects.create(
        title="模板", basis="本级", in_force_from=dt.date(2020, 1, 1)
    )
    item, _ = ToleranceItem.objects.get_or_create(
        edition=edition, code="T-N1", defaults={"kind": "negative", "text": "弄虚作假", "questions": "有无"}
    )
    hit = draft_of(story, subject, filing, negative_item=item, negative_note="伪造记录")
    assert "effect" in refused(answer, story, subject, filing, hit)
    row = answer(story, subject, filing, dataclasses.replace(hit, effect="not_applicable"))
    assert row.negative_item == item


def test_a_filing_of_somebody_else_is_not_answered_for_him(matter):
    story, subject, filing = matter
    Filing.objects.update(responsible=story.world.deputies["gov"], valid_until=story.act_on - dt.timedelta(days=5))
    FilingVersion.objects.update(ends_on=story.act_on - dt.timedelta(days=5))
    with pytest.raises(NotYours):
        answer(story, subject, filing, draft_of(story, subject, filing))


def test_an_exemption_agrees_with_an_answer_or_a_circumstance_of_article_17(matter):
    story, subject, filing = matter
    exempted = Draft("exempted", [], "先行先试")
    assert "容错核查的结论" in " ".join(unlawful_in(subject, exempted, on=story.day))
    row = answer(story, subject, filing, draft_of(story, subject, filing, effect="lighter"))
    assert list(unlawful_in(subject, exempted, on=story.day))
    row.delete()
    answer(story, subject, filing, draft_of(story, subject, filing))
    assert list(unlawful_in(subject, exempted, on=story.day)) == []


# --- the three lines ------------------------------------------------------------------------------------------------
def test_tolerance_waits_for_every_office_asked_and_disagreement_is_shown_not_averaged(matter):
    story, subject, filing = matter
    answer(story, subject, filing, draft_of(story, subject, filing))
    for assessor in ("handling", "personnel", "authority"):
        assert any(known.weighing_gaps(subject)), assessor
        differs = {"ban": "forbidden", "effect": "not_applicable", "distinction": ""} if assessor == "authority" else {}
        opined(story, subject, assessor, **differs)
    assert list(known.weighing_gaps(subject)) == []
    said = known.disagreements(known.standing_assessments(subject))
    assert said == [
        "有禁/无禁：承办室“无禁”，组织人事部门“无禁”，主管部门“有禁”", "意见：承办室“免予问责”，组织人事部门“免予问责”，主管部门“不适用”",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "changed", [{"motive": "private"}, {"ban": "forbidden"}, {"intent": "intended"}, {"distinction": ""}]
)
def test_an_opinion_that_contradicts_itself_is_refused(matter, changed):
    story, subject, _ = matter
    field = "distinction" if "distinction" in changed else "effect"
    with pytest.raises(Invalid) as caught:
        opined(story, subject, "handling", **changed)
    assert set(caught.value.fields) == {field}


def test_an_opinion_by_letter_needs_its_letter(matter):
    story, subject, _ = matter
    said = dataclasses.replace(SAID, assessor="personnel")
    with pytest.raises(Invalid) as caught:
        tolerance.assess(
            case_id=story.case.pk,
            submission=uuid7(),
            subject=subject,
            said=said,
            actor=story.world.inspector,
            on=story.day,
        )
    assert set(caught.value.fields) == {"organization", "letter_on", "scan"}


def test_a_new_opinion_takes_the_place_of_the_old_and_both_stay(matter):
    story, subject, _ = matter
    first, second = (opined(story, subject, "handling", motive_reason=word) for word in ("先", "后"))
    assert known.standing_assessments(subject) == [second]
    assert DistinctionAssessment.objects.get(pk=first.pk).superseded_on == story.day


def test_the_blind_second_assessor_does_not_see_the_first_until_both_wrote(matter, monkeypatch, client):
    story, subject, _ = matter
    monkeypatch.setattr(data, "review_settings", lambda: {**SETTINGS, "tolerance_blind_second": True})
    world = story.world
    opined(story, subject, "handling", motive_reason="第一人的理由")
    page = f"/cases/{story.case.pk}/panel/tolerance/"

    def shown(user):
        client.force_login(user)
        return client.get(page).content.decode()

    assert "第一人的理由" in shown(world.inspector)
    assert "第一人的理由" not in shown(world.inspector2)
    assert "另有1份盲评" in shown(world.inspector2)
    assert not OfficialDocument.objects.filter(case_id=story.case.pk, kind="D17").exists()
    with pytest.raises(NotYours):
        opined(story, subject, "second", actor=world.inspector)
    opined(story, subject, "second", actor=world.inspector2, motive_reason="第二人的理由")
    for user in (world.inspector, world.inspector2):
        assert {"第一人的理由", "第二人的理由"} <= {
            word for word in ("第一人的理由", "第二人的理由") if word in shown(user)
        }


SETTINGS = dict(data.review_settings())


# --- an application without a filing --------------------------------------------------------------------------------
def test_an_application_is_verified_by_one_recognised_by_another_and_told(matter):
    story, subject, filing = matter
    filing.delete() if not filing.versions.exists() else Filing.objects.update(state="withdrawn")
    world, on = story.world, story.day
    claim = tolerance.register_claim(
        case_id=story.case.pk, submission=uuid7(), subject=subject, applied_on=on, ground="先行先试", scan=upload("申请书.pdf"),
        actor=world.inspector, on=on,
    )  # fmt: skip
    for take, more in (
        (tolerance.verify_claim, {"findings": "属实", "evidence": [story.case.evidence.first()]}),
        (tolerance.recognise_claim, {"effect": "exempted", "reason": "无意"}),
        (tolerance.answer_claim, {"told": "已告知"}),
    ):
        assert [gap.code for gap in blocking(story)] == ["tolerance_answered"] if claim.state != "recognised" else True
        actor = world.inspector2 if take is tolerance.recognise_claim else world.inspector
        if take is tolerance.recognise_claim:
            with pytest.raises(NotYours):
                take(claim_id=claim.pk, **more, actor=world.inspector, on=on)
        claim = take(claim_id=claim.pk, **more, actor=actor, on=on)
    assert [gap.code for gap in blocking(story)] == ["tolerance_weighed"]
    assert list(unlawful_in(subject, Draft("exempted", [], "先行先试"), on=on)) == []


def blocking(story):
    """The gates of tolerance that keep the report back."""
    from cases.procedure import PARTY
    from wenze.workflow.procedure import Occasion

    missing = PARTY.step("approve_report").missing(story.case, Occasion(story.world.inspector, story.day))
    return [gap for gap in missing if gap.code.startswith("tolerance")]


# --- the library ----------------------------------------------------------------------------------------------------
def test_a_draft_names_nobody_no_place_and_no_number(matter):
    story, subject, _ = matter
    unit = story.world["P-gov"]
    text = (
        f"2026年5月6日，{subject.name}在{unit.name}违反示例政办〔2025〕12号，办件超时312件，示例县受影响，涉及3,500元。"
    )
    plain = anonymised(text, story.case)
    assert subject.name not in plain
    assert unit.name not in plain
    assert not any(char.isdigit() for char in plain), plain
    assert left_in(plain, story.case) == []
    assert {subject.name, unit.name} <= set(left_in(text, story.case))


def entry_of(story, subject):
    return Precedent.objects.create(
        commission=story.case.commission, case_id=story.case.pk, subject_id=subject.pk, effect="exempted", track="party",
        situation="S04", title="先行先试", matter="试点", reasons="无意", drafted_on=story.day,
    )  # fmt: skip


def test_an_entry_is_released_by_another_and_then_read_by_the_whole_commission(matter, client):
    story, subject, _ = matter
    world, row = story.world, entry_of(story, subject)
    typed = {"title": "先行先试", "category": "", "matter": "试点", "reasons": "无意"}

    def reads(user):
        client.force_login(user)
        return client.get(row.get_absolute_url()).status_code == 200

    assert not reads(world.inspector3)
    with pytest.raises(Invalid) as caught:
        precedents.edit(
            precedent_id=row.pk, **typed | {"matter": f"{subject.name}试点"}, actor=world.inspector, on=story.day
        )
    assert subject.name in caught.value.fields["matter"]
    precedents.edit(precedent_id=row.pk, **typed, actor=world.inspector, on=story.day)
    with pytest.raises(NotYours):
        precedents.release(precedent_id=row.pk, actor=world.inspector, on=story.day)
    story.case.__class__.objects.filter(pk=story.case.pk).update(state="decided")
    client.force_login(world.casemgmt)
    assert client.post(f"{row.get_absolute_url()}release/").status_code == 302
    assert reads(world.inspector3)
    assert not reads(world.hr)
    assert not reads(world.unit)
    client.force_login(world.inspector3)
    assert "先行先试" in client.get("/tolerance/precedents/?q=试点").content.decode()
    assert "没有认定案例" in client.get("/tolerance/precedents/?q=招商").content.decode()


def test_the_library_asks_the_same_number_of_questions_for_one_entry_and_for_many(
    story, client, django_assert_max_num_queries
):
    client.force_login(story.world.inspector)
    common = {
        "commission": story.world["DEMO"], "effect": "exempted", "track": "party", "situation": "S04", "matter": "试点", "reasons": "无意",
        "drafted_on": story.day, "edited_by": story.world.inspector, "released_by": story.world.casemgmt, "released_on": story.day,
    }  # fmt: skip
    Precedent.objects.bulk_create(
        Precedent(case_id=uuid7(), subject_id=uuid7(), title=f"案例{n}", **common) for n in range(60)
    )
    with django_assert_max_num_queries(14):
        assert client.get("/tolerance/precedents/").status_code == 200
