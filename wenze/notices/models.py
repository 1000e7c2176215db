"""To-dos, notices, reminders, and the outbox, which is the truth of what is still to be delivered (design §5)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wenze.deadlines import clock as office_clock
from wenze.ids import uuid7
from wenze.people.models import Organization, User
from wenze.terms.models import Clock


class TaskState(models.TextChoices):
    OPEN = "open", "待办"
    DONE = "done", "已办"


class Task(models.Model):
    """A to-do of one person in one matter."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    recipient = models.ForeignKey(User, verbose_name="办理人", on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField("事项", max_length=240)
    url = models.CharField("地址", max_length=200)
    about_label = models.CharField("事项类别", max_length=60)
    about_id = models.UUIDField("事项编号")
    case_id = models.UUIDField("案件", null=True, blank=True)
    step = models.CharField("步骤", max_length=60)
    due_on = models.DateField("期限", null=True, blank=True)
    started_by = models.ForeignKey(
        User, verbose_name="送办人", null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks_started"
    )
    state = models.CharField("状态", max_length=6, choices=TaskState, default=TaskState.OPEN)
    opened_at = models.DateTimeField("收到", default=office_clock.now, editable=False)
    done_at = models.DateTimeField("办结", null=True, blank=True)
    done_by = models.ForeignKey(
        User, verbose_name="办结人", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "待办"
        ordering = ("-opened_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("commission", "about_id", "step", "recipient"), condition=Q(state="open"), name="one_open_task"
            ),
        )
        indexes = (
            models.Index(fields=("recipient", "state", "-opened_at", "-id"), name="task_recipient"),
            models.Index(fields=("started_by", "-opened_at", "-id"), name="task_started_by"),
            models.Index(fields=("about_id", "step"), condition=Q(state="open"), name="task_about_open"),
        )

    def __str__(self) -> str:
        return self.title


class Notice(models.Model):
    """A message to one person: nothing sensitive stands in it."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    recipient = models.ForeignKey(User, verbose_name="收件人", on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField("类别", max_length=20)
    text = models.CharField("内容", max_length=400)
    url = models.CharField("地址", max_length=200, blank=True)
    created_at = models.DateTimeField("时间", default=office_clock.now, editable=False)
    read_at = models.DateTimeField("已阅", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("recipient", "-created_at", "-id"), name="notice_recipient"),
            models.Index(fields=("recipient",), condition=Q(read_at__isnull=True), name="notice_unread"),
        )

    def __str__(self) -> str:
        return self.text


class Reminder(models.Model):
    """That a moment of a clock was told to a person: once, by its unique key."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    clock = models.ForeignKey(Clock, verbose_name="期限", on_delete=models.CASCADE, related_name="reminders")
    moment = models.CharField("时点", max_length=20)
    recipient = models.ForeignKey(User, verbose_name="收件人", on_delete=models.CASCADE, related_name="+")
    fired_on = models.DateField("提醒日")
    fired_at = models.DateTimeField("提醒时间", default=office_clock.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "期限提醒"
        constraints = (models.UniqueConstraint(fields=("clock", "moment", "recipient"), name="reminded_once"),)

    def __str__(self) -> str:
        return f"{self.clock} {self.moment}"


class Outbox(models.Model):
    """What is to be delivered; done in the transaction of its delivery, tried again until it is."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    topic = models.CharField("主题", max_length=40)
    payload = models.JSONField("内容（只有编号）", default=dict)
    available_at = models.DateTimeField("可投递时间", default=office_clock.now)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    done_at = models.DateTimeField("投递时间", null=True, blank=True)
    error = models.CharField("最近的错误", max_length=300, blank=True)
    created_at = models.DateTimeField("建立时间", default=office_clock.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "待投递"
        ordering = ("id",)
        indexes = (
            models.Index(fields=("available_at", "id"), condition=Q(done_at__isnull=True), name="outbox_waiting"),
        )

    def __str__(self) -> str:
        return self.topic


class Lease(models.Model):
    """Who runs a recurring job now; a second scheduler finds it taken."""

    name = models.CharField("名称", max_length=40, primary_key=True)
    holder = models.CharField("持有者", max_length=80)
    until = models.DateTimeField("至")

    class Meta:
        verbose_name = verbose_name_plural = "租约"

    def __str__(self) -> str:
        return self.name


class Sweep(models.Model):
    """One sweep over the clocks, for ``/readyz``."""

    at = models.DateTimeField("时间", default=office_clock.now)
    on = models.DateField("所按日期")
    reminders = models.PositiveIntegerField("提醒数", default=0)
    escalations = models.PositiveIntegerField("升级数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "期限扫描"
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
