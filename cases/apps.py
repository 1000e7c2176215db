"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    label = "cases"
    verbose_name = "问责案件"
    default_auto_field = "django.db.models.BigAutoField"
