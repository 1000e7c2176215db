"""What becomes of the twelve: reviews, two sittings, the superior's opinion, decisions, replies, execution."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from cases.models import Dispatch
from cases.outcomes import Draft, drafted
from cases.services import deliberation, replies
from cases.services.deliberation import View
from cases.services.replies import Reply
from followup.models import ExecutionItem, VisitPlan
from followup.services import execution, visits
from followup.services.visits import VisitRecord
from review.models import PreReview
from review.services import adjudication, joint, pre_review
from wenze.demo.twelve.inquiry import RECTIFY_BY, Inquiry
from wenze.demo.twelve.people import spoken, told


class Outcomes(Inquiry):
    """From the joint review to what was carried out."""

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
        self._sit(1, f"采纳上级意见。{row['kept']}。{row['heavier_reason']}。", {
            "C8": replace(now["C8"], outcome="accountable", measures=["admonishment"], requirement="", due_on=None,
                          reason="市级部门发现后不督办到底，应予诫勉；加重不因申辩。"),
            "O3": replace(now["O3"], outcome="first_form", measures=[], requirement="补齐试点台账，建立线上预警同步核验", due_on=RECTIFY_BY,
                          reason="台账缺失与停水没有因果，达不到问责门槛。"),
        })  # fmt: skip

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

    # --- after the decision -------------------------------------------------------------------------------------------
    def complete(self, code: str, kind: str, on: dt.date, **more: str) -> None:
        """One item done on its day."""
        item = ExecutionItem.objects.get(
            decision__subject=self.subjects[code],
            kind=kind,
            void_on__isnull=True,
            done_on__isnull=True,
        )
        execution.complete_item(
            item_id=item.pk, done_on=on, proof="已办理。", way="direct", recipient="本人", attended="班子成员", actor=self.world.inspector,
            on=on, **more,
        )  # fmt: skip

    def served(self) -> None:
        """Delivered on their days; the 纠错通知 goes out; announced in June and July."""
        notice = told()["rectify_notices"][0]
        rows = sorted(
            (row for row in told()["outcomes"] if row["subject"] in self.first_drafts()),
            key=lambda row: row["delivered"],
        )
        for row in rows:
            self.complete(row["subject"], "service", row["delivered"])
        item = ExecutionItem.objects.get(decision__subject=self.subjects["C6"], kind="rectify_notice")
        execution.send_rectify_notice(
            item_id=item.pk,
            text=notice["text"],
            due_on=notice["limit"]["due"],
            actor=self.world.inspector,
            on=notice["issued"],
        )
        for code in ("O1", "O2", "O4", "C2", "C4", "C7", "C8"):
            self.complete(code, "announcement", dt.date(2026, 6, 25))
        self.complete("C1", "announcement", dt.date(2026, 7, 6))
        execution.begin_execution(case_id=self.case.pk, actor=self.world.inspector, on=dt.date(2026, 7, 6))

    def replied(self) -> None:
        """The county: C5's own review, C1's removal, C1's sanction; each counts from the county's day."""
        body = {row["id"]: row for row in told()["external_decisions"]}
        for code, kind, row, replied_on in (
            ("C5", "joined", body["XD1"], dt.date(2026, 5, 8)),
            ("C1", "proposed", body["XD2"], dt.date(2026, 7, 2)),
            ("C1", "referred", body["XD3"], body["XD3"]["receipt"]),
        ):
            sent = Dispatch.objects.get(subject=self.subjects[code], kind=kind)
            replies.register_reply(
                dispatch_id=sent.pk, actor=self.world.inspector, on=replied_on,
                reply=Reply(
                    replied_on=replied_on, words="已作出决定，特此回复。", measures=row["measures"], decided_on=row["decided"],
                    decided_by=self.people.organizations[row["by"]].name, number=row["number"],
                    approved_by=self.people.organizations[row["approved_by"]].name,
                ),
            )  # fmt: skip

    def executed(self) -> None:
        """What the data tells of execution; only C1's formalities were late, and say why."""
        for code, kind, on in (
            ("C8", "self_criticism", dt.date(2026, 7, 8)), ("C8", "integrity_file", dt.date(2026, 7, 10)),
            ("C8", "personnel_file", dt.date(2026, 7, 10)), ("C8", "filing_above", dt.date(2026, 7, 13)),
            ("C7", "salary", dt.date(2026, 7, 14)), ("O3", "rectification", dt.date(2026, 7, 9)),
            ("C6", "rectification", dt.date(2026, 7, 10)), ("C1", "publication", dt.date(2026, 7, 6)),
            ("C1", "sanction_announcement", dt.date(2026, 9, 18)),
        ):  # fmt: skip
            self.complete(code, kind, on)
        self.complete("C1", "formalities", dt.date(2026, 8, 6), late_reason="离任审计交接拖延，已责令说明")
        for item in ExecutionItem.objects.open().filter(case=self.case).exclude(kind="sanction_report"):
            done_on = (item.due_on or dt.date(2026, 7, 10)) - dt.timedelta(days=3)
            execution.complete_item(
                item_id=item.pk,
                done_on=done_on,
                proof="已办理。",
                actor=self.world.inspector,
                on=max(done_on, dt.date(2026, 9, 18)),
            )

    def visited(self) -> None:
        """The first visits by the deciding commission, two by two; C1 is low and is helped on."""
        held = {row["subject"]: row for row in told()["visits"]}
        moods = {"平稳": "steady", "消极": "passive"}
        conclusions = {"正常": "normal", "继续帮教": "keep_helping"}
        for plan in VisitPlan.objects.filter(case=self.case, round="first").order_by("due_on", "pk"):
            code = next(name for name, row in self.subjects.items() if row.pk == plan.tracking.subject_id)
            row = held.get(
                code,
                {"date": dt.date(2026, 9, 24), "mood": "平稳", "work": "履职正常", "need": "无", "conclusion": "正常"},
            )
            record = VisitRecord(
                held_on=row["date"], place="所在单位会议室", way="heart_talk", second_visitor=self.world.conduct.name,
                talk=f"认识到位。诉求：{row['need']}。", mood=moods[row["mood"]], conclusion=conclusions[row["conclusion"]], work=row["work"],
                care=spoken(row.get("care", "")),
            )  # fmt: skip
            visits.hold_visit(plan_id=plan.pk, record=record, actor=self.world.inspector, on=row["date"])

    def closed(self) -> None:
        execution.close_case(case_id=self.case.pk, actor=self.world.casemgmt, on=told()["closing"]["closed"])
