"""Words of the duty lists and the problem lists (mechanisms 2 and 3)."""

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


class ProblemSource(models.TextChoices):
    """Where a problem was found (mechanism 3)."""

    ASSESSMENT = "assessment", "党建考核"
    SUPERVISION = "supervision", "执纪监督"
    INSPECTION_TOUR = "inspection_tour", "巡视巡察"
    AUDIT = "audit", "审计"
    PETITION = "petition", "信访"


class ProblemState(models.TextChoices):
    OPEN = "open", "整改中"
    REPORTED = "reported", "待验收"
    RETURNED = "returned", "退回整改"
    FALSE = "false", "虚假整改"
    WRITTEN_OFF = "written_off", "已销号"


UNDONE = (ProblemState.OPEN, ProblemState.RETURNED, ProblemState.FALSE)
"""The unit has still to act: its clock runs."""


class ImportState(models.TextChoices):
    """How far a large file has come: nothing of it is written before all of it was found right."""

    WAITING = "waiting", "等待读取"
    CHECKING = "checking", "逐行核对"
    WRITING = "writing", "写入"
    DONE = "done", "已写入"
    FAULTY = "faulty", "有错误，一行也没有写入"
    FAILED = "failed", "没有写入"
