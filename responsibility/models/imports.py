"""A large file on its way in: read and checked in stages that its page shows, written as one or not at all."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from responsibility.enums import ImportState
from wenze.access.querysets import ScopedQuerySet
from wenze.crypto.models import DataKey, SealedFile
from wenze.deadlines import clock
from wenze.ids import uuid7
from wenze.people.models import Organization, User


class ImportJob(models.Model):
    """Who brings in which file as what, how far it has come, and what is wrong with it."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField("类别", max_length=16)
    title = models.CharField("导入", max_length=200)
    data_key = models.OneToOneField(DataKey, verbose_name="数据密钥", on_delete=models.PROTECT, related_name="+")
    file = models.OneToOneField(SealedFile, verbose_name="文件", on_delete=models.PROTECT, related_name="+")
    head = models.JSONField("写入到哪里", default=dict)
    columns = models.PositiveSmallIntegerField("列数")
    table = models.JSONField("读出的行", default=list, blank=True)
    state = models.CharField("状态", max_length=10, choices=ImportState, default=ImportState.WAITING)
    total = models.PositiveIntegerField("行数", default=0)
    checked = models.PositiveIntegerField("已核对", default=0)
    faults = models.JSONField("错误", default=list)
    reason = models.CharField("没有写入的原因", max_length=300, blank=True)
    result_url = models.CharField("写入的清单", max_length=200, blank=True)
    started_by = models.ForeignKey(User, verbose_name="导入人", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField("开始", default=clock.now, editable=False)
    ended_at = models.DateTimeField("结束", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "导入"
        ordering = ("-started_at", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in (ImportState.DONE, ImportState.FAULTY, ImportState.FAILED)

    @property
    def percent(self) -> int:
        """How much of the file was checked."""
        return 100 * self.checked // self.total if self.total else 0

    def get_absolute_url(self) -> str:
        return reverse("list-import", args=(self.pk,))
