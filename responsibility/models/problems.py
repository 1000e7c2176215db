"""Problem lists: what a source found, who is to put it right by when, what was reported, and whether it held (mechanism 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from responsibility.enums import UNDONE, ProblemSource, ProblemState
from wenze.access.querysets import ScopedQuerySet
from wenze.crypto.models import DataKey
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import Cadre, Organization, User
from wenze.workflow.remedy import LookedBack, RemedyReport, reported_and_answered

if TYPE_CHECKING:
    import datetime as dt


class ProblemListQuerySet(ScopedQuerySet[Any]):
    """Problem lists."""


class ProblemQuerySet(ScopedQuerySet[Any]):
    """Problems: a unit sees its own, one by one; the list they stand in speaks of other units too."""

    def late_on(self, day: dt.date) -> Any:
        """Those whose term has passed without the unit having reported."""
        return self.filter(state__in=UNDONE, due_on__lt=day)


class ProblemChildQuerySet(ScopedQuerySet[Any]):
    """What hangs on a problem is seen with it."""

    parent_path = "problem"


class ProblemList(models.Model):
    """One paper of one source (an inspection tour's feedback, an audit report) with the problems that it names."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField("来源", max_length=16, choices=ProblemSource)
    source_document = models.CharField("来源文件", max_length=200)
    found_by = models.CharField("提出单位", max_length=120)
    found_on = models.DateField("提出日")
    data_key = models.OneToOneField(DataKey, verbose_name="数据密钥", on_delete=models.PROTECT, related_name="+")
    registered_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    registered_on = models.DateField("登记日")

    objects = ProblemListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "问题清单"
        ordering = ("-found_on", "-pk")
        indexes = (models.Index(fields=("commission", "-found_on", "-id"), name="problem_list_newest"),)

    def __str__(self) -> str:
        return f"{self.get_source_display()}：{self.source_document}"

    def get_absolute_url(self) -> str:
        return reverse("problem-list", args=(self.pk,))


class Problem(models.Model):
    """A problem with its unit, its owner, its measure and its term; written off only when another has accepted it."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    problem_list = models.ForeignKey(
        ProblemList, verbose_name="问题清单", on_delete=models.PROTECT, related_name="problems"
    )
    number = models.CharField("序号", max_length=20)
    organization = models.ForeignKey(
        Organization, verbose_name="责任单位", on_delete=models.PROTECT, related_name="problems"
    )
    owner = models.ForeignKey(
        Cadre, verbose_name="责任人", null=True, blank=True, on_delete=models.PROTECT, related_name="problems"
    )
    owner_title = models.CharField("责任人职务", max_length=120, blank=True)
    text = models.TextField("问题")
    measure = models.TextField("整改措施")
    found_on = models.DateField("提出日")
    start_on = models.DateField("起算日")
    due_on = models.DateField("整改期限")
    months = models.PositiveSmallIntegerField("期限（月）", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=ProblemState, default=ProblemState.OPEN)
    written_off_on = models.DateField("销号日", null=True, blank=True)
    handler = models.ForeignKey(User, verbose_name="督促人", on_delete=models.PROTECT, related_name="+")

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "问题"
        ordering = ("problem_list", "number", "pk")
        constraints = (
            models.UniqueConstraint(fields=("problem_list", "number"), name="problem_number_once"),
            models.CheckConstraint(
                condition=~Q(state="written_off") | Q(written_off_on__isnull=False),
                name="problem_written_off_has_its_day",
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(measure=""), name="problem_is_whole"),
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | ~Q(owner_title=""), name="problem_names_its_owner"
            ),
        )
        indexes = (
            models.Index(fields=("commission", "state", "due_on", "id"), name="problem_state_due"),
            models.Index(fields=("commission", "due_on", "id"), name="problem_due"),
            models.Index(fields=("organization", "found_on"), name="problem_organization"),
            models.Index(fields=("owner", "found_on"), name="problem_owner"),
        )

    def __str__(self) -> str:
        return f"问题：{self.text[:40]}"

    @property
    def reference(self) -> str:
        """By which it is spoken of in a clue or in a case: the paper and the number in it."""
        return f"{self.problem_list}第{self.number}号"

    @property
    def owner_name(self) -> str:
        return self.owner.name if self.owner else self.owner_title

    @property
    def office_id(self) -> Any:
        """The office that presses for it: the one of whoever registered it."""
        return self.handler.organization_id

    @property
    def sealing_key_id(self) -> Any:
        return self.problem_list.data_key_id

    @property
    def latest(self) -> RemedialAction | None:
        """The unit's last report."""
        return max(self.actions.all(), key=lambda row: row.number, default=None)

    def is_late_on(self, day: dt.date) -> bool:
        """Its term passed and the unit has not reported."""
        return self.state in UNDONE and self.due_on < day

    def was_open_on(self, day: dt.date) -> bool:
        """It was known by that day and not put right on it; what was put right in appearance only never was."""
        return self.found_on <= day and (self.written_off_on is None or self.written_off_on > day)

    def may_become_clue(self, day: dt.date) -> bool:
        """逾期未改 or 虚假整改."""
        return self.state == ProblemState.FALSE or self.is_late_on(day)

    def get_absolute_url(self) -> str:
        return reverse("problem", args=(self.pk,))


class OfProblem:
    """Whose a row is that hangs on a problem: asked of it (terms, to-dos, ledger)."""

    problem: Problem

    @property
    def commission_id(self) -> Any:
        return self.problem.commission_id

    def get_absolute_url(self) -> str:
        return self.problem.get_absolute_url()


class RemedialAction(OfProblem, RemedyReport):
    """What the unit says it did, with its proof; accepted or returned by another."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, verbose_name="问题", on_delete=models.PROTECT, related_name="actions")

    objects = ProblemChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改反馈"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("problem", "number"), name="remedial_action_number_once"),
            *reported_and_answered("remedial"),
        )

    def __str__(self) -> str:
        return f"{self.problem}（第{self.number}次反馈）"


class ProblemCheck(OfProblem, LookedBack):
    """回头看: where what was written off does not hold it was 虚假整改, and the problem opens again."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, verbose_name="问题", on_delete=models.PROTECT, related_name="checks")

    objects = ProblemChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "问题回头看"
        ordering = ("looked_on", "pk")

    def __str__(self) -> str:
        return f"{self.problem}：{'成立' if self.holds else '虚假整改'}"


class SupervisedHandling(OfProblem, models.Model):
    """督办: a letter of its own to the unit, with a day of its own."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, verbose_name="问题", on_delete=models.PROTECT, related_name="supervisions")
    requirement = models.TextField("督办要求")
    due_on = models.DateField("督办期限")
    document = models.ForeignKey(
        OfficialDocument, verbose_name="督办函", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ordered_by = models.ForeignKey(User, verbose_name="督办人", on_delete=models.PROTECT, related_name="+")
    ordered_on = models.DateField("督办日")

    objects = ProblemChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督办"
        ordering = ("ordered_on", "pk")

    def __str__(self) -> str:
        return f"督办：{self.requirement[:40]}"
