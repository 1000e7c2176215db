"""量纪平衡: the flat table of settled outcomes that the ruler reads, and the ruler as it stood when it was looked at."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.enums import Outcome, SubjectKind, Tier, Track
from cases.models import Case, CaseContent, ExternalDecision, Subject
from cases.models.matter import OfCase
from cases.querysets import CaseContentQuerySet
from review.enums import Position
from wenze.access.querysets import ScopedQuerySet
from wenze.deadlines import clock
from wenze.ids import uuid7
from wenze.law.severity import PROPOSE, outcome_name
from wenze.people.models import Organization, User

CRITERIA = ("kind", "track", "tier", "consequence", "circumstance", "situation", "rank")
"""What makes two matters alike, in the order of the index: what is given up first stands last."""


class SettledQuerySet(ScopedQuerySet[Any]):
    """Settled outcomes: a single one is seen with its case; in numbers they are read by the ruler alone (``counted``)."""

    def visible_to(self, user: Any) -> Any:
        content = CaseContent.objects.visible_to(user).values("pk")
        others = ExternalDecision.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(case__in=content) | Q(external__in=others))

    def past(self) -> Any:
        """Those from before the system: their row is their only record."""
        return self.filter(subject__isnull=True, external__isnull=True)

    def counted(self, commissions: list[Any]) -> Any:
        """The rows of these commissions, only ever to be counted."""
        return self.order_by().filter(commission__in=commissions)


class SettledOutcome(models.Model):
    """What became of one subject: of a case here, of a decision elsewhere, or of a case from before the system (往案登记).

    One row a subject, by the heaviest thing that stands against him; ``review.ruler.counting`` alone writes it.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(Organization, verbose_name="纪委监委", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=12, choices=SubjectKind)
    track = models.CharField("轨道", max_length=12, choices=Track)
    tier = models.CharField("责任", max_length=10, choices=Tier, blank=True)
    consequence = models.CharField("后果", max_length=60, blank=True)
    circumstance = models.CharField("情节", max_length=4, blank=True)
    situation = models.CharField("情形", max_length=4, blank=True)
    rank = models.PositiveSmallIntegerField("层次", default=0)
    severity = models.PositiveSmallIntegerField("轻重档次")
    measure = models.CharField("最重的处理", max_length=40)
    measures = models.JSONField("全部处理", default=list)
    decided_on = models.DateField("决定日")
    case = models.ForeignKey(
        Case, verbose_name="案件", null=True, blank=True, on_delete=models.CASCADE, related_name="settled"
    )
    subject = models.OneToOneField(
        Subject, verbose_name="对象", null=True, blank=True, on_delete=models.CASCADE, related_name="settled"
    )
    external = models.OneToOneField(
        ExternalDecision, verbose_name="其他机关的决定", null=True, blank=True, on_delete=models.CASCADE, related_name="settled"
    )  # fmt: skip
    reference = models.CharField("往案文号", max_length=80, blank=True)
    registered_by = models.ForeignKey(
        User, verbose_name="登记人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SettledQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "已决处理（类案底数）"
        ordering = ("-decided_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(subject__isnull=False, external__isnull=True)
                | Q(subject__isnull=True, external__isnull=False)
                | (Q(subject__isnull=True, external__isnull=True) & ~Q(reference="")),
                name="settled_has_one_source",
            ),
            models.UniqueConstraint(
                fields=("commission", "reference"),
                condition=Q(subject__isnull=True, external__isnull=True),
                name="past_outcome_once",
            ),
        )
        indexes = (
            # covers the ruler's counting: equal on a prefix, the measure read from the index (data.md §6)
            models.Index(fields=("commission", *CRITERIA, "severity", "measure"), name="settled_alike"),
            models.Index(fields=("commission", *CRITERIA, "-decided_on"), name="settled_newest"),
        )

    def __str__(self) -> str:
        return str(self.subject or (self.external and self.external.person) or self.reference)

    @property
    def outcome_name(self) -> str:
        return outcome_name(self.measure)


class Comparison(OfCase, models.Model):
    """类案比较 as one person saw it: the criteria, how many cases, the distribution, the band, the proposal, his reason.

    ``fingerprint`` is of the proposal and of what is found about the subject: another proposal needs a new look.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="comparisons")
    subject = models.ForeignKey(Subject, verbose_name="对象", on_delete=models.PROTECT, related_name="comparisons")
    outcome = models.CharField("拟处理", max_length=20, choices=Outcome)
    measures = models.JSONField("措施", default=list)
    referred = models.BooleanField("同时转立案", default=False)
    severity = models.PositiveSmallIntegerField("轻重档次")
    criteria = models.JSONField("比较条件", default=dict)
    dropped = models.JSONField("放宽的条件", default=list)
    count = models.PositiveIntegerField("同类件数")
    distribution = models.JSONField("分布", default=list)
    band_from = models.PositiveSmallIntegerField("区间下限", null=True, blank=True)
    band_to = models.PositiveSmallIntegerField("区间上限", null=True, blank=True)
    position = models.CharField("位置", max_length=10, choices=Position)
    reason = models.TextField("离群的理由", blank=True)
    seen_by = models.ForeignKey(User, verbose_name="看的人", on_delete=models.PROTECT, related_name="+")
    seen_on = models.DateField("日期")
    seen_at = models.DateTimeField("时间", default=clock.now, editable=False)
    fingerprint = models.CharField("所比处理的指纹", max_length=64)
    content_hash = models.CharField("所见内容的指纹", max_length=64)

    objects = CaseContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "类案比较"
        ordering = ("-seen_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("subject", "content_hash"), name="comparison_once"),
            models.CheckConstraint(
                condition=Q(band_from__isnull=True, band_to__isnull=True)
                | Q(band_from__isnull=False, band_to__isnull=False),
                name="comparison_band_has_two_ends",
            ),
        )
        indexes = (models.Index(fields=("subject", "fingerprint", "-seen_at"), name="comparison_of_proposal"),)

    def __str__(self) -> str:
        return f"{self.subject.name}：{self.get_position_display()}"

    @property
    def words(self) -> str:
        """What was compared, as it was proposed."""
        told = [("建议" if code.startswith(PROPOSE) else "") + outcome_name(code) for code in self.measures]
        told += ["转立案"] if self.referred else []
        return "、".join(told) or str(self.get_outcome_display())

    @property
    def is_outside(self) -> bool:
        return self.position in (Position.LIGHTER, Position.HEAVIER)

    def get_absolute_url(self) -> str:
        return reverse("ruler-subject", args=(self.case_id, self.subject_id))
