"""One sweep over the clocks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wenze.notices import outbox
from wenze.notices.scan import scan_deadlines


class Command(BaseCommand):
    help = "扫描一次期限：补发到时未发的提醒和升级，打印件数。可以反复运行。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="日期", help="按这一天扫描（如 2026-11-24），默认今日")

    def handle(self, *args: Any, **options: Any) -> None:
        on = None
        if options["on"]:
            try:
                on = dt.date.fromisoformat(options["on"])
            except ValueError as error:
                raise CommandError("日期应写作 2026-11-24 的样子。", returncode=2) from error
        sweep = scan_deadlines(on)
        delivered = outbox.drain(10_000)
        self.stdout.write(
            f"按 {sweep.on} 扫描：提醒 {sweep.reminders} 条，其中升级 {sweep.escalations} 条；投递 {delivered} 条。"
        )
