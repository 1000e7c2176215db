"""The case, its team, its subjects, and who must stand aside."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.enums import CaseState, Outcome, RecusalGround, Relation, SubjectKind, Tier, Track
from cases.models.matter import OfCase
from cases.querysets import CaseChildQuerySet, CaseQuerySet, SubjectQuerySet
from wenze.access.grants import DatedGrant
from wenze.crypto.models import DataKey
from wenze.deadlines import clock
from wenze.ids import uuid7
from wenze.people.models import Cadre, Organization, Post, User


class Case(models.Model):
    """An accountability case of one commission. It shows its slowest subject's state."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号")
    title = models.CharField("案件名称", max_length=200)
    track = models.CharField("轨道", max_length=12, choices=Track)
    procedure = models.CharField("程序版本", max_length=60)
    state = models.CharField("状态", max_length=20, choices=CaseState, blank=True)
    situation = models.CharField("问责情形", max_length=4)
    field = models.CharField("领域", max_length=40, blank=True)
    campaign = models.ForeignKey(
        "cases.Campaign", verbose_name="专项", null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    brief = models.TextField("要情", blank=True)
    office = models.ForeignKey(Organization, verbose_name="承办室", on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey(User, verbose_name="承办人", on_delete=models.PROTECT, related_name="+")
    data_key = models.OneToOneField(DataKey, verbose_name="数据密钥", on_delete=models.PROTECT, related_name="+")
    applied_on = models.DateField("提请启动日")
    approved_on = models.DateField("启动批准日", null=True, blank=True)
    decided_on = models.DateField("决定日", null=True, blank=True)
    closed_on = models.DateField("结案日", null=True, blank=True)
    public_attention = models.BooleanField("社会关注度高", default=False)
    is_sensitive = models.BooleanField("敏感问题", default=False)
    superior_order = models.CharField("上级交办文号", max_length=80, blank=True)
    fired_triggers = models.JSONField("启动时命中的触发条件", default=list)
    created_at = models.DateTimeField("建立时间", default=clock.now, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "问责案件"
        ordering = ("-created_at", "-id")
        constraints = (models.UniqueConstraint(fields=("commission", "year", "serial"), name="case_number_once"),)
        indexes = (
            models.Index(fields=("commission", "-created_at", "-id"), name="case_commission_newest"),
            models.Index(fields=("office", "-created_at", "-id"), name="case_office_newest"),
            models.Index(fields=("handler", "-created_at", "-id"), name="case_handler_newest"),
            models.Index(fields=("commission", "state", "-created_at", "-id"), name="case_state_newest"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """〔2026〕问字第0001号 (contract.md)."""
        return f"〔{self.year}〕问字第{self.serial:04d}号"

    @property
    def sealing_key_id(self) -> Any:
        return self.data_key_id

    @property
    def ledger_case_id(self) -> Any:
        return self.pk

    def get_absolute_url(self) -> str:
        return reverse("case", args=(self.pk,))

    def panel_url(self, panel: str) -> str:
        """The address of one panel of the workspace."""
        return reverse("case-panel", args=(self.pk, panel)) if panel else self.get_absolute_url()


class CaseGrant(DatedGrant):
    """An exceptional, dated grant to read one case (提级、抽查、申诉、借阅); asked in ``wenze.access`` only."""

    content_object = models.ForeignKey(Case, verbose_name="案件", on_delete=models.CASCADE, related_name="grants")

    class Meta(DatedGrant.Meta):
        verbose_name = verbose_name_plural = "案件授权"


class TeamMember(models.Model):
    """A member of the investigation team; the case's sort key is copied so that an inspector's list stays flat."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="team")
    user = models.ForeignKey(User, verbose_name="成员", on_delete=models.PROTECT, related_name="+")
    is_leader = models.BooleanField("组长", default=False)
    from_on = models.DateField("起")
    until_on = models.DateField("止（含当日）", null=True, blank=True)
    statement = models.CharField("回避声明", max_length=200, blank=True)
    case_created_at = models.DateTimeField("案件建立时间", editable=False)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "调查组成员"
        ordering = ("-is_leader", "from_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "user"), condition=Q(until_on__isnull=True), name="on_the_team_once"
            ),
            models.UniqueConstraint(
                fields=("case",), condition=Q(is_leader=True, until_on__isnull=True), name="one_team_leader"
            ),
        )
        indexes = (models.Index(fields=("user", "-case_created_at", "case"), name="team_user_newest"),)

    def __str__(self) -> str:
        return f"{self.user}{'（组长）' if self.is_leader else ''}"


class Recusal(models.Model):
    """回避: this person sees and does nothing in the matter, whatever else he holds; it takes effect at once."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    case = models.ForeignKey(
        Case, verbose_name="案件", null=True, blank=True, on_delete=models.PROTECT, related_name="recusals"
    )
    clue = models.ForeignKey(
        "cases.Clue", verbose_name="线索", null=True, blank=True, on_delete=models.PROTECT, related_name="recusals"
    )
    user = models.ForeignKey(User, verbose_name="回避人", on_delete=models.PROTECT, related_name="recusals")
    ground = models.CharField("方式", max_length=10, choices=RecusalGround)
    reason = models.CharField("事由", max_length=300)
    decided_by = models.ForeignKey(User, verbose_name="决定人", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField("回避起")

    class Meta:
        verbose_name = verbose_name_plural = "回避"
        constraints = (
            models.UniqueConstraint(fields=("case", "user"), name="recused_once_a_case"),
            models.UniqueConstraint(fields=("clue", "user"), name="recused_once_a_clue"),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(clue__isnull=False), name="recusal_names_its_matter"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}回避"


class InvestigationPlan(models.Model):
    """调查方案 (D05): scope, steps, safety and secrecy; approved by the leader in charge."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="plan")
    scope = models.TextField("调查范围和内容")
    steps = models.TextField("步骤和时间安排")
    safety = models.TextField("安全保密措施")
    drafted_by = models.ForeignKey(User, verbose_name="拟稿人", on_delete=models.PROTECT, related_name="+")
    drafted_on = models.DateField("拟稿日")
    approved_on = models.DateField("批准日", null=True, blank=True)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "调查方案"

    def __str__(self) -> str:
        return f"{self.case.number}调查方案"


class Subject(OfCase, models.Model):
    """A respondent (问责对象): a cadre with the post he held **at the time of the act**, or an organisation.

    The subject carries its own state from ``initiating`` on. ``track`` follows from who he is (law.md §2.1);
    ``situation`` is set where it is another than the case's. ``decided_on`` is the day on which the last of his outcomes
    was there: what other bodies decide on our proposal counts too.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="subjects")
    position = models.PositiveSmallIntegerField("次序", default=1)
    kind = models.CharField("类别", max_length=12, choices=SubjectKind)
    cadre = models.ForeignKey(
        Cadre, verbose_name="干部", null=True, blank=True, on_delete=models.PROTECT, related_name="subjects"
    )
    organization = models.ForeignKey(
        Organization, verbose_name="党组织", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    track = models.CharField("轨道", max_length=12, choices=Track, default=Track.PARTY)
    situation = models.CharField("问责情形", max_length=4, blank=True)
    act_on = models.DateField("行为日")
    post = models.ForeignKey(
        Post, verbose_name="行为时职务", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    post_at_the_time = models.CharField("行为时单位及职务", max_length=200, blank=True)
    relation = models.CharField("与本机关关系", max_length=16, choices=Relation)
    tier = models.CharField("拟认定责任", max_length=10, choices=Tier)
    act = models.TextField("失职失责行为")
    without_leaders_reason = models.TextField("只问组织的理由", blank=True)
    filed_review_number = models.CharField("已被立案审查的案号", max_length=80, blank=True)
    filed_review_at = models.ForeignKey(
        Organization, verbose_name="立案机关", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    supplement = models.ForeignKey(
        "cases.Supplement", verbose_name="补充启动批次", null=True, blank=True, on_delete=models.PROTECT,
        related_name="subjects",
    )  # fmt: skip
    state = models.CharField("状态", max_length=20, choices=CaseState)
    outcome = models.CharField("结果", max_length=20, choices=Outcome, blank=True)
    decided_on = models.DateField("结果齐备日", null=True, blank=True)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "问责对象"
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="cadre", cadre__isnull=False, organization__isnull=True)
                | Q(kind="organization", cadre__isnull=True, organization__isnull=False),
                name="subject_is_what_its_kind_says",
            ),
            models.UniqueConstraint(fields=("case", "cadre"), name="cadre_once_a_case"),
            models.UniqueConstraint(fields=("case", "organization"), name="organization_once_a_case"),
        )
        indexes = (models.Index(fields=("cadre", "case"), name="subject_cadre"),)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(self.cadre.name if self.cadre else self.organization.name if self.organization else "")

    @property
    def situation_code(self) -> str:
        """The situation of 条例第七条 that his act falls under: his own, else the case's."""
        return self.situation or self.case.situation

    @property
    def is_principal(self) -> bool:
        """Whether he was the chief of that organisation when he acted."""
        return self.post is not None and self.post.is_principal

    def get_absolute_url(self) -> str:
        return self.case.panel_url("subjects")
