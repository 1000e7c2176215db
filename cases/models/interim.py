"""先期停职、免职: what the managing body did to a subject before the case was decided (law.md §1.3). No form of accountability."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cases.enums import InterimEnd, InterimKind
from cases.models.case import Subject
from cases.querysets import SubjectContentQuerySet
from wenze.ids import uuid7
from wenze.people.models import User


class InterimMeasure(models.Model):
    """An event on the subject, never an outcome: with the decision it is confirmed, replaced or lifted."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, verbose_name="对象", on_delete=models.PROTECT, related_name="interim_measures")
    kind = models.CharField("类别", max_length=10, choices=InterimKind)
    posts = models.CharField("所停、所免职务", max_length=300)
    decided_by = models.CharField("决定机关", max_length=120)
    decided_on = models.DateField("决定日")
    number = models.CharField("文号", max_length=80, blank=True)
    registered_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    registered_on = models.DateField("登记日")
    ended_as = models.CharField("处理", max_length=10, choices=InterimEnd, blank=True)
    ended_on = models.DateField("处理日", null=True, blank=True)
    ended_reason = models.CharField("处理说明", max_length=300, blank=True)
    ended_by = models.ForeignKey(
        User, verbose_name="处理登记人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SubjectContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "先期停职免职"
        ordering = ("decided_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("subject",), condition=Q(ended_as=""), name="one_interim_measure_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_as="") | Q(ended_on__isnull=False) & ~Q(ended_reason=""),
                name="interim_measure_ends_with_its_day_and_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.posts}"
