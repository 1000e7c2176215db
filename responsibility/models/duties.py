"""Duty lists and their duties."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from responsibility.enums import ListSource, ListState, PostGroup, Responsibility
from wenze.access.querysets import ScopedQuerySet
from wenze.ids import uuid7
from wenze.people.models import Organization, Post, User


class DutyListQuerySet(ScopedQuerySet[Any]):
    """Duty lists."""

    def binding(self) -> Any:
        """Those that were published, also when another has taken their place since: they bound while they stood."""
        return self.filter(state__in=(ListState.PUBLISHED, ListState.SUPERSEDED))

    def in_force_on(self, day: Any) -> Any:
        """Those that bound on that day."""
        return self.binding().filter(
            Q(in_force_until__isnull=True) | Q(in_force_until__gte=day), in_force_from__lte=day
        )


class DutyQuerySet(ScopedQuerySet[Any]):
    """Duties: seen with their list."""

    parent_path = "duty_list"

    def in_force_on(self, day: Any) -> Any:
        """Those of the lists that bound on that day."""
        return self.filter(duty_list__in=DutyList.objects.in_force_on(day).order_by().values("pk"))


class DutyList(models.Model):
    """The duties of an organisation for a year, in a version (责任清单): drafted by the unit, reviewed, published, superseded."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        Organization, verbose_name="组织", on_delete=models.PROTECT, related_name="duty_lists"
    )
    year = models.PositiveSmallIntegerField("年份")
    version = models.PositiveSmallIntegerField("版次", default=1)
    source = models.CharField("来源", max_length=16, choices=ListSource)
    source_document = models.CharField("来源文件", max_length=200)
    in_force_from = models.DateField("施行日")
    in_force_until = models.DateField("失效日（含当日）", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=ListState, default=ListState.DRAFT)
    drafted_by = models.ForeignKey(
        User, verbose_name="起草人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_on = models.DateField("起草日", null=True, blank=True)
    submitted_on = models.DateField("提请审核日", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, verbose_name="审核人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_on = models.DateField("发布日", null=True, blank=True)
    returned_reason = models.CharField("退回理由", max_length=300, blank=True)

    objects = DutyListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "责任清单"
        ordering = ("-year", "organization", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("commission", "organization", "year", "version"), name="duty_list_version_once"
            ),
            models.CheckConstraint(
                condition=Q(in_force_until__isnull=True) | Q(in_force_until__gte=models.F("in_force_from")),
                name="duty_list_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=("commission", "organization"), condition=Q(state="published"), name="one_published_duty_list"
            ),
            models.CheckConstraint(
                condition=Q(drafted_by__isnull=True)
                | Q(reviewed_by__isnull=True)
                | ~Q(drafted_by=models.F("reviewed_by")),
                name="duty_list_reviewed_by_another",
            ),
        )
        indexes = (
            models.Index(fields=("commission", "state", "-year", "-id"), name="duty_list_state"),
            models.Index(fields=("organization", "in_force_from"), name="duty_list_organization_day"),
        )

    def __str__(self) -> str:
        return f"{self.organization}{self.year}年责任清单（第{self.version}版）"

    def get_absolute_url(self) -> str:
        return reverse("duty-list", args=(self.pk,))

    @property
    def may_be_changed(self) -> bool:
        """Only before it is put forward, or when it was sent back."""
        return self.state in (ListState.DRAFT, ListState.RETURNED)


class Duty(models.Model):
    """One duty, quantified where it can be, of a team, its chief or a member."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    duty_list = models.ForeignKey(DutyList, verbose_name="责任清单", on_delete=models.PROTECT, related_name="duties")
    number = models.CharField("条号", max_length=20)
    position = models.PositiveIntegerField("次序", default=0)
    group = models.CharField("责任主体", max_length=10, choices=PostGroup)
    post = models.ForeignKey(
        Post, verbose_name="职务", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField("职责")
    quantity = models.CharField("量化要求", max_length=200, blank=True)
    responsibility = models.CharField("责任类别", max_length=12, choices=Responsibility)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "职责"
        ordering = ("position", "number", "pk")
        constraints = (models.UniqueConstraint(fields=("duty_list", "number"), name="duty_number_once"),)

    def __str__(self) -> str:
        return f"{self.number} {self.text[:40]}"
