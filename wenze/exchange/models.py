"""Keys, packages in and out, and what became of each thing in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from wenze.access.querysets import ScopedQuerySet
from wenze.crypto import keys
from wenze.crypto.models import SealedFile
from wenze.deadlines import clock
from wenze.exchange import signing
from wenze.exchange.enums import Direction, PackageKind, Result
from wenze.ids import uuid7
from wenze.people.models import Organization, User

if TYPE_CHECKING:
    import datetime as dt


class SigningKey(models.Model):
    """An organisation's own key pair: it signs what leaves, and says which receivers this installation is."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(
        Organization, verbose_name="单位", on_delete=models.PROTECT, related_name="signing_keys"
    )
    public_key = models.CharField("公钥", max_length=64, unique=True, editable=False)
    wrapped = models.BinaryField("封装的私钥", editable=False)
    from_on = models.DateField("启用日", editable=False)
    retired_on = models.DateField("停用日", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "本单位签名密钥"
        ordering = ("-from_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organization",), condition=Q(retired_on__isnull=True), name="signing_key_one_in_use"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organization} {self.fingerprint[:16]}"

    @property
    def fingerprint(self) -> str:
        return signing.fingerprint(self.public_key)

    @property
    def spaced(self) -> str:
        return signing.spaced(self.fingerprint)

    @property
    def _bound_to(self) -> str:
        return f"exchange.SigningKey:{self.pk}:{self.public_key}"

    def keep(self, private: bytes) -> None:
        """Wrap the private half; once, before the row is saved."""
        self.public_key = signing.public_of(private)
        self.wrapped = keys.wrap(private, self._bound_to)

    def sign(self, content: bytes) -> bytes:
        """Raises ``keys.Tampered`` where the stored key was changed."""
        return signing.sign(keys.unwrap(bytes(self.wrapped), self._bound_to), content)


class PartnerKeyQuerySet(models.QuerySet["PartnerKey"]):
    def trusted_on(self, day: dt.date) -> PartnerKeyQuerySet:
        """Confirmed by a second administrator, begun, neither ended nor revoked."""
        return self.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=day),
            from_on__lte=day, revoked_on__isnull=True, confirmed_at__isnull=False,
        )  # fmt: skip


class PartnerKey(models.Model):
    """The public key of a partner: registered by one security administrator after comparing the fingerprint, confirmed by another."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        Organization, verbose_name="对方单位", on_delete=models.PROTECT, related_name="partner_keys"
    )
    public_key = models.CharField("公钥", max_length=64, help_text="64 位十六进制")
    from_on = models.DateField("启用日", default=clock.today)
    until_on = models.DateField("止用日（含当日）", null=True, blank=True)
    registered_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        User, verbose_name="确认人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    revoked_on = models.DateField("吊销日", null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, verbose_name="吊销人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PartnerKeyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "对方单位公钥"
        ordering = ("-from_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("commission", "public_key"), name="partner_key_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("registered_by")),
                name="partner_key_confirmed_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organization} {self.fingerprint[:16]}"

    @property
    def fingerprint(self) -> str:
        return signing.fingerprint(self.public_key)


class ExchangePackage(models.Model):
    """One package that left or came in: who, when, what it was by its hash, and the receipt that answers it."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    direction = models.CharField("方向", max_length=3, choices=Direction)
    kind = models.CharField("类别", max_length=10, choices=PackageKind)
    owner = models.ForeignKey(Organization, verbose_name="本方", on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Organization, verbose_name="对方单位", on_delete=models.PROTECT, related_name="+")
    package_id = models.UUIDField("包号")
    sequence = models.PositiveIntegerField("序号", null=True, blank=True)
    in_reply_to = models.UUIDField("所答复的包号", null=True, blank=True)
    digest = models.CharField("指纹", max_length=64)
    key_fingerprint = models.CharField("签名密钥指纹", max_length=64)
    created_on = models.DateField("制作日")
    files = models.PositiveIntegerField("文件数", default=0)
    lines_taken = models.PositiveIntegerField("采用（列入）的事项", default=0)
    lines_refused = models.PositiveIntegerField("未采用的事项", default=0)
    handled_by = models.ForeignKey(User, verbose_name="经办人", on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField("办理时间", default=clock.now, editable=False)
    content = models.ForeignKey(SealedFile, verbose_name="交换包", on_delete=models.PROTECT, related_name="+")
    receipt = models.ForeignKey(
        SealedFile, verbose_name="回执", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    received_on = models.DateField("对方签收日", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "交换包"
        ordering = ("-handled_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("commission", "direction", "owner", "package_id"), name="exchange_package_once"
            ),
            models.UniqueConstraint(
                fields=("commission", "direction", "owner", "partner", "sequence"), name="exchange_sequence_once"
            ),
        )
        indexes = (models.Index(fields=("commission", "-handled_at", "-id"), name="exchange_newest"),)

    def __str__(self) -> str:
        return f"{self.get_direction_display()}{self.get_kind_display()}（{self.partner}）"

    @property
    def file_name(self) -> str:
        """What the file is called where it is saved: plain letters, so that every system keeps it."""
        return f"wenze-{self.kind}-{self.partner.code}-{self.created_on:%Y%m%d}-{str(self.package_id)[-8:]}.zip"


class ExchangeLine(models.Model):
    """One thing in a package and what became of it."""

    package = models.ForeignKey(ExchangePackage, verbose_name="交换包", on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField("次序")
    title = models.CharField("事项", max_length=240)
    result = models.CharField("结果", max_length=8, choices=Result)
    reason = models.CharField("原因", max_length=600, blank=True)
    about_label = models.CharField("事项类别", max_length=60, blank=True)
    about_id = models.UUIDField("事项编号", null=True, blank=True)

    class LineQuerySet(ScopedQuerySet["ExchangeLine"]):
        parent_path = "package"

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "交换包中的事项"
        ordering = ("package", "position")
        constraints = (models.UniqueConstraint(fields=("package", "position"), name="exchange_line_once"),)
        indexes = (models.Index(fields=("about_id", "result"), name="exchange_line_about"),)

    def __str__(self) -> str:
        return f"{self.title}：{self.get_result_display()}"
