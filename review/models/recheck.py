"""实地复核 of a sampled case, and the orders to put right what was found (law.md §7.3; 条例第二十一条)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.enums import CorrectionGround
from cases.models import Correction, Subject
from review.enums import OrderState, RecheckVerdict
from review.models.sampling import SampleMember
from wenze.access.querysets import ScopedQuerySet
from wenze.crypto.fields import SealedTextField
from wenze.crypto.models import SealedFile
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import Organization, User


class OfMember:
    """Whose the row is: the sample's."""

    member: Any

    @property
    def commission_id(self) -> Any:
        return self.member.sample.commission_id

    @property
    def ledger_case_id(self) -> Any:
        return self.member.case_id

    @property
    def number(self) -> str:
        return str(self.member.sample.number)

    @property
    def sealing_key_id(self) -> Any:
        return self.member.sample.data_key_id


class OnSiteRecheck(OfMember, models.Model):
    """Two people go there on a day to see three things: 定性是否准确, 处理是否恰当, 执行是否到位."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(SampleMember, verbose_name="案件", on_delete=models.PROTECT, related_name="rechecks")
    checker = models.ForeignKey(User, verbose_name="复核人", on_delete=models.PROTECT, related_name="+")
    second_checker = models.ForeignKey(User, verbose_name="另一名复核人", on_delete=models.PROTECT, related_name="+")
    planned_by = models.ForeignKey(User, verbose_name="安排人", on_delete=models.PROTECT, related_name="+")
    planned_on = models.DateField("安排日")
    due_on = models.DateField("复核日（计划）")
    place = models.CharField("地点", max_length=120)
    to_check = models.TextField("复核内容")
    held_on = models.DateField("实际复核日", null=True, blank=True)
    talks = SealedTextField("谈话情况", blank=True)
    characterisation = models.CharField("定性是否准确", max_length=8, choices=RecheckVerdict, blank=True)
    handling = models.CharField("处理是否恰当", max_length=8, choices=RecheckVerdict, blank=True)
    execution = models.CharField("执行是否到位", max_length=8, choices=RecheckVerdict, blank=True)
    findings = models.TextField("发现的问题", blank=True)
    conclusion = models.TextField("复核结论", blank=True)

    class RecheckQuerySet(ScopedQuerySet[Any]):
        parent_path = "member"

    objects = RecheckQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "实地复核"
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(checker=F("second_checker")), name="recheck_by_two"),
            models.CheckConstraint(condition=Q(held_on__isnull=True) | ~Q(conclusion=""), name="recheck_concludes"),
        )

    def __str__(self) -> str:
        return f"{self.member.number}实地复核"

    @property
    def handler(self) -> User:
        return self.checker

    @property
    def verdicts(self) -> list[tuple[str, str, str]]:
        """The three questions: what is asked, the answer's code, its words."""
        return [
            ("定性是否准确", self.characterisation, self.get_characterisation_display()),
            ("处理是否恰当", self.handling, self.get_handling_display()),
            ("执行是否到位", self.execution, self.get_execution_display()),
        ]

    @property
    def is_clean(self) -> bool:
        return all(code == RecheckVerdict.HOLDS for _, code, _ in self.verdicts)

    def get_absolute_url(self) -> str:
        return reverse("recheck", args=(self.pk,))


class RecheckFile(models.Model):
    """A photograph or a paper taken there, sealed as it came."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    recheck = models.ForeignKey(OnSiteRecheck, verbose_name="复核", on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(SealedFile, verbose_name="文件", on_delete=models.PROTECT, related_name="+")

    class FileQuerySet(ScopedQuerySet[Any]):
        parent_path = "recheck"

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "复核材料"
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.file.name)


class CorrectionOrder(OfMember, models.Model):
    """责令纠正: what whom by when; answered by those ordered, accepted by another. A wrong accountability goes on to 纠正."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(SampleMember, verbose_name="案件", on_delete=models.PROTECT, related_name="orders")
    recheck = models.ForeignKey(
        OnSiteRecheck, verbose_name="依据的复核", null=True, blank=True, on_delete=models.PROTECT, related_name="orders"
    )
    to_organization = models.ForeignKey(Organization, verbose_name="责令谁", on_delete=models.PROTECT, related_name="+")
    text = models.TextField("纠正什么")
    due_on = models.DateField("反馈期限")
    ordered_by = models.ForeignKey(User, verbose_name="责令人", on_delete=models.PROTECT, related_name="+")
    ordered_on = models.DateField("责令日")
    document = models.ForeignKey(
        OfficialDocument, verbose_name="责令纠正通知", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    wrong_subject = models.ForeignKey(
        Subject, verbose_name="问责有错的对象", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ground = models.CharField("错误类别", max_length=16, choices=CorrectionGround, blank=True)
    correction = models.OneToOneField(
        Correction,
        verbose_name="纠正",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ordered_by_sample",
    )
    state = models.CharField("状态", max_length=10, choices=OrderState, default=OrderState.OPEN)
    answer = models.TextField("落实情况", blank=True)
    answered_by = models.ForeignKey(
        User, verbose_name="反馈人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField("反馈日", null=True, blank=True)
    proof = models.ForeignKey(
        SealedFile, verbose_name="凭证", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_reason = models.CharField("退回理由", max_length=300, blank=True)
    acceptance = models.TextField("认可意见", blank=True)
    accepted_by = models.ForeignKey(
        User, verbose_name="认可人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_on = models.DateField("认可日", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "责令纠正"
        ordering = ("ordered_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("answered_by")),
                name="order_accepted_by_another",
            ),
            models.CheckConstraint(
                condition=Q(wrong_subject__isnull=True) | ~Q(ground=""), name="order_says_what_was_wrong"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member.number}责令纠正"

    @property
    def handler(self) -> User:
        return self.ordered_by

    def get_absolute_url(self) -> str:
        return reverse("sample-order", args=(self.pk,))
