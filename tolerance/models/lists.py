"""正面清单 and 负面清单, by edition: what stood on the day of a filing stays readable for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from tolerance.enums import Distinction, ItemKind
from wenze.ids import uuid7
from wenze.people.models import Organization

if TYPE_CHECKING:
    import datetime as dt


class ListEditionQuerySet(models.QuerySet[Any]):
    """Editions of the lists."""

    def in_force(self, commission_id: Any, day: dt.date) -> Any:
        """The edition that binds a commission's filings on a day: its own, else the template; the latest of them."""
        rows = self.filter(
            Q(commission_id=commission_id) | Q(commission__isnull=True),
            Q(in_force_until__isnull=True) | Q(in_force_until__gte=day),
            in_force_from__lte=day,
        )
        return rows.order_by(models.F("commission").asc(nulls_last=True), "-in_force_from", "-pk").first()


class ListEdition(models.Model):
    """An edition of both lists; without a commission it is the template of law.md §6, in force where there is no own one."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委（空为模板）", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    title = models.CharField("名称", max_length=120)
    basis = models.CharField("依据", max_length=200)
    in_force_from = models.DateField("施行日")
    in_force_until = models.DateField("失效日（含当日）", null=True, blank=True)

    objects = ListEditionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "容错清单（版本）"
        ordering = ("-in_force_from", "pk")
        constraints = (
            models.UniqueConstraint(fields=("commission", "in_force_from"), name="tolerance_edition_once"),
            models.UniqueConstraint(
                fields=("in_force_from",), condition=Q(commission__isnull=True), name="tolerance_template_once"
            ),
            models.CheckConstraint(
                condition=Q(in_force_until__isnull=True) | Q(in_force_until__gte=models.F("in_force_from")),
                name="tolerance_edition_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}（{self.in_force_from:%Y-%m-%d}起）"


class ToleranceItem(models.Model):
    """One item of a list, with the questions that a unit answers about it; a positive one names its distinction (条例 17)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(ListEdition, verbose_name="版本", on_delete=models.PROTECT, related_name="items")
    kind = models.CharField("清单", max_length=8, choices=ItemKind)
    code = models.CharField("代码", max_length=10)
    position = models.PositiveSmallIntegerField("次序", default=0)
    text = models.CharField("条目", max_length=200)
    explanation = models.CharField("说明", max_length=300, blank=True)
    article = models.CharField("依据", max_length=120, blank=True)
    distinction = models.CharField("三个区分", max_length=6, choices=Distinction, blank=True)
    questions = models.TextField("问题（一行一问）")

    class Meta:
        verbose_name = verbose_name_plural = "容错清单条目"
        ordering = ("kind", "position", "code")
        constraints = (
            models.UniqueConstraint(fields=("edition", "code"), name="tolerance_item_code_once"),
            models.CheckConstraint(
                condition=Q(kind="negative") | ~Q(distinction=""), name="tolerance_positive_item_has_distinction"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def asked(self) -> list[tuple[str, str]]:
        """``(key, question)`` of each question; the key is what an answer is kept under."""
        lines = [line.strip() for line in self.questions.splitlines() if line.strip()]
        return [(f"{self.code}.{number}", line) for number, line in enumerate(lines, 1)]


class ResidentScope(models.Model):
    """派驻监督范围: an organisation that a resident office supervises; what it files goes to that office first."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    office = models.ForeignKey(Organization, verbose_name="派驻机构", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, verbose_name="驻在单位", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "派驻监督范围"
        constraints = (models.UniqueConstraint(fields=("commission", "organization"), name="resident_scope_once"),)

    def __str__(self) -> str:
        return f"{self.office}：{self.organization}"
