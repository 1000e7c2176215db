"""Every gate of both tables: its condition taken away, exactly that gate is named on the page; given, it is not."""

import datetime as dt

import pytest

from cases.models import (
    Attribution,
    Clue,
    DefencePoint,
    Deliberation,
    Fact,
    FactEvidence,
    Hearing,
    InterimMeasure,
    InvestigationPlan,
    Proposal,
    Recusal,
    Report,
    SpeakerView,
    Subject,
    ThresholdTest,
    Verification,
)
from cases.procedure import CLUE, PARTY
from cases.services import supplement
from cases.services.initiation import SubjectDraft
from followup.models import ExecutionItem, ReformItem, VisitPlan
from review.models import Adjudication, Comparison
from tests.cases import scenes
from tolerance.models import Filing, FilingAnswer
from wenze.demo import world as demo
from wenze.documents.models import OfficialDocument
from wenze.people.models import Cadre, Organization
from wenze.workflow.dossier import digest, dossier
from wenze.workflow.models import Approval, OffSystemApproval

SIGNED = "the signature is what lacks"
WRITTEN = "the record itself is what lacks"


def classify(story):
    """It turns out to be classified, and the waiting approval shows it so."""
    Clue.objects.filter(pk=story.clue.pk).update(
        is_classified=True, summary="", classified_number="密1", classified_level="secret", custodian="某某"
    )
    story.clue.respondents.all().delete()
    row = Approval.objects.get(about_id=story.clue.pk, state="open")
    row.dossier = dossier(scenes.refreshed(story), row.step)
    row.dossier_hash = digest(row.dossier)
    row.save()


def recuse(story):
    Recusal.objects.create(
        commission=story.clue.commission, clue=story.clue, user=story.world.inspector, ground="declared", reason="近亲属",
        decided_by=story.world.head, from_on=story.day,
    )  # fmt: skip


def cadre_of(story):
    return Subject.objects.get(case=story.case, kind="cadre")


def leader_gone(story):
    cadre_of(story).delete() if not Attribution.objects.filter(subject__case=story.case).exists() else None


def under_the_province(story):
    Subject.objects.filter(pk=cadre_of(story).pk).update(relation="higher")


def no_filing_answer(story):
    filing = demo.add_filing(story.world, "gov", story.act_on)
    Filing.objects.filter(pk=filing.pk).update(responsible=story.world.chiefs["gov"])


def answered_without_opinions(story):
    no_filing_answer(story)
    subject, filing = cadre_of(story), Filing.objects.last()
    FilingAnswer.objects.create(
        commission=story.case.commission, filing=filing, case_id=story.case.pk, subject_id=subject.pk, in_scope=True,
        as_filed=True, effect="lighter", answer="可以从轻", answered_by=story.world.inspector, answered_on=story.day,
    )  # fmt: skip


def unanswered_point(story):
    point = DefencePoint(hearing=Hearing.objects.filter(subject__case=story.case).first(), position=9)
    point.text = "不服"
    point.save()


def bare_event(story):
    Attribution.objects.filter(subject=cadre_of(story)).first().event.evidence.clear()


def no_attribution(story):
    Attribution.objects.filter(subject=cadre_of(story)).delete()


def another_batch(story):
    draft = SubjectDraft(
        cadre=story.world.deputies["gov"], act_on=story.act_on, tier="IMPORTANT", act="分管窗口而不督促"
    )
    supplement.add_subjects(
        case_id=story.case.pk, subjects=[draft], reason="另有责任人", actor=story.world.inspector, on=story.day
    )


def recalled(step):
    return lambda story: OffSystemApproval.objects.filter(step=step).update(result="rejected")


def on_cadre(**values):
    return lambda story: Hearing.objects.filter(subject=cadre_of(story)).update(**values)


def one_adjudicator(story):
    Adjudication.objects.get(case=story.case).adjudicators.remove(story.world.trial2)


def member_sat(story):
    Deliberation.objects.update(present=["朱主任", "费分管", "林样张"])
    Deliberation.objects.get().views.filter(speaker="常委甲").update(speaker="林样张")


def undone(kind):
    return lambda story: ExecutionItem.objects.filter(case=story.case, kind=kind).update(done_on=None)


def no_statement_document(story):
    OfficialDocument.objects.filter(case_id=story.case.pk, kind="D09").update(state="void")


def suspended_before(story):
    InterimMeasure.objects.create(
        subject=cadre_of(story), kind="suspended", posts="局长", decided_by="示例市委", decided_on=story.day,
        registered_by=story.world.casemgmt, registered_on=story.day,
    )  # fmt: skip


def late_act(story):
    Subject.objects.filter(pk=cadre_of(story).pk).update(act_on=dt.date(2999, 1, 1))


CLUE_SCENES = {
    "assign_clue": (scenes.to_assign, "conduct"),
    "verify_clue": (scenes.to_verify, "inspector"),
    "assess_clue": (scenes.to_assess, "inspector"),
}
CLUE_GATES = {
    ("assign_clue", "handler_not_recused"): recuse,
    ("assign_clue", "assignment_signed"): SIGNED,
    ("verify_clue", "verified_by_two"): lambda story: Verification.objects.get().members.remove(story.world.inspector2),
    ("verify_clue", "verification_plan_approved"): lambda story: Verification.objects.update(approved_on=None),
    ("verify_clue", "verification_reported"): WRITTEN,
    ("assess_clue", "threshold_answered"): lambda story: ThresholdTest.objects.update(act_basis=""),
    ("assess_clue", "threshold_suits_exit"): lambda story: ThresholdTest.objects.update(verdict="first_form"),
    ("assess_clue", "track_consistent"): lambda story: Cadre.objects.update(party_membership="none"),
    ("assess_clue", "body_competent"): lambda story: Organization.objects.filter(code="P-gov").update(
        directly_led_by=story.world["DEMO-P-PC"]
    ),
    ("assess_clue", "exit_recorded"): lambda story: Clue.objects.update(exit_reason=""),
    ("assess_clue", "assessment_signed"): SIGNED,
}
INVESTIGATED = {
    "team_of_two": lambda story: story.case.team.filter(is_leader=False).update(until_on=story.day),
    "fact_statement_issued": no_statement_document,
    "heard": on_cadre(met_on=None),
    "opinion_signed": on_cadre(opinion=""),
    "defence_answered": unanswered_point,
}
CASE_SCENES = {
    "approve_initiation": (scenes.to_initiate, "inspector"),
    "meet_on_facts": (scenes.to_meet, "inspector"),
    "approve_report": (scenes.to_report, "inspector"),
    "conclude_joint_review": (lambda story: story.run("reported"), "conduct"),
    "adjudicate": (scenes.to_adjudicate, "trial"),
    "deliberate": (scenes.to_deliberate, "casemgmt"),
    "obtain_pre_review": (lambda story: story.run("deliberated"), "casemgmt"),
    "approve_by_committee": (scenes.to_decide, "casemgmt"),
    "decide": (scenes.to_decide, "casemgmt"),
    "execute": (scenes.to_execute, "inspector"),
    "close": (scenes.to_close, "casemgmt"),
}
CASE_GATES = {
    ("approve_initiation", "subjects_named"): late_act,
    ("approve_initiation", "organization_with_leaders"): leader_gone,
    ("approve_initiation", "no_filed_review"): lambda story: Subject.objects.filter(kind="organization").update(
        filed_review_number="某立〔2026〕3号"
    ),
    ("approve_initiation", "initiation_competent"): under_the_province,
    ("approve_initiation", "committee_approved_initiation"): recalled("approve_initiation"),
    ("approve_initiation", "tolerance_searched"): no_filing_answer,
    ("approve_initiation", "initiation_signed"): SIGNED,
    **{("meet_on_facts", gate): act for gate, act in INVESTIGATED.items()},
    **{("approve_report", gate): act for gate, act in INVESTIGATED.items()},
    ("approve_report", "all_initiated"): another_batch,
    ("approve_report", "plan_approved"): lambda story: InvestigationPlan.objects.update(approved_on=None),
    ("approve_report", "four_facts_stand"): lambda story: Fact.objects.filter(kind="result").delete(),
    ("approve_report", "facts_on_evidence"): lambda story: FactEvidence.objects.filter(fact__kind="cause").delete(),
    ("approve_report", "responsibility_attributed"): no_attribution,
    ("approve_report", "chain_closed"): bare_event,
    ("approve_report", "tolerance_answered"): no_filing_answer,
    ("approve_report", "tolerance_weighed"): answered_without_opinions,
    ("approve_report", "proposals_lawful"): lambda story: Proposal.objects.filter(subject=cadre_of(story)).delete(),
    ("approve_report", "report_complete"): lambda story: Report.objects.update(attitude=""),
    ("approve_report", "report_current"): lambda story: Proposal.objects.update(reason="另有考虑"),
    ("approve_report", "discussed_collectively"): lambda story: Report.objects.update(discussed_on=None),
    ("approve_report", "report_signed"): lambda story: Report.objects.update(signed_on=None),
    ("approve_report", "report_approved"): SIGNED,
    ("adjudicate", "adjudication_complete"): one_adjudicator,
    ("deliberate", "deliberation_recorded"): lambda story: Deliberation.objects.update(agenda=""),
    ("deliberate", "quorum"): lambda story: Deliberation.objects.update(expected=6),
    ("deliberate", "majority"): lambda story: SpeakerView.objects.exclude(speaker="朱主任").update(agrees=False),
    ("deliberate", "nobody_recused_sat"): member_sat,
    ("deliberate", "proposals_lawful"): lambda story: Proposal.objects.filter(subject=cadre_of(story)).delete(),
    ("deliberate", "ruler_seen"): lambda story: Comparison.objects.filter(subject=cadre_of(story)).delete(),
    ("deliberate", "minutes_signed"): SIGNED,
    ("approve_by_committee", "committee_approved_decision"): recalled("approve_by_committee"),
    ("decide", "committee_approved_decision"): recalled("approve_by_committee"),
    ("decide", "measures_lawful"): lambda story: Subject.objects.filter(pk=cadre_of(story).pk).update(
        relation="higher"
    ),
    ("decide", "interim_settled"): suspended_before,
    ("decide", "heard"): on_cadre(met_on=None),
    ("decide", "decision_signed"): SIGNED,
    ("execute", "served"): undone("service"),
    ("execute", "announced"): undone("announcement"),
    ("close", "execution_done"): undone("personnel_file"),
    ("close", "visits_planned"): lambda story: VisitPlan.objects.filter(visit__isnull=True).delete(),
    ("close", "reform_handed_over"): lambda story: ReformItem.objects.filter(case=story.case).delete(),
    ("close", "volume_complete"): lambda story: OfficialDocument.objects.filter(kind="D12").update(state="void"),
}
BUTTONS = {
    "approve_initiation": "/cases/{pk}/step/approve_initiation/",
    "meet_on_facts": "/cases/{pk}/step/meet_on_facts/",
    "approve_report": "/cases/{pk}/step/approve_report/",
    "approve_by_committee": "/cases/{pk}/step/approve_by_committee/",
    "decide": "/cases/{pk}/step/decide/",
    "execute": "/followup/cases/{pk}/execute/",
    "close": "/followup/cases/{pk}/close/",
}
CONTENT_BOUND = (
    "heard",
    "no_filed_review",
    "initiation_competent",
    "subjects_named",
    "organization_with_leaders",
    "measures_lawful",
)


def signatures_of(step):
    return {gate for (code, gate), act in CASE_GATES.items() if code == step and act is SIGNED}


def by_step_and_gate(table):
    return {"argvalues": list(table), "ids": ["-".join(key) for key in table]}


@pytest.mark.parametrize(("step", "gate"), **by_step_and_gate(CLUE_GATES))
def test_a_clue_that_lacks_one_thing_is_told_that_one_thing(client, story, step, gate):
    build, username = CLUE_SCENES[step]
    build(story)
    user = story.world.users[username]
    before = scenes.clue_banner(client, story, user)
    act = CLUE_GATES[step, gate]
    if act in (SIGNED, WRITTEN):
        assert before == [gate]
        return
    assert gate not in before
    act(story)
    assert set(scenes.clue_banner(client, story, user)) == {*before, gate}


@pytest.mark.parametrize(("step", "gate"), **by_step_and_gate(CASE_GATES))
def test_a_case_that_lacks_one_thing_is_told_that_one_thing(client, story, step, gate):
    build, username = CASE_SCENES[step]
    build(story)
    user, act = story.world.users[username], CASE_GATES[step, gate]
    before = scenes.case_banner(client, story, user, step)
    assert set(before) <= signatures_of(step) | ({"adjudication_complete"} if step == "adjudicate" else set())
    if act is SIGNED:
        assert before == [gate]
        return
    act(story)
    if gate in CONTENT_BOUND:
        # what changed is what the committee read: it approves anew, so that one condition alone is wanting
        scenes.approved_as_it_stands(story)
    found = set(scenes.case_banner(client, story, user, step))
    assert found == {*before, gate}
    if step in BUTTONS:
        refused = client.post(BUTTONS[step].format(pk=story.case.pk))
        assert refused.status_code == 422
        assert [gap.code for gap in refused.context["missing"]] == [gate]
        assert all(gap.article for gap in refused.context["missing"])


@pytest.mark.parametrize("step", CASE_SCENES)
def test_a_case_that_lacks_nothing_moves_on(client, story, step):
    """The other half of every gate: its condition stands, so the page does not name it and the step is taken."""
    build, username = CASE_SCENES[step]
    build(story)
    user, case = story.world.users[username], story.case
    if step in ("conclude_joint_review", "obtain_pre_review"):
        assert scenes.case_banner(client, story, user, step) is None
        return
    signers = {
        "approve_initiation": ("deputy", "principal"), "deliberate": ("principal",), "decide": ("principal",),
        "approve_report": ("inspector", "head", "deputy"),
    }.get(step, ())  # fmt: skip
    client.force_login(user)
    if step == "adjudicate":
        answer = client.post(
            f"/review/{case.pk}/opinion/",
            {"facts": "清楚", "character": "准确", "outcome": "恰当", "procedure": "合规", "opinion": "agree"},
        )
    elif step == "deliberate":
        answer = None
    else:
        answer = client.post(BUTTONS[step].format(pk=case.pk))
    assert answer is None or answer.status_code == 302
    if signers:
        assert scenes.sign(client, case, step, *(story.world.users[name] for name in signers)).status_code == 302
    case.refresh_from_db()
    target = PARTY.step(step).target
    assert case.state == (target or case.state)
    assert not Approval.objects.filter(about_id=case.pk, step=step, state="open").exists()


@pytest.mark.parametrize(
    ("step", "signers", "state"),
    [("assign_clue", ("deputy", "principal"), "assigned"), ("assess_clue", ("head",), "assessed")],
)
def test_a_clue_that_lacks_nothing_moves_on_with_its_last_signature(client, story, step, signers, state):
    CLUE_SCENES[step][0](story)
    answer = scenes.sign(client, story.clue, step, *(story.world.users[name] for name in signers))
    assert answer.status_code == 302
    assert scenes.refreshed(story).state == state


def test_a_clue_whose_report_is_written_is_verified(client, story):
    scenes.to_verify(story)
    client.force_login(story.world.inspector)
    answer = client.post(f"/clues/{story.clue.pk}/report/", {"findings": "查实", "conclusion": "属实"})
    assert answer.status_code == 302
    assert scenes.refreshed(story).state == "verified"


@pytest.mark.parametrize(("gate", "act"), [("handler_not_recused", recuse), ("clue_is_stub_if_classified", classify)])
def test_the_last_signature_is_refused_by_the_gate_that_fell_after_the_first(client, story, gate, act):
    scenes.to_assign(story)
    scenes.sign(client, story.clue, "assign_clue", story.world.deputy)
    act(story)
    answer = scenes.sign(client, story.clue, "assign_clue", story.world.principal)
    assert answer.status_code == 422
    assert [gap.code for gap in answer.context["missing"]] == [gate]
    assert scenes.refreshed(story).state == "registered"


THROUGH_FORMS = {
    ("register_clue", "clue_is_stub_if_classified"), ("register_clue", "clue_has_source"),
    ("assign_clue", "clue_is_stub_if_classified"),
    *(("apply_initiation", gate.code) for gate in PARTY.step("apply_initiation").gates),
    ("conclude_joint_review", "joint_review_held"), ("adjudicate", "joint_review_held"), ("deliberate", "joint_review_held"),
    ("deliberate", "adjudicated"), ("obtain_pre_review", "pre_review_obtained"),
    ("approve_by_committee", "pre_review_obtained"), ("decide", "pre_review_obtained"),
    ("approve_by_committee", "pre_review_followed"), ("decide", "pre_review_followed"),  # tests/review/test_pre_review.py
}  # fmt: skip


def test_no_gate_of_either_table_is_forgotten_here():
    listed = {(step.code, gate.code) for table in (CLUE, PARTY) for step in table.steps for gate in step.gates}
    assert listed == {*CLUE_GATES, *CASE_GATES, *THROUGH_FORMS}
