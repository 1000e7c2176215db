"""The papers of appeal and correction (law.md §9: D34-D37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.enums import RedressResult, RemedyChannel, Track
from cases.papers.words import day, form, measures_in_words
from wenze.documents.paper import Block, Paper, heading, paragraphs
from wenze.law import cite, influence

if TYPE_CHECKING:
    import datetime as dt

    from cases.models import Appeal, Correction
    from cases.models.redress import Redress

LEGAL = {RemedyChannel.APPEAL: ("TL", 20), RemedyChannel.REVIEW: ("JCF", 56), RemedyChannel.RECHECK: ("JCF", 56)}


def _headed(row: Redress, title: str, blocks: list[Block], on: dt.date, addressee: str, copies: str) -> Paper:
    """Under the head of the organ that decided: the supervisory commission on its own track."""
    commission = row.case.commission
    if row.subject.track == Track.SUPERVISORY:
        organ = commission.supervisory_name or commission.name
        return Paper(
            organ=organ, title=title, blocks=blocks, date=day(on), addressee=addressee, copies=copies, printed_by=organ
        )
    return form(commission, title, blocks, on, addressee=addressee, copies=copies, printed_by=commission.short_name)


def _copies(row: Redress) -> str:
    """Those told besides himself; the personnel office once, whether it was named or not."""
    told = [part.strip() for part in row.told_to.replace("、", "，").split("，")]
    told = [part for part in told if part and part != "本人"]
    if not any("组织" in part and part.endswith("部") for part in told):
        told.append("组织部门")
    return "，".join([*told, "本机关案件监督管理室"])


def _decision_told(row: Redress) -> str:
    """The decision at issue, as a paper names it."""
    decision = row.decision
    number = f"（{decision.document.number}）" if decision.document and decision.document.number else ""
    names = measures_in_words(list(decision.measures.own().values_list("code", flat=True)))
    return f"{day(decision.decided_on)}对{row.subject.name}予以{names}的决定{number}"


def acceptance(appeal: Appeal, *, on: dt.date) -> Paper:
    """D34 受理通知: who examines it, by when it is answered, that the decision is carried out meanwhile."""
    word = appeal.get_channel_display()
    blocks = [
        *paragraphs(f"{day(appeal.filed_on)}收到你不服我委{_decision_told(appeal)}的{word}（{appeal.received_number}）。"),
        *paragraphs(f"依据{cite(*LEGAL[RemedyChannel(appeal.channel)])}，现予受理，由没有参加原案办理的人员复查，自收到之日起一个月内作出处理决定。"),
        *paragraphs(f"{word}期间不停止原决定的执行。"),
    ]  # fmt: skip
    return _headed(appeal, f"{word}受理通知书", blocks, on, appeal.subject.name, "所在党组织")


def _outcome(row: Redress, *, on: dt.date) -> list[Block]:
    """What the change says: the decision, the attributions that fall, what becomes of the influence period."""
    if row.result == RedressResult.UPHELD:
        return paragraphs(f"经研究，维持{_decision_told(row)}。")
    lines = []
    if row.result == RedressResult.REVOKED:
        lines.append(f"经集体研究，撤销{_decision_told(row)}。撤销的处理自始无效。")
    else:
        lines.append(f"经集体研究，将{_decision_told(row)}变更为{measures_in_words(row.measures)}。")
    ended = [m for m in row.decision.measures.own() if m.code not in row.measures]
    if any(influence.parts_of(m.code, on) for m in ended):
        counted = "" if row.result == RedressResult.REVOKED else "；变更后的处理有影响期的，仍从原决定之日起算"
        lines.append(f"原处理的影响期视为自始不存在，由我委确认后书面告知组织人事部门{counted}。")
    lines.append("撤回有关档案中的原处理材料，补入本决定，并在原范围内告知。")
    return paragraphs("\n".join(lines))


def appeal_answer(appeal: Appeal, *, on: dt.date) -> Paper:
    """D35 申诉处理决定书 or D36 复审决定书: what was found, what is decided, where it is told."""
    is_appeal = appeal.channel == RemedyChannel.APPEAL
    word = appeal.get_channel_display()
    title = f"关于{appeal.subject.name}{word}的处理决定" if is_appeal else f"关于{appeal.subject.name}{word}的决定"
    fallen = appeal.withdrawn.count()
    blocks = [
        *paragraphs(f"{appeal.subject.name}不服我委{_decision_told(appeal)}，于{day(appeal.filed_on)}提出{word}。我委于{day(appeal.accepted_on)}受理，由没有参加原案办理的人员进行了复查。"),
        heading("一、复查认定"),
        *paragraphs(appeal.finding),
        *paragraphs(f"原认定的责任中有{fallen}项不能成立，予以撤回。" if fallen else ""),
        heading("二、处理决定"),
        *paragraphs(f"依据{cite(*LEGAL[RemedyChannel(appeal.channel)])}，决定如下。"),
        *_outcome(appeal, on=on),
    ]  # fmt: skip
    if appeal.channel == RemedyChannel.REVIEW:
        blocks += paragraphs(
            "如对本复审决定仍不服，可以自收到本决定之日起一个月内，向上一级监察机关申请复核。复核期间，不停止原处理决定的执行。"
        )
    else:
        blocks += paragraphs("本决定告知申诉人及其所在党组织。")
    return _headed(appeal, title, blocks, on, appeal.subject.name, _copies(appeal))


def correction(row: Correction, *, on: dt.date) -> Paper:
    """D37 纠正决定书: what was wrong, what is put right, where his name is cleared (条例第二十一条)."""
    ordered = f"上级以{row.superior_order}责令纠正。" if row.superior_order else ""
    blocks = [
        *paragraphs(f"我委{_decision_told(row)}，经核查，{row.get_ground_display()}。{ordered}"),
        heading("一、核查认定"),
        *paragraphs(row.finding),
        heading("二、纠正决定"),
        *paragraphs(f"依据{cite('TL', 21)}，决定如下。"),
        *_outcome(row, on=on),
        *paragraphs(f"在{row.clearing}范围内予以澄清正名。" if row.clearing else ""),
    ]  # fmt: skip
    return _headed(row, f"关于纠正对{row.subject.name}问责的决定", blocks, on, row.subject.name, _copies(row))
