"""Duty lists and their duties."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from responsibility.enums import ListSource, PostGroup, Responsibility
from wenze.access.querysets import ScopedQuerySet
from wenze.ids import uuid7
from wenze.people.models import Organization, Post


class DutyListQuerySet(ScopedQuerySet[Any]):
    pass


class DutyQuerySet(ScopedQuerySet[Any]):
    parent_path = "duty_list"


class DutyList(models.Model):
    """The published duties of an organisation for a year, in a version (责任清单)."""

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
        )

    def __str__(self) -> str:
        return f"{self.organization}{self.year}年责任清单（第{self.version}版）"


class Duty(models.Model):
    """One duty, quantified where it can be, of a team, its chief or a member."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    duty_list = models.ForeignKey(DutyList, verbose_name="责任清单", on_delete=models.PROTECT, related_name="duties")
    number = models.CharField("条号", max_length=20)
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
        ordering = ("number", "pk")
        constraints = (models.UniqueConstraint(fields=("duty_list", "number"), name="duty_number_once"),)

    def __str__(self) -> str:
        return f"{self.number} {self.text[:40]}"
