"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "wenze.law"
    label = "law"
    verbose_name = "法规"
    default_auto_field = "django.db.models.BigAutoField"
