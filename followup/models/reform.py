"""以案促改: the points on the chain, what is to be changed by whom and when, and whether it held (条例第十四条, law.md §8)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.enums import Power
from cases.models import Attribution, Case, TrailEvent
from cases.models.matter import OfCase
from followup.enums import Deviation, PointKind, ReformState
from followup.querysets import FollowupQuerySet
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import Organization, User
from wenze.workflow.remedy import LookedBack, RemedyReport, reported_and_answered


class Blockage(OfCase, models.Model):
    """梗阻点 or 衰减点: where on the chain power stuck or faded, by which of the three deviations, in which unit."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="blockages")
    kind = models.CharField("类别", max_length=12, choices=PointKind)
    deviation = models.CharField("偏差", max_length=10, choices=Deviation)
    link = models.CharField("责任环节", max_length=12, choices=Power)
    organization = models.ForeignKey(Organization, verbose_name="所在单位", on_delete=models.PROTECT, related_name="+")
    attribution = models.ForeignKey(
        Attribution, verbose_name="责任认定", null=True, blank=True, on_delete=models.PROTECT, related_name="blockages"
    )
    event = models.ForeignKey(
        TrailEvent, verbose_name="轨迹", null=True, blank=True, on_delete=models.PROTECT, related_name="blockages"
    )
    text = models.TextField("具体情况")
    named_by = models.ForeignKey(User, verbose_name="查摆人", on_delete=models.PROTECT, related_name="+")
    named_on = models.DateField("查摆日")

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "梗阻点和衰减点"
        ordering = ("named_on", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.text[:40]}"

    @property
    def link_name(self) -> str:
        """决策环节, as the chain is spoken of: the kind of responsibility without its last word."""
        return f"{self.get_link_display().removesuffix('责任')}环节"

    def get_absolute_url(self) -> str:
        return self.case.panel_url("reform")


class ReformItem(OfCase, models.Model):
    """整改事项: a measure with its unit, its owner and its term (T28); written off only when accepted by another."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="reform_items")
    blockage = models.ForeignKey(Blockage, verbose_name="所针对的点", on_delete=models.PROTECT, related_name="items")
    requirement = models.TextField("整改措施")
    responsible = models.ForeignKey(Organization, verbose_name="责任单位", on_delete=models.PROTECT, related_name="+")
    owner = models.CharField("责任人", max_length=120)
    set_by = models.ForeignKey(User, verbose_name="列项人", on_delete=models.PROTECT, related_name="+")
    start_on = models.DateField("起算日")
    due_on = models.DateField("整改期限")
    state = models.CharField("状态", max_length=12, choices=ReformState, default=ReformState.OPEN)
    written_off_on = models.DateField("销号日", null=True, blank=True)
    reopened_reason = models.TextField("重新整改的原因", blank=True)

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改事项"
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="written_off", written_off_on__isnull=False)
                | Q(~Q(state="written_off"), written_off_on__isnull=True),
                name="reform_written_off_has_its_day",
            ),
            models.CheckConstraint(condition=~Q(owner="") & ~Q(requirement=""), name="reform_item_is_whole"),
        )
        indexes = (models.Index(fields=("responsible", "state", "due_on"), name="reform_responsible"),)

    def __str__(self) -> str:
        return f"整改：{self.requirement[:40]}"

    @property
    def is_late(self) -> bool:
        """Reported after its day; that it was late stays on record after it was written off."""
        last = self.latest
        return last is not None and last.is_late

    @property
    def latest(self) -> ReformReport | None:
        """The unit's last report."""
        return max(self.reports.all(), key=lambda row: row.number, default=None)

    def get_absolute_url(self) -> str:
        return reverse("reform-item", args=(self.pk,))


class ReformReport(OfCase, RemedyReport):
    """整改反馈 (D41, registered): what the unit says it did, with its proof; accepted or returned by another."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="reform_reports")
    item = models.ForeignKey(ReformItem, verbose_name="整改事项", on_delete=models.PROTECT, related_name="reports")
    document = models.ForeignKey(
        OfficialDocument, verbose_name="销号验收表", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改反馈"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("item", "number"), name="reform_report_number_once"),
            *reported_and_answered("reform"),
        )

    def __str__(self) -> str:
        return f"{self.item}（第{self.number}次反馈）"

    def get_absolute_url(self) -> str:
        return self.item.get_absolute_url()


class SystemGap(OfCase, models.Model):
    """制度漏洞: the rule as it was and as it is now, from which day, by which document."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="system_gaps")
    item = models.ForeignKey(ReformItem, verbose_name="整改事项", on_delete=models.PROTECT, related_name="gaps")
    rule = models.CharField("制度名称", max_length=200)
    before = models.TextField("修订前")
    after = models.TextField("修订后")
    in_force_on = models.DateField("施行日")
    number = models.CharField("文号", max_length=80, blank=True)
    registered_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "制度漏洞"
        ordering = ("in_force_on", "pk")

    def __str__(self) -> str:
        return self.rule

    def get_absolute_url(self) -> str:
        return self.item.get_absolute_url()


class LookBack(OfCase, LookedBack):
    """回头看: two go and look whether what was written off holds; where it does not, the item opens again."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="look_backs")
    item = models.ForeignKey(ReformItem, verbose_name="整改事项", on_delete=models.PROTECT, related_name="look_backs")

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "回头看"
        ordering = ("looked_on", "pk")

    def __str__(self) -> str:
        return f"{self.item}：{'成立' if self.holds else '不成立'}"

    def get_absolute_url(self) -> str:
        return self.item.get_absolute_url()


class ReformWaiver(OfCase, models.Model):
    """Why a case that held somebody to account has nothing to be reformed; written by case supervision."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="reform_waiver")
    reason = models.TextField("没有整改事项的理由")
    waived_by = models.ForeignKey(User, verbose_name="说明人", on_delete=models.PROTECT, related_name="+")
    waived_on = models.DateField("说明日")

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "没有整改事项的说明"

    def __str__(self) -> str:
        return f"{self.case.number}没有整改事项"
