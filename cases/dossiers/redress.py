"""What is signed of an appeal and of a correction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.dossiers.matters import day_of, pairs_of, table_of
from cases.papers import measures_in_words
from wenze.workflow.dossier import BUILDERS, Dossier, Section

if TYPE_CHECKING:
    from cases.models import Appeal, Correction
    from cases.models.redress import Redress


def _decision(row: Redress) -> Section:
    decision = row.decision
    return pairs_of(
        "decision", "原决定",
        ("案号", row.case.number), ("对象", row.subject.name), ("决定日", day_of(decision.decided_on)),
        ("文号", decision.document.number if decision.document else ""),
        ("措施", measures_in_words(list(decision.measures.own().values_list("code", flat=True)))), ("理由", decision.reason),
    )  # fmt: skip


def _outcome(row: Redress) -> list[Section]:
    found = [
        pairs_of(
            "outcome", "处理意见",
            ("结果", row.get_result_display()), ("变更后的措施", measures_in_words(row.measures)), ("认定和理由", row.finding),
            ("集体研究", day_of(row.discussed_on)), ("告知范围", row.told_to),
        )
    ]  # fmt: skip
    fallen = row.withdrawn.select_related("event").order_by("pk")
    if fallen:
        rows = [[item.event.on, item.event.text, item.get_tier_display()] for item in fallen]
        found.append(table_of("withdrawn", "撤回的责任认定", ["日期", "行为", "层次"], rows))
    return found


def _brief(row: Redress) -> list[str]:
    change = f"变更为{measures_in_words(row.measures)}" if row.measures else row.get_result_display()
    return [str(row), change, row.finding[:80]]


@BUILDERS.entry("cases.Appeal")
def appeal_dossier(appeal: Appeal, step: str) -> Dossier:
    """The original decision, what he asks, who looked again, what they found."""
    word = appeal.get_channel_display()
    asked = pairs_of(
        "appeal", word,
        ("收文号", appeal.received_number), ("提出日", day_of(appeal.filed_on)), ("提出期限", day_of(appeal.until_on)),
        ("受理日", day_of(appeal.accepted_on)), ("请求和理由", "见申诉书（加密保存，在申诉页阅读）"),
        ("复查人", "、".join(filter(None, (str(appeal.reviewer or ""), appeal.second_reviewer)))),
    )  # fmt: skip
    return Dossier(
        step=step, question=f"是否签发对{appeal.subject.name}{word}的处理决定？", not_asked="不是重新调查；变更后的影响期另行确认。",
        brief=_brief(appeal), sections=[asked, _decision(appeal), *_outcome(appeal)],
    )  # fmt: skip


@BUILDERS.entry("cases.Correction")
def correction_dossier(row: Correction, step: str) -> Dossier:
    """What was wrong, and what is put right."""
    why = pairs_of(
        "correction", "纠正",
        ("错误类别", row.get_ground_display()), ("上级责令文号", row.superior_order), ("来件", "逾期申诉转来（加密保存，在纠正页阅读）" if row.late_appeal else ""),
        ("提出人", row.proposed_by), ("澄清正名范围", row.clearing),
    )  # fmt: skip
    return Dossier(
        step=step, question=f"是否签发纠正对{row.subject.name}问责的决定？", not_asked="不追究原承办人员的责任；滥用问责的另行办理。",
        brief=_brief(row), sections=[why, _decision(row), *_outcome(row)],
    )  # fmt: skip
