"""The ledger: every act an entry, sealed apart into the commission's gapless chain (design §7). Values, no foreign keys."""

from __future__ import annotations

from django.db import models

from wenze.deadlines import clock


class LedgerEntry(models.Model):
    """One act, with the hash of its content and a MAC under a key that the database administrator lacks."""

    commission_id = models.UUIDField("所属纪委监委")
    at = models.DateTimeField("时间", default=clock.now)
    actor_id = models.CharField("办理人编号", max_length=60)
    actor_name = models.CharField("办理人", max_length=60)
    action = models.CharField("行为", max_length=60)
    about_label = models.CharField("事项类别", max_length=60, blank=True)
    about_id = models.UUIDField("事项", null=True, blank=True)
    case_id = models.UUIDField("案件", null=True, blank=True)
    result = models.CharField("结果", max_length=12, default="done")
    detail = models.JSONField("内容", default=dict)
    content_hash = models.CharField("内容指纹", max_length=64)
    mac = models.CharField("鉴别码", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "台账"
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("commission_id", "about_id", "-id"), name="ledger_about"),
            models.Index(fields=("commission_id", "case_id", "-id"), name="ledger_case"),
            models.Index(fields=("commission_id", "action", "-id"), name="ledger_action"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action}"


class Seal(models.Model):
    """The place of an entry in its commission's chain; ``head`` covers the entry and all before it."""

    commission_id = models.UUIDField("所属纪委监委")
    seq = models.PositiveBigIntegerField("链上序号")
    entry_id = models.BigIntegerField("台账编号")
    head = models.CharField("链头", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "台账封签"
        constraints = (
            models.UniqueConstraint(fields=("commission_id", "seq"), name="seal_sequence_once"),
            models.UniqueConstraint(fields=("commission_id", "entry_id"), name="entry_sealed_once"),
        )

    def __str__(self) -> str:
        return f"{self.seq}"
