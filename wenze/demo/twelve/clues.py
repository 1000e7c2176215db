"""Four clues of one accident, and the three batches of subjects that were initiated on them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from cases.models import Clue
from cases.services import course, initiation, intake, supplement
from cases.services.initiation import SubjectDraft
from cases.services.intake import Assessment, Registration, Respondent
from responsibility.services import problems
from wenze.demo.stories import upload
from wenze.demo.twelve.people import People, spoken, told
from wenze.ids import uuid7
from wenze.workflow import approvals, offsystem
from wenze.workflow.models import Approval, OffSystemApproval

if TYPE_CHECKING:
    from cases.models import Case, Subject, Supplement
    from wenze.demo.world import World
    from wenze.people.models import User

SOURCES = {"K1": "accident_inquiry", "K2": "supervision", "K3": "problem_list", "K4": "superior_order"}
ACTS = {
    "O1": "集体决策失误，轻描淡写处置隐患", "O2": "行业监管流于形式，销号不复查", "O3": "试点台账管理不严，缺三个月", "O4": "重大经营事项未前置研究把关",
    "C1": "主持违规决策、签发授权，对督办批示先稳生产", "C2": "主持论证不实，会上同意改建", "C3": "参与错误决策的集体会议",
    "C4": "未复查即签批销号，暂缓停用", "C5": "检查后跟踪整改不力", "C6": "以在线监管替代人工月检，未能提前核出超量堆存",
    "C7": "主持专题会确定边整改边运营", "C8": "督办期满未复核，督办不到底",
}  # fmt: skip
TIERS = {"C3": "IMPORTANT"}


class Clues:
    """The story as it stands: who is in it, the case, its clues and subjects by their names in the data."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people = People(world)
        self.clues: dict[str, Clue] = {}
        self.subjects: dict[str, Subject] = {}
        self.batches: dict[str, Supplement] = {}
        self.evidence: dict[str, Any] = {}
        self.events: dict[str, Any] = {}
        self.facts: dict[str, Any] = {}
        self.attributions: dict[str, Any] = {}
        self.case: Case

    def sign(self, about: Any, step: str, *signers: User, on: dt.date) -> None:
        """Each signs in turn what he is shown."""
        for signer in signers:
            row = Approval.objects.get(about_id=about.pk, step=step, state="open")
            approvals.sign(
                approval_id=row.pk, shown_hash=row.dossier_hash, verdict="sign", opinion="同意", actor=signer, on=on
            )

    def instruct(self, about: Any, step: str, *, on: dt.date, approver: str) -> None:
        """The Party committee's word on paper: one clerk enters it, another checks it against the scan."""
        row = OffSystemApproval.objects.get(about_id=about.pk, step=step, checked_by__isnull=True)
        offsystem.enter(
            approval_id=row.pk, result="approved", approver_name=approver, by_meeting=False, approved_on=on, instruction="同意。",
            scan=upload("批件.pdf"), key=self.case.data_key, actor=self.world.pcommittee, on=on,
        )  # fmt: skip
        offsystem.check(approval_id=row.pk, actor=self.world.pcommittee2, on=on)

    # --- the clues --------------------------------------------------------------------------------------------------
    def _register(self, code: str, respondents: list[Respondent], title: str, summary: str) -> Clue:
        row = next(each for each in told()["clues"] if each["id"] == code)
        clue = intake.register_clue(
            registration=Registration(
                title=title, source=SOURCES[code], source_detail=row["source"], source_reference=row["order_no"] or "",
                reply_due_on=row["reply_day"], received_on=row["received"], happened_on=dt.date(2025, 11, 13),
                field="ecology" if code == "K2" else "production_safety", summary=summary, respondents=respondents,
            ),
            submission=uuid7(), actor=self.world.conduct, on=row["received"],
        )  # fmt: skip
        self.clues[code] = clue
        return clue

    def _handed_on(self, code: str, on: dt.date) -> None:
        """The problem that was never put right becomes a clue by one press."""
        problem = self.people.problems["PB3"]
        problems.hand_on(problem_id=problem.pk, actor=self.world.conduct, on=on)
        self.clues[code] = Clue.objects.get(problem=problem)

    def _whom(self, *codes: str) -> list[Respondent]:
        return [
            Respondent(cadre=self.people.cadres[code], allegation=ACTS[code])
            if code.startswith("C")
            else Respondent(organization=self.people.organizations[code], allegation=ACTS[code])
            for code in codes
        ]

    def _assign(self, code: str, on: dt.date) -> None:
        world = self.world
        intake.propose_assignment(
            clue_id=self.clues[code].pk, office=world["DEMO-JD"], handler=world.inspector, actor=world.conduct, on=on,
            consultation="涉及安全生产责任事故，建议由第三监督检查室承办，无应当回避的人员。",
        )  # fmt: skip
        self.sign(self.clues[code], "assign_clue", world.deputy, world.principal, on=on)

    def registered(self) -> None:
        """2026-01-04, a Sunday that is worked: the accident inquiry hands over."""
        self._register(
            "K1", self._whom("O1", "O2", "O4", "C1", "C2", "C3", "C4", "C8"), "旧砖厂改建仓储坍塌事故移交线索",
            "2025年11月13日库房坍塌，3人死亡，直接经济损失1870万元；三次检查的隐患没有闭环。",
        )  # fmt: skip

    def assessed(self) -> None:
        world, clue = self.world, self.clues["K1"]
        verified = told()["verification"]
        self._assign("K1", verified["approved"])
        intake.plan_verification(
            clue_id=clue.pk, plan="调阅事故调查材料，走访镇、县、市三级。", members=[world.inspector, world.inspector2],
            actor=world.inspector, on=verified["approved"],
        )  # fmt: skip
        self.sign(clue, "plan_verification", world.head, on=verified["approved"])
        intake.report_verification(
            clue_id=clue.pk, findings="改建未经结构鉴定；三次检查所涉隐患未闭环；县、市两级督办不到底。", conclusion="反映问题属实。",
            actor=world.inspector, on=verified["report"],
        )  # fmt: skip
        on = dt.date(2026, 1, 15)
        intake.draft_assessment(
            clue_id=clue.pk,
            assessment=Assessment(
                situation="S09", act=True, act_basis="事故调查报告", consequences=["heavy_loss", "adverse"],
                consequence_basis="死亡3人，直接经济损失1870万元", track="party", exit="start", exit_reason="行为在，后果具备。",
                loss_yuan=told()["meta"]["direct_loss_yuan"],
            ),
            actor=world.inspector, on=on,
        )  # fmt: skip
        self.sign(clue, "assess_clue", world.head, on=on)

    # --- three batches ----------------------------------------------------------------------------------------------
    def drafts(self, *codes: str) -> list[SubjectDraft]:
        """Subjects as the handler writes them down; the day of the act is that of the first event laid at their door."""
        found = []
        for code in codes:
            row = next(each for each in told()["subjects"] if each["id"] == code)
            own = next(each["event"] for each in told()["attributions"] if each["subject"] == code)
            act_on = next(each["date"] for each in told()["trail"] if each["id"] == own)
            is_cadre = row["type"] == "cadre"
            found.append(
                SubjectDraft(
                    act_on=act_on, act=ACTS[code], tier=TIERS.get(code, "MAIN") if is_cadre else "FULL",
                    cadre=self.people.cadres[code] if is_cadre else None,
                    organization=None if is_cadre else self.people.organizations[code],
                    without_leaders_reason=spoken(row.get("reason_without_leaders", "")),
                    situation=row["situation"] if row["situation"].startswith("S") else "",
                )
            )  # fmt: skip
        return found

    def joined_review(self) -> SubjectDraft:
        """C5 is filed for review already: his material goes there, no inquiry beside it (条例第九条第三款)."""
        filed = told()["filed_reviews"][0]
        draft = self.drafts("C5")[0]
        return SubjectDraft(
            **{**draft.__dict__, "filed_review_number": filed["number"], "handed_to": self.people.organizations["G05"]}
        )

    def _remember(self) -> None:
        for subject in self.case.subjects.select_related("cadre", "organization"):
            known = {**self.people.organizations, **self.people.cadres}
            code = next(name for name, row in known.items() if row.pk in (subject.cadre_id, subject.organization_id))
            self.subjects[code] = subject

    def batch_a(self) -> None:
        world, batch = self.world, told()["initiation"][0]
        meta = told()["meta"]
        self.case = initiation.apply_initiation(
            clue_id=self.clues["K1"].pk, submission=uuid7(), title=meta["title"].removeprefix("示例市"),
            brief="旧砖厂违规改建仓储，三次检查未闭环，2025年11月13日坍塌，3人死亡，直接经济损失1870万元；废酸泥渗漏，两村停水9小时。",
            subjects=[*self.drafts(*batch["subjects"]), self.joined_review()], public_attention=False, is_sensitive=False,
            actor=world.inspector, on=batch["applied"],
        )  # fmt: skip
        initiation.request_initiation(case_id=self.case.pk, actor=world.inspector, on=batch["approved"])
        self.sign(self.case, "approve_initiation", world.deputy, world.principal, on=batch["approved"])
        self._remember()

    def joined(self) -> None:
        """The other three clues arrive and join the case, each with its own source and terms."""
        titles = {
            "K2": (
                "废酸泥渗漏生态环境损害线索",
                self._whom("O3", "O4", "C6"),
                "固废超量贮存，试点台账缺三个月，两村停水9小时。",
            ),
            "K4": ("省纪委监委督办旧砖厂坍塌事故问责", self._whom("O1", "O2", "C1", "C8"), "请查清责任，按期回复。"),
        }
        for code in ("K3", "K2", "K4"):
            row = next(each for each in told()["clues"] if each["id"] == code)
            if code == "K3":
                self._handed_on(code, row["received"])
            else:
                title, whom, summary = titles[code]
                self._register(code, whom, title, summary)
            self._assign(code, row["disposed"])
            course.join_clue(
                clue_id=self.clues[code].pk, case_id=self.case.pk, reason="同一事故，并案调查。", actor=self.world.inspector,
                on=row["disposed"],
            )  # fmt: skip
        self.case.refresh_from_db()

    def _supplement(self, letter: str, reason: str) -> Supplement:
        batch = next(each for each in told()["initiation"] if each["batch"] == letter)
        self.batches[letter] = supplement.add_subjects(
            case_id=self.case.pk, subjects=self.drafts(*batch["subjects"]), reason=reason, actor=self.world.inspector,
            on=batch["applied"],
        )  # fmt: skip
        self._remember()
        return self.batches[letter]

    def _approve(self, letter: str) -> None:
        on = next(each for each in told()["initiation"] if each["batch"] == letter)["approved"]
        row = self.batches[letter]
        supplement.ask_signatures(supplement_id=row.pk, actor=self.world.inspector, on=on)
        self.sign(row, "approve_supplement", self.world.deputy, self.world.principal, on=on)

    def batch_c_asked(self) -> None:
        row = self._supplement("C", "市级督办期满未复核，须一并查明。")
        supplement.ask_committee(supplement_id=row.pk, actor=self.world.inspector, on=row.asked_on)

    def batch_b(self) -> None:
        self._supplement("B", "生态环境损害线索并案后，须查明分局的责任。")
        self._approve("B")

    def batch_c(self) -> None:
        on = told()["approvals"][0]["given"]
        self.instruct(self.batches["C"], "approve_supplement", on=on, approver="示例市委书记")
        self._approve("C")
