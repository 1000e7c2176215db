"""Django's record of this room; at start it gathers what the higher rooms answer."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkflowConfig(AppConfig):
    name = "wenze.workflow"
    label = "workflow"
    verbose_name = "程序"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Names first (procedures), then the answers, then what follows from signatures."""
        autodiscover_modules("rules", "procedure", "seats", "answers", "dossiers", "services", "panels")
        from wenze.workflow import checks  # noqa: F401, PLC0415 -- system checks register on import
