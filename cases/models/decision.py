"""Deliberation with a draft outcome per subject, and the decision with its measures (条例第十二条)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from cases.enums import DecisionStanding, Outcome, RedressResult, SittingResult
from cases.models.case import Case, Subject
from cases.querysets import CaseContentQuerySet, SubjectContentQuerySet
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import Organization, User


class Deliberation(models.Model):
    """集体研究 by the standing committee of the commission (D18): quorum, recusal, each speaker's view."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="deliberations")
    round = models.PositiveSmallIntegerField("第几次", default=1)
    held_on = models.DateField("会议日")
    place = models.CharField("地点", max_length=120)
    agenda = models.CharField("议题", max_length=200)
    chair = models.CharField("主持人", max_length=60)
    recorder = models.CharField("记录人", max_length=60)
    expected = models.PositiveSmallIntegerField("应到人数")
    present = models.JSONField("到会人员", default=list)
    recused = models.JSONField("回避人员", default=list)
    result = models.CharField("会议结果", max_length=10, choices=SittingResult, default=SittingResult.SETTLED)
    conclusion = models.TextField("会议结论")
    recorded_by = models.ForeignKey(User, verbose_name="录入人", on_delete=models.PROTECT, related_name="+")
    recorded_on = models.DateField("录入日")

    objects = CaseContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "集体研究"
        ordering = ("-round",)
        constraints = (models.UniqueConstraint(fields=("case", "round"), name="deliberation_round_once"),)

    def __str__(self) -> str:
        return f"{self.case.number}第{self.round}次集体研究"


class SpeakerView(models.Model):
    """What one member of the standing committee said."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    deliberation = models.ForeignKey(
        Deliberation, verbose_name="集体研究", on_delete=models.CASCADE, related_name="views"
    )
    position = models.PositiveSmallIntegerField("次序", default=1)
    speaker = models.CharField("发言人", max_length=60)
    view = models.TextField("意见")
    agrees = models.BooleanField("同意", default=True)

    class DeliberationContentQuerySet(CaseContentQuerySet):
        case_path = "deliberation__case"

    objects = DeliberationContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发言"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.speaker


class Proposal(models.Model):
    """The outcome proposed for a subject (拟处理意见): drafted with the report, settled by the deliberation."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    subject = models.OneToOneField(Subject, verbose_name="对象", on_delete=models.PROTECT, related_name="proposal")
    outcome = models.CharField("结果", max_length=20, choices=Outcome)
    measures = models.JSONField("措施", default=list)
    reason = models.TextField("理由")
    removed_posts = models.CharField("所免职务", max_length=300, blank=True)
    to_organization = models.ForeignKey(
        Organization, verbose_name="接收机关", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    refer_to = models.ForeignKey(
        Organization, verbose_name="同时转立案的机关", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    requirement = models.TextField("整改或者办理要求", blank=True)
    due_on = models.DateField("期限", null=True, blank=True)
    drafted_by = models.ForeignKey(User, verbose_name="提出人", on_delete=models.PROTECT, related_name="+")
    drafted_on = models.DateField("提出日")

    objects = SubjectContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "拟处理意见"

    def __str__(self) -> str:
        return f"{self.subject}：{self.get_outcome_display()}"


class Decision(models.Model):
    """What was decided for one subject: one document a subject; ``measures`` carry their own body, day and period."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    subject = models.OneToOneField(Subject, verbose_name="对象", on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField("结果", max_length=20, choices=Outcome)
    deciding_body = models.ForeignKey(Organization, verbose_name="决定机关", on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField("决定日")
    document = models.ForeignKey(
        OfficialDocument, verbose_name="决定书", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField("事实和理由")
    issued_by = models.ForeignKey(User, verbose_name="印发人", on_delete=models.PROTECT, related_name="+")
    served_on = models.DateField("送达日", null=True, blank=True)
    announced_on = models.DateField("宣布日", null=True, blank=True)
    remedy_until = models.DateField("救济期限", null=True, blank=True)
    standing = models.CharField("效力", max_length=10, choices=DecisionStanding, default=DecisionStanding.STANDING)

    objects = SubjectContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "问责决定"
        indexes = (models.Index(fields=("deciding_body", "decided_on"), name="decision_body_day"),)

    def __str__(self) -> str:
        return f"{self.subject}：{self.get_outcome_display()}"

    @property
    def commission_id(self) -> Any:
        return self.subject.case.commission_id


class MeasureQuerySet(CaseContentQuerySet):
    """Measures of decisions."""

    case_path = "decision__subject__case"

    def own(self) -> Any:
        """Those decided here that stand: not the proposals, not what an appeal or a correction ended."""
        return self.filter(proposed_only=False, ended_on__isnull=True)


class Measure(models.Model):
    """One measure of a decision: decided here, or proposed to the body that may (its period begins with that body's day).

    What an appeal or a correction puts in its place says so (``replaces``) and counts from the original day
    (``counts_from``) once the principal has confirmed the influence period (``confirmed_on``); what it ended stays on
    record with its day, and is void from the start from that confirmation on (``void_from``; law.md §3.1).
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    decision = models.ForeignKey(Decision, verbose_name="决定", on_delete=models.PROTECT, related_name="measures")
    code = models.CharField("措施", max_length=40)
    proposed_only = models.BooleanField("只是建议", default=False)
    proposed_to = models.ForeignKey(
        Organization, verbose_name="向谁建议", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField("决定日", null=True, blank=True)
    decided_by_name = models.CharField("决定机关", max_length=120, blank=True)
    reference = models.CharField("文号", max_length=80, blank=True)
    last_restricted_day = models.DateField("最后受限日", null=True, blank=True)
    release_date = models.DateField("可用日", null=True, blank=True)
    restriction = models.CharField("限制", max_length=300, blank=True)
    replaces = models.ForeignKey(
        "self", verbose_name="所取代的措施", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    counts_from = models.DateField("影响期起算日", null=True, blank=True)
    confirmed_on = models.DateField("影响期确认日", null=True, blank=True)
    ended_on = models.DateField("变更或者撤销日", null=True, blank=True)
    ended_as = models.CharField("变更或者撤销", max_length=10, choices=RedressResult, blank=True)
    ended_by = models.CharField("变更或者撤销的文号", max_length=80, blank=True)
    void_from = models.DateField("影响期自始不存在的确认日", null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "处理措施"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("decision", "code"), name="measure_once_a_decision"),
            models.CheckConstraint(
                condition=Q(proposed_only=True) | Q(decided_on__isnull=False), name="own_measure_has_its_day"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=False) | Q(void_from__isnull=True), name="measure_void_after_it_ended"
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision.subject}：{self.code}"
