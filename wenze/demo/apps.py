"""Django's record of this room."""

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "wenze.demo"
    label = "demo"
    verbose_name = "演示数据"
