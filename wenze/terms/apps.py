"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class TermsConfig(AppConfig):
    name = "wenze.terms"
    label = "terms"
    verbose_name = "期限"
    default_auto_field = "django.db.models.BigAutoField"
