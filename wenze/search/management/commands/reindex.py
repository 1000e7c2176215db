"""``manage.py reindex``: write the whole search index anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from wenze.search import services


class Command(BaseCommand):
    help = "重建检索索引（在一个事务内，期间检索照常）。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        with transaction.atomic():
            number = services.rebuild()
        self.stdout.write(f"已重建检索索引：{number} 条。")
