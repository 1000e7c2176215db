"""Accounts: one account, one person, dated roles; no superuser exists (design §4)."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.ids import uuid7
from wenze.people.models.cadre import Cadre
from wenze.people.models.organization import Organization
from wenze.people.pinyin import pinyin
from wenze.people.querysets import RoleAssignmentQuerySet


class UserManager(BaseUserManager["User"]):
    """Makes accounts; there is no ``create_superuser``, on purpose."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """An account. ``organization`` is the office or unit the person works in, ``commission`` whose books it is in."""

    is_superuser = False  # a class attribute: no such column exists

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    username = models.CharField("账号", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    pinyin = models.CharField("拼音", max_length=240, blank=True, editable=False)
    organization = models.ForeignKey(
        Organization, verbose_name="所在单位或内设室", on_delete=models.PROTECT, related_name="users"
    )
    commission = models.ForeignKey(
        Organization, verbose_name="所属纪委监委", on_delete=models.PROTECT, related_name="+"
    )
    cadre = models.ForeignKey(
        Cadre, verbose_name="同一人的干部记录", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_active = models.BooleanField("启用", default=True)
    created_at = models.DateTimeField("建立时间", default=clock.now, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        ordering = ("pinyin", "pk")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pinyin = pinyin(self.name)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Whether he may enter ``/admin/``: the three administrators only."""
        return any(self.holds(role) for role in (Role.SYSADMIN, Role.SECADMIN, Role.AUDITADMIN))

    def holdings(self) -> dict[str, frozenset[uuid.UUID]]:
        """The roles held today, each with the organisations it is held for; read once per instance."""
        cached: dict[str, frozenset[uuid.UUID]] | None = self.__dict__.get("_holdings")
        if cached is None:
            found: dict[str, set[uuid.UUID]] = {}
            rows = self.role_assignments.in_force_on(clock.today()).filter(confirmed_at__isnull=False)
            for role, organization_id in rows.values_list("role", "organization_id"):
                found.setdefault(role, set()).add(organization_id)
            cached = {role: frozenset(organizations) for role, organizations in found.items()}
            self.__dict__["_holdings"] = cached
        return cached

    def holds(self, role: str, organization_id: uuid.UUID | None = None) -> bool:
        """Whether he holds ``role`` today (for that organisation, where one is named)."""
        organizations = self.holdings().get(role)
        return organizations is not None and (organization_id is None or organization_id in organizations)


class RoleAssignment(models.Model):
    """A role held by an account for an organisation from a day to a day; proposed by one, confirmed by another."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, verbose_name="账号", on_delete=models.PROTECT, related_name="role_assignments")
    role = models.CharField("角色", max_length=20, choices=Role)
    organization = models.ForeignKey(
        Organization, verbose_name="适用组织", on_delete=models.PROTECT, related_name="role_assignments"
    )
    from_on = models.DateField("起")
    until_on = models.DateField("止（含当日）", null=True, blank=True)
    proposed_by = models.ForeignKey(
        User, verbose_name="提出人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        User, verbose_name="确认人", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "角色授予"
        ordering = ("user", "role", "from_on")
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="role_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("proposed_by")),
                name="role_confirmed_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}（{self.organization}）"

    def clean(self) -> None:
        if self.confirmed_by_id is not None and self.confirmed_by_id == self.proposed_by_id:
            raise ValidationError({"confirmed_by": "提出人不能确认自己的提议。"})
