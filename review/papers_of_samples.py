"""调卷函 and 责令纠正通知书: no D code in law.md §9, so each has a name and a run of numbers of its own (``wenze.documents.kinds``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.papers import day
from wenze.documents.paper import Block, Paper, heading, paragraphs, table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from review.models import CorrectionOrder, SampleLoan, SampleMember

LOAN, ORDER = "DJH", "ZLJZ"


def loan(row: SampleLoan, members: Sequence[SampleMember], *, on: dt.date) -> Paper:
    """调卷函: the list, by when, for how long."""
    listed = [
        [str(n), each.number, each.title, "纸质卷" if each.is_paper else "电子卷"] for n, each in enumerate(members, 1)
    ]
    sample = row.sample
    blocks: list[Block] = [
        *paragraphs(
            f"我委组织“{sample.title}”（{sample.number}），你单位办理的下列{len(members)}件案件已被抽中。"
            f"请于{day(row.due_on)}前将全部案卷送交我委，电子卷在系统内办理交接。案卷于{day(row.back_by)}前归还。"
        ),
        heading("一、调阅案卷目录"),
        table(["序号", "案号", "案件名称", "载体"], listed),
        heading("二、交接要求"),
        *paragraphs("交接时双方清点卷数、页数并签收，归还时再次清点。评查期间电子卷仅供评查人查阅，归还时关闭。"),
    ]
    return Paper(
        organ=sample.commission.name, title="关于调阅抽查案卷的函", blocks=blocks, date=day(on), addressee=row.holder.name,
        printed_by=sample.commission.short_name,
    )  # fmt: skip


def order(row: CorrectionOrder, *, on: dt.date) -> Paper:
    """责令纠正通知书: to whom, what, by when."""
    member, sample = row.member, row.member.sample
    found = row.recheck.findings if row.recheck is not None else ""
    blocks: list[Block] = [
        *paragraphs(f"经抽查（{sample.number}），你单位办理的{member.title}（{member.number}）存在问题，责令纠正。")
    ]
    if found:
        blocks += [heading("一、实地复核发现的问题"), *paragraphs(found)]
    blocks += [heading(f"{'二' if found else '一'}、应当纠正的事项"), *paragraphs(row.text)]
    if row.wrong_subject is not None:
        said = f"对{row.wrong_subject.name}的问责{row.get_ground_display()}，依照《中国共产党问责条例》第二十一条提出纠正。"
        blocks += paragraphs(said)
    blocks += paragraphs(f"请于{day(row.due_on)}前书面反馈落实情况，并附凭证。")
    return Paper(
        organ=sample.commission.name, title="责令纠正通知书", blocks=blocks, date=day(on), addressee=row.to_organization.name,
        printed_by=sample.commission.short_name,
    )  # fmt: skip
