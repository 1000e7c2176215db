"""The 容错核查表 (D17): filed beside done, the opinions on the three lines, what became of an application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import tolerance
from cases.papers.words import day, form
from tolerance.models import FilingAnswer
from wenze.documents.paper import Block, Paper, heading, pairs, paragraphs, table

if TYPE_CHECKING:
    import datetime as dt

    from cases.models import Case, Subject

NAMES = dict(tolerance.CLAUSES)


def tolerance_check(case: Case, subject: Subject, *, on: dt.date) -> Paper:
    """D17: each filing of the subject, and what the case makes of it."""
    blocks: list[Block] = [pairs([("案号", case.number), ("对象", subject.name), ("行为日", day(subject.act_on))])]
    answers = FilingAnswer.objects.filter(subject_id=subject.pk).select_related("filing", "negative_item", "version")
    for answer in answers.prefetch_related("clauses__evidence").order_by("pk"):
        blocks += _answered(answer)
    blocks += _application(subject) + _opinions(subject)
    blocks += paragraphs(
        "备案不是批准，也不是免责决定；以上结论是拟处理的意见，是否不予、免予问责由有权限的党组织集体决定。"
    )
    return form(case.commission, "容错核查表", blocks, on, signed_by="调查组")


def _answered(answer: FilingAnswer) -> list[Block]:
    filing = answer.filing
    hit = (
        f"命中：{answer.negative_item}。{answer.negative_note}"
        if answer.negative_item
        else f"没有命中。{answer.negative_note}"
    )
    rows = [
        ("备案", f"{filing.number or '未编号'} {filing.title}"), ("报送日", day(filing.filed_on)), ("登记日", day(filing.registered_on)),
        ("在备案范围内", "是" if answer.in_scope else "否"), ("按备案实施", "是" if answer.as_filed else "否"), ("负面清单", hit),
        ("纠错", f"{answer.get_correction_display()}。{answer.correction_note}"), ("结论", answer.get_effect_display()),
        ("答复", answer.answer),
    ]  # fmt: skip
    blocks: list[Block] = [heading(f"备案：{filing.title}"), pairs(rows)]
    clauses = [
        [
            NAMES.get(row.key, row.key), row.filed or "（没有写）", row.done, "一致" if row.kept else "有出入",
            "、".join(f"证{piece.serial}" for piece in row.evidence.all()),
        ]
        for row in answer.clauses.all()
    ]  # fmt: skip
    if clauses:
        blocks.append(table(["条款", "备案所载", "实际所为", "对照", "证据"], clauses))
    return blocks


def _application(subject: Subject) -> list[Block]:
    claim = getattr(subject, "tolerance_claim", None)
    if claim is None:
        return []
    rows = [
        ("申请", f"{day(claim.applied_on)}：{claim.ground}"), ("核实", f"{day(claim.verified_on)}：{claim.findings}" if claim.verified_on else ""),
        ("认定意见", f"{claim.get_effect_display()}：{claim.reason}" if claim.effect else ""),
        ("反馈", f"{day(claim.told_on)}：{claim.told}" if claim.told_on else ""),
    ]  # fmt: skip
    return [heading("容错申请（没有备案）"), pairs(rows)]


def _opinions(subject: Subject) -> list[Block]:
    rows = tolerance.standing_assessments(subject)
    if not rows:
        return []
    told = [
        [
            row.get_assessor_display(), f"{row.get_motive_display()}：{row.motive_reason}", f"{row.get_ban_display()}：{row.ban_reason}",
            f"{row.get_intent_display()}：{row.intent_reason}", row.get_effect_display(),
        ]
        for row in rows
    ]  # fmt: skip
    blocks: list[Block] = [
        heading("三个区分意见"),
        table(["意见单位", "为公/为私", "有禁/无禁", "无意/有意", "意见"], told),
    ]
    if differ := tolerance.disagreements(rows):
        blocks += paragraphs("\n".join(["意见不一致的：", *differ]))
    return blocks
