"""What the steps cause, named; performed in table order inside the step's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wenze.workflow.procedure import Effect

if TYPE_CHECKING:
    from cases.models import Case, Clue, ExternalDecision  # noqa: F401 -- named in strings below

# fmt: off
CARRY_OUT_EXIT = Effect["Clue"]("carry_out_exit", "按研判出口办理")
ISSUE_REGISTRATION = Effect["Clue"]("issue_registration", "制作登记表")
ISSUE_ASSIGNMENT = Effect["Clue"]("issue_assignment", "制作分办意见表")
RECORD_INITIATION = Effect["Case"]("record_initiation", "记启动批准日，评估提级与联审条件，制作调查文书")
MOVE_SUBJECTS = Effect["Case"]("move_subjects", "对象状态随案推进")
ISSUE_FACTS_RECORD = Effect["Case"]("issue_facts_record", "制作见面笔录和采纳说明")
ISSUE_REPORT = Effect["Case"]("issue_report", "制作调查报告和证据目录")
ISSUE_MINUTES = Effect["Case"]("issue_minutes", "制作集体研究纪要")
ISSUE_DECISIONS = Effect["Case"]("issue_decisions", "逐一对象作出决定并印发文书")
PLAN_EXECUTION = Effect["Case"]("plan_execution", "列出执行事项、期限和回访计划")
FOLLOW_REPLY = Effect["ExternalDecision"]("follow_reply", "按其他机关的决定列出执行事项，重算影响期")
CLOSE_VOLUME = Effect["Case"]("close_volume", "归档，转入跟踪")
# fmt: on
