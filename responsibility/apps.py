"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class ResponsibilityConfig(AppConfig):
    name = "responsibility"
    label = "responsibility"
    verbose_name = "责任清单"
    default_auto_field = "django.db.models.BigAutoField"
