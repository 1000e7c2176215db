"""What a respondent does against a decision, and how a wrong one is put right (条例第二十、二十一条; 监察法)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.enums import CorrectionGround, RedressResult, RedressState, RemedyChannel
from cases.models.case import Case
from cases.models.decision import Decision
from cases.models.fact import Attribution
from cases.models.matter import OfCase
from cases.querysets import CaseContentQuerySet
from wenze.crypto.fields import SealedTextField
from wenze.crypto.models import SealedFile
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import User


class Redress(OfCase, models.Model):
    """A decision looked at again: what was found, what becomes of it, who confirmed the influence period.

    ``measures`` are those that stand after a change; ``withdrawn`` the attributions that fell. The execution of the
    decision goes on until it is changed (条例第二十条).
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="%(class)ss")
    decision = models.ForeignKey(Decision, verbose_name="决定", on_delete=models.PROTECT, related_name="%(class)ss")
    procedure = models.CharField("程序版本", max_length=60)
    state = models.CharField("状态", max_length=10, choices=RedressState, blank=True)
    result = models.CharField("结果", max_length=10, choices=RedressResult, blank=True)
    measures = models.JSONField("变更后的措施", default=list)
    finding = models.TextField("复查认定和理由", blank=True)
    withdrawn = models.ManyToManyField(Attribution, verbose_name="撤回的责任认定", blank=True, related_name="+")
    discussed_on = models.DateField("集体研究日", null=True, blank=True)
    told_to = models.CharField("告知范围", max_length=300, blank=True)
    decided_on = models.DateField("决定日", null=True, blank=True)
    document = models.ForeignKey(
        OfficialDocument, verbose_name="决定书", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        User, verbose_name="影响期确认人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_on = models.DateField("影响期确认日", null=True, blank=True)

    objects = CaseContentQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def subject(self) -> Any:
        return self.decision.subject

    @property
    def data_key(self) -> Any:
        """The case's key: what is scanned for it is sealed by it."""
        return self.case.data_key

    @property
    def sealing_key_id(self) -> Any:
        return self.case.data_key_id

    def panel_url(self, panel: str) -> str:
        """Where a gate's gap is met: on its own page, or on the panel of the case."""
        return self.case.panel_url(panel) if panel else self.get_absolute_url()


class Appeal(Redress):
    """申诉 (Party track, one level) or 复审, 复核 (supervisory track): the paper, the two who examine it, the answer."""

    channel = models.CharField("救济方式", max_length=20, choices=RemedyChannel)
    received_number = models.CharField("收文号", max_length=60, blank=True)
    statement = SealedTextField("请求和理由")
    scan = models.ForeignKey(
        SealedFile, verbose_name="申诉书", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    filed_on = models.DateField("提出日")
    until_on = models.DateField("提出期限", null=True, blank=True)
    registered_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    accepted_on = models.DateField("受理日", null=True, blank=True)
    reviewer = models.ForeignKey(
        User, verbose_name="复查人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    second_reviewer = models.CharField("另一名复查人", max_length=60, blank=True)
    examined_on = models.DateField("复查日", null=True, blank=True)
    answered_by = models.CharField("答复机关", max_length=120, blank=True)
    answer_number = models.CharField("答复文号", max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "申诉"
        ordering = ("filed_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("decision", "channel"),
                condition=~Q(state=RedressState.DECIDED),
                name="one_open_appeal_a_channel",
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision.subject.name}{self.get_channel_display()}"

    def get_absolute_url(self) -> str:
        return reverse("appeal", args=(self.pk,))


class Correction(Redress):
    """纠正: at any time, by the organ that decided or by order of the superior (条例第二十一条)."""

    ground = models.CharField("错误类别", max_length=16, choices=CorrectionGround)
    superior_order = models.CharField("上级责令纠正的文号", max_length=80, blank=True)
    late_appeal = SealedTextField("逾期申诉的请求和理由", blank=True)
    scan = models.ForeignKey(
        SealedFile, verbose_name="来件", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    clearing = models.CharField("澄清正名的范围", max_length=300, blank=True)
    proposed_by = models.ForeignKey(User, verbose_name="提出人", on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField("提出日")
    declined_reason = models.TextField("不予纠正的理由", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "纠正"
        ordering = ("proposed_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("decision",), condition=Q(state=RedressState.PROPOSED), name="one_open_correction"
            ),
        )

    def __str__(self) -> str:
        return f"纠正对{self.decision.subject.name}的问责"

    def get_absolute_url(self) -> str:
        return reverse("correction", args=(self.pk,))
