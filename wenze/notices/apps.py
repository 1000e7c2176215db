"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "wenze.notices"
    label = "notices"
    verbose_name = "待办与提醒"
    default_auto_field = "django.db.models.BigAutoField"
