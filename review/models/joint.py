"""联审会商 of a key case (law.md §7.2): four seats, opinions sealed until the meeting opens, each may revise, all are kept."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.models import Case
from cases.models.matter import OfCase
from cases.querysets import CaseContentQuerySet
from review.enums import JointChoice, JointOffice
from wenze.crypto.fields import SealedTextField
from wenze.deadlines import clock
from wenze.ids import uuid7
from wenze.people.models import User


class JointReview(OfCase, models.Model):
    """One sitting of the offices on one version of the report; it decides nothing, it shows where they differ."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="joint_reviews")
    round = models.PositiveSmallIntegerField("第几次", default=1)
    report_version = models.PositiveSmallIntegerField("所审报告版本")
    convened_by = models.ForeignKey(User, verbose_name="召集人", on_delete=models.PROTECT, related_name="+")
    convened_on = models.DateField("召集日")
    papers_complete_on = models.DateField("材料送齐日")
    held_on = models.DateField("会商日", null=True, blank=True)
    place = models.CharField("地点", max_length=120, blank=True)
    concluded_on = models.DateField("形成纪要日", null=True, blank=True)
    conclusion = models.TextField("综合意见", blank=True)
    divergence = models.TextField("分歧", blank=True)
    sent_back = models.BooleanField("退回补充调查", default=False)

    objects = CaseContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "联审会商"
        ordering = ("-round",)
        constraints = (models.UniqueConstraint(fields=("case", "round"), name="joint_review_round_once"),)

    def __str__(self) -> str:
        return f"{self.case.number}第{self.round}次联审"

    @property
    def is_open(self) -> bool:
        """The meeting has begun: from now on each reads what the others wrote."""
        return self.held_on is not None

    def get_absolute_url(self) -> str:
        return reverse("joint-review", args=(self.pk,))


class JointContentQuerySet(CaseContentQuerySet):
    case_path = "joint_review__case"


class JointSeat(models.Model):
    """An office and who speaks for it; nobody of the team, for the handling office an uninvolved member."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    joint_review = models.ForeignKey(JointReview, verbose_name="联审", on_delete=models.PROTECT, related_name="seats")
    office = models.CharField("科室", max_length=10, choices=JointOffice)
    user = models.ForeignKey(User, verbose_name="参审人", on_delete=models.PROTECT, related_name="+")

    objects = JointContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "联审席位"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("joint_review", "office"), name="joint_office_once"),
            models.UniqueConstraint(fields=("joint_review", "user"), name="joint_person_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_office_display()} {self.user}"

    @property
    def latest(self) -> JointOpinion | None:
        """The opinion that stands: the last version."""
        return max(self.opinions.all(), key=lambda row: row.version, default=None)


class JointOpinionQuerySet(CaseContentQuerySet):
    case_path = "seat__joint_review__case"

    def visible_to(self, user: Any) -> Any:
        """Until the meeting opens each reads his own opinion only."""
        opened = Q(seat__joint_review__held_on__isnull=False)
        return super().visible_to(user).filter(opened | Q(seat__user=user))


class JointOpinion(models.Model):
    """What an office thinks; a revision is a new version, the earlier one stays."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    seat = models.ForeignKey(JointSeat, verbose_name="席位", on_delete=models.PROTECT, related_name="opinions")
    version = models.PositiveSmallIntegerField("版本", default=1)
    choice = models.CharField("意见", max_length=12, choices=JointChoice)
    reason = SealedTextField("理由")
    given_on = models.DateField("日期")
    given_at = models.DateTimeField("时间", default=clock.now, editable=False)

    objects = JointOpinionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "联审意见"
        ordering = ("version",)
        constraints = (models.UniqueConstraint(fields=("seat", "version"), name="joint_opinion_version_once"),)

    def __str__(self) -> str:
        return f"{self.seat.get_office_display()}：{self.get_choice_display()}"

    @property
    def sealing_key_id(self) -> Any:
        return self.seat.joint_review.case.data_key_id
