"""After the decisions: delivery, an appeal, the county's answers, execution with its one late item, visits."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cases.models import Dispatch, Precedent
from cases.services import exits, precedents, redress, replies
from cases.services.replies import Reply
from followup.models import ExecutionItem, VisitPlan
from followup.services import care, execution, exemption, visits
from followup.services.visits import VisitRecord
from wenze.demo.stories import upload
from wenze.demo.twelve.outcomes import Outcomes
from wenze.demo.twelve.people import spoken, told
from wenze.ids import uuid7

if TYPE_CHECKING:
    from wenze.people.models import User


class Aftermath(Outcomes):
    """From delivery to the closed volume."""

    def complete(self, code: str, kind: str, on: dt.date, late_reason: str = "") -> None:
        """One item done on its day, by the account whose work it is."""
        rows = ExecutionItem.objects.open().filter(decision__subject=self.subjects[code], kind=kind)
        self._done(rows.select_related("responsible").get(), on, on, late_reason)

    def _done(self, item: ExecutionItem, done_on: dt.date, on: dt.date, late_reason: str = "") -> None:
        for post in item.posts.filter(done_on__isnull=True):
            execution.complete_post(post_id=post.pk, body="示例县委", done_on=done_on, actor=self._whose(item), on=on)
        execution.complete_item(
            item_id=item.pk, done_on=done_on, proof="已办理。", way="direct", recipient="本人", attended="班子成员", late_reason=late_reason,
            proof_file=upload("检讨.pdf") if item.kind in execution.SCANNED else None, actor=self._whose(item), on=on,
        )  # fmt: skip

    def _whose(self, item: ExecutionItem) -> User:
        return self.world.account_of(item.responsible) or self.world.inspector

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
        self._answered()
        self.complete("C1", "announcement", dt.date(2026, 7, 6))
        execution.begin_execution(case_id=self.case.pk, actor=self.world.inspector, on=dt.date(2026, 7, 6))

    def _answered(self) -> None:
        """The province gave its order with a day; the answer goes out before it."""
        on = next(row for row in told()["clues"] if row["id"] == "K4")["replied"]
        exits.reply_to_superior(
            clue_id=self.clues["K4"].pk, replied_on=on, reply_number="示例纪报〔2026〕18号",
            reply="十二个对象的处理决定均已作出，详见所附决定。", actor=self.world.casemgmt, on=on,
        )  # fmt: skip

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
            ("C1", "publication", dt.date(2026, 7, 6)),
            ("C1", "sanction_announcement", dt.date(2026, 9, 18)),
        ):  # fmt: skip
            self.complete(code, kind, on)
        self.exempted()
        self.complete("C1", "formalities", dt.date(2026, 8, 6), late_reason="离任审计交接拖延，已责令说明")
        rest = ExecutionItem.objects.open().filter(case=self.case).exclude(kind="sanction_report")
        for item in rest.select_related("responsible"):
            done_on = (item.due_on or dt.date(2026, 7, 10)) - dt.timedelta(days=3)
            self._done(item, done_on, max(done_on, dt.date(2026, 9, 18)))

    def exempted(self) -> None:
        """C6 put it right by the day of the notice, another accepted it; his name was cleared, the entry released."""
        world, decision = self.world, self.subjects["C6"].decision
        done_on = told()["rectify_notices"][0]["done"]
        item = ExecutionItem.objects.get(decision=decision, kind="rectification")
        exemption.report_rectified(
            item_id=item.pk, reported_on=done_on, text="在线预警已同步人工到场核验，修订试点办法。", proof=upload("纠错报告.pdf"),
            actor=world.inspector, on=done_on,
        )  # fmt: skip
        accepted_on = done_on + dt.timedelta(days=3)
        exemption.accept_rectified(item_id=item.pk, answer="现场查看，纠正到位。", actor=world.casemgmt, on=accepted_on)
        letter = exemption.draft_clearing(
            case_id=self.case.pk, submission=uuid7(), decision=decision, concern="在试点工作中的问题",
            words="试点事前备案并按备案实施，属先行先试的失误，已及时纠正。", scope="分局领导班子会议、全体干部会议", actor=world.inspector,
            on=accepted_on,
        )  # fmt: skip
        exemption.issue_clearing(clearing_id=letter.pk, actor=world.casemgmt, on=accepted_on)
        cleared_on = accepted_on + dt.timedelta(days=4)
        exemption.record_cleared(
            clearing_id=letter.pk, cleared_on=cleared_on, cleared_how="在分局全体干部会议上宣读，记入会议记录", actor=world.inspector,
            on=cleared_on,
        )  # fmt: skip
        entry = Precedent.objects.get(subject_id=decision.subject_id)
        precedents.edit(
            precedent_id=entry.pk, title="先行先试以在线监管替代人工检查，出现监测盲区，及时纠正，免予问责", category="落实重大改革先行先试",
            matter="某派出机构负责人推动以在线监管替代人工检查的试点，事前报备并按备案实施，试点中出现难以预见的监测盲区。",
            reasons="事前备案，集体决策，没有私利；现行规定没有禁止；发现以后及时纠正。", actor=world.inspector, on=cleared_on,
        )  # fmt: skip
        precedents.release(precedent_id=entry.pk, actor=world.casemgmt, on=cleared_on)

    def appealed(self) -> None:
        """C2 on the last day of his month; others look again; the admonishment becomes a circulated criticism."""
        world, row = self.world, told()["appeals"][0]
        appeal = redress.file_appeal(
            case_id=self.case.pk, submission=uuid7(), subject_id=self.subjects[row["subject"]].pk, channel="appeal",
            filed_on=row["filed"], statement=spoken("抽调期间安全工作不由我承担，2025年8月27日我仍在专班。请求撤销诫勉。"),
            scan=upload("申诉书.pdf"), actor=world.casemgmt, on=row["filed"],
        )  # fmt: skip
        redress.accept_appeal(
            appeal_id=appeal.pk,
            reviewer=world.inspector3,
            second_reviewer="姜丙十八",
            actor=world.casemgmt,
            on=row["accepted"],
        )
        found = redress.Finding(
            result="changed", measures=[row["to_measure"]], withdrawn=[self.attributions[code] for code in row["withdrawn_attributions"]],
            finding=spoken("签到表证明其2025年8月27日仍在专班，该节责任不能成立；论证会、表决两节成立。诫勉偏重，变更为通报。"),
            discussed_on=row["decided"], told_to="本人，某某镇党委，示例县委组织部",
        )  # fmt: skip
        redress.examine_appeal(appeal_id=appeal.pk, found=found, actor=world.inspector3, on=row["decided"])
        redress.prepare_answer(appeal_id=appeal.pk, actor=world.casemgmt, on=row["decided"])
        self.sign(appeal, "decide_appeal", world.principal, on=row["decided"])
        self.complete("C2", "redress_service", row["delivered"])
        redress.confirm_influence(row=appeal, actor=world.principal, on=row["delivered"])

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
            visit = visits.hold_visit(plan_id=plan.pk, record=record, actor=self.world.inspector, on=row["date"])
            if record.care:
                care.open_care(
                    tracking_id=plan.tracking_id, submission=uuid7(), kind="care", text=record.care, owner="示例县委组织部",
                    due_on=row["date"] + dt.timedelta(days=30), visit=visit, actor=self.world.inspector, on=row["date"],
                )  # fmt: skip

    def closed(self) -> None:
        execution.close_case(case_id=self.case.pk, actor=self.world.casemgmt, on=told()["closing"]["closed"])
