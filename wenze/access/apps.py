"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "wenze.access"
    label = "access"
    verbose_name = "权限"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wenze.access import checks  # noqa: F401, PLC0415 -- system checks register on import
