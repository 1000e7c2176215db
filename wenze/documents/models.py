"""Official documents with their frozen context, and the gapless runs of numbers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse

from wenze.access.querysets import ScopedQuerySet
from wenze.crypto.fields import SealedTextField
from wenze.deadlines import clock
from wenze.ids import uuid7
from wenze.people.models import Organization, User

if TYPE_CHECKING:
    import uuid


class NumberSeries(models.Model):
    """The last number taken of a run; the row is locked while a number is taken, so none is skipped or given twice."""

    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    series = models.CharField("序列", max_length=40)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "文号序列"
        constraints = (models.UniqueConstraint(fields=("commission", "series", "year"), name="number_series_once"),)

    def __str__(self) -> str:
        return f"{self.series} {self.year}"


class DocumentState(models.TextChoices):
    ISSUED = "issued", "已制发"
    VOID = "void", "已作废"


class OfficialDocument(models.Model):
    """An issued document: its bytes can be made again from the frozen context at any time."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    about_label = models.CharField("事项类别", max_length=60)
    about_id = models.UUIDField("事项")
    case_id = models.UUIDField("案件", null=True, blank=True)
    subject_id = models.UUIDField("对象", null=True, blank=True)
    kind = models.CharField("文种", max_length=6)
    title = models.CharField("标题", max_length=200)
    number = models.CharField("发文字号", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号", null=True, blank=True)
    plain_context = models.JSONField("内容", default=dict)
    sealed_context = SealedTextField("加密的内容", blank=True)
    key_id = models.UUIDField("数据密钥", null=True, blank=True, editable=False)
    context_hash = models.CharField("内容指纹", max_length=64)
    retention = models.CharField("保管期限", max_length=10)
    issued_on = models.DateField("制发日")
    issued_by = models.ForeignKey(User, verbose_name="制发人", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("制发时间", default=clock.now, editable=False)
    verification_code = models.CharField("核验码", max_length=32, unique=True)
    state = models.CharField("状态", max_length=8, choices=DocumentState, default=DocumentState.ISSUED)
    void_reason = models.CharField("作废原因", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ("issued_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("commission", "number"), condition=~models.Q(number=""), name="document_number_once"
            ),
        )
        indexes = (
            models.Index(fields=("commission", "about_id", "kind"), name="document_about"),
            models.Index(fields=("case_id", "kind"), name="document_case"),
        )

    def __str__(self) -> str:
        return f"{self.title}{'（' + self.number + '）' if self.number else ''}"

    @property
    def sealing_key_id(self) -> uuid.UUID | None:
        return self.key_id

    @property
    def context(self) -> dict[str, Any]:
        """The frozen content: of talks, statements and sealed opinions it is kept encrypted under the case's key."""
        found: dict[str, Any] = json.loads(self.sealed_context) if self.key_id else self.plain_context
        return found

    def freeze(self, context: dict[str, Any], *, key_id: uuid.UUID | None) -> None:
        """Set the content once, before the row is saved; sealed where a key is given."""
        self.key_id = key_id
        if key_id is None:
            self.plain_context = context
        else:
            self.sealed_context = json.dumps(context, ensure_ascii=False)

    def get_absolute_url(self) -> str:
        return reverse("document", args=(self.pk,))
