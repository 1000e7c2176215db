"""Django's record of this room; at start it gathers what the higher rooms do with packages."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ExchangeConfig(AppConfig):
    name = "wenze.exchange"
    label = "exchange"
    verbose_name = "交换包"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        autodiscover_modules("exchange")
