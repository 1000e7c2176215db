"""What the papers of a filing say: the form (D38) and the receipt (D39)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tolerance.completeness import AXES
from tolerance.enums import ItemKind
from wenze.documents.paper import Block, Paper, heading, pairs, paragraphs, table
from wenze.law import cite

if TYPE_CHECKING:
    import datetime as dt

    from tolerance.models import Filing, FilingVersion

NOT_AN_APPROVAL = "备案不是批准，也不是免责决定；日后是否容错，由有权的党组织对照备案、按照程序集体认定。"
LEVELS = ("明显", "偏向", "说不清", "偏向", "明显")
POLES = {"public": ("为公", "为私"), "permitted": ("无禁", "有禁"), "unintended": ("无意", "有意")}
MIDDLE = 2
INNER = str.maketrans("“”", "‘’")
"""Quotation marks within quotation marks."""


def day(value: dt.date | None) -> str:
    """2026年11月24日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else "（无）"


def axis_said(axis: str, told: dict[str, Any]) -> str:
    """明显为公：受益为两栋住户."""
    if told.get("level") in (None, ""):
        return "（未自评）"
    level = int(told["level"])
    pole = "" if level == MIDDLE else POLES[axis][level > MIDDLE]
    return f"{LEVELS[level]}{pole}：{told.get('facts') or '（未写依据）'}"


def filing_form(row: Filing, version: FilingVersion, *, on: dt.date) -> Paper:
    """D38 容错免责备案表: every field as it was submitted."""
    people = [[p.name, p.post, p.get_rank_display() or "", p.managed_by] for p in version.people.all()]
    blocks: list[Block] = [
        pairs(
            [
                ("备案编号", row.number), ("事项名称", version.title), ("类别", version.item.text if version.item else ""),
                ("申报组织", version.organization_name), ("受理机关", version.body_name), ("抄送", row.copy_to.name if row.copy_to else ""),
                ("报送", day(version.submitted_on)), ("实施期", f"{day(version.starts_on)}至{day(version.ends_on)}"),
                ("损失上限", f"{version.loss_ceiling:,.2f}元" if version.loss_ceiling is not None else ""),
                ("密级", version.get_secrecy_display()), ("版次", f"第{version.version}版（{version.get_kind_display()}）"),
            ]
        ),
        heading("一、责任人"),
        table(["姓名", "职务（报送时）", "职务层次", "干部管理机关"], people),
        *_section("二、背景与依据", version.background),
        *_section("三、现行规定的空白或者冲突", version.gap),
        *_section("四、拟采取的做法", version.practice),
        *_section("五、风险点与预案", version.risks),
        heading("六、决策过程"),
        pairs(
            [
                ("会议", version.meeting), ("日期", day(version.met_on)), ("纪要", version.minutes), ("不同意见", version.dissent),
                ("合法性审查", version.legality), ("专家论证", version.expert),
                ("无私利承诺", "已承诺" if version.no_private_gain else "未承诺"),
            ]
        ),
        heading("七、清单对照"),
        pairs([("正面清单预判", version.prejudgement), *((AXES[axis], axis_said(axis, version.distinctions.get(axis, {}))) for axis in AXES)]),
        table(["负面清单自查", "答"], _checked(version), [82, 18]),
        heading("八、附件"),
        table(["材料", "指纹"], [[f.get_kind_display(), f.file.plain_sha256[:16]] for f in version.files.all()]),
    ]  # fmt: skip
    if version.change_reason:
        blocks.insert(1, pairs([("变更或者续期的理由", version.change_reason)]))
    return Paper(
        organ=row.organization.name, title="容错免责备案表", blocks=blocks, date=day(version.submitted_on), signed_by=version.signed_by
    )  # fmt: skip


def _section(title: str, text: str) -> list[Block]:
    return [heading(title), *paragraphs(text or "（无）")]


def _checked(version: FilingVersion) -> list[list[str]]:
    words = {"yes": "有", "no": "没有"}
    if version.item is None:
        return []
    return [
        [question, words.get(version.self_check.get(key, ""), "（未答）")]
        for item in version.item.edition.items.filter(kind=ItemKind.NEGATIVE)
        for key, question in item.asked
    ]


def receipt(row: Filing, version: FilingVersion, *, on: dt.date) -> Paper:
    """D39 备案登记回执: what was received when, unchanged since by its fingerprint; no approval, no exemption."""
    people = "、".join(str(person) for person in version.people.all())
    title = version.title.translate(INNER)
    body = row.body or row.commission
    if row.is_explanation:
        opening = (
            f"你单位{day(row.filed_on)}报送的“{title}”，报送日不早于实施日（{day(version.starts_on)}），"
            "不是事前备案，只收存为说明材料，不得作为容错备案使用。"
        )
    else:
        opening = (
            f"你单位{day(version.submitted_on)}报送的“{title}”"
            f"{'' if version.version == 1 else '（' + version.get_kind_display() + '）'}，经形式审查，已登记备案。"
        )
    blocks: list[Block] = [
        *paragraphs(opening),
        pairs(
            [
                ("备案编号", row.number), ("责任人", people), ("类别", version.item.text if version.item else ""),
                ("报送时间", f"{timezone.localtime(version.submitted_at):%Y-%m-%d %H:%M:%S}" if version.submitted_at else ""),
                ("登记日", "（说明材料，不登记）" if row.is_explanation else day(row.registered_on)),
                ("有效期", "（无）" if row.valid_until is None else f"{day(row.valid_from)}至{day(row.valid_until)}"),
                ("审核意见", row.opinion), ("内容指纹", version.digest),
            ]
        ),
        *paragraphs(f"本回执只说明何时收到、内容未改。{NOT_AN_APPROVAL}（{cite('TL', 17)}）"),
        *paragraphs("" if row.is_explanation else "实施中有重大变化的，应当在变化以前报送变更备案；期满仍需实施的，在有效期内申请续期。"),
    ]  # fmt: skip
    return Paper(
        organ=row.commission.name, title="容错备案登记回执", blocks=blocks, date=day(on), addressee=row.organization.name,
        copies=row.copy_to.name if row.copy_to else "", printed_by=body.short_name or body.name,
    )  # fmt: skip
