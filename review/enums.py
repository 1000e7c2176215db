"""Words of the reviews."""

from __future__ import annotations

from django.db import models


class AdjudicationOpinion(models.TextChoices):
    AGREE = "agree", "同意"
    MODIFY = "modify", "建议变更"
    SUPPLEMENT = "supplement", "退回补充调查"


class JointOffice(models.TextChoices):
    """The seats of a joint review: the three offices of law.md §7.2, and the handling office."""

    CONDUCT = "conduct", "党风政风监督室"
    CASEMGMT = "casemgmt", "案件监督管理室"
    TRIAL = "trial", "案件审理室"
    HANDLING = "handling", "承办室（未参加调查者）"


class JointChoice(models.TextChoices):
    AGREE = "agree", "同意"
    AMEND = "amend", "修改"
    SUPPLEMENT = "supplement", "补证"
    OBJECT = "object", "反对"


class PreReviewOpinion(models.TextChoices):
    """law.md §7.1; an opinion, never a decision."""

    APPROVE = "approve", "同意"
    SUPPLEMENT = "supplement", "补充调查取证"
    MODIFY = "modify", "变更处理"
    REJECT = "reject", "不予问责"
    TAKE_OVER = "take_over", "提级办理"


class EvaluationKind(models.TextChoices):
    """law.md §7.3: the three kinds of 案件质量评查."""

    DAILY = "daily", "日常评查"
    FULL = "full", "全面评查"
    SPECIAL = "special", "专项评查"


class EvaluationState(models.TextChoices):
    """Where an evaluation stands; a case without findings to put right ends with its feedback."""

    OPEN = "open", "评查中"
    GRADED = "graded", "已评定"
    FED_BACK = "fed_back", "已反馈"
    RECTIFYING = "rectifying", "整改中"
    REPORTED = "reported", "整改待验收"
    ACCEPTED = "accepted", "已验收"
    FINISHED = "finished", "已办结"


class Grade(models.TextChoices):
    """等次 (law.md §7.3)."""

    EXCELLENT = "excellent", "优秀"
    QUALIFIED = "qualified", "合格"
    FLAWED = "flawed", "瑕疵"
    FAILED = "failed", "不合格"


class FindingSource(models.TextChoices):
    RULE = "rule", "自动规则"
    HUMAN = "human", "评查人员"


class Position(models.TextChoices):
    """Where a proposal stands to the band of its like cases."""

    INSIDE = "inside", "在区间内"
    LIGHTER = "lighter", "轻于区间"
    HEAVIER = "heavier", "重于区间"
    NO_BAND = "no_band", "件数不足，没有区间"


class SampleMethod(models.TextChoices):
    """law.md §7.3 抽样."""

    ALL = "all", "全查"
    RANDOM = "random", "随机"
    STRATIFIED = "stratified", "分层"
    RISK = "risk", "风险导向"
    TARGETED = "targeted", "定向"


class SampleScope(models.TextChoices):
    OWN = "own", "本机关"
    SUBORDINATES = "subordinates", "下级机关"
    BOTH = "both", "本机关和下级机关"


class SamplePeriod(models.TextChoices):
    """By which day a case belongs to the period."""

    DECIDED = "decided", "按决定日"
    CLOSED = "closed", "按结案日"


class SampleState(models.TextChoices):
    """The order of acts that cannot be turned round: the frame stands before the seed, the seed before the drawing."""

    FRAMING = "framing", "拟定总体"
    FROZEN = "frozen", "总体已固定"
    COMMITTED = "committed", "种子已承诺"
    DRAWN = "drawn", "已抽取"
    FINISHED = "finished", "已办结"
    VOID = "void", "已作废"


class DrawnAs(models.TextChoices):
    ALL = "all", "全查"
    LOT = "lot", "抽中"
    STRATUM = "stratum", "分层抽中"
    MANDATORY = "mandatory", "必抽"
    NAMED = "named", "定向"
    UNIT = "unit", "每单位至少一件"


class SampleMeasure(models.TextChoices):
    """方式: the heaviest kind of what was decided in a case."""

    NONE = "none", "未予问责"
    FIRST_FORM = "first_form", "第一种形态"
    ACCOUNTABILITY = "accountability", "通报、诫勉、检查"
    ORGANIZATIONAL = "organizational", "组织处理"
    ADMINISTRATIVE = "administrative", "政务处分"
    DISCIPLINE = "discipline", "纪律处分"


class SampleStage(models.TextChoices):
    """阶段: how far a case has come."""

    DECIDED = "decided", "已决定"
    EXECUTING = "executing", "执行中"
    CLOSED = "closed", "已结案"
    OTHERWISE = "otherwise", "另行了结"


class LoanState(models.TextChoices):
    ASKED = "asked", "待送"
    HELD = "held", "在调"
    RETURNED = "returned", "已归还"


class RecheckVerdict(models.TextChoices):
    HOLDS = "holds", "成立"
    FLAWED = "flawed", "有瑕疵"
    WRONG = "wrong", "不成立"


class OrderState(models.TextChoices):
    OPEN = "open", "待落实"
    ANSWERED = "answered", "已反馈"
    ACCEPTED = "accepted", "已认可"
