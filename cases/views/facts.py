"""What every page of a matter shows: the step bar, the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from cases.enums import CaseState
from wenze.audit.models import LedgerEntry

if TYPE_CHECKING:
    from wenze.workflow.procedure import Procedure

ACTS = {
    "approval.request": "提请签批", "approval.sign": "签署同意", "approval.return": "退回", "approval.ask": "询问",
    "approval.void": "审批失效", "offsystem.request": "报请批准", "offsystem.enter": "录入批示", "offsystem.check": "核对批示",
    "joint.convened": "召集联审", "joint.opinion": "写下联审意见", "joint.opened": "联审开会", "joint.concluded": "形成联审纪要", "joint.given_up": "联审另行召集",
    "pre.requested": "提请提级预审", "pre.given": "出具预审意见", "pre.departure_asked": "请示不采纳预审意见",
    "pre.consented": "同意不采纳", "grant.opened": "开放查阅", "grant.closed": "关闭查阅",
    "handler.appointed": "改派承办人", "recusal": "登记回避", "clue.reopened": "回到研判", "clue.joined": "并入案件",
    "clue.superior_replied": "回复上级交办", "clue.first_form_done": "登记整改完成", "clue.referral_replied": "登记反馈",
    "clue.inquiry_answered": "登记答复", "case.team": "组成调查组", "case.declared": "作回避声明",
    "evidence.received": "封存证据", "evidence.withdrawn": "撤回证据", "evidence.read": "调阅证据", "fact.stated": "陈述事实",
    "talk.recorded": "记谈话笔录", "trail.recorded": "登记轨迹", "responsibility.attributed": "认定责任", "circumstance.noted": "登记情节",
    "break.explained": "说明断点", "problem.known": "引用问题清单", "filing.answered": "答复备案", "hearing.issued": "送交事实材料", "hearing.held": "见面",
    "hearing.answered": "答复申辩", "outcome.proposed": "拟处理意见", "outcome.settled": "会议确定处理意见",
    "report.written": "写报告", "report.signed": "报告签名", "deliberation.recorded": "录入集体研究",
    "document.issue": "制发文书", "document.void": "文书作废", "term.start": "起算期限", "term.meet": "期限办结",
    "case.ended": "案件另行了结",
    "subject.ended": "对象另行了结",
    "interim.registered": "登记先期停职免职",
    "interim.settled": "处理先期停职免职",
    "inquiry.suspended": "中止调查期限",
    "inquiry.resumed": "恢复调查期限",
    "term.met": "期限办结",
    "term.extended": "期限延长",
    "term.suspended": "期限中止",
    "term.resumed": "期限恢复",
    "term.void": "期限取消",
    "term.handed_over": "移交期限",
    "denied": "无权查看",
    "execution.done": "办结执行事项",
    "visit.held": "登记回访",
    "case.export": "导出案卷",
    "reform.point": "查摆梗阻点、衰减点", "reform.item": "列整改事项", "reform.reported": "反馈整改", "reform.returned": "退回整改",
    "reform.written_off": "验收销号", "reform.gap": "登记制度漏洞", "reform.looked_back": "回头看", "reform.reopened": "重新整改",
    "reform.waived": "说明没有整改事项", "letter.drafted": "拟纪检监察建议", "letter.amended": "修改纪检监察建议",
    "letter.issued": "发出纪检监察建议", "letter.received": "登记建议收到日", "letter.replied": "登记建议的回复",
    "education.opened": "部署警示教育", "education.reported": "反馈警示教育",
    "adjudication.accepted": "审理受理",
    "adjudication.given": "出具审理意见",
    "ruler.seen": "看类案比较", "tolerance.searched": "容错检索", "tolerance.assessed": "登记三个区分意见", "tolerance.applied": "登记容错申请",
    "rectify.reported": "报告纠错", "rectify.accepted": "验收纠错", "rectify.returned": "退回纠错",
    "clearing.drafted": "拟澄清正名函", "clearing.issued": "发出澄清正名函", "clearing.done": "登记已澄清",
    "precedent.edited": "脱敏认定案例", "precedent.released": "认定案例入库", "campaign.assigned": "列入专项",
    "cause.found": "作反事实之问", "dispatch.replied": "登记对方的回复", "dispatch.consented": "同意不按责成办理",
    "supplement.applied": "提请补充启动", "supplement.approved": "批准补充启动", "supplement.withdrawn": "撤回补充启动",
    "inquiry.extended": "延长调查期限", "correction.declined": "不予纠正", "influence.confirmed": "确认影响期", "influence.released": "影响期满",
    "execution.deferred": "延期办理手续", "execution.post": "登记职务手续", "visit.planned": "安排回访", "visit.recommended": "提请使用建议",
    "care.opened": "列关爱措施", "care.done": "办结关爱措施", "external.registered": "登记其他机关的决定",
    "external.changed": "更正其他机关的决定", "external.dated": "补登决定日", "loan.asked": "调卷", "loan.received": "收到案卷",
    "loan.returned": "归还案卷", "recheck.planned": "安排实地复核", "recheck.held": "登记实地复核", "order.issued": "责令纠正",
    "order.answered": "反馈纠正情况", "order.accepted": "认可纠正", "order.sent_back": "退回纠正情况", "order.handed_to_correction": "转入纠正",
    "read": "查阅", "refused": "被退回（条件不齐）",
}  # fmt: skip
MOST = 60
OUTSIDE = (CaseState.NOT_INITIATED, CaseState.ENDED)
"""States that stand beside the row of steps, not at its end."""


def steps_of(procedure: Procedure[Any], matter: Any) -> list[dict[str, str]]:
    """The step bar, from the rows of the table: done, now, to come; a conditional row that does not apply is left out."""
    order = [code for code, _ in procedure.states]
    here = order.index(matter.state) if matter.state in order and matter.state not in OUTSIDE else -1
    found = []
    now_marked = False
    for step in procedure.steps:
        if not step.applies_to(matter):
            continue
        passed = max((order.index(source) for source in step.sources if source in order), default=-1)
        reached = order.index(step.target) <= here if step.target is not None else passed < here
        state = "done" if reached else ""
        if not reached and not now_marked and matter.state in step.sources:
            state, now_marked = "now", True
        found.append({"label": step.name, "note": "", "state": state})
    return found


def history_of(matter: Any, *, with_words: bool = True) -> list[dict[str, Any]]:
    """What was done in the matter, newest first, from the ledger; readings are left to the auditors.

    ``with_words=False`` for who sees how the case stands but not its content: reasons may quote a fact.
    """
    about = Q(about_id=matter.pk)
    if matter._meta.label == "cases.Case":  # a clue's readers are not all readers of its case
        about |= Q(case_id=matter.pk)
    rows = LedgerEntry.objects.filter(about, commission_id=matter.commission_id).exclude(action__in=("read", "denied"))
    return [
        {
            "at": row.at,
            "actor": row.actor_name,
            "text": act_name(row),
            "detail": _words(row.detail) if with_words else "",
        }
        for row in rows.order_by("-pk")[:MOST]
    ]


def act_name(row: LedgerEntry) -> str:
    """The act in the words of the office."""
    if row.action.startswith(("step.", "return.")):
        name = str(row.detail.get("name", row.detail.get("step", "")))
        return name if row.action.startswith("step.") else f"退回（{name}）"
    return ACTS.get(row.action, row.action)


def _words(detail: dict[str, Any]) -> str:
    shown = ("reason", "subject", "opinion", "title", "number", "due_on", "to_whom")
    return "，".join(str(detail[key]) for key in shown if detail.get(key))
