"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "wenze.deadlines"
    label = "deadlines"
    verbose_name = "工作日历"
    default_auto_field = "django.db.models.BigAutoField"
