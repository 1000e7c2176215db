"""Evidence, the four facts, the trail of power, the attribution of responsibility and the circumstances."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from cases.enums import CircumstanceKind, EvidenceKind, FactKind, Failure, Liability, Power, Tier, TrailKind
from cases.models.case import Case, Subject
from cases.querysets import CaseContentQuerySet, LinkQuerySet, SubjectContentQuerySet, SubjectLinkQuerySet
from responsibility.models import Duty, Problem
from wenze.crypto.models import SealedFile
from wenze.deadlines import clock
from wenze.ids import uuid7
from wenze.people.models import Cadre, Post, User


class Withdrawable(models.Model):
    """A link of the chain that can be taken back with its reason; it stays on record and carries nothing."""

    withdrawn_on = models.DateField("撤回日", null=True, blank=True)
    withdrawn_reason = models.CharField("撤回理由", max_length=300, blank=True)

    class Meta:
        abstract = True


class Evidence(Withdrawable):
    """A piece of evidence: sealed at receipt, taken by two, numbered in the catalogue (D08)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="evidence")
    serial = models.PositiveSmallIntegerField("证据号")
    title = models.CharField("名称", max_length=200)
    kind = models.CharField("种类", max_length=16, choices=EvidenceKind)
    source = models.CharField("来源", max_length=200)
    provided_by = models.CharField("提供人", max_length=120, blank=True)
    taken_on = models.DateField("取证日")
    taker = models.ForeignKey(User, verbose_name="取证人", on_delete=models.PROTECT, related_name="+")
    second_taker_name = models.CharField("第二取证人", max_length=60)
    second_taker = models.ForeignKey(
        User, verbose_name="第二取证人账号", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    file = models.OneToOneField(SealedFile, verbose_name="文件", on_delete=models.PROTECT, related_name="+")
    proves = models.CharField("证明内容", max_length=300, blank=True)
    received_at = models.DateTimeField("封存时间", default=clock.now, editable=False)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "证据"
        ordering = ("serial", "pk")
        constraints = (models.UniqueConstraint(fields=("case", "serial"), name="evidence_number_once"),)

    def __str__(self) -> str:
        return f"证{self.serial} {self.title}"


class Fact(Withdrawable):
    """One of the four facts (问题、结果、责任、因果); without evidence it is a gap. A cause says to which result it led."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField("类别", max_length=16, choices=FactKind)
    position = models.PositiveSmallIntegerField("次序", default=1)
    text = models.TextField("事实")
    leads_to = models.ForeignKey(
        "self", verbose_name="所致结果", null=True, blank=True, on_delete=models.PROTECT, related_name="causes"
    )
    evidence = models.ManyToManyField(Evidence, verbose_name="证据", through="FactEvidence", related_name="facts")

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "事实"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.text[:30]}"


class FactEvidence(models.Model):
    """That a piece of evidence carries a fact, and how far (证据只证明到哪里)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    fact = models.ForeignKey(Fact, verbose_name="事实", on_delete=models.CASCADE, related_name="links")
    evidence = models.ForeignKey(Evidence, verbose_name="证据", on_delete=models.PROTECT, related_name="links")
    extent = models.CharField("证明到哪里", max_length=200, blank=True)

    class FactContentQuerySet(CaseContentQuerySet):
        case_path = "fact__case"

    objects = FactContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "事实证据"
        constraints = (models.UniqueConstraint(fields=("fact", "evidence"), name="evidence_once_a_fact"),)

    def __str__(self) -> str:
        return f"{self.evidence}→{self.fact}"


class CauseFinding(models.Model):
    """反事实之问 for one subject: had he done his duty, would the result have come all the same?

    A cause fact with findings speaks for the subjects that they name; one without speaks for all.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    fact = models.ForeignKey(Fact, verbose_name="因果事实", on_delete=models.CASCADE, related_name="findings")
    subject = models.ForeignKey(Subject, verbose_name="对象", on_delete=models.PROTECT, related_name="causes")
    question = models.CharField("反事实之问", max_length=300)
    answer = models.CharField("回答", max_length=200)
    is_causal = models.BooleanField("有因果", default=True)

    objects = SubjectContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "因果认定"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("fact", "subject"), name="cause_found_once"),)

    def __str__(self) -> str:
        return f"{self.subject}：{'有' if self.is_causal else '无'}因果"


class TrailEvent(Withdrawable):
    """What a piece of power did on a day: who (with the post held that day), on which document, on which evidence."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="trail")
    on = models.DateField("日期")
    kind = models.CharField("环节", max_length=12, choices=TrailKind)
    subject = models.ForeignKey(
        Subject, verbose_name="对象", null=True, blank=True, on_delete=models.PROTECT, related_name="trail"
    )
    cadre = models.ForeignKey(
        Cadre, verbose_name="干部", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    post = models.ForeignKey(
        Post, verbose_name="当日职务", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField("谁", max_length=200)
    document = models.CharField("依据的文件", max_length=200, blank=True)
    text = models.TextField("做了什么")
    evidence = models.ManyToManyField(Evidence, verbose_name="证据", blank=True, related_name="trail")

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "权力运行轨迹"
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()} {self.actor_name}"


class Attribution(Withdrawable):
    """Subject × failed duty (or 清单外 with its source) × event × kinds (条例第六条、第十条)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, verbose_name="对象", on_delete=models.PROTECT, related_name="attributions")
    duty = models.ForeignKey(
        Duty, verbose_name="职责", null=True, blank=True, on_delete=models.PROTECT, related_name="attributions"
    )
    outside_list = models.CharField("清单外职责的来源", max_length=300, blank=True)
    event = models.ForeignKey(TrailEvent, verbose_name="行为", on_delete=models.PROTECT, related_name="attributions")
    fact = models.ForeignKey(Fact, verbose_name="责任事实", on_delete=models.PROTECT, related_name="attributions")
    power = models.CharField("决策执行监管", max_length=12, choices=Power)
    tier = models.CharField("层次", max_length=10, choices=Tier)
    liability = models.CharField("类别", max_length=12, choices=Liability)
    failure = models.CharField("不当不力不执行", max_length=10, choices=Failure, blank=True)
    reasoning = models.TextField("认定理由")

    objects = SubjectLinkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "责任认定"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(duty__isnull=False) | ~Q(outside_list=""), name="attribution_names_its_duty"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.get_tier_display()}"


class KnownProblem(models.Model):
    """A problem that was on a list before the act: taken into the case as proof that the duty-holder knew (明知).

    It stands while its fact does; the entry, the extract and the event that it became are links of the chain like others.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, verbose_name="对象", on_delete=models.PROTECT, related_name="known_problems")
    problem = models.ForeignKey(Problem, verbose_name="问题", on_delete=models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, verbose_name="摘录", on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(TrailEvent, verbose_name="发现", on_delete=models.PROTECT, related_name="+")
    fact = models.ForeignKey(Fact, verbose_name="事实", on_delete=models.PROTECT, related_name="+")

    class KnownProblemQuerySet(SubjectContentQuerySet):
        def standing(self) -> Any:
            return self.filter(fact__withdrawn_on__isnull=True)

    objects = KnownProblemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "已知的问题"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("subject", "problem"), name="known_problem_once"),)

    def __str__(self) -> str:
        return f"{self.subject}已知{self.problem}"


class Circumstance(models.Model):
    """条例第十七至十九条, and objective conditions; each with its basis and its evidence."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, verbose_name="对象", on_delete=models.PROTECT, related_name="circumstances")
    kind = models.CharField("类别", max_length=12, choices=CircumstanceKind)
    code = models.CharField("情节", max_length=20, blank=True)
    text = models.TextField("情况")
    evidence = models.ManyToManyField(Evidence, verbose_name="证据", blank=True, related_name="+")
    adopted = models.BooleanField("认定", default=True)

    objects = SubjectContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "情节"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.text[:30]}"


class BreakExplanation(models.Model):
    """A break in the chain 职责→行为→结果→因果 that is explained in writing instead of closed (mechanism 10)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="break_explanations")
    code = models.CharField("断点", max_length=120)
    reason = models.TextField("说明")
    explained_by = models.ForeignKey(User, verbose_name="说明人", on_delete=models.PROTECT, related_name="+")
    explained_on = models.DateField("说明日")

    objects = CaseContentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "断点说明"
        constraints = (models.UniqueConstraint(fields=("case", "code"), name="break_explained_once"),)

    def __str__(self) -> str:
        return self.code
