"""Adjudication (D16): the trial office's opinion on facts, characterisation, outcome and procedure."""

from __future__ import annotations

from django.db import models

from cases.models import Case
from cases.models.matter import OfCase
from cases.querysets import CaseContentQuerySet
from review.enums import AdjudicationOpinion
from wenze.ids import uuid7
from wenze.people.models import User


class Adjudication(OfCase, models.Model):
    """审理 of a case by two or more of the trial office, none of whom ever investigated it."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="adjudications")
    round = models.PositiveSmallIntegerField("第几次", default=1)
    report_version = models.PositiveSmallIntegerField("所审报告版本", default=0)
    accepted_on = models.DateField("受理日")
    adjudicators = models.ManyToManyField(User, verbose_name="审理人员", related_name="+")
    facts_opinion = models.TextField("事实证据", blank=True)
    character_opinion = models.TextField("定性", blank=True)
    outcome_opinion = models.TextField("处理", blank=True)
    procedure_opinion = models.TextField("程序", blank=True)
    opinion = models.CharField("审理意见", max_length=12, choices=AdjudicationOpinion, blank=True)
    given_on = models.DateField("出具日", null=True, blank=True)
    given_by = models.ForeignKey(
        User, verbose_name="出具人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CaseContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "案件审理"
        ordering = ("-round",)
        constraints = (models.UniqueConstraint(fields=("case", "round"), name="adjudication_round_once"),)

    def __str__(self) -> str:
        return f"{self.case.number}审理"

    def get_absolute_url(self) -> str:
        return self.case.panel_url("review")
