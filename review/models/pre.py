"""提级预审 by the superior commission (law.md §7.1): requested after the sitting, answered before the decision."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.enums import Outcome
from cases.models import Case, Subject
from cases.models.matter import OfCase
from cases.querysets import CaseContentQuerySet
from review.enums import PreReviewOpinion
from wenze.access import policy
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import Organization, User


class PreReviewQuerySet(CaseContentQuerySet):
    def visible_to(self, user: Any) -> Any:
        """With the case; and for good to the commission that was asked, after its look at the case has ended."""
        asked = policy.readable(self.model, user)
        seen = super().visible_to(user).values("pk")
        return self.filter(asked | Q(pk__in=seen))


class PreReview(OfCase, models.Model):
    """One asking of the superior about one version of the report; 预审意见不代替决定."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="pre_reviews")
    round = models.PositiveSmallIntegerField("第几次", default=1)
    report_version = models.PositiveSmallIntegerField("所审报告版本")
    reviewing = models.ForeignKey(Organization, verbose_name="预审机关", on_delete=models.PROTECT, related_name="+")
    triggers = models.JSONField("触发条件", default=list)
    requested_by = models.ForeignKey(User, verbose_name="提请人", on_delete=models.PROTECT, related_name="+")
    requested_on = models.DateField("提请日")
    sent = models.JSONField("报送的拟处理", default=dict)
    request = models.ForeignKey(OfficialDocument, verbose_name="请示", on_delete=models.PROTECT, related_name="+")
    opinion = models.CharField("预审意见", max_length=12, choices=PreReviewOpinion, blank=True)
    reason = models.TextField("理由", blank=True)
    given_by = models.ForeignKey(
        User, verbose_name="出具人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_on = models.DateField("出具日", null=True, blank=True)
    answer = models.ForeignKey(
        OfficialDocument, verbose_name="预审意见书", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    departure_reason = models.TextField("不采纳的理由", blank=True)
    departing = models.JSONField("请示所报的处理", default=dict)
    departure_asked_on = models.DateField("报请不采纳日", null=True, blank=True)
    consented_by = models.ForeignKey(
        User, verbose_name="同意人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    consented_on = models.DateField("上级同意不采纳日", null=True, blank=True)

    objects = PreReviewQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "提级预审"
        ordering = ("-round",)
        constraints = (models.UniqueConstraint(fields=("case", "round"), name="pre_review_round_once"),)
        indexes = (models.Index(fields=("reviewing", "given_on", "-requested_on"), name="pre_review_asked"),)

    def __str__(self) -> str:
        return f"{self.case.number}提级预审"

    def get_absolute_url(self) -> str:
        return reverse("pre-review", args=(self.pk,))


class PreReviewChangeQuerySet(CaseContentQuerySet):
    case_path = "pre_review__case"


class PreReviewChange(models.Model):
    """What the superior would have otherwise for one subject, and why."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    pre_review = models.ForeignKey(PreReview, verbose_name="预审", on_delete=models.PROTECT, related_name="changes")
    subject = models.ForeignKey(Subject, verbose_name="对象", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField("结果", max_length=20, choices=Outcome)
    measures = models.JSONField("措施", default=list)
    reason = models.TextField("理由")

    objects = PreReviewChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "预审变更"
        ordering = ("subject__position",)
        constraints = (models.UniqueConstraint(fields=("pre_review", "subject"), name="pre_review_change_once"),)

    def __str__(self) -> str:
        return f"{self.subject.name}：{self.get_outcome_display()}"
