"""What the steps cause, named; performed in table order inside the step's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any  # noqa: F401 -- named in strings below

from wenze.workflow.procedure import Effect

if TYPE_CHECKING:
    from cases.models import Appeal, Case, Clue, Correction, ExternalDecision  # noqa: F401 -- named in strings below

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
REGISTER_APPEAL = Effect["Appeal"]("register_appeal", "编收文号，起算答复期限")
ACCEPT_APPEAL = Effect["Appeal"]("accept_appeal", "发受理通知，复查人可以看案")
ANSWER_APPEAL = Effect["Appeal"]("answer_appeal", "印发申诉（复审）处理决定，复查人不再看案")
ISSUE_CORRECTION = Effect["Correction"]("issue_correction", "印发纠正决定")
APPLY_REDRESS = Effect["Any"]("apply_redress", "变更或者撤销原决定、措施、责任认定和原文书")
FOLLOW_REDRESS = Effect["Any"]("follow_redress", "按变更重列执行事项，影响期待确认")
RECKON_INFLUENCE = Effect["Any"]("reckon_influence", "确认影响期，重算跟踪和回访")
COUNT_OUTCOMES = Effect["Case"]("count_outcomes", "记入类案底数")
COUNT_REDRESS = Effect["Any"]("count_redress", "按变更改写类案底数")
COUNT_ELSEWHERE = Effect["ExternalDecision"]("count_elsewhere", "其他机关的决定记入类案底数")
CLOSE_VOLUME = Effect["Case"]("close_volume", "归档，转入跟踪")
# fmt: on
