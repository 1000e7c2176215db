"""The documents of initiation and investigation (law.md §9: D03-D12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases import outcomes, tolerance
from cases.enums import SubjectKind
from cases.models.hearing import part_name
from cases.papers.words import day, form
from wenze.documents.paper import Block, Paper, heading, pairs, paragraphs, table
from wenze.law import cite, situation_name

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from cases.models import Case, Hearing, Report, Subject, Supplement
    from wenze.people.models import Organization


def _subject_rows(subjects: QuerySet[Subject]) -> list[list[Any]]:
    return [
        [s.name, s.post_at_the_time or "—", day(s.act_on), s.act, s.get_tier_display()]
        for s in subjects.select_related("cadre", "organization")
    ]


def initiation(case: Case, *, on: dt.date, supplement: Supplement | None = None) -> Paper:
    """D03 启动问责调查审批表, for the first subjects or for a later batch."""
    clue = case.clues.select_related("threshold").first()
    threshold = getattr(clue, "threshold", None)
    rows = [
        ("案号", case.number), ("案件名称", case.title), ("轨道", case.get_track_display()), ("问责情形", situation_name(case.situation)),
        ("线索", clue), ("行为依据", threshold.act_basis if threshold else ""),
        ("后果依据", threshold.consequence_basis if threshold else ""), ("要情", case.brief),
    ]  # fmt: skip
    searched = tolerance.last_search(case, supplement)
    if searched is not None:
        rows.append(("容错检索结果", f"{day(searched.searched_on)}检索。{tolerance.found_in_words(searched.found)}"))
    if supplement is not None:
        rows.append(("补充启动", f"第{supplement.number}批：{supplement.reason}"))
    blocks = [
        pairs(rows),
        table(
            ["对象", "行为时单位及职务", "行为日", "失职失责行为", "拟认定责任"],
            _subject_rows(case.subjects.filter(supplement=supplement)),
        ),
    ]
    signs = [
        ["承办人", case.handler.name, day(on)],
        ["承办室负责人", "", ""],
        ["分管领导", "", ""],
        ["主要负责人", "", ""],
    ]
    return form(case.commission, "启动问责调查审批表", blocks, on, signatures=signs)


def investigation_plan(case: Case, *, on: dt.date) -> Paper:
    """D05 调查组成立暨调查方案."""
    plan = getattr(case, "plan", None)
    team = "、".join(str(member) for member in case.team.filter(until_on__isnull=True).select_related("user"))
    rows = [("案号", case.number), ("案件名称", case.title), ("调查组", team or "批准后组成")]
    if plan is not None:
        rows += [("范围和内容", plan.scope), ("步骤和时间", plan.steps), ("安全保密", plan.safety)]
    return form(case.commission, "调查组成立暨调查方案", [pairs(rows)], on)


def notification(case: Case, subject: Subject, *, on: dt.date) -> Paper:
    """D06 问责调查通知书."""
    body = [
        *paragraphs(
            f"经批准，现就“{case.title}”对你{'组织' if subject.kind == SubjectKind.ORGANIZATION else ''}启动问责调查（{case.number}）。"
        ),
        *paragraphs("请如实说明情况，提供有关材料。你有陈述和申辩的权利；不得隐匿、伪造证据，不得干扰调查。"),
        *paragraphs(f"依据：{cite('TL', 9)}、{cite('TL', 10)}。"),
    ]
    return form(case.commission, "问责调查通知书", body, on, addressee=subject.name)


def request_for_approval(
    case: Case, step: str, subjects: list[Subject], authority: Organization, *, on: dt.date
) -> Paper:
    """D04 请示 to the same-level Party committee, for initiation or for decision."""
    names = "、".join(subject.name for subject in subjects)
    if step == "approve_initiation":
        title, article = f"关于对{names}启动问责调查的请示", cite("TL", 9, 1)
        what = [f"拟对{s.name}（{s.post_at_the_time or '党组织'}）启动问责调查：{s.act}" for s in subjects]
    else:
        title, article = f"关于对{names}作出问责处理的请示", cite("TL", 12)
        what = [
            f"拟对{s.name}：{s.proposal.get_outcome_display()}"
            + (f"，{'、'.join(told)}" if (told := outcomes.in_words(s.proposal)) else "")
            + f"。{s.proposal.reason}"
            for s in subjects
        ]
    body = [
        *paragraphs(f"现将“{case.title}”（{case.number}）有关情况请示如下。"),
        heading("一、主要情况"),
        *paragraphs(case.brief),
        heading("二、请示事项"),
        *paragraphs("\n".join(what)),
        *paragraphs(f"依据{article}，现报请批准。"),
        *paragraphs("妥否，请批示。"),
    ]
    return form(case.commission, title, body, on, addressee=authority.name)


def catalogue(case: Case, *, on: dt.date) -> Paper:
    """D08 证据目录和责任链条表."""
    evidence = [
        [f"证{e.serial}", e.title, e.get_kind_display(), e.source, f"{e.taker.name}、{e.second_taker_name}",
         "已撤回" if e.withdrawn_on else e.file.plain_sha256[:12]]
        for e in case.evidence.select_related("taker", "file")
    ]  # fmt: skip
    chain = [
        [s.name, str(a.duty) if a.duty else f"清单外：{a.outside_list}", f"{day(a.event.on)} {a.event.text}",
         a.get_power_display(), a.get_tier_display()]
        for s in case.subjects.select_related("cadre", "organization")
        for a in s.attributions.standing().select_related("duty", "event")
    ]  # fmt: skip
    blocks = [
        pairs([("案号", case.number), ("案件名称", case.title)]),
        heading("一、证据目录"),
        table(["证据号", "名称", "种类", "来源", "取证人", "指纹"], evidence),
        heading("二、责任链条"),
        table(["对象", "职责", "行为", "责任", "层次"], chain),
    ]
    return form(case.commission, "证据目录和责任链条表", blocks, on, signed_by="调查组")


def _round(hearing: Hearing) -> str:
    """Which of several statements or meetings; nothing where there was but one."""
    return f"（第{hearing.round}次）" if hearing.round > 1 else ""


def fact_statement(case: Case, hearing: Hearing, *, on: dt.date) -> Paper:
    """D09 问责事实材料: facts only, no word of a measure."""
    return form(
        case.commission,
        f"关于{hearing.subject.name}有关问题的事实材料{_round(hearing)}",
        paragraphs(hearing.fact_statement),
        on,
        signed_by="调查组",
    )


def hearing_record(case: Case, hearing: Hearing, *, on: dt.date) -> Paper:
    """D10 见面笔录及签署意见."""
    heard_by = f"{hearing.heard_by.name if hearing.heard_by else ''}、{hearing.second_name}"
    rows = [
        ("案号", case.number), ("对象", hearing.subject.name), ("时间", day(hearing.met_on)), ("地点", hearing.place),
        ("见面人", heard_by), ("陈述", hearing.statement),
        ("申辩要点", "\n".join(f"{p.position}. {p.text}" for p in hearing.points.filter(round=hearing.round))),
        ("签署意见", hearing.get_opinion_display()), ("拒签说明", hearing.refusal_explanation),
    ]  # fmt: skip
    signs = [["对象签名", "", ""], ["见面人签名", "", ""]]
    return form(
        case.commission,
        f"事实材料见面笔录及签署意见{_round(hearing)}",
        [pairs(rows)],
        on,
        signatures=signs,
        signed_by="调查组",
    )


def defence_answers(case: Case, hearing: Hearing, *, on: dt.date) -> Paper:
    """D11 申辩核实及采纳说明."""
    rows = [[str(p.position), p.text, "采纳" if p.adopted else "不采纳", p.answer] for p in hearing.points.all()]
    blocks: list[Block] = [pairs([("案号", case.number), ("对象", hearing.subject.name)])]
    blocks += (
        [table(["序号", "申辩要点", "是否采纳", "核实情况和理由"], rows)] if rows else paragraphs("对象没有提出申辩。")
    )
    return form(case.commission, "申辩核实及采纳说明", blocks, on, signed_by="调查组")


def report(case: Case, row: Report, *, on: dt.date) -> Paper:
    """D12 调查报告 with its seven parts."""
    blocks: list[Block] = []
    for part in row.PARTS:
        blocks.append(heading(part_name(part)))
        blocks += paragraphs(getattr(row, part))
    signs = [
        ["集体讨论", f"{row.discussed_by}：{row.discussion}", day(row.discussed_on)],
        ["签名", row.signed_by, day(row.signed_on)],
    ]
    return form(case.commission, f"关于{case.title}的调查报告", blocks, on, signatures=signs, signed_by="调查组")
