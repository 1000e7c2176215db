"""Recommendation letters with their reply term, and warning education asked of named units (law.md §8)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.models import Case
from cases.models.matter import OfCase
from followup.enums import EducationKind, LetterKind
from followup.querysets import FollowupQuerySet
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import Organization, User


class RecommendationLetter(OfCase, models.Model):
    """纪律检查建议、监察建议、纪检监察建议 (D40): signed by leader and principal, answered within the term it sets (T27)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="recommendation_letters")
    kind = models.CharField("文种", max_length=28, choices=LetterKind)
    to_organization = models.ForeignKey(
        Organization, verbose_name="受文单位", on_delete=models.PROTECT, related_name="+"
    )
    problems = models.TextField("存在问题")
    causes = models.TextField("原因")
    advice = models.TextField("建议")
    reply_days = models.PositiveSmallIntegerField("回复时限（自然日）")
    drafted_by = models.ForeignKey(User, verbose_name="拟稿人", on_delete=models.PROTECT, related_name="+")
    drafted_on = models.DateField("拟稿日")
    document = models.ForeignKey(
        OfficialDocument, verbose_name="建议书", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_on = models.DateField("发出日", null=True, blank=True)
    received_on = models.DateField("收到日", null=True, blank=True)
    reply_due_on = models.DateField("回复期限", null=True, blank=True)
    replied_on = models.DateField("回复日", null=True, blank=True)
    reply = models.TextField("回复内容", blank=True)
    adopted = models.BooleanField("采纳", null=True, blank=True)
    not_adopted_reason = models.TextField("不采纳的理由", blank=True)
    replied_by = models.ForeignKey(
        User, verbose_name="回复登记人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "纪检监察建议"
        ordering = ("drafted_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True, document__isnull=True)
                | Q(issued_on__isnull=False, document__isnull=False),
                name="letter_issued_is_a_document",
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True, reply_due_on__isnull=True)
                | Q(received_on__gte=models.F("issued_on"), reply_due_on__isnull=False),
                name="letter_received_after_issue",
            ),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True, adopted__isnull=True)
                | (
                    Q(replied_on__gte=models.F("received_on"), adopted__isnull=False)
                    & (Q(adopted=True) | ~Q(not_adopted_reason=""))
                ),
                name="letter_reply_is_whole",
            ),
        )
        indexes = (models.Index(fields=("to_organization", "replied_on"), name="letter_addressee"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.to_organization}）"

    @property
    def binds_by_law(self) -> bool:
        return LetterKind(self.kind).binds_by_law

    @property
    def is_late(self) -> bool:
        return bool(self.replied_on and self.reply_due_on and self.replied_on > self.reply_due_on)

    @property
    def stage(self) -> str:
        """Where it stands, in words."""
        if self.replied_on is not None:
            return "已回复"
        if self.received_on is not None:
            return "待回复"
        return "待登记收到" if self.issued_on is not None else "拟稿"

    def get_absolute_url(self) -> str:
        return reverse("reform-letter", args=(self.pk,))


class WarningEducation(OfCase, models.Model):
    """警示教育 or 举一反三 on the ground of a case, asked of named units."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="educations")
    kind = models.CharField("类别", max_length=10, choices=EducationKind)
    title = models.CharField("名称", max_length=200)
    text = models.TextField("内容和要求")
    opened_by = models.ForeignKey(User, verbose_name="部署人", on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField("部署日")

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "警示教育和举一反三"
        ordering = ("opened_on", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.title}"

    def get_absolute_url(self) -> str:
        return self.case.panel_url("reform")


class EducationUnit(OfCase, models.Model):
    """One unit of an education: by which day, and what it reports of itself."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="education_units")
    education = models.ForeignKey(
        WarningEducation, verbose_name="警示教育", on_delete=models.PROTECT, related_name="units"
    )
    organization = models.ForeignKey(Organization, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("期限")
    done_on = models.DateField("完成日", null=True, blank=True)
    report = models.TextField("开展情况", blank=True)
    reported_by = models.ForeignKey(
        User, verbose_name="反馈人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "警示教育的单位"
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("education", "organization"), name="education_unit_once"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(report=""), name="education_report_has_words"
            ),
        )
        indexes = (models.Index(fields=("organization", "done_on", "due_on"), name="education_unit_due"),)

    def __str__(self) -> str:
        return f"{self.education}（{self.organization}）"

    @property
    def is_late(self) -> bool:
        return bool(self.done_on and self.done_on > self.due_on)

    def get_absolute_url(self) -> str:
        return reverse("education-unit", args=(self.pk,))
