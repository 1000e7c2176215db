"""抽查核查 (law.md §7.3): a frozen frame, a seed that was promised before, who was drawn, who looks at it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.models import Case
from review.drawing_of_samples import Member, Plan
from review.enums import (
    DrawnAs,
    LoanState,
    SampleMeasure,
    SampleMethod,
    SamplePeriod,
    SampleScope,
    SampleStage,
    SampleState,
)
from wenze.access.querysets import ScopedQuerySet
from wenze.crypto.fields import SealedTextField
from wenze.crypto.models import DataKey
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import Organization, User


class Sample(models.Model):
    """A population of cases and what was drawn of it. ``sealed_seed`` becomes ``seed`` when the frame is drawn from.

    ``frozen_entry``, ``committed_entry`` and ``drawn_entry`` are the ledger's entries of the three acts.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="组织抽查的纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号")
    title = models.CharField("名称", max_length=120)
    reason = models.TextField("抽查事由和重点", blank=True)
    scope = models.CharField("范围", max_length=12, choices=SampleScope, default=SampleScope.OWN)
    period_by = models.CharField("期间", max_length=8, choices=SamplePeriod, default=SamplePeriod.DECIDED)
    since_on = models.DateField("起")
    until_on = models.DateField("止（含当日）")
    method = models.CharField("方法", max_length=12, choices=SampleMethod)
    percent = models.PositiveSmallIntegerField("比例（%）", default=10)
    one_a_unit = models.BooleanField("每单位至少一件", default=True)
    state = models.CharField("状态", max_length=10, choices=SampleState, default=SampleState.FRAMING)
    data_key = models.OneToOneField(DataKey, verbose_name="数据密钥", on_delete=models.PROTECT, related_name="+")
    planned_by = models.ForeignKey(User, verbose_name="组织人", on_delete=models.PROTECT, related_name="+")
    planned_on = models.DateField("拟定日")
    frame_hash = models.CharField("总体指纹", max_length=64, blank=True)
    frozen_on = models.DateField("总体固定日", null=True, blank=True)
    frozen_entry = models.BigIntegerField("固定的台账号", null=True, blank=True)
    sealed_seed = SealedTextField("种子（封存）")
    commitment = models.CharField("种子承诺", max_length=64, blank=True)
    committed_on = models.DateField("承诺日", null=True, blank=True)
    committed_entry = models.BigIntegerField("承诺的台账号", null=True, blank=True)
    seed = models.CharField("种子", max_length=64, blank=True)
    result_hash = models.CharField("结果指纹", max_length=64, blank=True)
    drawn_by = models.ForeignKey(
        User, verbose_name="抽取人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drawn_on = models.DateField("抽取日", null=True, blank=True)
    drawn_entry = models.BigIntegerField("抽取的台账号", null=True, blank=True)
    finished_on = models.DateField("办结日", null=True, blank=True)
    report = models.JSONField("抽查报告", default=dict)
    conclusion = models.TextField("综合意见", blank=True)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "抽查"
        ordering = ("-planned_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("commission", "year", "serial"), name="sample_number_once"),
            models.CheckConstraint(
                condition=Q(percent__gte=1) & Q(percent__lte=100), name="sample_percent_is_a_percent"
            ),
            models.CheckConstraint(condition=Q(until_on__gte=models.F("since_on")), name="sample_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(seed="") | ~Q(commitment=""), name="sample_seed_was_promised"),
        )
        indexes = (models.Index(fields=("commission", "-planned_on", "-id"), name="sample_newest"),)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        return f"抽查〔{self.year}〕{self.serial}号"

    @property
    def sealing_key_id(self) -> Any:
        return self.data_key_id

    @property
    def plan(self) -> Plan:
        """What the drawing looks at."""
        return Plan(self.method, self.percent, self.one_a_unit)

    def get_absolute_url(self) -> str:
        return reverse("sample", args=(self.pk,))


class OfSample:
    """Whose the row is (to-dos, terms, ledger): the commission that samples, not that of the case."""

    sample: Any

    @property
    def commission_id(self) -> Any:
        return self.sample.commission_id

    @property
    def handler(self) -> Any:
        return self.sample.planned_by

    @property
    def sealing_key_id(self) -> Any:
        return self.sample.data_key_id


class SampleLoan(OfSample, models.Model):
    """调卷: asked of whoever holds the files, handed over against a receipt, returned against another."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    sample = models.ForeignKey(Sample, verbose_name="抽查", on_delete=models.PROTECT, related_name="loans")
    holder = models.ForeignKey(Organization, verbose_name="存卷单位", on_delete=models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=LoanState, default=LoanState.ASKED)
    asked_by = models.ForeignKey(User, verbose_name="调卷人", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField("调卷日")
    due_on = models.DateField("送到期限")
    back_by = models.DateField("归还期限")
    document = models.ForeignKey(
        OfficialDocument, verbose_name="调卷函", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handed_over_by = models.CharField("交卷人", max_length=60, blank=True)
    volumes = models.PositiveIntegerField("卷数", null=True, blank=True)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    received_by = models.CharField("收卷人", max_length=60, blank=True)
    received_on = models.DateField("收到日", null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, verbose_name="交接登记人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_to = models.CharField("退卷签收人", max_length=60, blank=True)
    returned_pages = models.PositiveIntegerField("退还页数", null=True, blank=True)
    returned_on = models.DateField("归还日", null=True, blank=True)
    note = models.CharField("交接说明", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "调卷"
        ordering = ("asked_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("sample", "holder"), condition=~Q(state="returned"), name="one_open_loan_a_holder"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sample.number}向{self.holder}调卷"

    @property
    def number(self) -> str:
        return self.sample.number

    def get_absolute_url(self) -> str:
        return reverse("sample-loan", args=(self.pk,))


class SampleMember(OfSample, models.Model):
    """One case of the frame as it stood when the frame was frozen; a paper case has no row of its own elsewhere.

    ``mac`` holds over what the drawing looks at, so that a row changed in the database is named.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    sample = models.ForeignKey(Sample, verbose_name="抽查", on_delete=models.PROTECT, related_name="members")
    position = models.PositiveIntegerField("次序", default=0)
    key = models.CharField("抽样用编号", max_length=80)
    case = models.ForeignKey(
        Case, verbose_name="案件", null=True, blank=True, on_delete=models.PROTECT, related_name="sampled"
    )
    number = models.CharField("案号", max_length=60)
    title = models.CharField("案件名称", max_length=200)
    unit = models.ForeignKey(Organization, verbose_name="办案单位", on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField("办案单位（固定时）", max_length=120)
    measure = models.CharField("方式", max_length=16, choices=SampleMeasure)
    stage = models.CharField("阶段", max_length=12, choices=SampleStage)
    decided_on = models.DateField("决定日", null=True, blank=True)
    closed_on = models.DateField("结案日", null=True, blank=True)
    flags = models.JSONField("必抽情形", default=list)
    weight = models.PositiveSmallIntegerField("权重", default=1)
    named = models.BooleanField("定向点名", default=False)
    mac = models.CharField("鉴别码", max_length=64, blank=True)
    entered_by = models.ForeignKey(
        User, verbose_name="录入人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drawn_as = models.CharField("抽中事由", max_length=10, choices=DrawnAs, blank=True)
    reviewer = models.ForeignKey(
        User, verbose_name="评查人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    loan = models.ForeignKey(
        SampleLoan, verbose_name="调卷", null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "抽样总体"
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("sample", "key"), name="sample_member_once"),
            models.UniqueConstraint(fields=("sample", "case"), name="sample_case_once"),
        )
        indexes = (
            models.Index(fields=("reviewer", "sample"), name="sample_reviewer"),
            models.Index(fields=("sample", "drawn_as", "position"), name="sample_drawn"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_paper(self) -> bool:
        return self.case_id is None

    @property
    def ledger_case_id(self) -> Any:
        return self.case_id

    @property
    def shown_title(self) -> str:
        """A subordinate's case that was not drawn is a number and no more (design §4)."""
        outside = self.case is not None and self.case.commission_id != self.sample.commission_id
        return "（抽中后可见）" if outside and not self.drawn_as else self.title

    def as_member(self) -> Member:
        """What the drawing looks at."""
        stratum = (str(self.unit_id), self.measure, self.stage)
        return Member(self.key, str(self.unit_id), stratum, self.weight, bool(self.flags), self.named)

    def get_absolute_url(self) -> str:
        return reverse("sample-member", args=(self.pk,))
