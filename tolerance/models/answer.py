"""What a case makes of a filing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tolerance.enums import Correction, FilingEffect
from tolerance.models.filing import Filing, FilingVersion
from tolerance.models.lists import ToleranceItem
from wenze.access.querysets import ScopedQuerySet
from wenze.ids import uuid7
from wenze.people.models import Organization, User

WITH_EFFECT = (FilingEffect.NOT_ACCOUNTABLE, FilingEffect.EXEMPTED, FilingEffect.LIGHTER)
"""Conclusions that make something of the filing; each is a proposal, the competent body decides collectively."""


class FilingAnswer(models.Model):
    """What a case makes of a filing, in writing; silence blocks the report (design §2 approve_report).

    It is of one version: what was filed on the day of the act. What was done, clause by clause, stands in the case.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    filing = models.ForeignKey(Filing, verbose_name="备案", on_delete=models.PROTECT, related_name="answers")
    version = models.ForeignKey(
        FilingVersion, verbose_name="行为时的版本", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    case_id = models.UUIDField("案件")
    subject_id = models.UUIDField("对象")
    in_scope = models.BooleanField("在备案范围内")
    as_filed = models.BooleanField("按备案实施")
    negative_item = models.ForeignKey(
        ToleranceItem,
        verbose_name="命中的负面清单条目",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    negative_note = models.TextField("负面清单核查情况", blank=True)
    correction = models.CharField("纠错", max_length=10, choices=Correction, default=Correction.NONE)
    correction_note = models.TextField("纠错情况", blank=True)
    effect = models.CharField("结论", max_length=16, choices=FilingEffect)
    answer = models.TextField("书面答复")
    answered_by = models.ForeignKey(User, verbose_name="答复人", on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField("答复日")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "容错答复"
        constraints = (
            models.UniqueConstraint(fields=("commission", "filing", "subject_id"), name="filing_answered_once"),
            models.CheckConstraint(condition=~Q(answer=""), name="filing_answer_has_words"),
            models.CheckConstraint(
                condition=Q(negative_item__isnull=True) | Q(effect=FilingEffect.NOT_APPLICABLE),
                name="filing_answer_negative_hit_bars",
            ),
        )
        indexes = (models.Index(fields=("subject_id",), name="filing_answer_subject"),)

    def __str__(self) -> str:
        return f"{self.filing}：{self.get_effect_display()}"
