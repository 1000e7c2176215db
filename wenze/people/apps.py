"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wenze.people"
    label = "people"
    verbose_name = "组织人员"
    default_auto_field = "django.db.models.BigAutoField"
