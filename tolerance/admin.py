"""Reference data of the filings, kept by the system administrator; an edition in force is never written over."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tolerance.models import FilingVersion, ListEdition, ResidentScope, ToleranceItem
from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.people.admin import RecordedAdmin


def is_fixed(edition: ListEdition | None) -> bool:
    """Whether it has come into force or a filing refers to it: from then on only another edition may follow it."""
    if edition is None or edition.in_force_from is None:
        return False
    return edition.in_force_from <= clock.today() or FilingVersion.objects.filter(item__edition=edition).exists()


class ItemInline(admin.TabularInline):  # type: ignore[type-arg]
    """The items of an edition: written while it is still to come, read afterwards."""

    model = ToleranceItem
    extra = 1

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user: Any = request.user
        return bool(user.holds(Role.SYSADMIN))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request) and not is_fixed(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)


@admin.register(ListEdition)
class ListEditionAdmin(RecordedAdmin):
    """Editions of the lists: a new one is added, one in force is only read."""

    list_display = ("title", "commission", "in_force_from", "in_force_until", "basis")
    list_select_related = ("commission",)
    raw_id_fields = ("commission",)
    inlines = (ItemInline,)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not is_fixed(obj)


@admin.register(ResidentScope)
class ResidentScopeAdmin(RecordedAdmin):
    """Which organisations a resident office supervises."""

    list_display = ("office", "organization", "commission")
    list_select_related = ("office", "organization", "commission")
    raw_id_fields = ("commission", "office", "organization")
