"""The admin site by thirds: system (accounts, organisations, cadres), security (roles), audit (the ledger)."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest

from wenze.access.admin import ThirdAdmin
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.audit.models import LedgerEntry, Seal
from wenze.deadlines import clock
from wenze.errors import Invalid
from wenze.people.idcard import masked, normal
from wenze.people.models import Appointment, Cadre, Organization, Post, RoleAssignment, User

admin.site.site_header = "问责办案管理·管理后台"
admin.site.site_title = "问责"
admin.site.index_title = "三员管理"


def _audited(request: HttpRequest, obj: Any, action: str) -> None:
    actor: Any = request.user
    ledger.record_apart(
        action, actor=actor, commission_id=actor.commission_id, about=obj, detail={"title": str(obj)}, result="done"
    )


class RecordedAdmin(ThirdAdmin):
    """Every act of an administrator is on the ledger."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _audited(request, obj, "admin.change" if change else "admin.add")


@admin.register(Organization)
class OrganizationAdmin(RecordedAdmin):
    list_display = ("code", "name", "kind", "level", "commission", "is_active")
    list_select_related = ("commission",)
    list_filter = ("kind", "level", "is_active")
    search_fields = ("code", "name", "pinyin")
    raw_id_fields = ("commission", "parent", "directly_led_by")


@admin.register(Post)
class PostAdmin(RecordedAdmin):
    list_display = ("organization", "name", "rank", "is_principal", "is_leading", "is_key")
    list_select_related = ("organization",)
    raw_id_fields = ("organization",)


class CadreForm(forms.ModelForm):  # type: ignore[type-arg]
    """A cadre; the ID number is typed here, stored sealed, and shown masked."""

    new_id_number = forms.CharField(label="身份证号", required=False, max_length=24, help_text="不改的留空。")

    class Meta:
        model = Cadre
        fields = ("commission", "name", "gender", "born_on", "party_membership", "managed_by", "retired_on", "died_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if shown := masked(self.instance.id_number):
            self.fields["new_id_number"].help_text = f"已登记 {shown}；不改的留空。"

    def clean_new_id_number(self) -> str:
        typed: str = self.cleaned_data["new_id_number"]
        if typed.strip():
            try:
                return normal(typed)
            except Invalid as refusal:
                raise forms.ValidationError(refusal.fields["id_number"]) from refusal
        return ""


@admin.register(Cadre)
class CadreAdmin(RecordedAdmin):
    form = CadreForm
    list_display = ("name", "managed_by", "party_membership", "retired_on")
    list_select_related = ("managed_by",)
    search_fields = ("name", "pinyin")
    raw_id_fields = ("commission", "managed_by")

    def save_model(self, request: HttpRequest, obj: Cadre, form: Any, change: bool) -> None:
        if typed := form.cleaned_data.get("new_id_number"):
            obj.set_id_number(typed)
        super().save_model(request, obj, form, change)


@admin.register(Appointment)
class AppointmentAdmin(RecordedAdmin):
    list_display = ("cadre", "post", "from_on", "until_on")
    list_select_related = ("cadre", "post__organization")
    raw_id_fields = ("cadre", "post")


@admin.register(User)
class UserAdmin(RecordedAdmin):
    """Accounts: a new one gets a random first password, shown once; nobody chooses another's password."""

    list_display = ("username", "name", "organization", "commission", "is_active")
    list_select_related = ("organization", "commission")
    search_fields = ("username", "name", "pinyin")
    fields = ("username", "name", "organization", "commission", "cadre", "is_active")
    raw_id_fields = ("organization", "commission", "cadre")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            first = secrets.token_urlsafe(12)
            obj.set_password(first)
            messages.warning(request, f"账号 {obj.username} 的初始口令：{first}（只显示这一次）")
        super().save_model(request, obj, form, change)


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = RoleAssignment
        fields = ("user", "role", "organization", "from_on", "until_on")


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(RecordedAdmin):
    """Roles: proposed by one security administrator, confirmed by another; until then they do nothing."""

    third = Role.SECADMIN
    form = RoleForm
    list_display = ("user", "role", "organization", "from_on", "until_on", "proposed_by", "confirmed_by")
    list_select_related = ("user", "organization", "proposed_by", "confirmed_by")
    list_filter = ("role",)
    actions = ("confirm",)
    raw_id_fields = ("user", "organization")

    def save_model(self, request: HttpRequest, obj: RoleAssignment, form: Any, change: bool) -> None:
        obj.proposed_by = request.user  # type: ignore[assignment]
        obj.confirmed_by, obj.confirmed_at = None, None
        super().save_model(request, obj, form, change)

    @admin.action(description="确认所选的角色授予")
    def confirm(self, request: HttpRequest, queryset: Any) -> None:
        actor: Any = request.user
        for row in queryset.filter(confirmed_at__isnull=True):
            if actor.pk in {row.proposed_by_id, row.user_id}:
                messages.error(request, f"{row}：不能确认自己提出的、或者给自己的授予。")
                continue
            row.confirmed_by, row.confirmed_at = actor, clock.now()
            row.save(update_fields=["confirmed_by", "confirmed_at"])
            _audited(request, row, "role.confirm")
            messages.success(request, f"已确认：{row}")


class LedgerAdmin(ThirdAdmin):
    third = Role.AUDITADMIN
    read_only = True


@admin.register(LedgerEntry)
class LedgerEntryAdmin(LedgerAdmin):
    list_display = ("id", "at", "actor_name", "action", "about_label", "result")
    list_filter = ("action", "result")
    search_fields = ("actor_name", "action")
    show_full_result_count = False
    ordering = ("-id",)


@admin.register(Seal)
class SealAdmin(LedgerAdmin):
    list_display = ("seq", "commission_id", "entry_id", "head")
    show_full_result_count = False
    ordering = ("-id",)
