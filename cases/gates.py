"""The gates of the case's procedure, named; each is answered by the room that knows (``answers/``, review, followup).

Every gate cites its provision; what local practice sets is cited as 本级制度 (law.md is our only lawyer).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any  # noqa: F401 -- named in strings below

from wenze.law import cite
from wenze.workflow.procedure import Gate, Trigger

if TYPE_CHECKING:
    from cases.models import Appeal, Case, Clue, Correction  # noqa: F401 -- named in strings below

# fmt: off
# --- the clue ---------------------------------------------------------------------------------------------------
CLUE_IS_STUB_IF_CLASSIFIED = Gate["Clue"]("clue_is_stub_if_classified", "涉密件只能登记编号、密级和保管人，不在本系统办理", cite("LOCAL", "涉密件管理"), "register")
CLUE_HAS_SOURCE = Gate["Clue"]("clue_has_source", "线索须有来源、收到日，上级交办的须有文号和回复日", cite("GZGZ", 21), "register")
HANDLER_NOT_RECUSED = Gate["Clue"]("handler_not_recused", "承办人员没有应当回避的情形", cite("LOCAL", "回避"), "assign")
ASSIGNMENT_SIGNED = Gate["Clue"]("assignment_signed", "分办意见已经领导签批", cite("LOCAL", "会商分办"), "assign")
VERIFIED_BY_TWO = Gate["Clue"]("verified_by_two", "初步核实由两名以上人员办理", cite("LOCAL", "初步核实"), "verification")
VERIFICATION_PLAN_APPROVED = Gate["Clue"]("verification_plan_approved", "初核方案已经批准", cite("LOCAL", "初步核实"), "verification")
VERIFICATION_REPORTED = Gate["Clue"]("verification_reported", "已写出初核报告", cite("LOCAL", "初步核实"), "verification")
THRESHOLD_ANSWERED = Gate["Clue"]("threshold_answered", "门槛判定已逐项作答并各有依据", cite("TL", 7), "assessment")
THRESHOLD_SUITS_EXIT = Gate["Clue"]("threshold_suits_exit", "研判出口与门槛结论一致", cite("TL", 7), "assessment")
TRACK_CONSISTENT = Gate["Clue"]("track_consistent", "轨道与对象相符", cite("TL", 5), "assessment")
BODY_COMPETENT = Gate["Clue"]("body_competent", "本机关有权启动", cite("TL", 9), "assessment")
EXIT_RECORDED = Gate["Clue"]("exit_recorded", "所选出口的记录已填写完整", cite("LOCAL", "研判"), "assessment")
ASSESSMENT_SIGNED = Gate["Clue"]("assessment_signed", "研判意见已经室主任签批", cite("LOCAL", "研判"), "assessment")

# --- initiation -------------------------------------------------------------------------------------------------
SUBJECTS_NAMED = Gate["Case"]("subjects_named", "已列明问责对象及其行为时的职务", cite("TL", 5), "subjects")
ORGANIZATION_WITH_LEADERS = Gate["Case"]("organization_with_leaders", "对党组织问责的，同时列入负有责任的领导班子成员，或有书面理由", cite("TL", 6), "subjects")
NO_FILED_REVIEW = Gate["Case"]("no_filed_review", "对象没有已被立案审查的情形", cite("TL", 9, 3), "subjects")
INITIATION_COMPETENT = Gate["Case"]("initiation_competent", "本机关有权对该对象启动问责", cite("TL", 9, 1), "subjects")
TOLERANCE_SEARCHED = Gate["Case"]("tolerance_searched", "已作容错检索，检索以后没有新的备案", cite("LOCAL", "容错备案"), "tolerance")
INITIATION_SIGNED = Gate["Case"]("initiation_signed", "启动已经本机关主要负责人批准", cite("TL", 9, 1), "approvals")
COMMITTEE_APPROVED_INITIATION = Gate["Case"]("committee_approved_initiation", "同级党委主要负责人已批准启动", cite("TL", 9, 1), "approvals")

# --- investigation ----------------------------------------------------------------------------------------------
ALL_INITIATED = Gate["Case"]("all_initiated", "补充启动的对象均已批准启动或者撤回", cite("TL", 9, 1), "subjects")
TEAM_OF_TWO = Gate["Case"]("team_of_two", "调查组两人以上并有组长，均作回避声明", cite("TL", 10), "team")
PLAN_APPROVED = Gate["Case"]("plan_approved", "调查方案已经批准", cite("TL", 10), "team")
FACT_STATEMENT_ISSUED = Gate["Case"]("fact_statement_issued", "事实材料已送每一对象", cite("TL", 11), "hearing")
HEARD = Gate["Case"]("heard", "已与每一对象见面，听取陈述申辩并记录", cite("TL", 11), "hearing")
OPINION_SIGNED = Gate["Case"]("opinion_signed", "每一对象已签署意见，拒签的已注明", cite("TL", 11), "hearing")
DEFENCE_ANSWERED = Gate["Case"]("defence_answered", "申辩要点已逐条答复，不采纳的有理由", cite("TL", 11), "hearing")
FOUR_FACTS_STAND = Gate["Case"]("four_facts_stand", "问题、结果、责任、因果四个事实俱全", cite("TL", 10), "facts")
FACTS_ON_EVIDENCE = Gate["Case"]("facts_on_evidence", "每一事实都有证据", cite("TL", 10), "facts")
RESPONSIBILITY_ATTRIBUTED = Gate["Case"]("responsibility_attributed", "每一对象的责任都已认定到职责和行为", cite("TL", 6), "responsibility")
CHAIN_CLOSED = Gate["Case"]("chain_closed", "责任链条闭合，断点已补齐或写明理由", cite("TL", 10), "responsibility")
TOLERANCE_ANSWERED = Gate["Case"]("tolerance_answered", "相关容错备案、容错申请已书面答复", cite("TL", 17), "tolerance")
TOLERANCE_WEIGHED = Gate["Case"]("tolerance_weighed", "拟容错的对象，有关各方已就三个区分提出意见", cite("TL", 17), "tolerance")
PROPOSALS_LAWFUL = Gate["Case"]("proposals_lawful", "每一对象都有拟处理意见，且措施合法", cite("TL", 8), "proposal")
REPORT_COMPLETE = Gate["Case"]("report_complete", "调查报告七部分齐全", cite("TL", 11), "report")
REPORT_CURRENT = Gate["Case"]("report_current", "调查报告与现在认定的事实、责任、申辩和拟处理意见一致", cite("TL", 11), "report")
DISCUSSED_COLLECTIVELY = Gate["Case"]("discussed_collectively", "调查组已集体讨论", cite("TL", 11), "report")
REPORT_SIGNED = Gate["Case"]("report_signed", "调查报告已由组长和有关人员签名", cite("TL", 11), "report")
REPORT_APPROVED = Gate["Case"]("report_approved", "调查报告已经组长、室主任、分管领导审批", cite("TL", 11), "approvals")

# --- review and decision ----------------------------------------------------------------------------------------
JOINT_REVIEW_HELD = Gate["Case"]("joint_review_held", "重点案件已经联审会商", cite("LOCAL", "联审会商"), "review")
ADJUDICATED = Gate["Case"]("adjudicated", "应经审理的已由审理室审理", cite("LOCAL", "案件审理"), "review")
ADJUDICATION_COMPLETE = Gate["Case"]("adjudication_complete", "审理意见齐备，由两名以上未参加调查的审理人员办理", cite("GZGZ", "审理"), "review")
PRE_REVIEW_OBTAINED = Gate["Case"]("pre_review_obtained", "触发提级的，已取得上级预审意见", cite("LOCAL", "提级预审"), "review")
PRE_REVIEW_FOLLOWED = Gate["Case"]("pre_review_followed", "预审意见已经采纳；不采纳的，已有上级书面同意", cite("LOCAL", "提级预审"), "review")
DELIBERATION_RECORDED = Gate["Case"]("deliberation_recorded", "集体研究有议题、主持、记录、每人意见和结论", cite("TL", 3), "deliberation")
QUORUM = Gate["Case"]("quorum", "到会人数过半", cite("LOCAL", "议事规则"), "deliberation")
MAJORITY = Gate["Case"]("majority", "到会人员过半数同意", cite("LOCAL", "议事规则"), "deliberation")
NOBODY_RECUSED_SAT = Gate["Case"]("nobody_recused_sat", "应当回避的人员没有到会", cite("LOCAL", "回避"), "deliberation")
RULER_SEEN = Gate["Case"]("ruler_seen", "每一拟处理都已作类案比较，离群的有书面理由", cite("LOCAL", "量纪平衡"), "ruler")
MINUTES_SIGNED = Gate["Case"]("minutes_signed", "会议纪要已由主要负责人签发", cite("TL", 3), "approvals")
COMMITTEE_APPROVED_DECISION = Gate["Case"]("committee_approved_decision", "应报同级党委或其主要负责人批准的，已经批准", cite("TL", 12), "approvals")
MEASURES_LAWFUL = Gate["Case"]("measures_lawful", "每项措施对该对象、本机关和本轨道都合法", cite("TL", 12), "decision")
INTERIM_SETTLED = Gate["Case"]("interim_settled", "先期停职、免职已确认、替换或者解除", cite("TL", 8), "subjects")
DECISION_SIGNED = Gate["Case"]("decision_signed", "问责决定已由主要负责人签发", cite("TL", 12), "approvals")

# --- execution and closing --------------------------------------------------------------------------------------
SERVED = Gate["Case"]("served", "决定已送达每一对象", cite("TL", 13), "execution")
ANNOUNCED = Gate["Case"]("announced", "决定已宣布", cite("TL", 13), "execution")
EXECUTION_DONE = Gate["Case"]("execution_done", "执行事项已全部办结", cite("TL", 13), "execution")
VISITS_PLANNED = Gate["Case"]("visits_planned", "回访已列入计划", cite("LOCAL", "回访"), "execution")
REFORM_HANDED_OVER = Gate["Case"]("reform_handed_over", "整改已移交督办，或写明没有整改事项的理由", cite("TL", 14), "reform")
VOLUME_COMPLETE = Gate["Case"]("volume_complete", "案卷文书齐全", cite("LOCAL", "归档"), "documents")

# --- appeal and correction ----------------------------------------------------------------------------------------
APPEAL_AGAINST_OWN = Gate["Any"]("appeal_against_own", "所不服的是本机关作出并且仍然有效的处理", cite("TL", 20), "redress")
APPEAL_IN_TIME = Gate["Appeal"]("appeal_in_time", "在收到决定之日起一个月内提出", cite("TL", 20), "redress")
REVIEWERS_ARE_OTHERS = Gate["Appeal"]("reviewers_are_others", "由没有参加原案调查、审理的两人复查", cite("LOCAL", "申诉复查"), "redress")
APPEAL_EXAMINED = Gate["Appeal"]("appeal_examined", "复查认定、结果和理由齐备", cite("TL", 20), "redress")
RECHECK_TOLD = Gate["Appeal"]("recheck_told", "已登记上一级监察机关的复核决定", cite("JCF", 56), "redress")
CORRECTION_REASONED = Gate["Correction"]("correction_reasoned", "已写明错误类别、认定和理由", cite("TL", 21), "redress")
CHANGE_LAWFUL = Gate["Any"]("change_lawful", "变更后的措施合法，并且比原来的轻", cite("TL", 8), "redress")
COMMITTEE_APPROVED_CHANGE = Gate["Any"]("committee_approved_change", "变更应报同级党委或其主要负责人批准的，已经批准", cite("TL", 12), "redress")
REDRESS_SIGNED = Gate["Any"]("redress_signed", "处理决定已由主要负责人签发", cite("TL", 20), "redress")

# --- what makes a conditional row apply -------------------------------------------------------------------------
KEY_CASE = Trigger["Case"]("key_case", "属于重点案件")
NEEDS_ADJUDICATION = Trigger["Case"]("needs_adjudication", "拟给处分，或本级规定应当审理")
ESCALATED = Trigger["Case"]("escalated", "命中提级预审条件")
NEEDS_PRE_REVIEW = Trigger["Case"]("needs_pre_review", "命中提级预审条件，上级意见未到")
NEEDS_MEETING = Trigger["Case"]("needs_meeting", "上级同意原意见的，不再研究")
NEEDS_COMMITTEE = Trigger["Case"]("needs_committee", "对象由同级党委直接领导或者管理")
# fmt: on
