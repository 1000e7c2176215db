"""Words of the duty lists (mechanism 2)."""

from __future__ import annotations

from django.db import models


class ListSource(models.TextChoices):
    ESTABLISHMENT = "establishment", "三定规定"
    POWERS = "powers", "权责清单"
    DIVISION = "division", "分工文件"


class ListState(models.TextChoices):
    """Where a list stands: only what was published binds anybody."""

    DRAFT = "draft", "起草"
    SUBMITTED = "submitted", "待审核"
    RETURNED = "returned", "退回修改"
    PUBLISHED = "published", "已发布"
    SUPERSEDED = "superseded", "已被取代"


class PostGroup(models.TextChoices):
    TEAM = "team", "班子"
    PRINCIPAL = "principal", "主要负责人"
    MEMBER = "member", "班子成员"


class Responsibility(models.TextChoices):
    PRINCIPAL = "principal", "主体责任"
    SUPERVISORY = "supervisory", "监督责任"
    LEADERSHIP = "leadership", "领导责任"
