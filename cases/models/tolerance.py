"""What a case makes of tolerance: the search, what was done beside what was filed, opinions, claims, precedents."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.enums import Track
from cases.models.case import Case, Subject
from cases.models.fact import Evidence
from cases.models.initiation import Supplement
from cases.models.matter import OfCase
from cases.querysets import CaseContentQuerySet, SubjectContentQuerySet
from tolerance.enums import Assessor, Ban, ClaimState, Distinction, FilingEffect, Intent, Motive
from tolerance.models import FilingAnswer
from wenze.access.querysets import ScopedQuerySet
from wenze.crypto.models import SealedFile
from wenze.ids import uuid7
from wenze.people.models import Organization, User


class OfSubject(OfCase):
    """A row that hangs on a subject."""

    subject: Any

    @property
    def case(self) -> Any:
        return self.subject.case

    def get_absolute_url(self) -> str:
        found: str = self.subject.case.panel_url("tolerance")
        return found


class ToleranceSearch(OfCase, models.Model):
    """容错检索 before initiation: that it was made, by whom and when, and what it found; the last one stands (D03)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="tolerance_searches")
    supplement = models.ForeignKey(
        Supplement, verbose_name="补充启动批次", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    searched_by = models.ForeignKey(User, verbose_name="检索人", on_delete=models.PROTECT, related_name="+")
    searched_on = models.DateField("检索日")
    found = models.JSONField("检索结果", default=list)

    objects = CaseContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "容错检索"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.case.number}容错检索"


class FilingClause(OfSubject, models.Model):
    """One clause of a filing: what was filed beside what was done, and the evidence on which that rests."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, verbose_name="对象", on_delete=models.PROTECT, related_name="filing_clauses")
    answer = models.ForeignKey(FilingAnswer, verbose_name="答复", on_delete=models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField("次序")
    key = models.CharField("条款", max_length=12)
    filed = models.TextField("备案所载")
    done = models.TextField("实际所为")
    kept = models.BooleanField("按备案实施")
    evidence = models.ManyToManyField(Evidence, verbose_name="证据", related_name="filing_clauses")

    objects = SubjectContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "备案条款核对"
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("answer", "key"), name="filing_clause_once"),)

    def __str__(self) -> str:
        return f"{self.subject}：{self.key}"


class DistinctionAssessment(OfSubject, models.Model):
    """One opinion on the three lines (为公为私、有禁无禁、无意有意); a later one of the same office takes its place.

    The organisation department and the authority in charge write by letter: the letter is registered with its paper.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, verbose_name="对象", on_delete=models.PROTECT, related_name="assessments")
    assessor = models.CharField("意见单位", max_length=10, choices=Assessor)
    motive = models.CharField("为公/为私", max_length=10, choices=Motive)
    motive_reason = models.TextField("为公为私的理由")
    ban = models.CharField("有禁/无禁", max_length=10, choices=Ban)
    ban_reason = models.TextField("有禁无禁的理由")
    intent = models.CharField("无意/有意", max_length=10, choices=Intent)
    intent_reason = models.TextField("无意有意的理由")
    distinction = models.CharField("条例第十七条情形", max_length=6, choices=Distinction, blank=True)
    effect = models.CharField("意见", max_length=16, choices=FilingEffect)
    organization = models.ForeignKey(
        Organization, verbose_name="出具单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    letter_number = models.CharField("来函文号", max_length=80, blank=True)
    letter_on = models.DateField("来函日", null=True, blank=True)
    scan = models.ForeignKey(
        SealedFile, verbose_name="来函", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_by = models.ForeignKey(User, verbose_name="填写人", on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField("填写日")
    superseded_on = models.DateField("被新意见取代日", null=True, blank=True)

    objects = SubjectContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "三个区分意见"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("subject", "assessor"), condition=Q(superseded_on__isnull=True), name="assessed_once_an_office"
            ),
            models.CheckConstraint(
                condition=Q(assessor__in=("handling", "second")) | Q(organization__isnull=False, scan__isnull=False),
                name="assessment_by_letter_has_its_letter",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject}：{self.get_assessor_display()}"


class ToleranceClaim(OfSubject, models.Model):
    """事后申请: without a filing, the subject asks in the investigation; verified, recognised, answered (law.md §6.1)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    subject = models.OneToOneField(
        Subject, verbose_name="申请人", on_delete=models.PROTECT, related_name="tolerance_claim"
    )
    applied_on = models.DateField("申请日")
    ground = models.TextField("申请理由")
    scan = models.ForeignKey(SealedFile, verbose_name="申请书", on_delete=models.PROTECT, related_name="+")
    registered_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    registered_on = models.DateField("登记日")
    state = models.CharField("状态", max_length=10, choices=ClaimState, default=ClaimState.APPLIED)
    findings = models.TextField("核实情况", blank=True)
    evidence = models.ManyToManyField(Evidence, verbose_name="证据", related_name="tolerance_claims", blank=True)
    verified_by = models.ForeignKey(
        User, verbose_name="核实人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_on = models.DateField("核实日", null=True, blank=True)
    effect = models.CharField("认定意见", max_length=16, choices=FilingEffect, blank=True)
    reason = models.TextField("认定理由", blank=True)
    recognised_by = models.ForeignKey(
        User, verbose_name="认定人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recognised_on = models.DateField("认定日", null=True, blank=True)
    told = models.TextField("反馈情况", blank=True)
    told_on = models.DateField("反馈日", null=True, blank=True)

    objects = SubjectContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "容错申请"
        constraints = (
            models.CheckConstraint(
                condition=Q(recognised_by__isnull=True) | ~Q(recognised_by=F("verified_by")),
                name="claim_recognised_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject}的容错申请"


class PrecedentQuerySet(ScopedQuerySet[Any]):
    """Entries of the library."""

    def visible_to(self, user: Any) -> Any:
        """What was released to the whole commission; a draft only to those who read the case that it was made from."""
        from cases.models.content import CaseContent  # noqa: PLC0415 -- the door to content is defined above this room's tables

        drafts = Q(released_on__isnull=True, case_id__in=CaseContent.objects.visible_to(user).values("pk"))
        return self.filter(drafts | Q(pk__in=super().visible_to(user).values("pk")))


class Precedent(models.Model):
    """认定案例: a decided exemption (or a lighter one for tolerance) without names, places and numbers.

    It says by value what it was made from: who reads the library comes from an entry to no case.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    case_id = models.UUIDField("来源案件", editable=False)
    subject_id = models.UUIDField("来源对象", unique=True, editable=False)
    effect = models.CharField("认定结果", max_length=16, choices=FilingEffect)
    track = models.CharField("轨道", max_length=12, choices=Track)
    situation = models.CharField("问责情形", max_length=4)
    category = models.CharField("事项类别", max_length=200, blank=True)
    distinction = models.CharField("条例第十七条情形", max_length=6, choices=Distinction, blank=True)
    motive = models.CharField("为公/为私", max_length=10, choices=Motive, blank=True)
    ban = models.CharField("有禁/无禁", max_length=10, choices=Ban, blank=True)
    intent = models.CharField("无意/有意", max_length=10, choices=Intent, blank=True)
    title = models.CharField("标题", max_length=120)
    matter = models.TextField("情况")
    reasons = models.TextField("认定理由")
    drafted_on = models.DateField("起草日")
    edited_by = models.ForeignKey(
        User, verbose_name="脱敏人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    edited_on = models.DateField("脱敏日", null=True, blank=True)
    released_by = models.ForeignKey(
        User, verbose_name="审定人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_on = models.DateField("入库日", null=True, blank=True)

    objects = PrecedentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "容错认定案例"
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(released_by__isnull=True)
                | Q(edited_by__isnull=False, released_on__isnull=False) & ~Q(released_by=F("edited_by")),
                name="precedent_released_by_another",
            ),
        )
        indexes = (models.Index(fields=("commission", "-id"), name="precedent_newest"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("precedent", args=(self.pk,))
