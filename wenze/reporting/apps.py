"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "wenze.reporting"
    label = "reporting"
    verbose_name = "统计"
    default_auto_field = "django.db.models.BigAutoField"
