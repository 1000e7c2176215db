"""Talk records (谈话笔录, D07): who was talked to, by which two, when and where, what was said; sealed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from cases.enums import TalkCapacity
from cases.models.case import Case
from cases.models.fact import Evidence
from cases.models.matter import OfCase
from cases.querysets import CaseContentQuerySet
from wenze.crypto.fields import SealedTextField
from wenze.ids import uuid7
from wenze.people.models import User


class TalkRecord(OfCase, models.Model):
    """One talk. The record is made from it (D07), signed page by page on paper; the signed scan becomes evidence."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="talks")
    person = models.CharField("被谈话人", max_length=60)
    capacity = models.CharField("身份", max_length=10, choices=TalkCapacity)
    unit_and_post = models.CharField("单位及职务", max_length=200)
    talker = models.ForeignKey(User, verbose_name="谈话人", on_delete=models.PROTECT, related_name="+")
    second_talker = models.CharField("第二谈话人", max_length=60)
    began_at = models.DateTimeField("开始")
    ended_at = models.DateTimeField("结束")
    place = models.CharField("地点", max_length=120)
    rights_told = models.BooleanField("已告知权利义务")
    text = SealedTextField("问答")
    read_back = models.CharField("核对语", max_length=200)
    evidence = models.OneToOneField(
        Evidence, verbose_name="签字件", null=True, blank=True, on_delete=models.PROTECT, related_name="talk"
    )

    objects = CaseContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "谈话笔录"
        ordering = ("began_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(ended_at__gt=F("began_at")), name="talk_ends_after_it_began"),
        )

    def __str__(self) -> str:
        return f"{self.person}谈话笔录"

    @property
    def sealing_key_id(self) -> Any:
        return self.case.data_key_id
