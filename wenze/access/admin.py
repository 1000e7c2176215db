"""One ``/admin/``, three administrators: each model belongs to one third (三员分立)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from wenze.access.roles import Role


class ThirdAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A model that one administrator keeps; the others do not see that it is there. Nothing is deleted here."""

    third: ClassVar[Role] = Role.SYSADMIN
    read_only: ClassVar[bool] = False

    def _is_his(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(user.is_authenticated and user.is_active and user.holds(self.third))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_his(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_his(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._is_his(request) and not self.read_only

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_his(request) and not self.read_only

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
