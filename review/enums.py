"""Words of the reviews."""

from __future__ import annotations

from django.db import models


class AdjudicationOpinion(models.TextChoices):
    AGREE = "agree", "同意"
    MODIFY = "modify", "建议变更"
    SUPPLEMENT = "supplement", "退回补充调查"
