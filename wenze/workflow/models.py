"""Approvals bound to content, signatures, and approvals given outside the system."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from wenze.access.querysets import ScopedQuerySet
from wenze.crypto.models import SealedFile
from wenze.deadlines import clock
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import Organization, User


class ApprovalState(models.TextChoices):
    OPEN = "open", "待签"
    COMPLETE = "complete", "已签完"
    RETURNED = "returned", "已退回"
    VOID = "void", "已失效"


class Verdict(models.TextChoices):
    SIGN = "sign", "同意"
    RETURN = "return", "退回"
    ASK = "ask", "询问"


class Approval(models.Model):
    """A question put to a chain of seats; ``dossier`` is exactly what they are shown, ``dossier_hash`` what they sign."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    about_label = models.CharField("事项类别", max_length=60)
    about_id = models.UUIDField("事项")
    case_id = models.UUIDField("案件", null=True, blank=True)
    step = models.CharField("步骤", max_length=40)
    title = models.CharField("事项", max_length=200)
    chain = models.JSONField("签批链")
    position = models.PositiveSmallIntegerField("已签到第几位", default=0)
    dossier = models.JSONField("所示内容")
    dossier_hash = models.CharField("内容指纹", max_length=64)
    state = models.CharField("状态", max_length=10, choices=ApprovalState, default=ApprovalState.OPEN)
    requested_by = models.ForeignKey(User, verbose_name="提请人", on_delete=models.PROTECT, related_name="+")
    requested_on = models.DateField("提请日")
    created_at = models.DateTimeField("提请时间", default=clock.now, editable=False)
    completed_on = models.DateField("签完日", null=True, blank=True)
    void_reason = models.CharField("失效原因", max_length=400, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审批"
        ordering = ("-created_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("commission", "about_id", "step"), condition=Q(state="open"), name="one_open_approval_a_step"
            ),
        )
        indexes = (models.Index(fields=("commission", "about_id", "step"), name="approval_about"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("approval", args=(self.pk,))

    @property
    def seat(self) -> str:
        """The seat whose turn it is; empty once the chain is done."""
        return self.chain[self.position] if self.position < len(self.chain) else ""


class Signature(models.Model):
    """One seat's answer, on the hash of what was shown; ``on_behalf_of`` names the absent holder of a delegation."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    approval = models.ForeignKey(Approval, verbose_name="审批", on_delete=models.PROTECT, related_name="signatures")
    position = models.PositiveSmallIntegerField("次序")
    seat = models.CharField("席位", max_length=20)
    signer = models.ForeignKey(User, verbose_name="签署人", on_delete=models.PROTECT, related_name="signatures")
    on_behalf_of = models.ForeignKey(
        User, verbose_name="代谁签署", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verdict = models.CharField("意见", max_length=10, choices=Verdict)
    opinion = models.TextField("批语", blank=True)
    dossier_hash = models.CharField("所签内容指纹", max_length=64)
    signed_on = models.DateField("签署日")
    signed_at = models.DateTimeField("签署时间", default=clock.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "签署"
        ordering = ("signed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("approval", "position"), condition=Q(verdict="sign"), name="a_seat_signs_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.signer} {self.get_verdict_display()}"


class Delegation(models.Model):
    """An absent holder lets a deputy sign in his seat from a day to a day; both names go on record."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    holder = models.ForeignKey(User, verbose_name="委托人", on_delete=models.PROTECT, related_name="delegations_given")
    deputy = models.ForeignKey(User, verbose_name="受托人", on_delete=models.PROTECT, related_name="delegations_held")
    from_on = models.DateField("起")
    until_on = models.DateField("止（含当日）")
    reason = models.CharField("事由", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "委托"
        constraints = (
            models.CheckConstraint(condition=Q(until_on__gte=models.F("from_on")), name="delegation_ends_after_start"),
            models.CheckConstraint(condition=~Q(holder=models.F("deputy")), name="delegation_to_another"),
        )

    def __str__(self) -> str:
        return f"{self.holder}委托{self.deputy}"


class OffSystemResult(models.TextChoices):
    APPROVED = "approved", "同意"
    DECLINED = "declined", "不同意"


class OffSystemApproval(models.Model):
    """The instruction of an authority that never logs in (条例 9、12): scanned, entered by one, checked by another."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    about_label = models.CharField("事项类别", max_length=60)
    about_id = models.UUIDField("事项")
    case_id = models.UUIDField("案件", null=True, blank=True)
    step = models.CharField("步骤", max_length=40)
    authority = models.ForeignKey(Organization, verbose_name="批准机关", on_delete=models.PROTECT, related_name="+")
    covers = models.JSONField("所涉对象", default=list)
    request = models.ForeignKey(OfficialDocument, verbose_name="请示", on_delete=models.PROTECT, related_name="+")
    requested_by = models.ForeignKey(User, verbose_name="请示人", on_delete=models.PROTECT, related_name="+")
    requested_on = models.DateField("请示日")
    dossier = models.JSONField("所报内容", default=dict)
    dossier_hash = models.CharField("所报内容指纹", max_length=64)
    result = models.CharField("批示结果", max_length=10, choices=OffSystemResult, blank=True)
    approver_name = models.CharField("批准人", max_length=60, blank=True)
    by_meeting = models.BooleanField("经会议研究", default=False)
    instruction = models.CharField("批示摘要", max_length=400, blank=True)
    approved_on = models.DateField("批准日", null=True, blank=True)
    scan = models.ForeignKey(
        SealedFile, verbose_name="批件扫描件", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_by = models.ForeignKey(
        User, verbose_name="录入人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_by = models.ForeignKey(
        User, verbose_name="核对人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField("核对时间", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "系统外批准"
        ordering = ("-requested_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=models.F("entered_by")),
                name="instruction_checked_by_another",
            ),
        )
        indexes = (models.Index(fields=("commission", "about_id", "step"), name="offsystem_about"),)

    def __str__(self) -> str:
        return f"{self.authority}批示（{self.get_result_display() or '待批'}）"

    def get_absolute_url(self) -> str:
        return reverse("instruction", args=(self.pk,))

    @property
    def is_in_force(self) -> bool:
        """Whether the instruction says yes and a second person has checked it against the scan."""
        return self.result == OffSystemResult.APPROVED and self.checked_by_id is not None
