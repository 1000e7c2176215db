"""Organisations and their posts: a tree, with who leads and who manages."""

from __future__ import annotations

from typing import Any

from django.db import models

from wenze.ids import uuid7
from wenze.people.enums import Level, OrganizationKind, PostRank
from wenze.people.pinyin import pinyin
from wenze.people.querysets import OrganizationQuerySet


class Organization(models.Model):
    """An organ, an office within it, or a unit under its supervision.

    ``commission`` is the discipline commission in whose books it stands (itself, for a commission).
    ``directly_led_by`` is the Party committee that leads it directly (law.md §10.3).
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    commission = models.ForeignKey(
        "self", verbose_name="所属纪委监委", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    parent = models.ForeignKey(
        "self", verbose_name="上级组织", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    code = models.CharField("代码", max_length=40, unique=True)  # what commands and packages call it, everywhere
    name = models.CharField("全称", max_length=120)
    short_name = models.CharField("简称", max_length=60)
    pinyin = models.CharField("拼音", max_length=400, blank=True, editable=False)
    kind = models.CharField("类型", max_length=20, choices=OrganizationKind)
    level = models.CharField("层级", max_length=10, choices=Level)
    supervisory_name = models.CharField("监察委员会名称", max_length=120, blank=True)
    agency_code = models.CharField("机关代字", max_length=20, blank=True)
    directly_led_by = models.ForeignKey(
        "self", verbose_name="直接领导它的党委", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_active = models.BooleanField("在用", default=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "组织"
        ordering = ("pinyin", "pk")
        indexes = (models.Index(fields=("commission", "kind", "pinyin"), name="org_commission_kind"),)

    def __str__(self) -> str:
        return self.short_name or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pinyin = pinyin(self.short_name or self.name)
        super().save(*args, **kwargs)


class Post(models.Model):
    """A post in an organisation. ``is_principal``: its holder is the chief (主要负责人); ``is_key``: 重要岗位."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(Organization, verbose_name="组织", on_delete=models.PROTECT, related_name="posts")
    name = models.CharField("职务", max_length=80)
    rank = models.PositiveSmallIntegerField("职务层次", choices=PostRank)
    is_principal = models.BooleanField("主要负责人", default=False)
    is_leading = models.BooleanField("领导职务", default=True)
    is_key = models.BooleanField("重要岗位", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "职务"
        constraints = (models.UniqueConstraint(fields=("organization", "name"), name="post_once_per_organization"),)

    def __str__(self) -> str:
        return joined(str(self.organization), self.name)

    @property
    def full_name(self) -> str:
        """Organisation and post as a document writes them, a shared word once: 某某局党组 + 党组书记 → 某某局党组书记."""
        return joined(self.organization.name, self.name)


def joined(organization: str, post: str) -> str:
    """The two names, the words that end one and begin the other written once."""
    shared = next((n for n in range(min(len(organization), len(post)), 1, -1) if organization.endswith(post[:n])), 0)
    return organization + post[shared:]
