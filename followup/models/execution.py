"""What a decision asks to be done, with its day and its proof."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.models import Case, Decision, Dispatch, Measure
from cases.models.matter import OfCase
from followup.enums import ItemKind, ServiceWay
from followup.querysets import FollowupQuerySet
from wenze.crypto.models import SealedFile
from wenze.ids import uuid7
from wenze.people.models import Organization, User


class ItemQuerySet(FollowupQuerySet):
    """Execution items."""

    def open(self) -> Any:
        """Those still to be done: neither done nor fallen away with the decision they came from."""
        return self.filter(done_on__isnull=True, void_on__isnull=True)


class ExecutionItem(OfCase, models.Model):
    """One thing that a decision asks to be done, by a day, by somebody, with its proof (条例第十三条)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="execution_items")
    decision = models.ForeignKey(Decision, verbose_name="决定", on_delete=models.PROTECT, related_name="items")
    measure = models.ForeignKey(
        Measure, verbose_name="措施", null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    dispatch = models.ForeignKey(
        Dispatch, verbose_name="送办", null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    redress_id = models.UUIDField("所依据的申诉处理或者纠正", null=True, blank=True)
    kind = models.CharField("事项", max_length=24, choices=ItemKind)
    term = models.CharField("期限规则", max_length=6, blank=True)
    responsible = models.ForeignKey(
        Organization, verbose_name="责任单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField("期限", null=True, blank=True)
    done_on = models.DateField("完成日", null=True, blank=True)
    proof = models.TextField("完成情况", blank=True)
    proof_file = models.ForeignKey(
        SealedFile, verbose_name="凭证", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    way = models.CharField("送达方式", max_length=10, choices=ServiceWay, blank=True)
    recipient = models.CharField("签收人", max_length=60, blank=True)
    witness = models.CharField("见证人", max_length=60, blank=True)
    attended = models.CharField("参加人员", max_length=300, blank=True)
    late_reason = models.TextField("逾期说明", blank=True)
    void_on = models.DateField("取消日", null=True, blank=True)
    void_reason = models.CharField("取消的原因", max_length=200, blank=True)
    confirmed_by = models.ForeignKey(
        User, verbose_name="办结人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "执行事项"
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("decision", "kind", "measure", "dispatch"), name="execution_item_once"),
            models.UniqueConstraint(
                fields=("decision", "kind"),
                condition=Q(measure__isnull=True, dispatch__isnull=True, redress_id__isnull=True),
                name="execution_item_once_a_decision",
            ),
            models.UniqueConstraint(
                fields=("redress_id", "kind", "responsible"),
                condition=Q(redress_id__isnull=False, dispatch__isnull=True),
                name="execution_item_once_a_redress",
            ),
            models.CheckConstraint(
                condition=Q(void_on__isnull=True) | Q(done_on__isnull=True), name="execution_item_done_or_void"
            ),
        )
        indexes = (models.Index(fields=("responsible", "done_on", "due_on"), name="execution_responsible"),)

    def __str__(self) -> str:
        return f"{self.decision.subject.name}：{self.get_kind_display()}"

    @property
    def is_late(self) -> bool:
        """Done after its day, or not done though its day is set and past (asked against ``done_on`` only)."""
        return bool(self.done_on and self.due_on and self.done_on > self.due_on)

    @property
    def answered_in_dispatch(self) -> bool:
        """It waits for another body's reply, which is registered where the matter was sent, not here."""
        return self.kind == ItemKind.PROPOSAL_REPLY and self.dispatch_id is not None

    def get_absolute_url(self) -> str:
        return reverse("execution-item", args=(self.pk,))


class PostFormality(OfCase, models.Model):
    """One post that a removal takes away, by its own procedure and on its own day (law.md §1.3②).

    The Party committee removes, the congress or the consultative conference after nomination, a board by its articles;
    where the session is still to come, the term is put off with the leader's approval.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="post_formalities")
    item = models.ForeignKey(ExecutionItem, verbose_name="手续", on_delete=models.PROTECT, related_name="posts")
    position = models.PositiveSmallIntegerField("次序")
    post = models.CharField("职务", max_length=120)
    body = models.CharField("办理机关", max_length=120, blank=True)
    done_on = models.DateField("办结日", null=True, blank=True)
    deferred_until = models.DateField("延至", null=True, blank=True)
    deferred_reason = models.CharField("延期的原因", max_length=200, blank=True)
    deferred_by = models.ForeignKey(
        User, verbose_name="批准延期的领导", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "逐个职务的手续"
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("item", "post"), name="post_once_an_item"),)

    def __str__(self) -> str:
        return self.post

    def get_absolute_url(self) -> str:
        return reverse("post-formality", args=(self.pk,))
