"""After an exemption: what was put right (纠错), reported and accepted; the name cleared in its scope (law.md §6.1)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.models import Case, Decision
from cases.models.matter import OfCase
from followup.models.execution import ExecutionItem
from followup.querysets import FollowupQuerySet
from wenze.crypto.models import SealedFile
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import Organization, User


class RectifyReport(OfCase, models.Model):
    """One report on what a 纠错通知 asked for, with its proof; accepted or returned by another than who reported."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="rectify_reports")
    item = models.ForeignKey(
        ExecutionItem, verbose_name="纠错事项", on_delete=models.PROTECT, related_name="rectify_reports"
    )
    number = models.PositiveSmallIntegerField("次数")
    reported_on = models.DateField("报告日")
    due_on = models.DateField("当时的期限")
    text = models.TextField("纠错情况")
    proof = models.ForeignKey(SealedFile, verbose_name="凭证", on_delete=models.PROTECT, related_name="+")
    reported_by = models.ForeignKey(User, verbose_name="报告人", on_delete=models.PROTECT, related_name="+")
    on_behalf = models.BooleanField("承办人代为登记", default=False)
    late_reason = models.TextField("逾期说明", blank=True)
    answered_by = models.ForeignKey(
        User, verbose_name="验收人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField("验收意见或者退回的理由", blank=True)
    accepted_on = models.DateField("验收日", null=True, blank=True)
    returned_on = models.DateField("退回日", null=True, blank=True)

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "纠错报告"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("item", "number"), name="rectify_report_once"),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("reported_by")),
                name="rectify_accepted_by_another",
            ),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | Q(returned_on__isnull=True), name="rectify_accepted_or_returned"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item}（第{self.number}次报告）"

    @property
    def is_waiting(self) -> bool:
        return self.accepted_on is None and self.returned_on is None

    def get_absolute_url(self) -> str:
        return self.item.get_absolute_url()


class NameClearing(OfCase, models.Model):
    """澄清正名函: to the person, his unit and HR, in a scope; drafted by one, issued by another, then done and recorded."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="name_clearings")
    decision = models.OneToOneField(
        Decision, verbose_name="决定", on_delete=models.PROTECT, related_name="name_clearing"
    )
    concern = models.CharField("所反映的事项", max_length=200)
    words = models.TextField("澄清内容")
    scope = models.CharField("澄清范围", max_length=200)
    to_unit = models.ForeignKey(
        Organization, verbose_name="所在单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    to_personnel = models.ForeignKey(
        Organization, verbose_name="组织人事部门", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_by = models.ForeignKey(User, verbose_name="拟稿人", on_delete=models.PROTECT, related_name="+")
    drafted_on = models.DateField("拟稿日")
    document = models.ForeignKey(
        OfficialDocument, verbose_name="函", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_by = models.ForeignKey(
        User, verbose_name="签发人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_on = models.DateField("发出日", null=True, blank=True)
    cleared_on = models.DateField("澄清日", null=True, blank=True)
    cleared_how = models.CharField("怎样澄清", max_length=300, blank=True)

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "澄清正名"
        constraints = (
            models.CheckConstraint(
                condition=Q(issued_by__isnull=True) | ~Q(issued_by=F("drafted_by")), name="clearing_issued_by_another"
            ),
            models.CheckConstraint(
                condition=Q(cleared_on__isnull=True) | Q(issued_on__isnull=False) & ~Q(cleared_how=""),
                name="cleared_after_the_letter",
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision.subject}：澄清正名"

    def get_absolute_url(self) -> str:
        return reverse("clearing", args=(self.pk,))
