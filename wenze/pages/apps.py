"""Django's record of this room: the frame that every page stands in."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PagesConfig(AppConfig):
    name = "wenze.pages"
    label = "pages"
    verbose_name = "页面"

    def ready(self) -> None:
        from wenze.pages import checks  # noqa: F401, PLC0415

        autodiscover_modules("nav")
