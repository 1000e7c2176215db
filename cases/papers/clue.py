"""The documents of a clue (law.md §9: D01, D02, D25, D32)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases.enums import Exit
from cases.papers.words import day, form
from wenze.documents.paper import Paper, pairs, paragraphs, table
from wenze.law import cite, measure_name

if TYPE_CHECKING:
    import datetime as dt

    from cases.models import Clue


def registration(clue: Clue, *, on: dt.date) -> Paper:
    """D01 问责线索登记表."""
    rows: list[tuple[str, Any]] = [
        ("线索编号", clue.number), ("线索名称", clue.title), ("来源", f"{clue.get_source_display()} {clue.source_detail}".strip()),
        ("来文字号", clue.source_reference), ("收到日", day(clue.received_on)), ("须回复日", day(clue.reply_due_on)),
    ]  # fmt: skip
    if clue.is_classified:
        rows += [
            ("涉密件编号", clue.classified_number), ("密级", clue.get_classified_level_display()), ("保管人", clue.custodian),
            ("说明", "涉密件，内容不在本系统。"),
        ]  # fmt: skip
    else:
        respondents = "\n".join(
            f"{row}{'：' + row.allegation if row.allegation else ''}"
            for row in clue.respondents.select_related("cadre", "organization")
        )
        rows += [("被反映对象", respondents), ("问题摘要", clue.summary)]
    signs = [["登记人", clue.registered_by.name, day(clue.registered_on)], ["室负责人", "", ""]]
    return form(clue.commission, "问责线索登记表", [pairs(rows)], on, signatures=signs)


def assignment(clue: Clue, signatures: list[list[str]], *, on: dt.date) -> Paper:
    """D02 问责分办意见表."""
    rows = [
        ("线索编号", clue.number), ("线索名称", clue.title), ("会商意见", clue.consultation), ("拟承办室", clue.office),
        ("拟承办人", clue.handler),
    ]  # fmt: skip
    return form(clue.commission, "问责分办意见表", [pairs(rows)], on, signatures=signatures)


def first_form(clue: Clue, *, on: dt.date) -> Paper:
    """D32 第一种形态处理表."""
    rows = [
        [str(row.respondent), measure_name(row.measure), row.rectification, day(row.due_on)]
        for row in clue.first_forms.select_related("respondent__cadre", "respondent__organization")
    ]
    title = "作风效能处理表" if clue.exit == Exit.STYLE_HANDLING else "第一种形态处理表"
    blocks = [
        pairs([("线索编号", clue.number), ("线索名称", clue.title), ("理由", clue.exit_reason)]),
        table(["对象", "措施", "整改要求", "期限"], rows),
        *paragraphs("本处理达不到问责标准，不计入问责数。"),
    ]
    return form(clue.commission, title, blocks, on)


def referral(clue: Clue, *, on: dt.date) -> Paper:
    """D25 移送（通报）函 of a clue."""
    row = clue.referrals.order_by("-sent_on").first()
    body = paragraphs(
        f"我委收到“{clue.title}”问题线索（{clue.number}）。经研判，{clue.exit_reason}，现移送你单位依规依纪依法办理。"
    )
    if row is not None and row.filed_number:
        body += paragraphs(
            f"该对象已由你单位立案审查（{row.filed_number}），依据{cite('TL', 9, 3)}不再另行启动问责调查。"
        )
    if row is not None and row.reply_due_on:
        body += paragraphs(f"请于{day(row.reply_due_on)}前书面反馈办理结果。")
    return form(clue.commission, f"关于移送“{clue.title}”问题线索的函", body, on, addressee=row.to_name if row else "")
