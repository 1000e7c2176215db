from __future__ import annotations

from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "wenze.health"
    label = "health"
    verbose_name = "运行状况"

    def ready(self) -> None:
        """Registers the checks that refuse a careless start in production."""
        from wenze.health import checks  # noqa: F401, PLC0415
