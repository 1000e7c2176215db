"""What changes in a case while it is investigated: later batches of subjects, longer terms, subjects who leave it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from cases.enums import Outcome
from cases.models.case import Case, Subject
from cases.models.matter import OfCase
from cases.querysets import CaseContentQuerySet
from wenze.ids import uuid7
from wenze.people.models import Organization, User


class Request(OfCase, models.Model):
    """What the handler asked for in the course of a case, with its reason and the day of its approval."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="%(class)ss")
    reason = models.TextField("理由")
    asked_by = models.ForeignKey(User, verbose_name="提请人", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField("提请日")
    approved_on = models.DateField("批准日", null=True, blank=True)

    objects = CaseContentQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def data_key(self) -> Any:
        """The case's key: what is scanned for the request is sealed by it."""
        return self.case.data_key


class Supplement(Request):
    """补充启动: subjects added after the inquiry began, approved as the first ones were (条例第九条); own term T06."""

    number = models.PositiveSmallIntegerField("批次")

    class Meta:
        verbose_name = verbose_name_plural = "补充启动"
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="supplement_number_once"),)

    def __str__(self) -> str:
        return f"{self.case.number}第{self.number}批补充启动"


class Extension(Request):
    """延长调查期限: once for each batch, from the nominal end (law.md §4 T06)."""

    supplement = models.ForeignKey(
        Supplement, verbose_name="批次", null=True, blank=True, on_delete=models.PROTECT, related_name="extensions"
    )

    class Meta:
        verbose_name = verbose_name_plural = "调查期限延长"
        ordering = ("asked_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(approved_on__isnull=False, supplement__isnull=True),
                name="inquiry_extended_once",
            ),
            models.UniqueConstraint(
                fields=("supplement",), condition=Q(approved_on__isnull=False), name="batch_extended_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case.number}调查期限延长"

    @property
    def extended(self) -> Any:
        """The row whose clock is extended: the case, or the later batch."""
        return self.supplement or self.case


class Suspension(Request):
    """中止调查期限: for a named reason the terms of the inquiry stand still until it is resumed (本级制度)."""

    resumed_on = models.DateField("恢复日", null=True, blank=True)
    resumed_by = models.ForeignKey(
        User, verbose_name="恢复人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "调查期限中止"
        ordering = ("asked_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=Q(resumed_on__isnull=True), name="inquiry_suspended_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case.number}调查期限中止"


class EarlyEnd(Request):
    """对象另行了结: a subject leaves the case before its decision (filed for review, died, another's matter)."""

    subject = models.ForeignKey(Subject, verbose_name="对象", on_delete=models.PROTECT, related_name="early_ends")
    outcome = models.CharField("去向", max_length=20, choices=Outcome)
    to_organization = models.ForeignKey(
        Organization, verbose_name="接收机关", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    filed_number = models.CharField("立案案号", max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "对象另行了结"
        ordering = ("asked_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("subject",), condition=Q(approved_on__isnull=False), name="subject_ends_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject}：{self.get_outcome_display()}"


class ClueJoin(OfCase, models.Model):
    """并案: a clue that joins a case already open instead of making its own."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="joins")
    clue = models.OneToOneField("cases.Clue", verbose_name="线索", on_delete=models.PROTECT, related_name="join")
    reason = models.TextField("理由")
    joined_by = models.ForeignKey(User, verbose_name="办理人", on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField("并案日")

    objects = CaseContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "并案"
        ordering = ("joined_on", "pk")

    def __str__(self) -> str:
        return f"{self.clue.number}并入{self.case.number}"
