"""Tracking of a subject after the decision: planned and held visits."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.models import Case, Subject
from cases.models.matter import OfCase
from followup.enums import CareKind, Mood, VisitConclusion, VisitRound, VisitWay
from followup.querysets import FollowupQuerySet
from wenze.crypto.fields import SealedTextField
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import User


class Tracking(OfCase, models.Model):
    """What goes on for a subject after the decision (跟踪管理); it never holds the volume open."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="trackings")
    subject = models.OneToOneField(Subject, verbose_name="对象", on_delete=models.PROTECT, related_name="tracking")
    started_on = models.DateField("跟踪起")
    release_date = models.DateField("可用日", null=True, blank=True)
    last_restricted_day = models.DateField("最后受限日", null=True, blank=True)
    ended_on = models.DateField("跟踪止", null=True, blank=True)
    end_reason = models.CharField("跟踪终止的原因", max_length=200, blank=True)
    released_on = models.DateField("影响期满通知日", null=True, blank=True)
    release_notice = models.ForeignKey(
        OfficialDocument, verbose_name="影响期满通知", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "跟踪管理"
        ordering = ("-started_on", "pk")
        indexes = (
            models.Index(
                fields=("release_date",),
                condition=Q(released_on__isnull=True, ended_on__isnull=True),
                name="tracking_to_release",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject.name}跟踪"

    def get_absolute_url(self) -> str:
        return reverse("tracking", args=(self.pk,))


class VisitPlan(OfCase, models.Model):
    """A visit that is due: reckoned from the announcement (T29) or the end of the influence period (T30)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="visit_plans")
    tracking = models.ForeignKey(Tracking, verbose_name="跟踪", on_delete=models.PROTECT, related_name="plans")
    round = models.CharField("次别", max_length=16, choices=VisitRound)
    due_on = models.DateField("应访日")
    handler = models.ForeignKey(User, verbose_name="承办人", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("事由", max_length=200, blank=True)
    cancelled_on = models.DateField("取消日", null=True, blank=True)
    cancel_reason = models.CharField("取消的原因", max_length=200, blank=True)

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "回访计划"
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("tracking", "round"), condition=~Q(round="extra"), name="visit_round_planned_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.tracking.subject.name}{self.get_round_display()}"

    def get_absolute_url(self) -> str:
        return reverse("visit-plan", args=(self.pk,))


class Visit(OfCase, models.Model):
    """A held visit (D46): two visitors, the talk sealed, a conclusion (law.md §8)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="visits")
    plan = models.OneToOneField(VisitPlan, verbose_name="计划", on_delete=models.PROTECT, related_name="visit")
    held_on = models.DateField("回访日")
    place = models.CharField("地点", max_length=120)
    way = models.CharField("方式", max_length=20, choices=VisitWay)
    visitor = models.ForeignKey(User, verbose_name="回访人", on_delete=models.PROTECT, related_name="+")
    second_visitor = models.CharField("第二回访人", max_length=60)
    talk = SealedTextField("谈话情况")
    mood = models.CharField("思想动态", max_length=10, choices=Mood)
    unit_view = models.TextField("单位负责人评价", blank=True)
    public_view = models.TextField("群众评价", blank=True)
    work = models.TextField("工作实绩", blank=True)
    difficulties = models.TextField("困难诉求", blank=True)
    care = models.TextField("关心关爱措施", blank=True)
    conclusion = models.CharField("结论", max_length=16, choices=VisitConclusion)
    recommendation = models.ForeignKey(
        OfficialDocument, verbose_name="使用建议函", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "回访记录"
        ordering = ("-held_on", "pk")

    def __str__(self) -> str:
        return f"{self.plan}（{self.held_on}）"

    @property
    def sealing_key_id(self) -> Any:
        return self.case.data_key_id

    def get_absolute_url(self) -> str:
        return self.plan.get_absolute_url()


class CareAction(OfCase, models.Model):
    """风险防范、跟踪督办、关心关爱、宣传引导: what is done for the person, by whom, by when, and what came of it."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="care_actions")
    tracking = models.ForeignKey(Tracking, verbose_name="跟踪", on_delete=models.PROTECT, related_name="care_actions")
    visit = models.ForeignKey(
        Visit, verbose_name="回访", null=True, blank=True, on_delete=models.PROTECT, related_name="care_actions"
    )
    kind = models.CharField("类别", max_length=12, choices=CareKind, default=CareKind.CARE)
    text = models.TextField("措施")
    owner = models.CharField("由谁落实", max_length=120)
    due_on = models.DateField("期限")
    opened_by = models.ForeignKey(User, verbose_name="提出人", on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField("提出日")
    done_on = models.DateField("落实日", null=True, blank=True)
    result = models.TextField("落实情况", blank=True)

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "关爱措施"
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(done_on__isnull=True) | ~Q(result=""), name="care_done_says_how"),
        )

    def __str__(self) -> str:
        return f"{self.tracking.subject.name}{self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("care-action", args=(self.pk,))
