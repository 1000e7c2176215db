"""Cadres and the posts they held, by date: who was responsible on that day has an answer (条例 16 终身问责)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q

from wenze.crypto.fields import BlindIndexField, SealedTextField, blind_index
from wenze.crypto.models import DataKey
from wenze.ids import uuid7
from wenze.people import idcard
from wenze.people.enums import PartyMembership
from wenze.people.models.organization import Organization, Post
from wenze.people.pinyin import pinyin
from wenze.people.querysets import AppointmentQuerySet, CadreQuerySet


class Cadre(models.Model):
    """A person who may be a respondent. ``managed_by`` is the organ with management authority (not from rank)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField("姓名", max_length=60)
    pinyin = models.CharField("拼音", max_length=240, blank=True, editable=False)
    gender = models.CharField("性别", max_length=2, choices=(("男", "男"), ("女", "女")), blank=True)
    born_on = models.DateField("出生日期", null=True, blank=True)
    party_membership = models.CharField(
        "政治面貌", max_length=12, choices=PartyMembership, default=PartyMembership.MEMBER
    )
    managed_by = models.ForeignKey(
        Organization, verbose_name="干部管理机关", on_delete=models.PROTECT, related_name="managed_cadres"
    )
    retired_on = models.DateField("退休日期", null=True, blank=True)
    died_on = models.DateField("去世日期", null=True, blank=True)
    id_number = SealedTextField("身份证号", blank=True)
    id_number_index = BlindIndexField("身份证号指纹", db_index=True)

    objects = CadreQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "干部"
        ordering = ("pinyin", "pk")
        indexes = (models.Index(fields=("commission", "pinyin", "id"), name="cadre_commission_pinyin"),)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pinyin = pinyin(self.name)
        super().save(*args, **kwargs)

    @property
    def sealing_key_id(self) -> Any:
        """The key of the personal data in the books of his commission."""
        return DataKey.objects.for_people(self.commission_id).pk

    def set_id_number(self, number: str) -> None:
        """Set the number and its fingerprint, by which it is found. Raises ``Invalid`` where it is none (GB 11643)."""
        self.id_number = idcard.normal(number) if number.strip() else ""
        self.id_number_index = id_number_index(number)

    def is_retired_on(self, day: dt.date) -> bool:
        return self.retired_on is not None and self.retired_on <= day


def id_number_index(number: str) -> str:
    """The fingerprint under which a cadre is found by his ID number."""
    return blind_index("cadre.id_number", idcard.normal(number)) if number.strip() else ""


class Appointment(models.Model):
    """A person in a post from a day to a day (inclusive), with the division of work (分工) of that time."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    cadre = models.ForeignKey(Cadre, verbose_name="干部", on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, verbose_name="职务", on_delete=models.PROTECT, related_name="appointments")
    from_on = models.DateField("任职日")
    until_on = models.DateField("免职日（含当日）", null=True, blank=True)
    division_of_work = models.TextField("分工", blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ("-from_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="appointment_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cadre} {self.post}"
