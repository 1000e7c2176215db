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
