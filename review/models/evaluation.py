"""案件质量评查 (law.md §7.3): who looked at a finished case, what he found, the grade, and what was put right."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.models import Case
from review.enums import EvaluationKind, EvaluationState, FindingSource, Grade
from wenze.access.querysets import ScopedQuerySet
from wenze.crypto.models import DataKey, SealedFile
from wenze.deadlines import clock
from wenze.documents.models import OfficialDocument
from wenze.ids import uuid7
from wenze.people.models import Organization, User


class Evaluation(models.Model):
    """One evaluation of one case by a commission; it keeps the edition of the indicators under which it was made.

    ``case`` is empty for a case on paper: its number, title and unit are typed, and the automatic rules do not apply.
    ``commission`` is whose evaluation it is (the superior's, where a superior evaluates); ``evaluated`` whose case.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(Organization, verbose_name="评查机关", on_delete=models.PROTECT, related_name="+")
    evaluated = models.ForeignKey(Organization, verbose_name="办案机关", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, verbose_name="案件", null=True, blank=True, on_delete=models.PROTECT, related_name="evaluations"
    )
    case_number = models.CharField("案号", max_length=60)
    case_title = models.CharField("案件名称", max_length=200)
    office = models.ForeignKey(
        Organization, verbose_name="承办室", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit_name = models.CharField("承办单位", max_length=120)
    sample_member_id = models.UUIDField("样本", null=True, blank=True)
    data_key = models.OneToOneField(DataKey, verbose_name="数据密钥", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("种类", max_length=10, choices=EvaluationKind)
    edition = models.CharField("指标版本", max_length=40)
    state = models.CharField("状态", max_length=12, choices=EvaluationState, default=EvaluationState.OPEN)
    opened_by = models.ForeignKey(User, verbose_name="发起人", on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField("发起日")
    rules_run_on = models.DateField("自动检查日", null=True, blank=True)
    on_site = models.TextField("现场访谈情况", blank=True)
    discussed_on = models.DateField("集体讨论日", null=True, blank=True)
    discussed_by = models.CharField("讨论人员", max_length=300, blank=True)
    discussion = models.TextField("讨论意见", blank=True)
    score = models.DecimalField("得分", max_digits=5, decimal_places=1, null=True, blank=True)
    grade = models.CharField("等次", max_length=10, choices=Grade, blank=True)
    is_vetoed = models.BooleanField("一票不合格", default=False)
    graded_on = models.DateField("评定日", null=True, blank=True)
    form = models.ForeignKey(
        OfficialDocument, verbose_name="评查表", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    feedback = models.TextField("反馈意见", blank=True)
    fed_back_on = models.DateField("反馈日", null=True, blank=True)
    feedback_paper = models.ForeignKey(
        OfficialDocument, verbose_name="评查反馈", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    comment = models.TextField("承办室的意见", blank=True)
    commented_by = models.ForeignKey(
        User, verbose_name="提出意见的人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    commented_on = models.DateField("提出意见日", null=True, blank=True)
    rectify_until = models.DateField("整改期限", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", default=clock.now, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "案件质量评查"
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("commission", "case"),
                condition=Q(state=EvaluationState.OPEN),
                name="one_open_evaluation_a_case",
            ),
            models.CheckConstraint(
                condition=Q(state=EvaluationState.OPEN) | Q(score__isnull=False) & ~Q(grade=""),
                name="graded_evaluation_has_its_grade",
            ),
        )
        indexes = (
            models.Index(fields=("commission", "-created_at", "-id"), name="evaluation_newest"),
            models.Index(fields=("office", "-created_at", "-id"), name="evaluation_office"),
            models.Index(fields=("sample_member_id",), name="evaluation_sample"),
        )

    def __str__(self) -> str:
        return f"{self.case_number}质量评查"

    @property
    def sealing_key_id(self) -> Any:
        return self.data_key_id

    @property
    def ledger_case_id(self) -> Any:
        return self.case_id

    @property
    def number(self) -> str:
        """By what its terms and to-dos are known: the number of the case."""
        return self.case_number

    @property
    def handler(self) -> User:
        """Who answers for the term: the handler of the case; of a case on paper, whoever opened the evaluation."""
        return self.case.handler if self.case is not None else self.opened_by

    def get_absolute_url(self) -> str:
        return reverse("evaluation", args=(self.pk,))


class EvaluationChildQuerySet(ScopedQuerySet[Any]):
    """Parts of an evaluation: seen with it."""

    parent_path = "evaluation"


class Evaluator(models.Model):
    """A member of the team: none who handled, approved or adjudicated that case, none who must stand aside."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    evaluation = models.ForeignKey(Evaluation, verbose_name="评查", on_delete=models.PROTECT, related_name="team")
    user = models.ForeignKey(User, verbose_name="评查人员", on_delete=models.PROTECT, related_name="+")
    is_leader = models.BooleanField("组长", default=False)

    objects = EvaluationChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评查人员"
        ordering = ("-is_leader", "pk")
        constraints = (
            models.UniqueConstraint(fields=("evaluation", "user"), name="evaluator_once"),
            models.UniqueConstraint(fields=("evaluation",), condition=Q(is_leader=True), name="one_lead_evaluator"),
        )

    def __str__(self) -> str:
        return f"{self.user}{'（组长）' if self.is_leader else ''}"


class Finding(models.Model):
    """A defect of the case: found by a rule, or by a reviewer against an item, with the points that it costs."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    evaluation = models.ForeignKey(Evaluation, verbose_name="评查", on_delete=models.PROTECT, related_name="findings")
    source = models.CharField("来源", max_length=6, choices=FindingSource)
    code = models.CharField("规则或者项目", max_length=12)
    phase = models.CharField("阶段", max_length=4)
    indicator = models.CharField("指标", max_length=8)
    points = models.DecimalField("扣分", max_digits=4, decimal_places=1)
    is_veto = models.BooleanField("一票不合格", default=False)
    text = models.CharField("问题", max_length=400)
    on = models.DateField("问题发生日", null=True, blank=True)
    article = models.CharField("依据", max_length=120)
    panel = models.CharField("所在", max_length=20, blank=True)
    earlier = models.PositiveSmallIntegerField("反馈后再犯次数", default=0)
    set_aside = models.CharField("不认定的理由", max_length=300, blank=True)
    set_aside_by = models.ForeignKey(
        User, verbose_name="不认定的人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    found_by = models.ForeignKey(
        User, verbose_name="评查人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = EvaluationChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评查发现的问题"
        ordering = ("code", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(source=FindingSource.RULE) | Q(found_by__isnull=False),
                name="human_finding_names_its_finder",
            ),
            models.CheckConstraint(
                condition=Q(set_aside="") | Q(set_aside_by__isnull=False), name="finding_set_aside_by_somebody"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.text[:40]}"

    @property
    def stands(self) -> bool:
        return not self.set_aside


class Bonus(models.Model):
    """加分: 有效整改、提出纪检监察建议 (law.md §7.3), with the reason."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    evaluation = models.ForeignKey(Evaluation, verbose_name="评查", on_delete=models.PROTECT, related_name="bonuses")
    code = models.CharField("项目", max_length=12)
    points = models.DecimalField("加分", max_digits=4, decimal_places=1)
    reason = models.CharField("理由", max_length=400)
    given_by = models.ForeignKey(User, verbose_name="评查人", on_delete=models.PROTECT, related_name="+")

    objects = EvaluationChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评查加分"
        ordering = ("code", "pk")
        constraints = (models.UniqueConstraint(fields=("evaluation", "code"), name="bonus_once"),)

    def __str__(self) -> str:
        return f"{self.code}加{self.points}分"


class RectificationReport(models.Model):
    """整改报告 (D45): what the handling office put right, with its proof; accepted or returned by another."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    evaluation = models.ForeignKey(
        Evaluation, verbose_name="评查", on_delete=models.PROTECT, related_name="rectifications"
    )
    round = models.PositiveSmallIntegerField("次数")
    text = models.TextField("整改情况")
    scan = models.ForeignKey(
        SealedFile, verbose_name="附件", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reported_by = models.ForeignKey(User, verbose_name="报告人", on_delete=models.PROTECT, related_name="+")
    reported_on = models.DateField("报告日")
    due_on = models.DateField("当时的期限")
    paper = models.ForeignKey(
        OfficialDocument, verbose_name="整改报告", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_on = models.DateField("退回日", null=True, blank=True)
    returned_reason = models.TextField("退回理由", blank=True)
    accepted_on = models.DateField("验收日", null=True, blank=True)
    acceptance = models.TextField("验收意见", blank=True)
    answered_by = models.ForeignKey(
        User, verbose_name="验收人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = EvaluationChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评查整改报告"
        ordering = ("round",)
        constraints = (
            models.UniqueConstraint(fields=("evaluation", "round"), name="rectification_round_once"),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | ~Q(answered_by=F("reported_by")),
                name="rectification_accepted_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.evaluation}第{self.round}次整改报告"

    @property
    def is_late(self) -> bool:
        return self.reported_on > self.due_on


class EvaluationLookBack(models.Model):
    """回头看: whether what was accepted holds; where it does not, it is put right again."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    evaluation = models.ForeignKey(Evaluation, verbose_name="评查", on_delete=models.PROTECT, related_name="look_backs")
    looked_on = models.DateField("回头看日")
    looker = models.ForeignKey(User, verbose_name="回头看人", on_delete=models.PROTECT, related_name="+")
    finding = models.TextField("情况")
    holds = models.BooleanField("整改成立")

    objects = EvaluationChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评查回头看"
        ordering = ("looked_on", "pk")

    def __str__(self) -> str:
        return f"{self.evaluation}回头看"


class Defect(models.Model):
    """问题台账: a defect by rule and office, free of persons; whether it came again after it was told (反馈后同类再犯)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(Organization, verbose_name="评查机关", on_delete=models.PROTECT, related_name="+")
    finding = models.OneToOneField(Finding, verbose_name="问题", on_delete=models.PROTECT, related_name="defect")
    office = models.ForeignKey(
        Organization, verbose_name="承办室", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit_name = models.CharField("承办单位", max_length=120)
    code = models.CharField("规则或者项目", max_length=12)
    phase = models.CharField("阶段", max_length=4)
    name = models.CharField("问题类型", max_length=120)
    recorded_on = models.DateField("入账日")
    fed_back_on = models.DateField("反馈日", null=True, blank=True)
    earlier = models.PositiveSmallIntegerField("此前已反馈次数", default=0)
    cleared_on = models.DateField("销账日", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评查问题台账"
        ordering = ("-recorded_on", "-pk")
        indexes = (
            models.Index(fields=("commission", "-recorded_on", "-id"), name="defect_newest"),
            models.Index(fields=("office", "code", "fed_back_on"), name="defect_recurs"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
