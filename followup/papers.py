"""What the papers of the reform say: recommendation letter (D40), acceptance and write-off (D42)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.papers import day, form
from followup.enums import LetterKind
from wenze.documents.paper import Paper, heading, pairs, paragraphs
from wenze.law import cite

if TYPE_CHECKING:
    import datetime as dt

    from followup.models import NameClearing, RecommendationLetter, ReformItem, ReformReport


def ground_of(kind: str) -> str:
    """On what a letter of that kind rests: 党章党规 for a Party organisation, 监察法 for a unit of supervised persons."""
    party, state = f"党章党规和{cite('TL', 14)}", f"{cite('JCF', 52)}第五项"
    return {
        LetterKind.DISCIPLINE: party,
        LetterKind.SUPERVISION: state,
        LetterKind.JOINT: f"{party}、{state}",
    }[LetterKind(kind)]


def recommendation_letter(letter: RecommendationLetter, *, on: dt.date) -> Paper:
    """D40 纪检监察建议书: where the problems come from, what they are, why, what is advised, by when to answer."""
    case, name = letter.case, letter.get_kind_display()
    told = f"请在收到本建议书之日起{letter.reply_days}日内，将采纳和落实情况书面回复我委。"
    if letter.binds_by_law:
        told += f"无正当理由拒不采纳监察建议的，依据{cite('JCF', 71)}处理。"
    body = [
        *paragraphs(f"我委在办理“{case.title}”（{case.number}）中，发现你单位存在以下问题。依据{ground_of(letter.kind)}，现提出{name}。"),
        heading("一、存在问题"), *paragraphs(letter.problems),
        heading("二、原因"), *paragraphs(letter.causes),
        heading("三、建议"), *paragraphs(letter.advice),
        heading("四、回复时限"), *paragraphs(told),
    ]  # fmt: skip
    organ = case.commission
    if letter.kind == LetterKind.SUPERVISION and organ.supervisory_name:
        return Paper(
            organ=organ.supervisory_name,
            title=name + "书",
            blocks=body,
            date=day(on),
            addressee=letter.to_organization.name,
        )
    return form(organ, name + "书", body, on, addressee=letter.to_organization.name)


def acceptance_form(item: ReformItem, report: ReformReport, *, on: dt.date) -> Paper:
    """D42 销号验收表."""
    point = item.blockage
    rows: list[tuple[str, object]] = [
        ("案号", item.case.number), (point.get_kind_display(), point.text), ("偏差", point.get_deviation_display()),
        ("责任环节", point.link_name), ("整改措施", item.requirement), ("责任单位", item.responsible.name), ("责任人", item.owner),
        ("起算日", day(item.start_on)), ("整改期限", day(item.due_on)), ("反馈日", day(report.reported_on)), ("整改情况", report.text),
        ("逾期说明", report.late_reason or "未逾期"), ("验收意见", report.acceptance), ("验收人", str(report.answered_by)),
        ("销号日", day(on)),
    ]  # fmt: skip
    return form(item.case.commission, "销号验收表", [pairs(rows)], on)


def clearing(row: NameClearing, *, on: dt.date) -> Paper:
    """澄清正名函: what is cleared, in which scope, and that nothing follows from it (law.md §6.1 免责结果). No case content."""
    subject, decision = row.decision.subject, row.decision
    to = [
        subject.name,
        *(body.name for body in (row.to_unit, row.to_personnel) if body is not None and body.name != subject.name),
    ]
    person = f"{subject.name}{'同志' if subject.cadre else ''}"
    ground = (
        f"{decision.document.number}已经决定"
        if decision.document is not None and decision.document.number
        else "我委已经决定"
    )
    blocks = [
        *paragraphs(f"关于{person}{row.concern}的反映，{ground}{decision.get_outcome_display()}。{row.words}"),
        *paragraphs(f"现予澄清正名，澄清范围：{row.scope}。"),
        *paragraphs(
            f"{person}的考核、评优、任用不因此受影响。请在上述范围内以适当方式澄清，消除不良影响，支持其放心履职；"
            "不得以此为由在使用上作不利对待。"
        ),
    ]
    return form(row.case.commission, f"关于为{person}澄清正名的函", blocks, on, addressee="，".join(to))
