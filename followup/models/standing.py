"""What HR asks before it uses a cadre, and what it was answered (条例第二十二条; 干部任用条例第二十四条)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from followup.enums import CheckVerdict, Judgement
from wenze.access.querysets import ScopedQuerySet
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import Cadre, Organization, User


class AppointmentCheck(models.Model):
    """任用检查: some names or ID numbers, a day, a purpose. It answers from decisions on record, never from a case.

    ``known_on`` is the day on which it was asked: what was decided later was not known.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(Organization, verbose_name="查询单位", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField("用途", max_length=20)
    on = models.DateField("任用日期")
    known_on = models.DateField("查询日")
    reference = models.CharField("查询事由", max_length=200, blank=True)
    asked_by = models.ForeignKey(User, verbose_name="查询人", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(
        OfficialDocument, verbose_name="回复", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任用检查"
        ordering = ("-known_on", "-pk")
        indexes = (models.Index(fields=("organization", "-known_on", "-id"), name="check_organization_newest"),)

    def __str__(self) -> str:
        return f"任用检查（{self.on}）"

    def get_absolute_url(self) -> str:
        return reverse("hr-check", args=(self.pk,))


class AppointmentAnswer(models.Model):
    """One line of a check: who was asked about and how he stands; HR's own judgement stays HR's, with its reason."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    check_asked = models.ForeignKey(
        AppointmentCheck, verbose_name="任用检查", on_delete=models.CASCADE, related_name="answers"
    )
    position = models.PositiveSmallIntegerField("次序")
    typed = models.CharField("所查", max_length=80)
    cadre = models.ForeignKey(
        Cadre, verbose_name="干部", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verdict = models.CharField("结论", max_length=12, choices=CheckVerdict)
    until_on = models.DateField("最后受限日", null=True, blank=True)
    told = models.JSONField("说明", default=list)
    judgement = models.CharField("组织人事部门的判断", max_length=12, choices=Judgement, blank=True)
    judgement_reason = models.CharField("判断的理由", max_length=400, blank=True)
    judged_by = models.ForeignKey(
        User, verbose_name="判断人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    judged_on = models.DateField("判断日", null=True, blank=True)

    class CheckQuerySet(ScopedQuerySet["AppointmentAnswer"]):
        parent_path = "check_asked"

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任用检查回复"
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("check_asked", "position"), name="check_answer_once"),
            models.CheckConstraint(
                condition=Q(judgement="") | ~Q(judgement_reason=""), name="judgement_has_its_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.typed}：{self.get_verdict_display()}"
