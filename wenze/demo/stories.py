"""Ordinary cases moved step by step through the services, each as far as its story goes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import InMemoryUploadedFile

from cases import composing
from cases.enums import Exit
from cases.models import Clue
from cases.services import deliberation, evidence, hearing, initiation, intake, investigation, report
from cases.services.deliberation import View
from cases.services.intake import Assessment, Registration, Respondent
from followup.models import ExecutionItem, VisitPlan
from followup.services import execution, visits
from followup.services.visits import VisitRecord
from review.models import PreReview
from review.services import adjudication, joint, pre_review, ruler
from wenze.demo.reforms import Reforming
from wenze.ids import uuid7
from wenze.workflow import approvals, offsystem
from wenze.workflow.models import Approval, OffSystemApproval

if TYPE_CHECKING:
    from wenze.demo.world import World
    from wenze.people.models import User

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
STAGES = (
    "registered", "assigned", "verified", "assessed", "initiating", "investigating", "heard", "reported", "jointly_reviewed",
    "adjudicated", "deliberated", "pre_reviewed", "decided", "executing", "closed", "visited",
)  # fmt: skip


def upload(name: str, content: bytes = PDF) -> InMemoryUploadedFile:
    """A file as a browser would send it."""
    return InMemoryUploadedFile(BytesIO(content), "files", name, "application/pdf", len(content), None)


@dataclass
class Story(Reforming):
    """One matter on its way: who is in it, on which day it stands."""

    world: World
    code: str
    title: str
    day: dt.date
    act_on: dt.date
    with_organization: bool = True
    is_key: bool = False
    case: Any = None
    clue: Any = None

    def later(self, days: int) -> dt.date:
        self.day += dt.timedelta(days=days)
        return self.day

    def sign(self, about: Any, step: str, *signers: User) -> None:
        for signer in signers:
            row = Approval.objects.get(about_id=about.pk, step=step, state="open")
            approvals.sign(
                approval_id=row.pk,
                shown_hash=row.dossier_hash,
                verdict="sign",
                opinion="同意",
                actor=signer,
                on=self.day,
            )

    # --- the clue ---------------------------------------------------------------------------------------------------
    def registered(self) -> None:
        world = self.world
        respondents = [Respondent(cadre=world.chiefs[self.code], allegation="对窗口超时办件失管失察")]
        if self.with_organization:
            respondents.append(Respondent(organization=world[f"P-{self.code}"], allegation="作风建设抓得不实"))
        self.clue = intake.register_clue(
            registration=Registration(
                title=self.title, source="supervision", received_on=self.day, happened_on=self.act_on, field="style",
                summary=f"{self.title}：监督检查发现，2026年上半年窗口办件超时312件，群众投诉集中，单位未整改，造成恶劣影响。",
                respondents=respondents,
            ),
            submission=uuid7(), actor=world.conduct, on=self.day,
        )  # fmt: skip

    def assigned(self) -> None:
        world = self.world
        self.later(2)
        intake.propose_assignment(
            clue_id=self.clue.pk, office=world["DEMO-JD"], handler=world.inspector, consultation="属监督检查职责，建议由第三监督检查室承办。",
            actor=world.conduct, on=self.day,
        )  # fmt: skip
        self.sign(self.clue, "assign_clue", world.deputy, world.principal)

    def verified(self) -> None:
        world = self.world
        self.later(1)
        intake.plan_verification(
            clue_id=self.clue.pk, plan="调取办件台账，走访窗口，约谈经办人员。", members=[world.inspector, world.inspector2],
            actor=world.inspector, on=self.day,
        )  # fmt: skip
        self.sign(self.clue, "plan_verification", world.head)
        self.later(7)
        intake.report_verification(
            clue_id=self.clue.pk, findings="台账显示超时312件，投诉86件，单位两次收到提醒未整改。", conclusion="反映问题属实。",
            actor=world.inspector, on=self.day,
        )  # fmt: skip

    def assessed(self, exit_: str = Exit.START, **more: Any) -> None:
        world = self.world
        self.later(1)
        reached = exit_ == Exit.START
        intake.draft_assessment(
            clue_id=self.clue.pk,
            assessment=Assessment(
                situation="S04" if reached else "S05", act=True, act_basis="办件台账、提醒函",
                consequences=["adverse"] if reached else [], consequence_basis="投诉集中，媒体报道" if reached else "",
                track="party", exit=exit_, exit_reason="行为在，后果具备，应当启动。" if reached else "后果不具备，不宜问责。", **more,
            ),
            actor=world.inspector, on=self.day,
        )  # fmt: skip
        self.sign(self.clue, "assess_clue", world.head)
        self.clue = Clue.objects.get(pk=self.clue.pk)

    # --- the case ---------------------------------------------------------------------------------------------------
    def initiating(self) -> None:
        world = self.world
        self.later(1)
        subjects = [
            initiation.SubjectDraft(
                cadre=world.chiefs[self.code],
                act_on=self.act_on,
                tier="MAIN",
                act="对窗口超时办件长期失管，两次提醒未整改",
            )
        ]
        if self.with_organization:
            subjects.append(
                initiation.SubjectDraft(
                    organization=world[f"P-{self.code}"],
                    act_on=self.act_on,
                    tier="FULL",
                    act="作风建设抓得不实，未按季度研究",
                )
            )
        self.case = initiation.apply_initiation(
            clue_id=self.clue.pk, submission=uuid7(), title=self.title,
            brief="窗口办件超时312件，投诉86件；单位两次收到提醒未整改；造成恶劣影响。", subjects=subjects, public_attention=self.is_key,
            is_sensitive=False, actor=world.inspector, on=self.day,
        )  # fmt: skip

    def committee(self, step: str, actor: User) -> None:
        """The Party committee's chief signs on paper; one clerk enters it, another checks it."""
        world = self.world
        deliberation.request_committee(case_id=self.case.pk, step=step, actor=actor, on=self.day)
        row = OffSystemApproval.objects.get(about_id=self.case.pk, step=step, checked_by__isnull=True)
        self.later(2)
        offsystem.enter(
            approval_id=row.pk, result="approved", approver_name="示例市委主要负责人", by_meeting=False, approved_on=self.day,
            instruction="同意。", scan=upload("批件.pdf"), key=self.case.data_key, actor=world.pcommittee, on=self.day,
        )  # fmt: skip
        offsystem.check(approval_id=row.pk, actor=world.pcommittee2, on=self.day)

    def investigating(self) -> None:
        world = self.world
        self.committee("approve_initiation", world.inspector)
        initiation.request_initiation(case_id=self.case.pk, actor=world.inspector, on=self.day)
        self.sign(self.case, "approve_initiation", world.deputy, world.principal)
        investigation.form_team(
            case_id=self.case.pk, leader=world.inspector, members=[world.inspector2], actor=world.inspector, on=self.day
        )
        for member in (world.inspector, world.inspector2):
            investigation.declare(
                case_id=self.case.pk, statement="与本案对象没有应当回避的关系。", actor=member, on=self.day
            )
        investigation.draft_plan(
            case_id=self.case.pk, scope="窗口超时办件及其整改责任", steps="两周内取证，一周内见面", safety="依规使用材料，不得扩散",
            actor=world.inspector, on=self.day,
        )  # fmt: skip
        self.sign(self.case, "approve_plan", world.deputy)

    def heard(self) -> None:
        self.later(5)
        self._facts()
        world, case = self.world, self.case
        self.later(5)
        for subject in case.subjects.all():
            hearing.issue_fact_statement(
                case_id=case.pk, subject_id=subject.pk, fact_statement=composing.draft_fact_statement(subject),
                actor=world.inspector, on=self.day,
            )  # fmt: skip
            hearing.hear(
                case_id=case.pk, subject_id=subject.pk, met_on=self.day, place="谈话室", second_name=world.inspector2.name,
                statement="对事实没有意见，接受组织处理。", points=[], opinion="agreed", refusal_explanation="", scan=None,
                actor=world.inspector, on=self.day,
            )  # fmt: skip
        hearing.conclude_meeting_on_facts(case_id=case.pk, actor=world.inspector, on=self.day)

    def _facts(self) -> None:
        world, case = self.world, self.case
        pieces = [
            evidence.receive_evidence(
                case_id=case.pk, upload=upload(f"{title}.pdf"), title=title, kind="document", source=f"示例市{source}",
                provided_by="", proves=title, taken_on=self.day, second_taker_name=world.inspector2.name,
                actor=world.inspector, on=self.day,
            )
            for title, source in (
                ("窗口办件台账", "政务服务系统"), ("群众投诉清单", "12345热线"), ("两次提醒函", "党风政风监督室"), ("党组会议记录", "被调查单位"),
            )
        ]  # fmt: skip
        texts = (
            ("problem", "2026年上半年，窗口办件超时312件，未按规定说明理由。"),
            ("result", "群众投诉86件，媒体报道，造成恶劣影响。"),
            ("responsibility", "主要负责人对投诉集中的问题没有直接督办；党组没有按季度研究窗口作风。"),
            ("cause", "两次提醒后仍未督办整改，致使超时办件持续增加。"),
        )
        facts = {
            kind: investigation.state_fact(
                case_id=case.pk, kind=kind, text=text, evidence=pieces[:3] if kind != "responsibility" else pieces[1:],
                actor=world.inspector,
            )
            for kind, text in texts
        }  # fmt: skip
        for subject in case.subjects.select_related("cadre", "organization", "post"):
            event = investigation.record_event(
                case_id=case.pk, happened_on=self.act_on, kind="handled", text="收到第二次提醒后未研究、未督办", document="提醒函",
                evidence=pieces[2:], actor=world.inspector, on=self.day, subject=subject,
            )  # fmt: skip
            group = world[f"P-{self.code}"]
            wanted = "1" if subject.kind == "organization" else "2"
            duty = group.duty_lists.in_force_on(self.act_on).get().duties.get(number=wanted)
            investigation.attribute(
                case_id=case.pk, subject=subject, event=event, fact=facts["responsibility"],
                power="supervision" if subject.kind == "cadre" else "decision",
                tier="MAIN" if subject.kind == "cadre" else "FULL", liability="leadership", failure="weak",
                reasoning="职责明确，两次提醒后仍不履行", actor=world.inspector, duty=duty,
            )  # fmt: skip

    def reported(self) -> None:
        self.case.refresh_from_db()
        world, case = self.world, self.case
        self.later(3)
        for subject in case.subjects.all():
            report.propose(
                case_id=case.pk, subject_id=subject.pk, outcome="accountable",
                measures=["admonishment"] if subject.kind == "cadre" else ["inspection"],
                reason="事实清楚，责任明确，认错态度好。", actor=world.inspector, on=self.day,
            )  # fmt: skip
        report.write_report(
            case_id=case.pk, parts=composing.compose_report(case), discussed_on=self.day, discussed_by="程示例、林样张",
            discussion="一致同意。", actor=world.inspector, on=self.day,
        )  # fmt: skip
        report.sign_report(case_id=case.pk, signed_by="程示例、林样张", actor=world.inspector, on=self.day)
        self.compared()
        report.submit_report(case_id=case.pk, actor=world.inspector, on=self.day)
        self.sign(case, "approve_report", world.inspector, world.head, world.deputy)

    def compared(self) -> None:
        """The team lays the ruler beside what it proposes, and says why where that lies outside the band."""
        reasons = dict.fromkeys(
            self.case.subjects.values_list("pk", flat=True), "两次提醒后仍不整改，影响大于同类案件。"
        )
        ruler.look(case_id=self.case.pk, reasons=reasons, actor=self.world.inspector, on=self.day)

    def jointly_reviewed(self) -> None:
        """Only a key case: four offices write, meet, and conclude."""
        if not self.is_key:
            return
        world = self.world
        self.later(1)
        people = {
            "conduct": world.conduct,
            "casemgmt": world.casemgmt,
            "trial": world.trial2,
            "handling": world.inspector4,
        }
        row = joint.convene(
            case_id=self.case.pk, people=people, papers_complete_on=self.day, actor=world.conduct, on=self.day
        )
        for office, user in people.items():
            agrees = office != "trial"
            joint.give(
                joint_id=row.pk, choice="agree" if agrees else "object", actor=user, on=self.day,
                reason="事实清楚，程序合规。" if agrees else "党组的检查偏轻，建议通报。",
            )  # fmt: skip
        self.later(2)
        joint.open_meeting(joint_id=row.pk, held_on=self.day, place="第二会议室", actor=world.conduct, on=self.day)
        joint.conclude(
            joint_id=row.pk,
            conclusion="同意报送审理，分歧随案列明。",
            sent_back=False,
            actor=world.conduct,
            on=self.day,
        )

    def adjudicated(self) -> None:
        world = self.world
        self.later(2)
        adjudication.accept(
            case_id=self.case.pk, adjudicators=[world.trial, world.trial2], actor=world.trial, on=self.day
        )
        self.later(5)
        adjudication.give_opinion(
            case_id=self.case.pk, opinion="agree", facts="事实清楚，证据确凿。", character="定性准确。", outcome="处理恰当。",
            procedure="程序合规。", actor=world.trial, on=self.day,
        )  # fmt: skip

    def deliberated(self) -> None:
        world = self.world
        self.later(3)
        deliberation.record_deliberation(
            case_id=self.case.pk, held_on=self.day, place="常委会会议室", agenda=f"研究{self.title}", chair=world.principal.name,
            recorder="记某某", expected=7, recused=[],
            views=[View(name, "同意审理室意见。") for name in ("朱主任", "费分管", "常委甲", "常委乙", "常委丙")],
            conclusion="同意拟处理意见，按程序报批。", settled={}, actor=world.casemgmt, on=self.day,
        )  # fmt: skip
        self.sign(self.case, "deliberate", world.principal)

    def pre_reviewed(self, opinion: str = "approve", changes: tuple[pre_review.Change, ...] = ()) -> None:
        """Only where a trigger fired: the superior is asked and answers."""
        if not self.is_key:
            return
        world = self.world
        pre_review.ask(case_id=self.case.pk, actor=world.casemgmt, on=self.day)
        self.sign(self.case, "request_pre_review", world.principal)
        self.later(5)
        row = PreReview.objects.get(case=self.case, given_on__isnull=True)
        pre_review.answer(
            pre_review_id=row.pk, opinion=opinion, reason="事实清楚，责任分明，处理与同类平衡。", changes=changes,
            actor=world.superior, on=self.day,
        )  # fmt: skip
        self.later(1)
        pre_review.receive(case_id=self.case.pk, actor=world.casemgmt, on=self.day)

    def decided(self) -> None:
        world = self.world
        self.later(1)
        self.committee("approve_by_committee", world.casemgmt)
        deliberation.approve_by_committee(case_id=self.case.pk, actor=world.casemgmt, on=self.day)
        deliberation.prepare_decision(case_id=self.case.pk, actor=world.casemgmt, on=self.day)
        self.sign(self.case, "decide", world.principal)

    def _complete(self, kinds: tuple[str, ...] | None) -> None:
        """What is open is done today: by HR's and the unit's own accounts what is theirs, by the handler the rest."""
        rows = ExecutionItem.objects.open().filter(case=self.case).select_related("responsible")
        for item in rows.filter(kind__in=kinds) if kinds else rows:
            execution.complete_item(
                item_id=item.pk, done_on=self.day, proof="已办理。", way="direct", recipient="本人", attended="班子成员",
                proof_file=upload("检讨.pdf") if item.kind in execution.SCANNED else None,
                actor=self.world.account_of(item.responsible) or self.world.inspector, on=self.day,
            )  # fmt: skip

    def executing(self) -> None:
        self.later(2)
        self._complete(("service", "announcement"))
        execution.begin_execution(case_id=self.case.pk, actor=self.world.inspector, on=self.day)

    def closed(self) -> None:
        self.later(3)
        self._complete(None)
        self.reformed()
        execution.close_case(case_id=self.case.pk, actor=self.world.casemgmt, on=self.day)

    def visited(self) -> None:
        self.later(30)
        plan = VisitPlan.objects.filter(case=self.case, round="first").first()
        if plan is None:
            return
        visits.hold_visit(
            plan_id=plan.pk,
            record=VisitRecord(
                held_on=self.day, place="某某局会议室", way="heart_talk", second_visitor="林样张", talk="认识到位，整改有成效。",
                mood="steady", conclusion="normal", work="超时件降至3件", care="鼓励大胆工作",
            ),
            actor=self.world.inspector, on=self.day,
        )  # fmt: skip

    def run(self, until: str) -> Any:
        """Every stage up to and including ``until``."""
        for stage in STAGES[: STAGES.index(until) + 1]:
            getattr(self, stage)()
        return self.case or self.clue
