"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "review"
    label = "review"
    verbose_name = "审核把关"
    default_auto_field = "django.db.models.BigAutoField"
