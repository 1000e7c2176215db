"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ToleranceConfig(AppConfig):
    name = "tolerance"
    label = "tolerance"
    verbose_name = "容错备案"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tolerance import template  # noqa: PLC0415

        post_migrate.connect(template.write, sender=self, dispatch_uid="tolerance.template")
