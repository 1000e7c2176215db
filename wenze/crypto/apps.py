"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class CryptoConfig(AppConfig):
    name = "wenze.crypto"
    label = "crypto"
    verbose_name = "密钥"
    default_auto_field = "django.db.models.BigAutoField"
