"""What the reviews' papers say: minutes of the joint review (D15), request and opinion of the pre-review (D13, D14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.papers import day, measures_in_words
from wenze.documents.paper import Block, Paper, heading, pairs, paragraphs, table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from decimal import Decimal

    from cases.models import Case
    from review.evaluation.indicators import Edition, Score
    from review.models import (
        Evaluation,
        Finding,
        JointReview,
        JointSeat,
        PreReview,
        PreReviewChange,
        RectificationReport,
    )
    from review.selectors import Fired
    from wenze.people.models import Organization


def joint_minutes(row: JointReview, seats: Sequence[JointSeat], *, on: dt.date) -> Paper:
    """D15 联审会议纪要: every version of every opinion, the differences by name."""
    case = row.case
    opinions = [
        [
            seat.get_office_display(),
            seat.user.name,
            f"第{o.version}次",
            o.get_choice_display(),
            o.reason,
            day(o.given_on),
        ]
        for seat in seats
        for o in sorted(seat.opinions.all(), key=lambda each: each.version)
    ]
    blocks: list[Block] = [
        pairs(
            [
                ("案号", case.number), ("案件名称", case.title), ("会商日", day(row.held_on)), ("地点", row.place),
                ("召集", row.convened_by.name), ("材料送齐日", day(row.papers_complete_on)),
            ]
        ),
        heading("一、各室意见"),
        table(["科室", "参审人", "次别", "意见", "理由", "日期"], opinions),
        heading("二、综合意见"),
        *paragraphs(row.conclusion),
        heading("三、分歧"),
        *paragraphs(row.divergence or "没有分歧。"),
        heading("四、去向"),
        *paragraphs("退回补充调查。" if row.sent_back else "按程序报送；分歧随案列明，报分管领导和常委会。"),
    ]  # fmt: skip
    return Paper(
        organ=case.commission.name,
        title=f"关于{case.title}的联审会商纪要",
        blocks=blocks,
        date=day(on),
        signed_by="党风政风监督室",
    )


def _outcome(outcome: str, measures: list[str]) -> str:
    return f"{outcome}{'（' + measures_in_words(measures) + '）' if measures else ''}"


def pre_review_request(case: Case, superior: Organization, fired: Sequence[Fired], *, on: dt.date) -> Paper:
    """D13 提请提级预审的请示."""
    proposals = [
        [s.name, _outcome(s.proposal.get_outcome_display(), s.proposal.measures), s.proposal.reason]
        for s in case.subjects.pursued().select_related("cadre", "organization", "proposal")
        if getattr(s, "proposal", None)
    ]
    papers = "调查报告、事实材料及签署意见、申辩核实及采纳说明、证据目录和责任链条表、集体研究纪要"
    blocks: list[Block] = [
        *paragraphs(f"{case.title}（{case.number}）调查、审理、集体研究已毕，命中下列提级条件，现提请预审。"),
        heading("一、命中的条件"),
        *paragraphs("\n".join(f"{each.text}：{each.on}。" for each in fired)),
        heading("二、拟处理意见"),
        table(["对象", "拟处理", "理由"], proposals),
        heading("三、材料"),
        *paragraphs(f"{papers}，已在系统内向你委开放，至预审意见出具时止。"),
        *paragraphs("妥否，请批示。"),
    ]
    return Paper(
        organ=case.commission.name, title=f"关于提请对{case.title}提级预审的请示", blocks=blocks, date=day(on),
        addressee=superior.name, printed_by=case.commission.short_name,
    )  # fmt: skip


def pre_review_opinion(row: PreReview, changes: Sequence[PreReviewChange], *, on: dt.date) -> Paper:
    """D14 提级预审意见书: the superior's, under its own head and number."""
    case = row.case
    blocks: list[Block] = [
        *paragraphs(f"你委《{row.request.title}》（{row.request.number}）收悉。经预审，意见如下。"),
        heading(f"一、预审意见：{row.get_opinion_display()}"),
        *paragraphs(row.reason),
    ]
    if changes:
        rows = [[c.subject.name, _outcome(c.get_outcome_display(), c.measures), c.reason] for c in changes]
        blocks += [heading("二、变更"), table(["对象", "应为", "理由"], rows)]
    blocks += paragraphs("预审意见不代替决定。不采纳的，应当在作出决定之前书面说明理由，并报我委同意。")
    return Paper(
        organ=row.reviewing.name, title=f"关于{case.title}的提级预审意见", blocks=blocks, date=day(on),
        addressee=case.commission.name, printed_by=row.reviewing.short_name,
    )  # fmt: skip


# --- 案件质量评查 -----------------------------------------------------------------------------------------------------
def _points(score: Decimal | None) -> str:
    return f"{score.normalize():f}" if score is not None else ""


def _findings(rows: Sequence[Finding]) -> Block:
    told = [
        [
            each.code,
            each.text
            + ("（一票不合格）" if each.is_veto else "")
            + (f"（反馈后第{each.earlier}次再犯）" if each.earlier else ""),
            f"{each.points.normalize():f}",
            each.article,
        ]
        for each in rows
    ]
    return table(["编号", "问题", "扣分", "依据"], told, widths=[10, 50, 10, 30])


def evaluation_form(
    row: Evaluation, edition: Edition, score: Score, findings: Sequence[Finding], *, on: dt.date
) -> Paper:
    """D43 案件质量评查表: points by phase and indicator, every defect, the collective discussion, the grade."""
    marks = [
        [phase.name, each.name, f"{each.weight:f}", f"{score.by_indicator[each.code].normalize():f}"]
        for phase in edition.phases
        for each in edition.indicators.values()
        if each.phase == phase.code
    ]
    team = "、".join(str(each) for each in row.team.select_related("user"))
    blocks: list[Block] = [
        pairs(
            [
                ("案号", row.case_number), ("案件名称", row.case_title), ("承办单位", row.unit_name), ("种类", row.get_kind_display()),
                ("评查组", team), ("指标版本", row.edition), ("得分", f"{_points(row.score)}分（含加分{score.bonus.normalize():f}分）"),
                ("等次", row.get_grade_display() + ("（一票不合格）" if row.is_vetoed else "")),
            ]
        ),
        heading("一、分项得分"),
        table(["阶段", "指标", "分值", "得分"], marks, widths=[15, 55, 15, 15]),
        heading("二、问题"),
    ]  # fmt: skip
    standing = [each for each in findings if each.stands]
    blocks += [_findings(standing)] if standing else paragraphs("没有发现问题。")
    if aside := [each for each in findings if not each.stands]:
        blocks += [
            heading("三、评查组不认定的"),
            table(["编号", "问题", "不认定的理由"], [[e.code, e.text, e.set_aside] for e in aside]),
        ]
    blocks += [
        heading("集体讨论"),
        *paragraphs(f"{day(row.discussed_on)}，{row.discussed_by}讨论。{row.discussion}"),
    ]
    if row.on_site:
        blocks += [heading("现场访谈"), *paragraphs(row.on_site)]
    return Paper(
        organ=row.commission.name,
        title=f"{row.case_number}案件质量评查表",
        blocks=blocks,
        date=day(on),
        signed_by="评查组",
    )


def evaluation_feedback(row: Evaluation, findings: Sequence[Finding], *, on: dt.date) -> Paper:
    """D44 案件质量评查反馈: to the handling office; what is to be put right, by when."""
    blocks: list[Block] = [
        *paragraphs(
            f"对你室承办的{row.case_title}（{row.case_number}）进行了{row.get_kind_display()}，经集体讨论，现反馈如下。"
        ),
        heading("一、评查结果"),
        *paragraphs(f"得{_points(row.score)}分，等次为{row.get_grade_display()}。{row.feedback}"),
    ]
    if findings:
        blocks += [
            heading("二、问题"), _findings(findings), heading("三、要求"),
            *paragraphs(f"请于{day(row.rectify_until)}前整改到位，报送整改报告。对评查结果有不同意见的，可以在整改报告之前提出。"),
        ]  # fmt: skip
    return Paper(
        organ=row.commission.name, title=f"关于{row.case_title}质量评查情况的反馈", blocks=blocks, date=day(on),
        addressee=row.unit_name, printed_by=row.commission.short_name,
    )  # fmt: skip


def rectification_report(row: Evaluation, report: RectificationReport, *, on: dt.date) -> Paper:
    """D45 整改报告 of the handling office."""
    found = [each for each in row.findings.all() if each.stands]
    blocks: list[Block] = [
        *paragraphs(
            f"《{row.feedback_paper.title}》（{row.feedback_paper.number}）收悉，整改情况报告如下。"
            if row.feedback_paper
            else ""
        ),
        heading("一、所反馈的问题"),
        *paragraphs("\n".join(f"{place}、{each.text}。" for place, each in enumerate(found, 1))),
        heading("二、整改情况"),
        *paragraphs(report.text),
    ]
    return Paper(
        organ=row.evaluated.name, title=f"关于{row.case_title}评查问题的整改报告", blocks=blocks, date=day(on),
        addressee=row.commission.name, signed_by=row.unit_name, attachments=[report.scan.name] if report.scan else [],
    )  # fmt: skip
