"""What the signers of each step see (design §6): one function a matter, canonical, free of anything the step itself changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases import outcomes
from cases.chain import breaks_of
from cases.dossiers import tolerance
from cases.enums import CircumstanceKind, Exit, Outcome
from cases.models import Case, Clue
from wenze.law import consequence_name, measure_name, situation_name
from wenze.registry import Registry
from wenze.workflow.dossier import BUILDERS, Dossier, Section

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from cases.models import EarlyEnd, Extension, Proposal, Supplement, Suspension

QUESTIONS = {
    "assign_clue": ("是否同意按此分办？", "不是批准启动问责，也不是对问题的认定。"),
    "plan_verification": ("是否同意按此方案初步核实？", "不是批准启动问责。"),
    "assess_clue": ("是否同意该研判意见及出口？", "不是对责任的认定，也不是处理决定。"),
    "approve_initiation": ("是否批准对下列对象启动问责调查？", "不是认定责任，也不是同意任何处理。"),
    "approve_plan": ("是否同意该调查方案？", "不是对问题的认定。"),
    "approve_report": ("是否同意将调查报告按程序报送？", "不是处理决定；处理由集体研究决定。"),
    "deliberate": ("是否签发本次集体研究纪要？", "签发的是会议记录，不能改变会议的结论。"),
    "request_pre_review": ("是否同意提请上级纪委监委预审？", "不是处理决定；预审意见不代替决定。"),
    "approve_by_committee": ("是否同意报请同级党委批准下列处理？", "不是处理决定的印发。"),
    "decide": ("是否签发下列问责决定？", "不能改变集体研究和上级批准的结论。"),
}

SECTIONS: Registry[Callable[[Case], Iterable[Section]]] = Registry("sections of a case's dossier")
"""What higher rooms lay before the signers of the report and of all that follows it; only what is kept, never what is reckoned anew."""

AFTER_THE_MEETING = ("deliberate", "request_pre_review", "approve_by_committee", "decide")


def day_of(day: dt.date | None) -> str:
    return f"{day:%Y年%-m月%-d日}" if day else "（无）"


def pairs_of(key: str, title: str, *pairs: tuple[str, Any]) -> Section:
    return Section(key=key, title=title, pairs=[[label, str(value) or "（无）"] for label, value in pairs])


def table_of(key: str, title: str, head: list[str], rows: list[list[Any]]) -> Section:
    return Section(key=key, title=title, table=[head, *[[str(cell) for cell in row] for row in rows]])


@BUILDERS.entry("cases.Clue")
def clue_dossier(clue: Clue, step: str) -> Dossier:
    """The clue as its leaders read it; verification and assessment appear from their own steps on."""
    question, not_asked = QUESTIONS[step]
    sections = [
        pairs_of(
            "clue",
            "线索",
            ("编号", clue.number),
            ("名称", clue.title),
            ("来源", clue.get_source_display()),
            ("来文字号", clue.source_reference),
            ("收到日", day_of(clue.received_on)),
            ("须回复日", day_of(clue.reply_due_on)),
            ("摘要", clue.summary),
        ),
        table_of(
            "respondents",
            "被反映对象",
            ["对象", "反映的问题"],
            [[row, row.allegation] for row in clue.respondents.select_related("cadre", "organization").order_by("pk")],
        ),
        pairs_of(
            "assignment",
            "分办",
            ("承办室", clue.office or ""),
            ("承办人", clue.handler or ""),
            ("会商意见", clue.consultation),
        ),
    ]
    brief = [clue.title, f"{clue.get_source_display()}，{day_of(clue.received_on)}收到", clue.summary[:80]]
    verification = getattr(clue, "verification", None)
    if step in ("plan_verification", "assess_clue") and verification is not None:
        members = "、".join(verification.members.order_by("pinyin", "pk").values_list("name", flat=True))
        sections.append(pairs_of("verification", "初步核实", ("方案", verification.plan), ("人员", members)))
    if step == "assess_clue":
        if verification is not None:
            sections.append(
                pairs_of("findings", "初核结果", ("情况", verification.findings), ("意见", verification.conclusion))
            )
        sections.extend(_assessment(clue))
        brief = [clue.title, f"出口：{Exit(clue.exit).label}" if clue.exit else "未选出口", clue.exit_reason[:80]]
    return Dossier(step=step, question=question, not_asked=not_asked, brief=brief, sections=sections)


def _assessment(clue: Clue) -> list[Section]:
    sections: list[Section] = []
    test = getattr(clue, "threshold", None)
    if test is not None:
        sections.append(
            pairs_of(
                "threshold", "门槛判定",
                ("情形", situation_name(test.situation)), ("行为", "成立" if test.act else "不成立"), ("行为依据", test.act_basis),
                ("后果", "、".join(map(consequence_name, test.consequences))), ("后果依据", test.consequence_basis), ("轨道", test.get_track_display()),
                ("门槛结论", test.get_verdict_display()), ("依据", "；".join(test.basis)), ("另行处理的理由", test.override_reason),
            )
        )  # fmt: skip
    sections.append(
        pairs_of(
            "exit", "研判意见",
            ("出口", Exit(clue.exit).label if clue.exit else ""), ("理由", clue.exit_reason), ("暂存至", day_of(clue.hold_until)),
        )
    )  # fmt: skip
    forms = clue.first_forms.select_related("respondent__cadre", "respondent__organization").order_by("pk")
    if forms:
        sections.append(
            table_of(
                "first_forms", "第一种形态处理", ["对象", "措施", "整改要求", "期限"],
                [[row.respondent, measure_name(row.measure), row.rectification, row.due_on] for row in forms],
            )
        )  # fmt: skip
    referrals = clue.referrals.order_by("pk")
    if referrals:
        sections.append(
            table_of(
                "referrals",
                "移送",
                ["接收机关", "理由", "案号"],
                [[r.to_name, r.reason, r.filed_number] for r in referrals],
            )
        )
    inquiries = clue.inquiries.order_by("pk")
    if inquiries:
        sections.append(
            table_of(
                "inquiries", "谈话函询", ["对象", "方式", "事项"],
                [[row.respondent, "函询" if row.by_letter else "谈话", row.questions] for row in inquiries],
            )
        )  # fmt: skip
    return sections


@BUILDERS.entry("cases.Case")
def case_dossier(case: Case, step: str) -> Dossier:
    """The case as its signers read it; content comes in as the procedure brings it."""
    question, not_asked = QUESTIONS[step]
    subjects = list(case.subjects.pursued().select_related(*outcomes.READ).order_by("position", "pk"))
    names = "、".join(subject.name for subject in subjects)
    sections = [
        pairs_of(
            "case", "案件",
            ("案号", case.number), ("名称", case.title), ("轨道", case.get_track_display()),
            ("情形", situation_name(case.situation)), ("承办室", case.office), ("承办人", case.handler), ("要情", case.brief),
        ),
        _subjects_table(subjects),
    ]  # fmt: skip
    if step == "approve_initiation":
        sections.extend(tolerance.searched(case))
    if step == "approve_plan":
        sections.extend(_plan(case))
    if step in ("approve_report", *AFTER_THE_MEETING):
        sections.extend(_findings(case, subjects))
    if step == "approve_report":
        sections.extend(_report(case))
    if step in ("approve_report", *AFTER_THE_MEETING):
        for told in SECTIONS:
            sections.extend(told(case))
    if step in AFTER_THE_MEETING:
        sections.extend(_meeting(case))
    brief = [f"{case.title}", f"对象{len(subjects)}个：{names}", case.brief[:80]]
    return Dossier(step=step, question=question, not_asked=not_asked, brief=brief, sections=sections)


def _subjects_table(subjects: Any) -> Section:
    return table_of(
        "subjects", "问责对象", ["对象", "行为时单位及职务", "行为日", "失职失责行为", "拟认定责任"],
        [[s.name, s.post_at_the_time, s.act_on, s.act, s.get_tier_display()] for s in subjects],
    )  # fmt: skip


@BUILDERS.entry("cases.Supplement")
def supplement_dossier(row: Supplement, step: str) -> Dossier:
    """The subjects of a later batch, beside the case they join."""
    subjects = list(row.subjects.select_related("cadre", "organization").order_by("position", "pk"))
    sections = [
        pairs_of("case", "案件", ("案号", row.case.number), ("名称", row.case.title), ("补充启动的理由", row.reason)),
        _subjects_table(subjects),
        *tolerance.searched(row.case, row),
    ]
    brief = [row.case.title, f"补充对象{len(subjects)}个：{'、'.join(s.name for s in subjects)}", row.reason[:80]]
    return Dossier(step=step, question="是否批准对下列对象补充启动问责调查？", not_asked="不是认定责任，也不是同意任何处理。", brief=brief, sections=sections)  # fmt: skip


@BUILDERS.entry("cases.Extension")
def extension_dossier(row: Extension, step: str) -> Dossier:
    """Which inquiry needs more time, and why."""
    whom = str(row.supplement) if row.supplement else "首批对象"
    sections = [pairs_of("extension", "延长调查期限", ("案号", row.case.number), ("批次", whom), ("理由", row.reason))]
    brief = [row.case.title, whom, row.reason[:80]]
    return Dossier(step=step, question="是否同意延长调查期限？", not_asked="只能延长一次，不是对问题的认定。", brief=brief, sections=sections)  # fmt: skip


@BUILDERS.entry("cases.Suspension")
def suspension_dossier(row: Suspension, step: str) -> Dossier:
    """Which inquiry is to stand still, and why."""
    sections = [pairs_of("suspension", "中止调查期限", ("案号", row.case.number), ("理由", row.reason))]
    brief = [row.case.title, row.reason[:80]]
    return Dossier(step=step, question="是否同意中止调查期限？", not_asked="情形消除后即行恢复，不是对问题的认定。", brief=brief, sections=sections)  # fmt: skip


@BUILDERS.entry("cases.EarlyEnd")
def early_end_dossier(row: EarlyEnd, step: str) -> Dossier:
    """Who leaves the case, where to, and why."""
    sections = [
        pairs_of(
            "end", "对象另行了结",
            ("案号", row.case.number), ("对象", row.subject.name), ("去向", row.get_outcome_display()),
            ("接收机关", row.to_organization or ""), ("立案案号", row.filed_number), ("理由", row.reason),
        )
    ]  # fmt: skip
    brief = [row.case.title, str(row), row.reason[:80]]
    return Dossier(step=step, question="是否同意该对象在本案中另行了结？", not_asked="不是对该对象责任的认定。", brief=brief, sections=sections)  # fmt: skip


def _plan(case: Case) -> list[Section]:
    plan = getattr(case, "plan", None)
    if plan is None:
        return []
    team = "、".join(str(member) for member in case.team.filter(until_on__isnull=True).select_related("user"))
    return [
        pairs_of(
            "plan", "调查方案", ("调查组", team), ("范围", plan.scope), ("步骤", plan.steps), ("安全保密", plan.safety)
        )
    ]


def _findings(case: Case, subjects: list[Any]) -> list[Section]:
    facts = case.facts.standing().prefetch_related("evidence").order_by("position", "pk")
    rows = [
        [
            fact.get_kind_display(),
            fact.text,
            "、".join(f"证{piece.serial}" for piece in fact.evidence.order_by("serial") if piece.withdrawn_on is None),
        ]
        for fact in facts
    ]
    sections = [table_of("facts", "四个事实", ["类别", "事实", "证据"], rows)]
    attributions = [
        [
            subject.name,
            item.duty or item.outside_list,
            f"{item.event.on} {item.event.text}",
            item.get_power_display(),
            item.get_tier_display(),
            item.get_failure_display(),
        ]
        for subject in subjects
        for item in subject.attributions.standing().select_related("duty", "event").order_by("pk")
    ]
    sections.append(
        table_of("attributions", "责任认定", ["对象", "职责", "行为", "决策执行监管", "层次", "执行情况"], attributions)
    )
    explained = case.break_explanations.select_related("explained_by").order_by("pk")
    if explained:
        named = {item.code: item.text for item in breaks_of(case)}
        rows = [[named.get(row.code, "（已补齐）"), row.reason, row.explained_by] for row in explained]
        sections.append(table_of("breaks", "断点说明", ["断点", "说明", "说明人"], rows))
    circumstances = [
        [subject.name, CircumstanceKind(item.kind).label, item.text]
        for subject in subjects
        for item in subject.circumstances.order_by("pk")
    ]
    if circumstances:
        sections.append(table_of("circumstances", "情节", ["对象", "类别", "情况"], circumstances))
    sections.extend(tolerance.weighed(subjects))
    hearings = [
        [
            subject.name,
            day_of(hearing.met_on),
            hearing.get_opinion_display(),
            "；".join(f"第{p.position}点{'采纳' if p.adopted else '不采纳'}：{p.answer}" for p in hearing.points.all()),
        ]
        for subject in subjects
        if (hearing := getattr(subject, "hearing", None))
    ]
    sections.append(table_of("hearings", "见面和申辩", ["对象", "见面日", "签署意见", "申辩答复"], hearings))
    sections.append(
        table_of(
            "proposals", "处理意见", ["对象", "结果", "措施", "理由"],
            [
                [s.name, Outcome(p.outcome).label, "、".join(outcomes.in_words(p)), _reasoned(p)]
                for s in subjects
                if (p := getattr(s, "proposal", None))
            ],
        )
    )  # fmt: skip
    return sections


def _reasoned(proposal: Proposal) -> str:
    parts = [proposal.reason]
    if proposal.removed_posts:
        parts.append(f"涉及职务：{proposal.removed_posts}")
    if proposal.requirement:
        parts.append(f"要求：{proposal.requirement}（期限{day_of(proposal.due_on)}）")
    return "；".join(parts)


def _report(case: Case) -> list[Section]:
    report = case.reports.order_by("-version").first()
    if report is None:
        return []
    parts = [(str(report._meta.get_field(part).verbose_name), getattr(report, part)) for part in report.PARTS]
    return [
        pairs_of("report", f"调查报告（第{report.version}版）", *parts),
        pairs_of(
            "discussion", "集体讨论和签名",
            ("讨论日", day_of(report.discussed_on)), ("人员", report.discussed_by), ("意见", report.discussion),
            ("签名", report.signed_by), ("签名日", day_of(report.signed_on)),
        ),
    ]  # fmt: skip


def _meeting(case: Case) -> list[Section]:
    meeting = case.deliberations.order_by("-round").first()
    if meeting is None:
        return []
    return [
        pairs_of(
            "meeting", f"集体研究（第{meeting.round}次）",
            ("时间", day_of(meeting.held_on)), ("地点", meeting.place), ("议题", meeting.agenda), ("主持", meeting.chair),
            ("应到实到", f"应到{meeting.expected}人，实到{len(meeting.present)}人"), ("回避", "、".join(meeting.recused)),
            ("结果", meeting.get_result_display()), ("结论", meeting.conclusion),
        ),
        table_of(
            "views", "各人意见", ["发言人", "态度", "意见"],
            [[view.speaker, "同意" if view.agrees else "不同意", view.view] for view in meeting.views.order_by("position", "pk")],
        ),
    ]  # fmt: skip
