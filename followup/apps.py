"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "followup"
    label = "followup"
    verbose_name = "执行与回访"
    default_auto_field = "django.db.models.BigAutoField"
