"""The clue (问题线索), its verification, the threshold test and what became of it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases.enums import ClueSource, ClueState, Exit, ThresholdVerdict, Track
from cases.models.matter import OfClue
from cases.querysets import ClueChildQuerySet, ClueQuerySet
from responsibility.models import Problem
from wenze.access.querysets import ScopedQuerySet
from wenze.crypto.fields import SealedTextField
from wenze.crypto.models import DataKey, SealedFile
from wenze.deadlines import clock
from wenze.ids import uuid7
from wenze.people.models import Cadre, Organization, User


class Campaign(models.Model):
    """A special campaign (专项) under which clues and cases are counted together."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField("专项名称", max_length=120)
    basis = models.CharField("依据文件", max_length=200, blank=True)
    field = models.CharField("领域", max_length=40, blank=True)
    from_on = models.DateField("起")
    until_on = models.DateField("止", null=True, blank=True)
    opened_by = models.ForeignKey(
        User, verbose_name="设立人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "专项"
        ordering = ("-from_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("commission", "name"), name="campaign_name_once"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="campaign_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Clue(models.Model):
    """A clue that a leader or an organisation failed in its duty. A classified matter is a stub: no content at all."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号")
    title = models.CharField("线索名称", max_length=200)
    source = models.CharField("来源", max_length=24, choices=ClueSource)
    source_detail = models.CharField("来源说明", max_length=300, blank=True)
    source_reference = models.CharField("来文字号", max_length=80, blank=True)
    reply_due_on = models.DateField("须回复日", null=True, blank=True)
    replied_on = models.DateField("回复日", null=True, blank=True)
    reply_number = models.CharField("回复文号", max_length=80, blank=True)
    reply = models.TextField("回复内容", blank=True)
    received_on = models.DateField("收到日")
    happened_on = models.DateField("问题发生日", null=True, blank=True)
    field = models.CharField("领域", max_length=40, blank=True)
    campaign = models.ForeignKey(
        Campaign, verbose_name="专项", null=True, blank=True, on_delete=models.PROTECT, related_name="clues"
    )
    summary = models.TextField("问题摘要", blank=True)
    informant = SealedTextField("检举人", blank=True)
    data_key = models.OneToOneField(DataKey, verbose_name="数据密钥", on_delete=models.PROTECT, related_name="+")
    is_classified = models.BooleanField("涉密件（只登记编号）", default=False)
    classified_number = models.CharField("涉密件编号", max_length=80, blank=True)
    classified_level = models.CharField(
        "密级", max_length=12, blank=True, choices=(("secret", "秘密"), ("confidential", "机密"), ("top", "绝密"))
    )
    custodian = models.CharField("保管人", max_length=60, blank=True)
    state = models.CharField("状态", max_length=16, choices=ClueState, blank=True)
    procedure = models.CharField("程序版本", max_length=60)
    registered_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    registered_on = models.DateField("登记日")
    office = models.ForeignKey(
        Organization, verbose_name="承办室", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handler = models.ForeignKey(
        User, verbose_name="承办人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    consultation = models.TextField("会商意见", blank=True)
    exit = models.CharField("研判出口", max_length=24, choices=Exit, blank=True)
    exit_reason = models.TextField("研判理由", blank=True)
    hold_until = models.DateField("暂存至", null=True, blank=True)
    case = models.ForeignKey(
        "cases.Case", verbose_name="案件", null=True, blank=True, on_delete=models.PROTECT, related_name="clues"
    )
    problem = models.OneToOneField(
        Problem, verbose_name="转入的问题", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("建立时间", default=clock.now, editable=False)

    objects = ClueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "问责线索"
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("commission", "year", "serial"), name="clue_number_once"),
            models.CheckConstraint(
                condition=Q(is_classified=False) | (Q(summary="") & ~Q(classified_number="")),
                name="classified_clue_is_a_stub",
            ),
        )
        indexes = (
            models.Index(fields=("commission", "-created_at", "-id"), name="clue_commission_newest"),
            models.Index(fields=("office", "-created_at", "-id"), name="clue_office_newest"),
            models.Index(fields=("handler", "-created_at", "-id"), name="clue_handler_newest"),
            models.Index(fields=("registered_by", "-created_at", "-id"), name="clue_registrar_newest"),
            models.Index(fields=("commission", "state", "-created_at", "-id"), name="clue_state_newest"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """〔2026〕问线字第0001号."""
        return f"〔{self.year}〕问线字第{self.serial:04d}号"

    @property
    def sealing_key_id(self) -> Any:
        return self.data_key_id

    @property
    def ledger_case_id(self) -> Any:
        return self.case_id

    def get_absolute_url(self) -> str:
        return reverse("clue", args=(self.pk,))

    def panel_url(self, panel: str) -> str:
        return f"{self.get_absolute_url()}#{panel}" if panel else self.get_absolute_url()


class ClueRespondent(models.Model):
    """Whom the clue speaks of: a cadre or an organisation, and what is alleged."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    clue = models.ForeignKey(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="respondents")
    cadre = models.ForeignKey(
        Cadre, verbose_name="干部", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        Organization, verbose_name="组织", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    allegation = models.CharField("反映的问题", max_length=300, blank=True)

    objects = ClueChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "被反映对象"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(cadre__isnull=False, organization__isnull=True)
                | Q(cadre__isnull=True, organization__isnull=False),
                name="respondent_is_a_cadre_or_an_organization",
            ),
            models.UniqueConstraint(fields=("clue", "cadre"), name="cadre_once_a_clue"),
            models.UniqueConstraint(fields=("clue", "organization"), name="organization_once_a_clue"),
        )

    def __str__(self) -> str:
        return str(self.cadre or self.organization)


class Verification(models.Model):
    """初步核实: a plan that the head approves, two members, a report."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    clue = models.OneToOneField(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="verification")
    plan = models.TextField("初核方案")
    members = models.ManyToManyField(User, verbose_name="初核人员", related_name="+")
    approved_on = models.DateField("方案批准日", null=True, blank=True)
    findings = SealedTextField("初核情况", blank=True)
    conclusion = models.TextField("初核意见", blank=True)
    reported_on = models.DateField("报告日", null=True, blank=True)

    objects = ClueChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "初步核实"

    def __str__(self) -> str:
        return f"{self.clue.number}初核"

    @property
    def sealing_key_id(self) -> Any:
        return self.clue.data_key_id


class ThresholdTest(models.Model):
    """行为 + 后果 (条例第七条): the situation, whether the act stands, which consequences, each with its basis."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    clue = models.OneToOneField(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="threshold")
    situation = models.CharField("问责情形", max_length=4)
    act = models.BooleanField("失职失责行为成立")
    act_basis = models.TextField("行为依据")
    consequences = models.JSONField("后果", default=list)
    consequence_basis = models.TextField("后果依据", blank=True)
    loss_yuan = models.DecimalField("直接损失（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    track = models.CharField("轨道", max_length=12, choices=Track)
    verdict = models.CharField("门槛结论", max_length=24, choices=ThresholdVerdict)
    basis = models.JSONField("依据", default=list)
    override_reason = models.TextField("另行处理的理由", blank=True)
    assessed_by = models.ForeignKey(User, verbose_name="研判人", on_delete=models.PROTECT, related_name="+")
    assessed_on = models.DateField("研判日")

    objects = ClueChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "门槛判定"

    def __str__(self) -> str:
        return f"{self.clue.number}门槛判定"


class FirstForm(OfClue, models.Model):
    """第一种形态 or 作风效能 handling of one respondent: measure, rectification, proof of completion (law.md §5)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    clue = models.ForeignKey(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="first_forms")
    respondent = models.ForeignKey(
        ClueRespondent, verbose_name="对象", on_delete=models.PROTECT, related_name="first_forms"
    )
    is_style_handling = models.BooleanField("作风效能处理", default=False)
    measure = models.CharField("措施", max_length=24)
    reason = models.TextField("理由")
    rectification = models.TextField("整改要求")
    due_on = models.DateField("整改期限")
    done_on = models.DateField("完成日", null=True, blank=True)
    proof = models.TextField("完成情况", blank=True)
    proof_file = models.ForeignKey(
        SealedFile, verbose_name="完成凭证", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ClueChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "第一种形态处理"
        constraints = (models.UniqueConstraint(fields=("clue", "respondent"), name="first_form_once_a_respondent"),)

    def __str__(self) -> str:
        return f"{self.respondent} {self.measure}"


class Referral(OfClue, models.Model):
    """A matter handed to another body (移送、并入立案、报请上级), with its reply."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    clue = models.ForeignKey(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="referrals")
    exit = models.CharField("类别", max_length=24, choices=Exit)
    to_organization = models.ForeignKey(
        Organization, verbose_name="接收机关", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    to_name = models.CharField("接收机关名称", max_length=120)
    reason = models.TextField("理由")
    filed_number = models.CharField("已立案的案号", max_length=80, blank=True)
    sent_on = models.DateField("送出日")
    reply_due_on = models.DateField("反馈期限", null=True, blank=True)
    replied_on = models.DateField("反馈日", null=True, blank=True)
    reply = models.TextField("反馈结果", blank=True)

    objects = ClueChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "移送"

    def __str__(self) -> str:
        return f"{self.get_exit_display()}：{self.to_name}"


class Inquiry(OfClue, models.Model):
    """谈话函询 of a respondent: asked, answered; the clue is then assessed again (监督执纪工作规则)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    clue = models.ForeignKey(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="inquiries")
    respondent = models.ForeignKey(ClueRespondent, verbose_name="对象", on_delete=models.PROTECT, related_name="+")
    by_letter = models.BooleanField("函询", default=True)
    questions = SealedTextField("询问事项")
    asked_on = models.DateField("发出日")
    answer = SealedTextField("答复", blank=True)
    answered_on = models.DateField("答复日", null=True, blank=True)

    objects = ClueChildQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "谈话函询"

    def __str__(self) -> str:
        return f"{self.respondent}谈话函询"

    @property
    def sealing_key_id(self) -> Any:
        return self.clue.data_key_id
