"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "wenze.workflow"
    label = "workflow"
    verbose_name = "程序"
    default_auto_field = "django.db.models.BigAutoField"
