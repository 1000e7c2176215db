"""The ruler's table from the live rows."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from review.ruler import counting


class Command(BaseCommand):
    help = "按现有的决定、变更、撤销和其他机关的决定重建类案底数；往案登记保留。退出码：0 一致或者已重建，1 核对时有不符，2 用法不对。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="只核对，不改动")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            count, wrong, spare = counting.rebuild(write=not options["check"])
        told = f"应有 {count} 行，不符或者缺少 {wrong} 行，多余 {spare} 行"
        if options["check"] and (wrong or spare):
            raise CommandError(f"类案底数与现有决定不一致：{told}。", returncode=1)
        self.stdout.write(f"{told}。" if options["check"] else f"{told}，已重建。")
