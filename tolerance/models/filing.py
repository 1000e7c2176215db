"""Filings in advance (容错备案)."""

from __future__ import annotations

from typing import Any

from django.db import models

from tolerance.enums import FilingState
from wenze.access.querysets import ScopedQuerySet
from wenze.ids import uuid7
from wenze.people.models import Cadre, Organization, User


class FilingQuerySet(ScopedQuerySet[Any]):
    pass


class Filing(models.Model):
    """A fault-tolerance filing (容错备案) of an organisation for an undertaking and the cadre responsible for it."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号")
    title = models.CharField("事项名称", max_length=200)
    organization = models.ForeignKey(Organization, verbose_name="申报组织", on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey(
        Cadre, verbose_name="责任人", null=True, blank=True, on_delete=models.PROTECT, related_name="filings"
    )
    practice = models.TextField("拟采取的做法")
    risks = models.TextField("风险点与预案", blank=True)
    filed_on = models.DateField("报送日")
    registered_on = models.DateField("登记日", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=FilingState, default=FilingState.DRAFT)
    filed_by = models.ForeignKey(User, verbose_name="报送人", on_delete=models.PROTECT, related_name="+")

    objects = FilingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "容错备案"
        ordering = ("-filed_on", "pk")
        constraints = (models.UniqueConstraint(fields=("commission", "year", "serial"), name="filing_number_once"),)
        indexes = (models.Index(fields=("responsible", "filed_on"), name="filing_responsible"),)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """〔2026〕容备第0001号."""
        return f"〔{self.year}〕容备第{self.serial:04d}号"
