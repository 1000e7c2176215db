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
