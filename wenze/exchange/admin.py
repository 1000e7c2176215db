"""The keys, in the security administrator's third: two of them stand behind every partner's key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q
from django.http import HttpRequest

from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.exchange import services, signing
from wenze.exchange.models import PartnerKey, SigningKey
from wenze.people.admin import RecordedAdmin


class PartnerKeyForm(forms.ModelForm):  # type: ignore[type-arg]
    public_key = forms.CharField(label="公钥", max_length=100, help_text="Ed25519，64 位十六进制，可以带空格。")

    class Meta:
        model = PartnerKey
        fields = ("organization", "public_key", "from_on", "until_on")

    def clean_public_key(self) -> str:
        typed = "".join(str(self.cleaned_data["public_key"]).split()).lower()
        if not signing.is_public_key(typed):
            raise forms.ValidationError("不是 Ed25519 公钥：应为 64 位十六进制。")
        return typed


@admin.register(PartnerKey)
class PartnerKeyAdmin(RecordedAdmin):
    """Registered after the fingerprint was compared by telephone; what was registered is never changed, only revoked."""

    third = Role.SECADMIN
    form = PartnerKeyForm
    list_display = (
        "organization",
        "shown_fingerprint",
        "from_on",
        "until_on",
        "registered_by",
        "confirmed_by",
        "revoked_on",
    )
    list_select_related = ("organization", "registered_by", "confirmed_by")
    raw_id_fields = ("organization",)
    actions = ("confirm", "revoke")

    @admin.display(description="指纹")
    def shown_fingerprint(self, row: PartnerKey) -> str:
        return signing.spaced(row.fingerprint)

    def get_queryset(self, request: HttpRequest) -> Any:
        actor: Any = request.user
        return super().get_queryset(request).filter(commission_id=actor.commission_id)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The actions need it on the list; a key itself is not edited."""
        return obj is None and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: PartnerKey, form: Any, change: bool) -> None:
        actor: Any = request.user
        obj.commission, obj.registered_by = actor.commission, actor
        super().save_model(request, obj, form, change)
        messages.info(
            request,
            f"{obj.organization}的公钥指纹：{signing.spaced(obj.fingerprint)}。请与对方电话核对，并由另一名安全管理员确认。",
        )

    @admin.action(description="确认所选的公钥（已与对方核对指纹）")
    def confirm(self, request: HttpRequest, queryset: Any) -> None:
        actor: Any = request.user
        for row in queryset.filter(confirmed_at__isnull=True, revoked_on__isnull=True):
            if actor.pk == row.registered_by_id:
                messages.error(request, f"{row}：不能确认自己登记的公钥。")
                continue
            row.confirmed_by, row.confirmed_at = actor, clock.now()
            row.save(update_fields=["confirmed_by", "confirmed_at"])
            self._note(request, row, "exchange.key_confirmed")
            messages.success(request, f"已确认：{row}")

    @admin.action(description="吊销所选的公钥")
    def revoke(self, request: HttpRequest, queryset: Any) -> None:
        actor: Any = request.user
        for row in queryset.filter(revoked_on__isnull=True):
            row.revoked_on, row.revoked_by = clock.today(), actor
            row.save(update_fields=["revoked_on", "revoked_by"])
            self._note(request, row, "exchange.key_revoked")
            messages.success(request, f"已吊销：{row}")

    def _note(self, request: HttpRequest, row: PartnerKey, action: str) -> None:
        actor: Any = request.user
        ledger.record_apart(
            action, actor=actor, commission_id=row.commission_id, about=row, result="done",
            detail={"organization": row.organization.code, "fingerprint": row.fingerprint},
        )  # fmt: skip


@admin.register(SigningKey)
class SigningKeyAdmin(RecordedAdmin):
    """Our own keys: made on first use; here they are retired."""

    third = Role.SECADMIN
    list_display = ("organization", "spaced", "from_on", "retired_on")
    list_select_related = ("organization",)
    actions = ("retire",)

    def get_queryset(self, request: HttpRequest) -> Any:
        actor: Any = request.user
        own = Q(organization__commission_id=actor.commission_id) | Q(organization_id=actor.commission_id)
        return super().get_queryset(request).filter(own)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    @admin.action(description="停用所选的密钥（下次导出时启用新的）")
    def retire(self, request: HttpRequest, queryset: Any) -> None:
        for row in queryset.filter(retired_on__isnull=True):
            services.retire_key(key=row, actor=request.user, on=clock.today())
            messages.success(request, f"已停用：{row}。新公钥启用后须告知各单位。")
