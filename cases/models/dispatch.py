"""What was sent to another body for its own decision, and what that body decided (条例第九、十二、十五条)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.enums import DispatchKind, RedressResult
from cases.models.case import Case, Subject
from cases.models.decision import Measure
from cases.models.matter import OfCase
from cases.querysets import CaseContentQuerySet, ElsewhereQuerySet
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import Cadre, Organization, User


class Dispatch(OfCase, models.Model):
    """送办: a proposal, an order, a transfer to another body, with its reply. Until the reply it stays open."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="dispatches")
    subject = models.ForeignKey(Subject, verbose_name="对象", on_delete=models.PROTECT, related_name="dispatches")
    kind = models.CharField("类别", max_length=12, choices=DispatchKind)
    measure = models.OneToOneField(
        Measure, verbose_name="所建议的措施", null=True, blank=True, on_delete=models.PROTECT, related_name="dispatch"
    )
    asked = models.JSONField("建议或者责成的措施", default=list)
    to_organization = models.ForeignKey(
        Organization, verbose_name="接收机关", on_delete=models.PROTECT, related_name="+"
    )
    matter_text = models.TextField("事项")
    document = models.ForeignKey(
        OfficialDocument, verbose_name="函件", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_on = models.DateField("送出日")
    reply_due_on = models.DateField("回复期限", null=True, blank=True)
    replied_on = models.DateField("回复日", null=True, blank=True)
    reply = models.TextField("回复内容", blank=True)
    recalled_on = models.DateField("撤回日", null=True, blank=True)

    objects = CaseContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "送办"
        ordering = ("sent_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True) | ~Q(reply=""), name="dispatch_reply_has_its_words"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject.name}：{self.get_kind_display()}（{self.to_organization}）"

    def get_absolute_url(self) -> str:
        return reverse("dispatch", args=(self.pk,))


class ExternalDecision(models.Model):
    """What another body decided on a person or an organisation, registered so that periods and checks are whole.

    A decision without a day has an unknown period: whoever asks is told whom to ask, never "clear".
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="登记的纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    case = models.ForeignKey(
        Case, verbose_name="案件", null=True, blank=True, on_delete=models.PROTECT, related_name="external_decisions"
    )
    dispatch = models.ForeignKey(
        Dispatch, verbose_name="所回复的送办", null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    cadre = models.ForeignKey(
        Cadre, verbose_name="干部", null=True, blank=True, on_delete=models.PROTECT, related_name="external_decisions"
    )
    organization = models.ForeignKey(
        Organization, verbose_name="党组织", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.CharField("决定机关", max_length=120)
    approved_by = models.CharField("批准机关", max_length=120, blank=True)
    decided_on = models.DateField("决定（批准）日", null=True, blank=True)
    number = models.CharField("文号", max_length=80, blank=True)
    measures = models.JSONField("措施", default=list)
    departs_reason = models.TextField("与建议或者责成不一致的理由", blank=True)
    consented_by = models.ForeignKey(
        User, verbose_name="同意不一致的领导", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    registered_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    registered_on = models.DateField("登记日")
    replaces = models.ForeignKey(
        "self", verbose_name="所变更的决定", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    ended_on = models.DateField("变更或者撤销日", null=True, blank=True)
    ended_as = models.CharField("变更或者撤销", max_length=10, choices=RedressResult, blank=True)
    ended_by = models.CharField("变更或者撤销的文号", max_length=80, blank=True)

    objects = ElsewhereQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "其他机关的决定"
        ordering = ("decided_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(cadre__isnull=False, organization__isnull=True)
                | Q(cadre__isnull=True, organization__isnull=False),
                name="external_decision_is_on_one",
            ),
            models.UniqueConstraint(
                fields=("commission", "decided_by", "number", "cadre"),
                condition=~Q(number="") & Q(cadre__isnull=False),
                name="external_decision_once_a_cadre",
            ),
            models.UniqueConstraint(
                fields=("commission", "decided_by", "number", "organization"),
                condition=~Q(number="") & Q(organization__isnull=False),
                name="external_decision_once_a_body",
            ),
        )
        indexes = (models.Index(fields=("cadre", "decided_on"), name="external_cadre_day"),)

    def __str__(self) -> str:
        return f"{self.decided_by}{self.number}"

    @property
    def person(self) -> Any:
        return self.cadre or self.organization
