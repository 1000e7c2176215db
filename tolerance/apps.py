"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class ToleranceConfig(AppConfig):
    name = "tolerance"
    label = "tolerance"
    verbose_name = "容错备案"
    default_auto_field = "django.db.models.BigAutoField"
