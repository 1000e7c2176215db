"""What becomes of the twelve: reviews, two sittings, the superior's opinion, decisions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cases.outcomes import Draft, drafted
from cases.services import deliberation
from cases.services.deliberation import View
from review.models import PreReview
from review.services import adjudication, joint, pre_review, ruler
from wenze.demo.twelve.inquiry import RECTIFY_BY, Inquiry
from wenze.demo.twelve.people import spoken, told

if TYPE_CHECKING:
    import datetime as dt


class Outcomes(Inquiry):
    """From the joint review to the decisions."""

    def jointly_reviewed(self) -> None:
        world, held = self.world, told()["joint_review"]
        people = {
            "conduct": world.conduct,
            "casemgmt": world.casemgmt,
            "trial": world.trial,
            "handling": world.inspector4,
        }
        row = joint.convene(
            case_id=self.case.pk, people=people, papers_complete_on=held["papers_complete"], actor=world.conduct,
            on=held["papers_complete"],
        )  # fmt: skip
        for (_, user), opinion in zip(people.items(), held["opinions"], strict=True):
            agrees = opinion["choice"] == "同意"
            joint.give(
                joint_id=row.pk,
                choice="agree" if agrees else "object",
                reason=spoken(opinion["reason"]),
                actor=user,
                on=held["held"],
            )
        joint.open_meeting(
            joint_id=row.pk, held_on=held["held"], place="第二会议室", actor=world.conduct, on=held["held"]
        )
        joint.conclude(
            joint_id=row.pk,
            conclusion=spoken(held["divergence"]),
            sent_back=False,
            actor=world.conduct,
            on=held["held"],
        )

    def adjudicated(self) -> None:
        world, row = self.world, told()["adjudication"]
        adjudication.accept(
            case_id=self.case.pk, adjudicators=[world.trial, world.trial2], actor=world.trial, on=row["accepted"]
        )
        adjudication.give_opinion(
            case_id=self.case.pk, opinion="agree", facts="事实清楚，证据确凿。", character="定性准确。",
            outcome=spoken("处理意见总体适当；对C2保留联审时的意见。"), procedure="程序合规。", actor=world.trial, on=row["opinion"],
        )  # fmt: skip

    def _sit(self, number: int, conclusion: str, settled: dict[str, Draft]) -> None:
        world, row = self.world, told()["deliberations"][number]
        names = (world.principal.name, world.deputy.name, *(f"常委{which}" for which in "甲乙丙丁戊己"))
        deliberation.record_deliberation(
            case_id=self.case.pk, held_on=row["date"], place="常委会会议室", agenda=f"研究{self.case.title}", chair=world.principal.name,
            recorder="记某某", expected=row["members"], recused=["沈丙九"],
            views=[View(name, "同意处理意见。") for name in names], conclusion=spoken(conclusion),
            settled={self.subjects[code].pk: draft for code, draft in settled.items()}, actor=world.casemgmt, on=row["date"],
        )  # fmt: skip
        self.sign(self.case, "deliberate", world.principal, on=row["date"])

    def deliberated(self) -> None:
        row = told()["deliberations"][0]
        self._sit(
            0,
            f"同意拟处理意见。提示：{row['warning']}。C1 属类案离群，理由：三次检查均经其手、批示放行，后果3人死亡。",
            {},
        )

    def asked(self) -> None:
        """The request goes to the province with the principal's signature."""
        on = told()["escalation"]["papers_complete"]
        pre_review.ask(case_id=self.case.pk, actor=self.world.casemgmt, on=on)
        self.sign(self.case, "request_pre_review", self.world.principal, on=on)

    def pre_reviewed(self) -> None:
        world, given = self.world, told()["escalation"]
        self.asked()
        row = PreReview.objects.get(case=self.case, given_on__isnull=True)
        turned = {"C8": ("accountable", ["admonishment"]), "O3": ("first_form", [])}
        pre_review.answer(
            pre_review_id=row.pk, opinion="modify", reason="责任不能都压给县、镇；达不到门槛的不问责。",
            changes=[
                pre_review.Change(self.subjects[each["subject"]], *turned[each["subject"]], each["reason"])
                for each in given["modify"]
            ],
            actor=world.superior, on=given["opinion"]["date"],
        )  # fmt: skip
        pre_review.receive(case_id=self.case.pk, actor=world.casemgmt, on=given["opinion"]["date"])

    def deliberated_again(self) -> None:
        row = told()["deliberations"][1]
        now = {code: drafted(self.subjects[code].proposal) for code in ("C8", "O3")}
        self._tried(
            {"C8": ruler.Trial("accountable", ("admonishment",)), "O3": ruler.Trial("first_form")}, on=row["date"]
        )
        self._sit(1, f"采纳上级意见。{row['kept']}。{row['heavier_reason']}。", {
            "C8": replace(now["C8"], outcome="accountable", measures=["admonishment"], requirement="", due_on=None,
                          reason="市级部门发现后不督办到底，应予诫勉；加重不因申辩。"),
            "O3": replace(now["O3"], outcome="first_form", measures=[], requirement="补齐试点台账，建立线上预警同步核验", due_on=RECTIFY_BY,
                          reason="台账缺失与停水没有因果，达不到问责门槛。"),
        })  # fmt: skip

    def _tried(self, trials: dict[str, ruler.Trial], *, on: dt.date) -> None:
        """The ruler is laid beside what the sitting is to settle instead."""
        subjects = {code: self.subjects[code].pk for code in trials}
        ruler.look(
            case_id=self.case.pk, trials={subjects[code]: trial for code, trial in trials.items()},
            reasons=dict.fromkeys(subjects.values(), "采纳上级预审意见。"), actor=self.world.casemgmt, on=on,
        )  # fmt: skip

    def approved(self) -> None:
        given = told()["approvals"][1]
        deliberation.request_committee(
            case_id=self.case.pk, step="approve_by_committee", actor=self.world.casemgmt, on=given["request"]
        )
        self.instruct(self.case, "approve_by_committee", on=given["given"], approver="示例市委")
        deliberation.approve_by_committee(case_id=self.case.pk, actor=self.world.casemgmt, on=given["given"])

    def decided(self) -> None:
        on = told()["outcomes"][0]["decided"]
        deliberation.prepare_decision(case_id=self.case.pk, actor=self.world.casemgmt, on=on)
        self.sign(self.case, "decide", self.world.principal, on=on)
