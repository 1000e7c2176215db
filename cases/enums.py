"""The words of a case: states, exits, kinds (design §2, law.md §1, §5)."""

from __future__ import annotations

from django.db import models


class ClueState(models.TextChoices):
    REGISTERED = "registered", "已登记"
    ASSIGNED = "assigned", "已分办"
    VERIFIED = "verified", "已初核"
    ASSESSED = "assessed", "已研判"


class ClueSource(models.TextChoices):
    ACCIDENT_INQUIRY = "accident_inquiry", "事故调查移交"
    INSPECTION_TOUR = "inspection_tour", "巡视巡察移交"
    SUPERVISION = "supervision", "监督检查发现"
    AUDIT = "audit", "审计移送"
    PETITION = "petition", "信访举报"
    SUPERIOR_ORDER = "superior_order", "上级交办督办"
    PROBLEM_LIST = "problem_list", "问题清单转入"
    CASE_FOUND = "case_found", "案件查办中发现"
    MEDIA = "media", "媒体舆情"
    OTHER = "other", "其他"


class Exit(models.TextChoices):
    """The ways out of 研判, and the outcomes that end a matter without accountability (design §2)."""

    START = "start", "启动问责调查"
    FIRST_FORM = "first_form", "第一种形态处理"
    STYLE_HANDLING = "style_handling", "作风效能处理"
    INQUIRY = "inquiry", "谈话函询"
    HELD = "held", "暂存待查"
    FINISHED = "finished", "予以了结"
    TRANSFERRED = "transferred", "移送有权机关"
    JOINED_FILED_REVIEW = "joined_filed_review", "并入已立案审查"
    ASK_SUPERIOR = "ask_superior", "报请上级"


class CaseState(models.TextChoices):
    INITIATING = "initiating", "提请启动"
    INVESTIGATING = "investigating", "调查"
    REPORTED = "reported", "已报告"
    JOINTLY_REVIEWED = "jointly_reviewed", "已联审"
    ADJUDICATED = "adjudicated", "已审理"
    PRE_REVIEWED = "pre_reviewed", "已预审"
    DELIBERATED = "deliberated", "已集体研究"
    DECIDED = "decided", "已决定"
    EXECUTING = "executing", "执行中"
    CLOSED = "closed", "已结案"
    NOT_INITIATED = "not_initiated", "不予启动"
    ENDED = "ended", "已另行了结"


class Track(models.TextChoices):
    PARTY = "party", "党内问责"
    SUPERVISORY = "supervisory", "监察问责"


class SubjectKind(models.TextChoices):
    ORGANIZATION = "organization", "党组织"
    CADRE = "cadre", "党的领导干部"


class Relation(models.TextChoices):
    """Where the subject stands to the commission (law.md §1.4)."""

    SAME_COMMITTEE = "same_committee", "同级党委直接领导或管理"
    OWN = "own", "本机关有管理权限"
    LOWER = "lower", "下级管理"
    HIGHER = "higher", "上级管理"


class Outcome(models.TextChoices):
    """What becomes of a subject."""

    ACCOUNTABLE = "accountable", "问责"
    NOT_ACCOUNTABLE = "not_accountable", "不予问责"
    EXEMPTED = "exempted", "免予问责"
    FIRST_FORM = "first_form", "第一种形态处理"
    REFERRED = "referred", "转立案"
    ORDERED = "ordered", "责成下级办理"
    HANDED_OVER = "handed_over", "移交"
    NOT_PURSUED_DEATH = "not_pursued_death", "因死亡不再追究"
    JOINED_FILED_REVIEW = "joined_filed_review", "并入已立案审查"


class DispatchKind(models.TextChoices):
    """Why another body must act."""

    PROPOSED = "proposed", "建议组织处理"
    REFERRED = "referred", "转立案"
    ORDERED = "ordered", "责成办理"
    HANDED_OVER = "handed_over", "移交"
    JOINED = "joined", "并入已立案审查"


class FactKind(models.TextChoices):
    PROBLEM = "problem", "问题事实"
    RESULT = "result", "结果事实"
    RESPONSIBILITY = "responsibility", "责任事实"
    CAUSE = "cause", "因果事实"


class TrailKind(models.TextChoices):
    """What a piece of power did on a day (权力运行轨迹)."""

    PROPOSED = "proposed", "提议"
    EXAMINED = "examined", "论证"
    DECIDED = "decided", "决策"
    AUTHORIZED = "authorized", "授权"
    EXECUTED = "executed", "执行"
    SUPERVISED = "supervised", "监督"
    FOUND = "found", "发现"
    HANDLED = "handled", "处置"


class Power(models.TextChoices):
    DECISION = "decision", "决策责任"
    EXECUTION = "execution", "执行责任"
    SUPERVISION = "supervision", "监管责任"


class Tier(models.TextChoices):
    """条例第六条; ``FULL`` is an organisation's, the others a cadre's."""

    FULL = "FULL", "全面领导责任"
    MAIN = "MAIN", "主要领导责任"
    IMPORTANT = "IMPORTANT", "重要领导责任"


class Liability(models.TextChoices):
    PRINCIPAL = "principal", "主体责任"
    SUPERVISORY = "supervisory", "监督责任"
    LEADERSHIP = "leadership", "领导责任"


class Failure(models.TextChoices):
    """条例第十条: 区分执行不当、执行不力、不执行."""

    IMPROPER = "improper", "执行不当"
    WEAK = "weak", "执行不力"
    NONE = "none", "不执行"


class EvidenceKind(models.TextChoices):
    DOCUMENT = "document", "书证"
    OBJECT = "object", "物证"
    TESTIMONY = "testimony", "证人证言"
    STATEMENT = "statement", "对象陈述"
    EXPERT = "expert", "鉴定意见"
    RECORD = "record", "勘验检查笔录"
    AUDIOVISUAL = "audiovisual", "视听资料电子数据"


class CircumstanceKind(models.TextChoices):
    EXEMPTING = "exempting", "不予或免予"
    LIGHTER = "lighter", "从轻减轻"
    HEAVIER = "heavier", "从重加重"
    OBJECTIVE = "objective", "客观条件"


class SignedOpinion(models.TextChoices):
    """条例第十一条: 签署意见，不签的由调查组注明."""

    AGREED = "agreed", "属实"
    DISPUTED = "disputed", "有异议"
    REFUSED = "refused", "拒签"


class RecusalGround(models.TextChoices):
    DECLARED = "declared", "本人申请"
    REQUESTED = "requested", "当事人申请"
    ORDERED = "ordered", "组织决定"


class ThresholdVerdict(models.TextChoices):
    """What the threshold test says (条例第七条; ``wenze.law.threshold``)."""

    START = "start", "达到门槛"
    START_WITH_REASON = "start_with_reason", "兜底情形，启动须说明理由"
    FIRST_FORM = "first_form", "行为在而后果不具备"
    NOT_ACCOUNTABLE = "not_accountable", "行为不成立"


class TalkCapacity(models.TextChoices):
    SUBJECT = "subject", "问责对象"
    WITNESS = "witness", "证人"
    KNOWING = "knowing", "知情人"


class InterimKind(models.TextChoices):
    """What the managing body did before the decision: no form of accountability (law.md §1.3)."""

    SUSPENDED = "suspended", "先期停职"
    REMOVED = "removed", "先期免职"


class InterimEnd(models.TextChoices):
    """What the decision makes of it."""

    CONFIRMED = "confirmed", "确认"
    REPLACED = "replaced", "替换"
    LIFTED = "lifted", "解除"


class SittingResult(models.TextChoices):
    """What a sitting of the standing committee came to."""

    SETTLED = "settled", "形成处理意见"
    RETURNED = "returned", "退回补充调查"


class RedressState(models.TextChoices):
    """Where an appeal or a correction stands."""

    FILED = "filed", "已收到"
    ACCEPTED = "accepted", "已受理"
    EXAMINED = "examined", "已复查"
    PROPOSED = "proposed", "已提出"
    DECIDED = "decided", "已决定"
    DECLINED = "declined", "不予纠正"


class RemedyChannel(models.TextChoices):
    """The road of a remedy, by track (条例第二十条; 监察法; law.md §2.1)."""

    APPEAL = "appeal", "申诉"
    REVIEW = "supervisory_review", "复审"
    RECHECK = "supervisory_recheck", "复核"


class RedressResult(models.TextChoices):
    UPHELD = "upheld", "维持"
    CHANGED = "changed", "变更"
    REVOKED = "revoked", "撤销"


class CorrectionGround(models.TextChoices):
    """条例第二十一条: what was wrong with the accountability."""

    FACTS = "facts", "事实不清楚"
    EVIDENCE = "evidence", "证据不确凿"
    BASIS = "basis", "依据不充分"
    RESPONSIBILITY = "responsibility", "责任不清晰"
    PROCEDURE = "procedure", "程序不合规"
    HANDLING = "handling", "处理不恰当"
    NOT_DUE = "not_due", "不应当问责、不精准问责"


class DecisionStanding(models.TextChoices):
    """Whether a decision still stands as it was made."""

    STANDING = "standing", "有效"
    CHANGED = "changed", "已变更"
    REVOKED = "revoked", "已撤销"
