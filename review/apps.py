"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ReviewConfig(AppConfig):
    name = "review"
    label = "review"
    verbose_name = "审核把关"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The rules of an evaluation, those of the rooms above among them."""
        autodiscover_modules("evaluation.rules", "evaluation")
