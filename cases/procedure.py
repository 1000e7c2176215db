"""The procedure as a table: read it beside the regulation (design §2). One row a step, every row with its article.

The clue carries the states up to ``assessed``; the case (and each of its subjects) those from ``initiating`` on.
Rows follow each other; a conditional row is passed over where its trigger did not fire.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from cases import effects as e
from cases import gates as g
from cases.enums import CaseState as S
from cases.enums import ClueState as C
from cases.enums import RedressState as D
from wenze.access.roles import Role as R
from wenze.law import cite
from wenze.workflow.procedure import PROCEDURES, Procedure, Starts, Step

if TYPE_CHECKING:
    from cases.models import Appeal, Case, Clue, Correction  # noqa: F401 -- named in strings above
    from cases.models.redress import Redress

# fmt: off
CLUE = Procedure["Clue"](
    code="clue", name="线索处置", track="both", since=date(2019, 9, 1), about="cases.Clue", states=tuple(C.choices),
    steps=(
        Step("register_clue", "登记", ("",), C.REGISTERED, (R.CONDUCT, R.CASEMGMT, R.INSPECTOR), cite("GZGZ", 21),
             gates=(g.CLUE_IS_STUB_IF_CLASSIFIED, g.CLUE_HAS_SOURCE),
             effects=(e.ISSUE_REGISTRATION,), documents=("D01",), starts=(Starts("T01", "received_on"), Starts("T05", "registered_on"))),
        Step("assign_clue", "会商分办", (C.REGISTERED,), C.ASSIGNED, (R.CONDUCT,), cite("LOCAL", "会商分办"),
             gates=(g.CLUE_IS_STUB_IF_CLASSIFIED, g.HANDLER_NOT_RECUSED, g.ASSIGNMENT_SIGNED), approval=(R.LEADER, R.PRINCIPAL),
             effects=(e.ISSUE_ASSIGNMENT,), documents=("D02",), todo="conduct"),
        Step("verify_clue", "初步核实", (C.ASSIGNED,), C.VERIFIED, ("handler",), cite("LOCAL", "初步核实"),
             gates=(g.VERIFIED_BY_TWO, g.VERIFICATION_PLAN_APPROVED, g.VERIFICATION_REPORTED), stops=("T04",), todo="handler"),
        Step("assess_clue", "研判", (C.VERIFIED,), C.ASSESSED, ("handler",), cite("TL", 7),
             gates=(g.THRESHOLD_ANSWERED, g.THRESHOLD_SUITS_EXIT, g.TRACK_CONSISTENT, g.BODY_COMPETENT, g.EXIT_RECORDED, g.ASSESSMENT_SIGNED),
             approval=(R.HEAD,), effects=(e.CARRY_OUT_EXIT,), documents=("D32",), stops=("T01",), todo="handler"),
    ),
)

PARTY = Procedure["Case"](
    code="party", name="党内问责", track="party", since=date(2019, 9, 1), about="cases.Case", states=tuple(S.choices),
    steps=(
        Step("apply_initiation", "提请启动", ("",), S.INITIATING, ("handler",), cite("TL", 9),
             gates=(g.SUBJECTS_NAMED, g.ORGANIZATION_WITH_LEADERS, g.NO_FILED_REVIEW, g.INITIATION_COMPETENT),
             effects=(e.MOVE_SUBJECTS,), documents=("D03",)),
        Step("approve_initiation", "批准启动", (S.INITIATING,), S.INVESTIGATING, (R.PRINCIPAL,), cite("TL", 9, 1),
             gates=(g.SUBJECTS_NAMED, g.ORGANIZATION_WITH_LEADERS, g.NO_FILED_REVIEW, g.INITIATION_COMPETENT, g.TOLERANCE_SEARCHED, g.COMMITTEE_APPROVED_INITIATION, g.INITIATION_SIGNED),
             approval=(R.LEADER, R.PRINCIPAL), effects=(e.RECORD_INITIATION, e.MOVE_SUBJECTS), documents=("D05", "D06"),
             starts=(Starts("T06"),), todo="handler"),
        Step("meet_on_facts", "事实材料见面", (S.INVESTIGATING,), None, ("team",), cite("TL", 11),
             gates=(g.TEAM_OF_TWO, g.FACT_STATEMENT_ISSUED, g.HEARD, g.OPINION_SIGNED, g.DEFENCE_ANSWERED),
             effects=(e.ISSUE_FACTS_RECORD,), documents=("D09", "D10", "D11"), stops=("T09",), todo="team_leader"),
        Step("approve_report", "报告审批", (S.INVESTIGATING,), S.REPORTED, ("team_leader",), cite("TL", 11),
             gates=(g.ALL_INITIATED, g.TEAM_OF_TWO, g.PLAN_APPROVED, g.FOUR_FACTS_STAND, g.FACTS_ON_EVIDENCE, g.RESPONSIBILITY_ATTRIBUTED, g.CHAIN_CLOSED,
                    g.FACT_STATEMENT_ISSUED, g.HEARD, g.OPINION_SIGNED, g.DEFENCE_ANSWERED, g.TOLERANCE_ANSWERED, g.TOLERANCE_WEIGHED, g.PROPOSALS_LAWFUL,
                    g.REPORT_COMPLETE, g.REPORT_CURRENT, g.DISCUSSED_COLLECTIVELY, g.REPORT_SIGNED, g.REPORT_APPROVED),
             approval=("team_leader", R.HEAD, R.LEADER), effects=(e.ISSUE_REPORT, e.MOVE_SUBJECTS), documents=("D08", "D12"),
             stops=("T06",), todo="team_leader", returns_to=S.INVESTIGATING),
        Step("conclude_joint_review", "联审会商", (S.REPORTED,), S.JOINTLY_REVIEWED, (R.CONDUCT,), cite("LOCAL", "联审会商"),
             gates=(g.JOINT_REVIEW_HELD,), effects=(e.MOVE_SUBJECTS,), documents=("D15",), only_if=g.KEY_CASE, stops=("T12",),
             todo="conduct", returns_to=S.INVESTIGATING),
        Step("adjudicate", "审理", (S.REPORTED, S.JOINTLY_REVIEWED), S.ADJUDICATED, (R.TRIAL,), cite("GZGZ", "审理"),
             gates=(g.JOINT_REVIEW_HELD, g.ADJUDICATION_COMPLETE), effects=(e.MOVE_SUBJECTS,), documents=("D16",), only_if=g.NEEDS_ADJUDICATION,
             stops=("T10",), todo="trial", returns_to=S.INVESTIGATING),
        Step("deliberate", "集体研究", (S.REPORTED, S.JOINTLY_REVIEWED, S.ADJUDICATED, S.PRE_REVIEWED), S.DELIBERATED, (R.CASEMGMT,), cite("TL", 3),
             gates=(g.JOINT_REVIEW_HELD, g.ADJUDICATED, g.DELIBERATION_RECORDED, g.QUORUM, g.MAJORITY, g.NOBODY_RECUSED_SAT, g.PROPOSALS_LAWFUL, g.RULER_SEEN, g.MINUTES_SIGNED),
             approval=(R.PRINCIPAL,), effects=(e.ISSUE_MINUTES, e.MOVE_SUBJECTS), documents=("D18",), only_if=g.NEEDS_MEETING,
             todo="casemgmt", returns_to=S.INVESTIGATING),
        Step("obtain_pre_review", "提级预审", (S.DELIBERATED,), S.PRE_REVIEWED, (R.CASEMGMT,), cite("LOCAL", "提级预审"),
             gates=(g.PRE_REVIEW_OBTAINED,), effects=(e.MOVE_SUBJECTS,), documents=("D13", "D14"), only_if=g.NEEDS_PRE_REVIEW, stops=("T11",),
             todo="casemgmt", returns_to=S.INVESTIGATING),
        Step("approve_by_committee", "报批", (S.DELIBERATED, S.PRE_REVIEWED), None, (R.CASEMGMT,), cite("TL", 12),
             gates=(g.PRE_REVIEW_OBTAINED, g.PRE_REVIEW_FOLLOWED, g.COMMITTEE_APPROVED_DECISION), documents=("D04",), only_if=g.NEEDS_COMMITTEE, todo="casemgmt"),
        Step("decide", "作出决定", (S.DELIBERATED, S.PRE_REVIEWED), S.DECIDED, (R.CASEMGMT,), cite("TL", 12),
             gates=(g.PRE_REVIEW_OBTAINED, g.PRE_REVIEW_FOLLOWED, g.COMMITTEE_APPROVED_DECISION, g.MEASURES_LAWFUL, g.INTERIM_SETTLED, g.HEARD, g.DECISION_SIGNED),
             approval=(R.PRINCIPAL,), effects=(e.ISSUE_DECISIONS, e.MOVE_SUBJECTS, e.PLAN_EXECUTION, e.COUNT_OUTCOMES),
             documents=("D19", "D22", "D23", "D24", "D25"), todo="casemgmt"),
        Step("execute", "执行", (S.DECIDED,), S.EXECUTING, ("handler",), cite("TL", 13),
             gates=(g.SERVED, g.ANNOUNCED), effects=(e.MOVE_SUBJECTS,), documents=("D26", "D27"), todo="handler"),
        Step("close", "结案归档", (S.EXECUTING,), S.CLOSED, (R.CASEMGMT,), cite("LOCAL", "归档"),
             gates=(g.EXECUTION_DONE, g.VISITS_PLANNED, g.REFORM_HANDED_OVER, g.VOLUME_COMPLETE), effects=(e.CLOSE_VOLUME, e.MOVE_SUBJECTS),
             starts=(Starts("T26"),), todo="casemgmt"),
    ),
)

APPEAL = Procedure["Appeal"](
    code="appeal", name="申诉、复审", track="both", since=date(2019, 9, 1), about="cases.Appeal", states=tuple(D.choices),
    steps=(
        Step("file_appeal", "收到申诉", ("",), D.FILED, (R.CASEMGMT,), cite("TL", 20),
             gates=(g.APPEAL_AGAINST_OWN, g.APPEAL_IN_TIME), effects=(e.REGISTER_APPEAL,), documents=("D33",)),
        Step("accept_appeal", "受理", (D.FILED,), D.ACCEPTED, (R.CASEMGMT,), cite("TL", 20),
             gates=(g.APPEAL_AGAINST_OWN, g.REVIEWERS_ARE_OTHERS), effects=(e.ACCEPT_APPEAL,), documents=("D34",), todo="casemgmt"),
        Step("examine_appeal", "复查", (D.ACCEPTED,), D.EXAMINED, ("reviewer",), cite("LOCAL", "申诉复查"),
             gates=(g.REVIEWERS_ARE_OTHERS, g.APPEAL_EXAMINED, g.CHANGE_LAWFUL), todo="reviewer"),
        Step("decide_appeal", "作出处理决定", (D.EXAMINED,), D.DECIDED, (R.CASEMGMT,), cite("TL", 20),
             gates=(g.APPEAL_EXAMINED, g.CHANGE_LAWFUL, g.COMMITTEE_APPROVED_CHANGE, g.REDRESS_SIGNED), approval=(R.PRINCIPAL,),
             effects=(e.ANSWER_APPEAL, e.APPLY_REDRESS, e.FOLLOW_REDRESS, e.COUNT_REDRESS), documents=("D35", "D36"), stops=("T21", "T22b"), todo="casemgmt"),
    ),
)

RECHECK = Procedure["Appeal"](
    code="recheck", name="复核", track="supervisory", since=date(2018, 3, 20), about="cases.Appeal", states=tuple(D.choices),
    steps=(
        Step("file_appeal", "收到复核申请", ("",), D.FILED, (R.CASEMGMT,), cite("JCF", 56),
             gates=(g.APPEAL_AGAINST_OWN, g.APPEAL_IN_TIME), effects=(e.REGISTER_APPEAL,), documents=("D33",)),
        Step("record_recheck", "登记上一级的复核决定", (D.FILED,), D.DECIDED, (R.CASEMGMT,), cite("JCF", 56),
             gates=(g.RECHECK_TOLD, g.CHANGE_LAWFUL), effects=(e.APPLY_REDRESS, e.FOLLOW_REDRESS, e.COUNT_REDRESS), documents=("D36",), stops=("T23b",), todo="casemgmt"),
    ),
)

CORRECTION = Procedure["Correction"](
    code="correction", name="纠正", track="both", since=date(2019, 9, 1), about="cases.Correction", states=tuple(D.choices),
    steps=(
        Step("propose_correction", "提出纠正", ("",), D.PROPOSED, (R.CASEMGMT, R.TRIAL, R.HEAD), cite("TL", 21),
             gates=(g.APPEAL_AGAINST_OWN, g.CORRECTION_REASONED, g.CHANGE_LAWFUL), todo="casemgmt"),
        Step("decide_correction", "作出纠正决定", (D.PROPOSED,), D.DECIDED, (R.CASEMGMT,), cite("TL", 21),
             gates=(g.CORRECTION_REASONED, g.CHANGE_LAWFUL, g.COMMITTEE_APPROVED_CHANGE, g.REDRESS_SIGNED), approval=(R.LEADER, R.PRINCIPAL),
             effects=(e.ISSUE_CORRECTION, e.APPLY_REDRESS, e.FOLLOW_REDRESS, e.COUNT_REDRESS), documents=("D37",), todo="casemgmt"),
    ),
)
# fmt: on


def procedure_of(matter: Clue | Case | Redress) -> Procedure[Any]:
    """The table, in the edition under which the matter began."""
    return PROCEDURES[matter.procedure]
