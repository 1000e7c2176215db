"""The inquiry of the old brickworks: team, evidence, trail, facts, attributions, hearings, report."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db.models import Q

from cases import composing
from cases.models import DefencePoint, Evidence, Subject
from cases.outcomes import Draft
from cases.services import chain, course, evidence, hearing, investigation, report, tolerance
from cases.tolerance import filed_clauses, version_at
from review.services import ruler
from wenze.demo import past
from wenze.demo.stories import upload
from wenze.demo.twelve.clues import Clues
from wenze.demo.twelve.people import spoken, told
from wenze.ids import uuid7

EVIDENCE = {
    "书证": "document", "电子数据": "audiovisual", "证人证言": "testimony", "对象陈述": "statement", "鉴定意见": "expert",
    "视听资料": "audiovisual", "勘验笔录": "record",
}  # fmt: skip
TRAIL = {
    "提议": "proposed", "论证": "examined", "决策": "decided", "授权": "authorized", "执行": "executed", "监督": "supervised",
    "发现": "found", "处置": "handled",
}  # fmt: skip
FACTS = {"问题": "problem", "结果": "result", "责任": "responsibility", "因果": "cause"}
POWER = {"决策": "decision", "执行": "execution", "监管": "supervision"}
TIER = {"全面": "FULL", "主要": "MAIN", "重要": "IMPORTANT"}
LIABILITY = {"主体": "principal", "监督": "supervisory", "领导": "leadership"}
FAILURE = {"执行不当": "improper", "执行不力": "weak", "不执行": "none", None: ""}
OPINION = {"签署属实": "agreed", "签署有异议": "disputed", "拒签": "refused"}
BEGUN = dt.date(2026, 1, 19)
ADOPTED = {"C1": (False, False), "C2": (True, False), "C7": (False,)}
"""Points of the defence, adopted or not, in the order of the data."""

REASONS = {
    "O1": "集体决策失误，负全面领导责任。", "O2": "三次检查未闭环，负全面领导责任。", "O3": "台账缺失属实。", "O4": "支部对重大经营事项未前置把关。",
    "C1": "三次检查均经其手、批示放行，后果严重；转立案查证指使造假一节。", "C2": "主持论证不实、会上同意；抽调作为客观条件。",
    "C3": "会前书面、会上口头明确反对并有记录。", "C4": "未复查即销号、暂缓停用；已退休，终身问责。", "C6": "先行先试，事前备案，按备案实施。",
    "C7": "主持专题会确定边整改边运营。", "C8": "发现后发了督办函，情节较轻。",
}  # fmt: skip
OUTSIDE = {"C1": "三次检查均经其手、批示放行，后果3人死亡。"}
OTHERWISE = "对照本案责任大小和情节，与同类案件有别，理由见拟处理意见。"
"""Why a proposal lies outside the band of its like cases."""
DONE = {
    "practice": "以在线监管替代人工月检，范围、点位与备案一致。", "conditions": "会议决定、合法性审查均在试点之前。", "risks": "监测中断即转人工巡查。",
    "loss": "没有超过备案的损失上限。", "period": "自备案的试点起始日起实施，在备案的期限内。",
}  # fmt: skip
"""What C6 did on each clause of TF1 (told: as_filed)."""
RECTIFY_BY = dt.date(2026, 7, 15)


class Inquiry(Clues):
    """What the team does between the initiation and the approved report."""

    def evidenced(self) -> None:
        """Team, declarations, plan; then forty pieces, each by two, on its own day."""
        world, case = self.world, self.case
        investigation.form_team(
            case_id=case.pk, leader=world.inspector, members=[world.inspector2], actor=world.inspector, on=BEGUN
        )
        for member in (world.inspector, world.inspector2):
            investigation.declare(case_id=case.pk, statement="与本案对象没有应当回避的关系。", actor=member, on=BEGUN)
        investigation.draft_plan(
            case_id=case.pk, scope="改建决策、三次检查、督办和固废试点四条线", steps="1月下旬至3月取证，4月初见面", safety="依规使用材料，不得扩散",
            actor=world.inspector, on=BEGUN,
        )  # fmt: skip
        self.sign(case, "approve_plan", world.deputy, on=BEGUN)
        names = {row["id"]: row["name"] for row in told()["staff"]}
        for row in told()["evidence"]:
            self.evidence[row["id"]] = evidence.receive_evidence(
                case_id=case.pk, upload=upload(f"{row['id']}.pdf"), title=spoken(row["title"]), kind=EVIDENCE[row["kind"]],
                source=self._named(row["source"]), provided_by="", proves=spoken(row["proves"]), taken_on=row["date"],
                second_taker_name=names[row["takers"][1]], actor=world.inspector, on=max(row["date"], BEGUN),
            )  # fmt: skip

    def _named(self, code: str) -> str:
        held = self.people.organizations.get(code) or self.people.cadres.get(code)
        return held.name if held is not None else code

    def stated(self) -> None:
        """Thirty events with the post of that day; fifteen facts on their evidence; causes subject by subject."""
        world, case, on = self.world, self.case, dt.date(2026, 3, 20)
        for row in told()["trail"]:
            subject = self.subjects.get(row["actor"])
            self.events[row["id"]] = investigation.record_event(
                case_id=case.pk, happened_on=row["date"], kind=TRAIL[row["kind"]], text=spoken(row["text"]), document=row["document"],
                evidence=[self.evidence[code] for code in row["evidence"]], actor=world.inspector, on=on, subject=subject,
                actor_name=f"{self._named(row['actor'])}（{row['post']}）" if subject is None else "",
            )  # fmt: skip
        for row in told()["facts"]:
            self.facts[row["id"]] = investigation.state_fact(
                case_id=case.pk, leads_to=self.facts.get(row.get("links", {}).get("to")), kind=FACTS[row["kind"]], text=spoken(row["text"]), actor=world.inspector,
                evidence=[self.evidence[code] for code in row["evidence"]],
            )  # fmt: skip
        for row in told()["facts"]:
            for asked in row.get("but_for", []):
                for code in asked["subjects"]:
                    chain.find_cause(
                        case_id=case.pk, fact=self.facts[row["id"]], subject=self.subjects[code], question=asked["question"],
                        answer=asked["answer"], is_causal=asked["causal"], actor=world.inspector,
                    )  # fmt: skip

    def attributed(self) -> None:
        """Sixteen attributions, six circumstances, three objective conditions, the filings answered in writing."""
        world, case = self.world, self.case
        for row in told()["attributions"]:
            subject = self.subjects[row["subject"]]
            fact = next(
                each["id"] for each in told()["facts"] if each["kind"] == "责任" and row["subject"] in each["subjects"]
            )
            self.attributions[row["id"]] = investigation.attribute(
                case_id=case.pk, subject=subject, event=self.events[row["event"]], fact=self.facts[fact],
                power=POWER[row["stage"]], tier=TIER[row["level"]], liability=LIABILITY[row["line"]],
                failure=FAILURE[row["execution"]], reasoning=spoken(row.get("note") or "") or "职责明确，行为有据", actor=world.inspector,
                duty=self.people.duties[row["duty"]],
            )  # fmt: skip
        kinds = {
            "从重": ("heavier", "H19-2"),
            "从轻": ("lighter", "L18-2"),
            "不予": ("exempting", "E17-2"),
            "免予": ("exempting", "E17-1"),
        }
        for row in told()["circumstances"]:
            kind, code = kinds[row["effect"]]
            investigation.note_circumstance(
                case_id=case.pk, subject=self.subjects[row["subject"]], kind=kind, code=code, text=spoken(row["text"]),
                evidence=self._evidence_on(self.subjects[row["subject"]]), actor=world.inspector,
            )  # fmt: skip
        for row in told()["objective_conditions"]:
            for code in row["subjects"]:
                investigation.note_circumstance(
                    case_id=case.pk, subject=self.subjects[code], kind="objective", code="", text=spoken(f"{row['text']}（{row['weight']}）"),
                    evidence=self._evidence_on(self.subjects[code]), actor=world.inspector,
                )  # fmt: skip

    def _evidence_on(self, subject: Subject) -> list[Evidence]:
        """What the subject's own events rest on; the told case names no other evidence for its circumstances."""
        return list(
            self.case.evidence.filter(Q(trail__subject=subject) | Q(trail__attributions__subject=subject)).distinct()
        )

    def extended(self) -> None:
        """Each batch is extended once, before its own term runs out."""
        for batch in told()["initiation"]:
            row = self.batches.get(batch["batch"])
            course.ask_extension(
                case_id=self.case.pk,
                reason="三级取证，鉴定未完。",
                actor=self.world.inspector,
                on=batch["extended"],
                supplement=row,
            )
            asked = self.case.extensions.get(supplement=row)
            self.sign(asked, "extend_inquiry", self.world.deputy, on=batch["extended"])

    def heard(self) -> None:
        """Eleven are met on the facts; C7 refuses to sign, and the team says so."""
        for row in told()["hearings"]:
            self.hear(row)
        self.answer_tolerance()
        on = told()["report"]["defence_note_D11"]
        hearing.conclude_meeting_on_facts(case_id=self.case.pk, actor=self.world.inspector, on=on)

    def hear(self, row: dict[str, Any]) -> None:
        """One subject: the statement handed over, his words, his points answered."""
        world, case, subject = self.world, self.case, self.subjects[row["subject"]]
        refused = row["signature"] == "拒签"
        on = dt.date(2026, 4, 13) if refused else row["met"]
        hearing.issue_fact_statement(
            case_id=case.pk, subject_id=subject.pk, fact_statement=composing.draft_fact_statement(subject), actor=world.inspector,
            on=min(on, row["met"]),
        )  # fmt: skip
        points = row["words"].split("；") if row["subject"] in ADOPTED else []
        hearing.hear(
            case_id=case.pk, subject_id=subject.pk, met_on=row["met"], place="谈话室", second_name=world.inspector2.name,
            statement=row["words"], points=points, opinion=OPINION[row["signature"]],
            refusal_explanation=spoken(row.get("refusal_note", "")), scan=None, actor=world.inspector, on=on,
        )  # fmt: skip
        answered = told()["report"]["defence_note_D11"]
        for point, adopted in zip(
            DefencePoint.objects.filter(hearing__subject=subject).order_by("position"),
            ADOPTED.get(row["subject"], ()),
            strict=True,
        ):
            hearing.answer_point(
                case_id=case.pk, point_id=point.pk, adopted=adopted, answer=spoken(row["adopted"] if adopted else row["answer"]),
                actor=world.inspector, on=answered,
            )  # fmt: skip

    def answer_tolerance(self) -> None:
        """TF1 came before the act and was kept to; TF2 came after it and explains; C2 asked without any filing."""
        world, case = self.world, self.case
        row = told()["tolerance"]["answers"][0]
        on, subject, filing = row["answered"], self.subjects["C6"], self.people.filings["TF1"]
        rests_on = self._evidence_on(subject)
        filed = filed_clauses(version_at(filing, subject))
        tolerance.answer_filing(
            case_id=case.pk, subject=subject, filing=filing, actor=world.inspector, on=on,
            draft=tolerance.AnswerDraft(
                effect="exempted", answer="在备案范围内，按备案实施，无负面情形，及时纠错。", in_scope=row["in_scope"],
                clauses={key: tolerance.Clause(DONE[key], row["as_filed"], rests_on) for key in filed},
                negative_note="逐条核查，没有命中。", correction="timely", correction_note="发现监测盲区后当日恢复人工月检。",
            ),
        )  # fmt: skip
        self.weighed(on)
        tolerance.answer_filing(
            case_id=case.pk, subject=self.subjects["C1"], filing=self.people.filings["TF2"], actor=world.inspector, on=on,
            draft=tolerance.AnswerDraft(effect="not_applicable", answer="报送日晚于行为日，只作说明材料。"),
        )  # fmt: skip
        self.claimed(on)

    def weighed(self, on: dt.date) -> None:
        """C6 on the three lines: the office, and by letter the organisation department and the authority in charge."""
        common = {
            "motive": "public", "ban": "free", "ban_reason": "现行规定没有要求必须人工月检，也没有禁止在线监管替代。",
            "intent": "unintended", "intent_reason": "试点中的监测盲区难以预见，发现后及时纠正。", "effect": "exempted",
        }  # fmt: skip
        for assessor, reason, code, number in (
            ("handling", "为提高监管效能而试，没有个人和小团体利益。", "", ""),
            ("personnel", "试点列入年度改革任务，本人一贯表现好。", "G13", "示例县组函〔2026〕7号"),
            ("authority", "试点经批准，目的是堵塞监管漏洞。", "G08", "示例市环函〔2026〕12号"),
        ):
            tolerance.assess(
                case_id=self.case.pk, submission=uuid7(), subject=self.subjects["C6"], actor=self.world.inspector, on=on,
                scan=upload("来函.pdf") if code else None,
                said=tolerance.Opinion(
                    assessor=assessor, motive_reason=reason, distinction="E17-1", letter_number=number,
                    letter_on=on - dt.timedelta(days=2) if code else None,
                    organization=self.people.organizations[code] if code else None, **common,
                ),
            )  # fmt: skip

    def claimed(self, on: dt.date) -> None:
        """C2 claims tolerance without a filing: verified, recognised by another as not applicable, told; three opinions alike."""
        world, case, subject = self.world, self.case, self.subjects["C2"]
        row = told()["tolerance"]["claims"][0]
        claim = tolerance.register_claim(
            case_id=case.pk, submission=uuid7(), subject=subject, applied_on=row["submitted"], ground=row["ground"],
            scan=upload("容错申请.pdf"), actor=world.inspector, on=row["submitted"],
        )  # fmt: skip
        tolerance.verify_claim(
            claim_id=claim.pk, findings="盘活属实；未经结构鉴定、未办施工许可，属有禁。", evidence=self._evidence_on(subject),
            actor=world.inspector, on=on,
        )  # fmt: skip
        tolerance.recognise_claim(
            claim_id=claim.pk,
            effect="not_applicable",
            reason="不予容错；抽调一节作为客观条件另行考虑。",
            actor=world.inspector2,
            on=on,
        )
        tolerance.answer_claim(claim_id=claim.pk, told="已当面告知，本人表示理解。", actor=world.inspector, on=on)
        for assessor, code in (("handling", ""), ("personnel", "G13"), ("authority", "G08")):
            tolerance.assess(
                case_id=case.pk, submission=uuid7(), subject=subject, actor=world.inspector, on=on,
                scan=upload("来函.pdf") if code else None,
                said=tolerance.Opinion(
                    assessor=assessor, motive="public", motive_reason="盘活闲置资产，没有谋私。", ban="forbidden",
                    ban_reason=row["distinctions"]["prohibited"], intent="unintended", intent_reason=row["distinctions"]["intent"],
                    effect="not_applicable", organization=self.people.organizations[code] if code else None,
                    letter_number="示例函〔2026〕3号" if code else "", letter_on=on if code else None,
                ),
            )  # fmt: skip

    def first_drafts(self) -> dict[str, Draft]:
        """What the report proposes and the first sitting keeps."""
        words = {"no_accountability": "not_accountable", "exemption": "exempted"}
        found = {}
        for code, told_as in told()["deliberations"][0]["draft"].items():
            draft = Draft("accountable", [told_as], REASONS[code])
            if told_as in words:
                draft = Draft(words[told_as], [], REASONS[code])
            elif told_as == "first_form":
                draft = Draft("first_form", [], REASONS[code], requirement="建立督办复核制度", due_on=RECTIFY_BY)
            if code == "C1":
                draft = replace(
                    draft, removed_posts="县住房和城乡建设局党组书记、局长", refer_to=self.people.organizations["G05"]
                )
            found[code] = draft
        return found

    def reported(self) -> None:
        """Discussed and signed on 14 April, approved by the leader in charge on the 15th."""
        world, case, signed = self.world, self.case, told()["report"]
        on = signed["collective_discussion"]
        for code, draft in self.first_drafts().items():
            report.propose(
                case_id=case.pk, subject_id=self.subjects[code].pk, actor=world.inspector, on=on, **draft.__dict__
            )
        report.write_report(
            case_id=case.pk, parts=composing.compose_report(case), discussed_on=on, discussed_by="程示例、林样张", discussion="一致同意。",
            actor=world.inspector, on=on,
        )  # fmt: skip
        report.sign_report(case_id=case.pk, signed_by="程示例、林样张", actor=world.inspector, on=on)
        past.brickworks(world, on)
        self.compared(on)
        report.submit_report(case_id=case.pk, actor=world.inspector, on=on)
        self.sign(case, "approve_report", world.inspector, world.head, on=on)
        self.sign(case, "approve_report", world.deputy, on=signed["deputy_signed"]["date"])

    def compared(self, on: dt.date) -> None:
        """The team lays the ruler beside what it proposes; C1 lies outside the band of his like cases."""
        reasons = {subject.pk: OUTSIDE.get(code, OTHERWISE) for code, subject in self.subjects.items()}
        ruler.look(case_id=self.case.pk, reasons=reasons, actor=self.world.inspector, on=on)
