"""Words of the tolerance filings (law.md §6.1)."""

from __future__ import annotations

from django.db import models


class FilingState(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已报送"
    REGISTERED = "registered", "已登记备案"
    REFUSED = "refused", "不予备案"
    WITHDRAWN = "withdrawn", "已撤回"
    EXPIRED = "expired", "已到期"


class FilingEffect(models.TextChoices):
    """What a case makes of a filing (law.md §6.1 使用)."""

    NOT_ACCOUNTABLE = "not_accountable", "不予问责"
    EXEMPTED = "exempted", "免予问责"
    LIGHTER = "lighter", "从轻减轻"
    NOT_APPLICABLE = "not_applicable", "不适用"
