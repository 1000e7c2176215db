"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "wenze.audit"
    label = "audit"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"
