"""Clocks: a clock is a list of dated events; its dates are derived from them and stored for the indexes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wenze.access.querysets import ScopedQuerySet
from wenze.deadlines import clock as office_clock
from wenze.ids import uuid7
from wenze.people.models import Organization, User
from wenze.terms.lamps import Lamp, lamp


class ClockState(models.TextChoices):
    RUNNING = "running", "在走"
    SUSPENDED = "suspended", "中止"
    MET = "met", "已办结"
    VOID = "void", "已取消"


class Clock(models.Model):
    """A term, an influence period or a planned day of a matter (which this room does not know)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    rule = models.CharField("规则", max_length=20)
    title = models.CharField("期限", max_length=200)
    article = models.CharField("依据", max_length=200, blank=True)
    about_label = models.CharField("事项类别", max_length=60)
    about_id = models.UUIDField("事项")
    matter = models.CharField("案号或线索编号", max_length=40, blank=True)
    case_id = models.UUIDField("案件", null=True, blank=True)
    url = models.CharField("地址", max_length=200, blank=True)
    handler = models.ForeignKey(
        User, verbose_name="承办人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    office = models.ForeignKey(
        Organization, verbose_name="承办室", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_on = models.DateField("起算")
    nominal_on = models.DateField("名义到期", null=True, blank=True)
    due_on = models.DateField("到期")
    provisional = models.BooleanField("暂定", default=False)
    state = models.CharField("状态", max_length=10, choices=ClockState, default=ClockState.RUNNING)
    met_on = models.DateField("办结日", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", default=office_clock.now, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("commission", "about_id", "rule"),
                condition=Q(state__in=("running", "suspended")),
                name="one_open_clock_a_rule",
            ),
        )
        indexes = (
            models.Index(fields=("due_on",), condition=Q(state="running"), name="clock_running_due"),
            models.Index(fields=("commission", "case_id"), name="clock_case"),
            models.Index(fields=("commission", "about_id"), name="clock_about"),
            models.Index(fields=("handler", "due_on"), condition=Q(state="running"), name="clock_handler_due"),
        )

    def __str__(self) -> str:
        return f"{self.title}（{self.due_on}）"

    @property
    def full_title(self) -> str:
        """The term with the number of its matter, for a list that spans matters."""
        return f"{self.title}（{self.matter}）" if self.matter else self.title

    @property
    def lamp(self) -> Lamp:
        """How it stands today."""
        return lamp(self, office_clock.today())


class EventKind(models.TextChoices):
    STARTED = "started", "起算"
    SUSPENDED = "suspended", "中止"
    RESUMED = "resumed", "恢复"
    EXTENDED = "extended", "延长"
    MET = "met", "办结"
    VOID = "void", "取消"


class ClockEvent(models.Model):
    """A dated event of a clock; the clock's dates follow from them alone."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    clock = models.ForeignKey(Clock, verbose_name="期限", on_delete=models.CASCADE, related_name="events")
    kind = models.CharField("事件", max_length=10, choices=EventKind)
    on = models.DateField("日期")
    amount = models.SmallIntegerField("量", null=True, blank=True)
    unit = models.CharField("单位", max_length=2, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)
    by = models.CharField("办理人", max_length=60)
    at = models.DateTimeField("记录时间", default=office_clock.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "期限事件"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
