"""Filings in advance (容错备案): the row of the register, and its versions with all that was submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tolerance.enums import FileKind, FilingState, Secrecy, VersionKind, VersionState
from tolerance.models.lists import ToleranceItem
from wenze.access.querysets import ScopedQuerySet
from wenze.crypto.models import DataKey, SealedFile
from wenze.ids import uuid7
from wenze.people.enums import PostRank
from wenze.people.models import Cadre, Organization, User

if TYPE_CHECKING:
    import datetime as dt
    import uuid

OPEN = (VersionState.DRAFT, VersionState.SUBMITTED, VersionState.SUPPLEMENT)
STANDING = (
    FilingState.SUBMITTED, FilingState.SUPPLEMENT, FilingState.REGISTERED, FilingState.EXPLANATION, FilingState.LAPSED,
    FilingState.EXPIRED,
)  # fmt: skip
"""States in which a matter must answer a filing: it came, and was neither refused nor taken back."""


class FilingQuerySet(ScopedQuerySet[Any]):
    """Filings."""

    def in_effect_on(self, day: dt.date) -> Any:
        """Those whose validity covers that day; a filing that has lapsed or expired since was in effect then."""
        states = (FilingState.REGISTERED, FilingState.EXPIRED, FilingState.LAPSED)
        return self.filter(
            Q(lapsed_on__isnull=True) | Q(lapsed_on__gt=day),
            state__in=states, registered_on__isnull=False, valid_from__lte=day, valid_until__gte=day,
        )  # fmt: skip


class Filing(models.Model):
    """A fault-tolerance filing of an organisation for an undertaking and the cadre responsible for it.

    ``current`` is the version that was registered last (before that, the first); ``filed_on`` the day of the first
    submission, of a draft the day it was begun.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    body = models.ForeignKey(
        Organization, verbose_name="受理机关", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    copy_to = models.ForeignKey(
        Organization, verbose_name="抄送", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    body_reason = models.CharField("受理机关的理由", max_length=300, blank=True)
    number = models.CharField("备案编号", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("年份", null=True, blank=True)
    serial = models.PositiveIntegerField("序号", null=True, blank=True)
    title = models.CharField("事项名称", max_length=200)
    organization = models.ForeignKey(Organization, verbose_name="申报组织", on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey(
        Cadre, verbose_name="责任人", null=True, blank=True, on_delete=models.PROTECT, related_name="filings"
    )
    state = models.CharField("状态", max_length=12, choices=FilingState, default=FilingState.DRAFT)
    current = models.ForeignKey(
        "FilingVersion", verbose_name="现行版本", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    filed_by = models.ForeignKey(User, verbose_name="报送人", on_delete=models.PROTECT, related_name="+")
    on_behalf = models.BooleanField("代为报送", default=False)
    filed_on = models.DateField("报送日")
    registered_on = models.DateField("登记日", null=True, blank=True)
    registered_by = models.ForeignKey(
        User, verbose_name="登记人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opinion = models.TextField("审核意见", blank=True)
    valid_from = models.DateField("有效期自", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    renewals = models.PositiveSmallIntegerField("已续期次数", default=0)
    supplement_note = models.TextField("补正要求", blank=True)
    supplement_due_on = models.DateField("补正期限", null=True, blank=True)
    ended_reason = models.TextField("不予备案、撤回或者失效的理由", blank=True)
    lapsed_on = models.DateField("撤回或者失效日", null=True, blank=True)
    sealing_key = models.ForeignKey(
        DataKey, verbose_name="数据密钥", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = FilingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "容错备案"
        ordering = ("-filed_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("commission", "number"), condition=~Q(number=""), name="filing_number_once"
            ),
            models.CheckConstraint(
                condition=Q(registered_by__isnull=True) | ~Q(registered_by=F("filed_by")),
                name="filing_registered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="filing_ends_after_it_begins",
            ),
        )
        indexes = (
            models.Index(fields=("responsible", "filed_on"), name="filing_responsible"),
            models.Index(fields=("organization", "-id"), name="filing_organization"),
            models.Index(fields=("commission", "state", "-id"), name="filing_commission_state"),
            models.Index(fields=("valid_until",), condition=Q(state="registered"), name="filing_expiry"),
        )

    def __str__(self) -> str:
        return f"{self.number or '未编号'} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("filing", args=(self.pk,))

    @property
    def is_explanation(self) -> bool:
        """Whether it came when the undertaking had begun: an explanation, never a filing in advance (law.md §6.1, L35)."""
        version = self.current
        return version is not None and version.starts_on is not None and self.filed_on >= version.starts_on

    def is_in_effect_on(self, day: dt.date) -> bool:
        """Registered, and its validity covers the day."""
        return (
            self.registered_on is not None
            and self.valid_from is not None
            and self.valid_until is not None
            and self.valid_from <= day <= self.valid_until
            and (self.lapsed_on is None or day < self.lapsed_on)
        )


class VersionQuerySet(ScopedQuerySet[Any]):
    """Versions: seen with their filing."""

    parent_path = "filing"

    def submitted(self) -> Any:
        """Those that were handed in, whatever became of them."""
        return self.filter(submitted_at__isnull=False)


class FilingVersion(models.Model):
    """All that a filing says (law.md §6.1) as it was submitted at an instant; the next version leaves it as it is."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    filing = models.ForeignKey(Filing, verbose_name="备案", on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField("版次")
    kind = models.CharField("种类", max_length=10, choices=VersionKind, default=VersionKind.FIRST)
    state = models.CharField("状态", max_length=10, choices=VersionState, default=VersionState.DRAFT)
    change_reason = models.TextField("变更或者续期的理由", blank=True)

    title = models.CharField("事项名称", max_length=200, blank=True)
    item = models.ForeignKey(
        ToleranceItem,
        verbose_name="类别（正面清单）",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    background = models.TextField("背景与依据", blank=True)
    gap = models.TextField("现行规定的空白或者冲突", blank=True)
    practice = models.TextField("拟采取的做法", blank=True)
    risks = models.TextField("风险点与预案", blank=True)
    loss_ceiling = models.DecimalField("损失上限（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField("实施期自", null=True, blank=True)
    ends_on = models.DateField("实施期至", null=True, blank=True)
    meeting = models.CharField("决策会议", max_length=200, blank=True)
    met_on = models.DateField("会议日期", null=True, blank=True)
    minutes = models.TextField("会议纪要（文号和要点）", blank=True)
    dissent = models.TextField("不同意见", blank=True)
    legality = models.TextField("合法性审查意见", blank=True)
    expert = models.TextField("专家论证", blank=True)
    no_private_gain = models.BooleanField("无私利承诺（回避声明）", default=False)
    prejudgement = models.TextField("正面清单预判", blank=True)
    distinctions = models.JSONField("三个区分自评", default=dict, blank=True)
    self_check = models.JSONField("负面清单自查", default=dict, blank=True)
    secrecy = models.CharField("密级", max_length=10, choices=Secrecy, default=Secrecy.INTERNAL)
    signed_by = models.CharField("签字人", max_length=60, blank=True)

    organization_name = models.CharField("申报组织（报送时）", max_length=120, blank=True)
    body_name = models.CharField("受理机关（报送时）", max_length=120, blank=True)
    submitted_by = models.ForeignKey(
        User, verbose_name="报送人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    submitted_on = models.DateField("报送日", null=True, blank=True)
    decided_on = models.DateField("登记或者不予登记日", null=True, blank=True)
    digests = models.JSONField("各项指纹", default=dict, editable=False)
    digest = models.CharField("内容指纹", max_length=64, blank=True, editable=False)
    root_id = models.UUIDField("当日根", null=True, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "容错备案（版本）"
        ordering = ("filing", "version")
        constraints = (
            models.UniqueConstraint(fields=("filing", "version"), name="filing_version_once"),
            models.UniqueConstraint(fields=("filing",), condition=Q(state__in=OPEN), name="filing_one_open_version"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False) | Q(state="withdrawn"),
                name="filing_version_submitted",
            ),
        )
        indexes = (
            models.Index(
                fields=("submitted_on",), condition=Q(root_id__isnull=True, submitted_at__isnull=False),
                name="filing_version_unsealed",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title or '未命名'}（第{self.version}版）"

    @property
    def sealing_key_id(self) -> uuid.UUID | None:
        return self.filing.sealing_key_id

    @property
    def hits(self) -> list[str]:
        """The questions of the negative list that were answered with 有."""
        return sorted(key for key, answer in self.self_check.items() if answer == "yes")


class OfVersionQuerySet(ScopedQuerySet[Any]):
    """What hangs on a version: seen with it."""

    parent_path = "version"


class FilingPerson(models.Model):
    """A responsible cadre with his post and rank at the time; the first is the one by whom the receiver is found."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(FilingVersion, verbose_name="版本", on_delete=models.CASCADE, related_name="people")
    cadre = models.ForeignKey(Cadre, verbose_name="责任人", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("次序", default=1)
    name = models.CharField("姓名", max_length=60)
    post = models.CharField("职务（报送时）", max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField("职务层次", choices=PostRank, null=True, blank=True)
    managed_by = models.CharField("干部管理机关", max_length=120, blank=True)

    objects = OfVersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "备案责任人"
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=("version", "cadre"), name="filing_person_once"),)

    def __str__(self) -> str:
        return f"{self.name}（{self.post}）" if self.post else self.name


class FilingFile(models.Model):
    """A paper that came with a version: sealed, its hash part of what the version's digest covers."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(FilingVersion, verbose_name="版本", on_delete=models.CASCADE, related_name="files")
    kind = models.CharField("材料", max_length=10, choices=FileKind)
    file = models.ForeignKey(SealedFile, verbose_name="文件", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("次序", default=1)

    objects = OfVersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "备案附件"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"
