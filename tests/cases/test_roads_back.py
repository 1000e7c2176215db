"""What was built on a report falls with it; what was found after the meeting is shown; what was signed is what stands."""

import pytest

from cases import composing
from cases.models import Case, DefencePoint, Hearing, Proposal, Report
from cases.services import deliberation, evidence, hearing, investigation, leaving, report
from review.services import adjudication
from tests.cases import scenes
from wenze.documents.models import OfficialDocument
from wenze.errors import Invalid, NotYours, Refused, Stale
from wenze.people.models import Appointment, Post
from wenze.people.names import is_another
from wenze.terms.models import Clock
from wenze.workflow import approvals
from wenze.workflow.models import Approval


def papers(case, kind, state="issued"):
    return OfficialDocument.objects.filter(case_id=case.pk, kind=kind, state=state)


def cadre_of(case):
    return case.subjects.get(kind="cadre")


def found_more(story):
    """One more responsibility fact, attributed to the cadre by an event of his."""
    case, inspector = story.case, story.world.inspector
    piece = case.evidence.filter(withdrawn_on=None).first()
    fact = investigation.state_fact(
        case_id=case.pk, kind="responsibility", text="明知人手不足而不增设窗口", evidence=[piece], actor=inspector
    )
    earlier = cadre_of(case).attributions.first()
    investigation.attribute(
        case_id=case.pk, subject=cadre_of(case), event=earlier.event, fact=fact, power="supervision", tier="MAIN",
        liability="leadership", failure="weak", reasoning="应当增设而不增设", outside_list="三定规定", actor=inspector,
    )  # fmt: skip
    return fact


def tell(story, subject, text=None):
    return hearing.issue_fact_statement(
        case_id=story.case.pk, subject_id=subject.pk, fact_statement=text or composing.draft_fact_statement(subject),
        actor=story.world.inspector, on=story.day,
    )  # fmt: skip


def meet(story, subject, statement="认可", points=(), opinion="agreed"):
    return hearing.hear(
        case_id=story.case.pk, subject_id=subject.pk, met_on=story.day, place="会议室", second_name="林样张", statement=statement,
        points=points, opinion=opinion, refusal_explanation="", scan=None, actor=story.world.inspector, on=story.day,
    )  # fmt: skip


def sign_report(story, **more):
    return report.sign_report(
        case_id=story.case.pk, signed_by="程示例、林样张", actor=story.world.inspector, on=story.day, **more
    )


def write(story, *, sign=True):
    case = story.case
    report.write_report(
        case_id=case.pk, parts=composing.compose_report(case), discussed_on=story.day, discussed_by="二人", discussion="同意",
        actor=story.world.inspector, on=story.day,
    )  # fmt: skip
    if sign:
        sign_report(story)


def sit(story, agreeing=3, result="settled", conclusion="按多数意见办理"):
    names = ("朱主任", "费分管", "常委甲")
    return deliberation.record_deliberation(
        case_id=story.case.pk, held_on=story.day, place="会议室", agenda="研究", chair="朱主任", recorder="记某某", expected=5, recused=[],
        views=[deliberation.View(name, "意见", number < agreeing) for number, name in enumerate(names)], conclusion=conclusion,
        settled={}, actor=story.world.casemgmt, on=story.day, result=result,
    )  # fmt: skip


def send_back(story):
    """Accepted by the trial office, which wants more evidence."""
    case, world = story.case or story.run("reported"), story.world
    adjudication.accept(case_id=case.pk, adjudicators=[world.trial, world.trial2], actor=world.trial, on=story.day)
    return adjudication.give_opinion(
        case_id=case.pk, opinion="supplement", facts="补充台账", character="待补", outcome="待补", procedure="合规",
        actor=world.trial, on=story.day,
    )  # fmt: skip


# --- 条例第十一条: the facts that are reported are those that he saw ------------------------------------------------
@pytest.mark.article("TL", 11)
def test_what_is_found_after_the_meeting_is_shown_to_him_and_he_is_met_again(client, story):
    case = scenes.to_report(story)
    subject = cadre_of(case)
    with pytest.raises(NotYours):
        tell(story, subject)
    first = papers(case, "D09").get(subject_id=subject.pk)
    found_more(story)
    client.force_login(story.world.inspector)
    refused = client.post(f"/cases/{case.pk}/step/approve_report/").context["missing"]
    assert [gap.code for gap in refused] == ["fact_statement_issued"]
    assert subject.name in refused[0].text
    assert "另送事实材料" in client.get(f"/cases/{case.pk}/panel/hearing/").content.decode()

    tell(story, subject)
    assert set(papers(case, "D09").filter(subject_id=subject.pk)) > {first}, "what he had then stays on record"
    row = Hearing.objects.get(subject=subject)
    assert (row.round, row.met_on, row.opinion) == (2, None, "")
    assert papers(case, "D10").filter(subject_id=subject.pk).count() == 1, "the first meeting keeps its record"
    refused = client.post(f"/cases/{case.pk}/step/approve_report/").context["missing"]
    assert [gap.code for gap in refused] == ["heard", "opinion_signed"]

    meet(story, subject, "第二次也认可")
    write(story)
    assert client.post(f"/cases/{case.pk}/step/approve_report/").status_code == 302
    story.sign(case, "approve_report", story.world.inspector, story.world.head, story.world.deputy)
    told = papers(case, "D10").filter(subject_id=subject.pk)
    assert sorted("第二次也认可" in str(paper.context) for paper in told) == [False, True]


def test_what_is_taken_back_after_the_meeting_needs_no_other_meeting(story):
    case = story.run("heard")
    subject = cadre_of(case)
    case.facts.filter(kind="result").update(withdrawn_on=story.day, withdrawn_reason="不实")
    assert composing.unshown_to(case) == {}
    with pytest.raises(NotYours):
        tell(story, subject)


def test_a_point_of_the_first_meeting_waits_for_its_answer_after_the_second(story):
    case = story.run("heard")
    subject = cadre_of(case)
    meet(story, subject, "不认可", ["当时不在岗"], "disputed")
    found_more(story)
    tell(story, subject)
    meet(story, subject, "仍不认可", ["人手由上级核定"], "disputed")
    points = DefencePoint.objects.filter(hearing__subject=subject, adopted=None)
    assert [(point.round, point.text) for point in points] == [(1, "当时不在岗"), (2, "人手由上级核定")]


def test_a_meeting_that_is_recorded_anew_replaces_its_own_record(story):
    case = story.run("heard")
    subject = cadre_of(case)
    hearing.conclude_meeting_on_facts(case_id=case.pk, actor=story.world.inspector, on=story.day)
    meet(story, subject, "更正：部分认可")
    assert not papers(case, "D10").filter(subject_id=subject.pk).exists()
    hearing.conclude_meeting_on_facts(case_id=case.pk, actor=story.world.inspector, on=story.day)
    assert "更正：部分认可" in str(papers(case, "D10").get(subject_id=subject.pk).context)


@pytest.mark.article("TL", 11)
@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("建议对其给予诫勉。", True),
        ("拟给予党内警告处分", True),
        ("2024年因同类问题被县局予以通报。", False),
        ("检查发现超时312件。", False),
    ],
)
def test_a_fact_statement_says_no_word_of_the_outcome(story, text, refused):
    subject = cadre_of(story.run("investigating"))
    if not refused:
        assert tell(story, subject, text).fact_statement == text
        return
    with pytest.raises(Invalid) as told:
        tell(story, subject, text)
    assert "不写处理意见" in told.value.fields["fact_statement"]


# --- the report says what stands ------------------------------------------------------------------------------------
def test_a_report_is_not_signed_nor_sent_up_when_its_case_has_moved_on(client, story):
    case = scenes.to_report(story)
    Proposal.objects.filter(subject=cadre_of(case)).update(reason="情节较重")
    client.force_login(story.world.inspector)
    refused = client.post(f"/cases/{case.pk}/step/approve_report/").context["missing"]
    assert [gap.code for gap in refused] == ["report_current"]
    assert "处理意见" in refused[0].text
    with pytest.raises(Invalid) as told:
        sign_report(story)
    assert "处理意见" in told.value.fields["signed_by"]
    assert "有变动" in client.get(f"/cases/{case.pk}/panel/report/").content.decode()
    write(story)
    assert client.post(f"/cases/{case.pk}/step/approve_report/").status_code == 302


def test_the_signature_is_on_the_version_that_the_page_showed(client, story):
    case = scenes.to_report(story)
    write(story, sign=False)
    client.force_login(story.world.inspector)
    answer = client.post(f"/cases/{case.pk}/report/sign/", {"version": 1, "signed_by": "程示例、林样张"})
    assert answer.status_code == 409
    assert Report.objects.get(case=case, version=2).signed_on is None
    with pytest.raises(Stale):
        sign_report(story, version=1)


# --- the sitting ------------------------------------------------------------------------------------------------------
@pytest.mark.article("TL", 3)
@pytest.mark.parametrize("agreeing", [0, 1])
def test_what_the_majority_did_not_agree_to_is_not_settled(story, agreeing):
    story.run("adjudicated")
    with pytest.raises(Refused) as refused:
        sit(story, agreeing)
    assert refused.value.codes == ("majority",)
    assert not story.case.deliberations.exists()


def test_a_sitting_sends_the_case_back_with_its_reason_and_the_minutes_say_so(client, story):
    story.run("adjudicated")
    with pytest.raises(Invalid) as refused:
        sit(story, 0, "returned", " ")
    assert "conclusion" in refused.value.fields
    client.force_login(story.world.casemgmt)
    sitting = {
        "held_on": story.day, "place": "会议室", "agenda": "研究", "chair": "朱主任", "recorder": "记某某", "expected": 5,
        "views": "朱主任：再查\n费分管（不同意）：事实不清\n常委甲（不同意）：事实不清", "result": "returned", "conclusion": "补查人员配置",
    }  # fmt: skip
    assert client.post(f"/cases/{story.case.pk}/deliberation/", sitting).status_code == 302
    story.sign(story.case, "deliberate", story.world.principal)
    case = Case.objects.get(pk=story.case.pk)
    assert case.state == "investigating"
    minutes = papers(case, "D18").get()
    assert "退回补充调查" in str(minutes.context)
    assert "对各对象的意见" not in str(minutes.context)
    last = case.reports.order_by("-version").first()
    assert last.returned_on == story.day
    assert "补查人员配置" in last.returned_reason
    client.force_login(story.world.inspector)
    assert "补查人员配置" in client.get(f"/cases/{case.pk}/panel/report/").content.decode()


# --- what is sent back begins anew ------------------------------------------------------------------------------------
def test_a_returned_report_stands_no_longer_and_nothing_built_on_it(client, story):
    case, world = send_back(story), story.world
    assert case.state == "investigating"
    client.force_login(world.inspector)
    refused = client.post(f"/cases/{case.pk}/step/approve_report/")
    assert {gap.code for gap in refused.context["missing"]} == {
        "report_complete",
        "discussed_collectively",
        "report_signed",
    }
    with pytest.raises(Invalid) as told:
        sign_report(story)
    assert "退回" in told.value.fields["signed_by"]

    write(story)
    assert approvals.completed(case, "approve_report") is None
    assert client.post(f"/cases/{case.pk}/step/approve_report/").status_code == 302
    story.sign(case, "approve_report", world.inspector, world.head, world.deputy)
    assert Case.objects.get(pk=case.pk).state == "reported"
    for kind in ("D08", "D12"):
        assert papers(case, kind).count() == 1, kind
    assert papers(case, "D12", "void").count() == 1
    assert scenes.case_banner(client, story, world.trial, "adjudicate") == ["adjudication_complete"]
    again = adjudication.accept(
        case_id=case.pk, adjudicators=[world.trial, world.trial2], actor=world.trial, on=story.day
    )
    assert (again.round, again.report_version) == (2, 2)


def test_the_supplementary_inquiry_has_a_term_of_its_own(story):
    case = send_back(story)
    clocks = Clock.objects.filter(about_id=case.pk, rule="T06").order_by("started_on", "pk")
    assert [(clock.title, clock.state) for clock in clocks] == [("问责调查", "met"), ("补充调查", "running")]
    assert not Clock.objects.filter(about_id=case.pk, rule="T10", state="running").exists()


def test_an_approval_that_waited_falls_with_the_case_that_is_sent_back(story):
    case, world = story.run("reported"), story.world
    waiting = approvals.request(
        about=case, step="deliberate", title="纪要", chain=("principal",), actor=world.casemgmt, on=story.day
    )
    send_back(story)
    assert Approval.objects.get(pk=waiting.pk).state == "void"


# --- nobody is left --------------------------------------------------------------------------------------------------
def test_a_case_whose_subjects_have_all_left_has_ended(client, story):
    case, world = story.run("investigating"), story.world
    for subject in case.subjects.all():
        leaving.ask_early_end(
            case_id=case.pk, subject_id=subject.pk, outcome="handed_over", reason="由上级一并查办", actor=world.inspector, on=story.day,
            to_organization=world["DEMO-P"],
        )  # fmt: skip
        story.sign(subject.early_ends.get(), "end_early", world.deputy, world.principal)
    case.refresh_from_db()
    assert case.state == "ended"
    assert not Clock.objects.filter(about_id=case.pk, state="running").exists()
    assert "立案审查" not in str(papers(case, "D25").first().context)
    client.force_login(world.casemgmt)
    assert "已另行了结" in client.get(f"/cases/{case.pk}/").content.decode()


# --- who stands aside ------------------------------------------------------------------------------------------------
def test_who_once_served_in_a_subjects_unit_signs_nothing_in_its_case(story):
    case, world = story.run("adjudicated"), story.world
    row = sit(story)
    if world.principal.cadre is None:
        world.principal.cadre = world.deputies["edu"]
        world.principal.save(update_fields=["cadre"])
    post = Post.objects.filter(organization=cadre_of(case).post.organization).first()
    Appointment.objects.create(cadre=world.principal.cadre, post=post, from_on=story.act_on.replace(year=2015))
    with pytest.raises(NotYours, match="曾任"):
        approvals.sign(
            approval_id=row.pk, shown_hash=row.dossier_hash, verdict="sign", opinion="同意", actor=world.principal, on=story.day
        )  # fmt: skip


@pytest.mark.parametrize("name", ["", "  ", "程示例", "程示例（本人）", " 程 示 例 ", "（同上）"])
def test_one_man_under_two_spellings_is_not_two(world, name):
    assert not is_another(name, world.inspector)
    assert is_another("林样张", world.inspector)


def test_a_circumstance_rests_on_evidence(client, story):
    case, world = story.run("heard"), story.world
    told = {
        "case_id": case.pk, "subject": cadre_of(case), "kind": "lighter", "code": "", "text": "主动挽回", "actor": world.inspector,
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        investigation.note_circumstance(evidence=[], **told)
    assert "evidence" in refused.value.fields
    piece = case.evidence.first()
    investigation.note_circumstance(evidence=[piece], **told)
    evidence.withdraw_evidence(
        case_id=case.pk, evidence_id=piece.pk, reason="来源不明", actor=world.inspector, on=story.day
    )
    client.force_login(world.inspector)
    gaps = client.post(f"/cases/{case.pk}/step/approve_report/").context["missing"]
    assert any("情节" in gap.text for gap in gaps if gap.code == "facts_on_evidence")


def test_what_was_found_after_an_empty_statement_is_news(story):
    """A statement typed before anything was found does not pass for what was found since."""
    case = story.run("investigating")
    subject = cadre_of(case)
    tell(story, subject, "窗口超时312件。")
    investigation.state_fact(
        case_id=case.pk, kind="problem", text="窗口超时312件", evidence=[], actor=story.world.inspector
    )
    assert composing.unshown_to(case) == {subject.pk: ["窗口超时312件"]}


def test_a_sitting_that_was_signed_stays_on_record_beside_the_next_of_the_same_day(story):
    story.run("adjudicated")
    sit(story, 0, "returned", "补查人员配置")
    story.sign(story.case, "deliberate", story.world.principal)
    write(story)
    report.submit_report(case_id=story.case.pk, actor=story.world.inspector, on=story.day)
    story.sign(story.case, "approve_report", story.world.inspector, story.world.head, story.world.deputy)
    story.adjudicated()
    sit(story)
    assert sorted(story.case.deliberations.values_list("round", "result")) == [(1, "returned"), (2, "settled")]
