"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "wenze.law"
    label = "law"
    verbose_name = "法规"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wenze.law import checks  # noqa: F401, PLC0415 -- system checks register on import
