"""The meeting on the facts (条例第十一条): what was shown, what he said, what was adopted, how he signed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from cases.enums import SignedOpinion
from cases.models.case import Case, Subject
from cases.querysets import CaseContentQuerySet, SubjectContentQuerySet
from wenze.crypto.fields import SealedTextField
from wenze.crypto.models import SealedFile
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import User


class Hearing(models.Model):
    """A subject's meetings: the fact statement (D09), his words (D10), the answers to his defence (D11).

    The row holds the latest ``round``; what an earlier one brought stands in its own D09 and D10. ``shown`` are the marks
    of the findings that he has seen, so that what was found afterwards is shown to him too.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    subject = models.OneToOneField(Subject, verbose_name="对象", on_delete=models.PROTECT, related_name="hearing")
    round = models.PositiveSmallIntegerField("第几次", default=1)
    shown = models.JSONField("已送其核对的认定", default=list)
    fact_statement = models.TextField("事实材料")
    sent = models.ForeignKey(
        OfficialDocument, verbose_name="事实材料文书", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    record = models.ForeignKey(
        OfficialDocument, verbose_name="见面笔录文书", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_on = models.DateField("事实材料送交日")
    met_on = models.DateField("见面日", null=True, blank=True)
    place = models.CharField("地点", max_length=120, blank=True)
    heard_by = models.ForeignKey(
        User, verbose_name="见面人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    second_name = models.CharField("第二见面人", max_length=60, blank=True)
    statement = SealedTextField("陈述", blank=True)
    opinion = models.CharField("签署意见", max_length=10, choices=SignedOpinion, blank=True)
    refusal_explanation = models.TextField("拒签说明", blank=True)
    signed_on = models.DateField("签署日", null=True, blank=True)
    scan = models.ForeignKey(
        SealedFile, verbose_name="签字件", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SubjectContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "事实材料见面"

    def __str__(self) -> str:
        return f"{self.subject}见面"

    @property
    def sealing_key_id(self) -> Any:
        return self.subject.case.data_key_id


class DefencePoint(models.Model):
    """One point of the defence: adopted or not, and why not."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    hearing = models.ForeignKey(Hearing, verbose_name="见面", on_delete=models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField("次序", default=1)
    round = models.PositiveSmallIntegerField("第几次见面", default=1)
    text = SealedTextField("申辩要点")
    adopted = models.BooleanField("采纳", null=True, blank=True)
    answer = models.TextField("核实及采纳说明", blank=True)
    answered_by = models.ForeignKey(
        User, verbose_name="答复人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField("答复日", null=True, blank=True)

    class HearingContentQuerySet(CaseContentQuerySet):
        case_path = "hearing__subject__case"

    objects = HearingContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "申辩要点"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"第{self.position}点"

    @property
    def sealing_key_id(self) -> Any:
        return self.hearing.subject.case.data_key_id


def part_name(part: str) -> str:
    """The heading of a part of the report."""
    return str(Report._meta.get_field(part).verbose_name)  # type: ignore[union-attr]


class Report(models.Model):
    """The investigation report (D12) with the seven parts of 条例第十一条; versions are kept.

    ``composed`` marks the data of which the version was written, part by part; a version that a later step returned
    (``returned_on``) stands no longer.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="reports")
    version = models.PositiveSmallIntegerField("版次", default=1)
    respondents = models.TextField("一、对象基本情况")
    basis = models.TextField("二、调查依据")
    course = models.TextField("三、调查过程")
    facts = models.TextField("四、问责事实")
    attitude = models.TextField("五、对象态度认识及申辩")
    opinion = models.TextField("六、处理意见")
    legal_basis = models.TextField("七、处理依据")
    discussed_on = models.DateField("集体讨论日", null=True, blank=True)
    discussed_by = models.CharField("讨论人员", max_length=300, blank=True)
    discussion = models.TextField("讨论意见", blank=True)
    written_by = models.ForeignKey(User, verbose_name="执笔人", on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField("写成日")
    signed_by = models.CharField("签名人员", max_length=300, blank=True)
    signed_on = models.DateField("签名日", null=True, blank=True)
    composed = models.JSONField("写成时的数据", default=dict)
    returned_on = models.DateField("退回日", null=True, blank=True)
    returned_reason = models.CharField("退回理由", max_length=300, blank=True)

    objects = CaseContentQuerySet.as_manager()

    PARTS = ("respondents", "basis", "course", "facts", "attitude", "opinion", "legal_basis")

    class Meta:
        verbose_name = verbose_name_plural = "调查报告"
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(fields=("case", "version"), name="report_version_once"),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | ~Q(signed_by=""), name="signed_report_names_its_signers"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case.number}调查报告第{self.version}版"
