"""Verify filings in advance against the ledger and the published daily roots."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tolerance.models import Filing
from tolerance.sealing import roots
from tolerance.sealing.verification import verify
from wenze.people.models import Organization


class Command(BaseCommand):
    help = "核对容错备案的内容、时间、台账和公布的当日根；有不符的，指出是哪件、哪版、哪一项，退出码为 1。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", nargs="?", default="", metavar="编号", help="只核对一件，如 示例容备〔2026〕3号")
        parser.add_argument("--commission", metavar="代码", help="只核对一个纪委监委受理的，如 DEMO")

    def handle(self, *args: Any, **options: Any) -> None:
        commission_id, number = None, options["number"]
        if options["commission"]:
            found = Organization.objects.filter(code=options["commission"]).values_list("pk", flat=True).first()
            if found is None:
                raise CommandError(f"没有代码为 {options['commission']} 的纪委监委。", returncode=2)
            commission_id = found
        if number and not Filing.objects.filter(number=number).exists():
            raise CommandError(f"没有编号为 {number} 的容错备案。", returncode=2)
        roots.close_days()
        verdict = verify(commission_id=commission_id, number=number)
        for fault in verdict.faults:
            self.stderr.write(fault)
        if verdict.faults:
            raise CommandError(f"容错备案有{len(verdict.faults)}处不符，第一处：{verdict.faults[0]}", returncode=1)
        waits = f"，其中{verdict.unpublished}版当日根尚未生成" if verdict.unpublished else ""
        self.stdout.write(f"{verdict.filings} 件容错备案、{verdict.versions} 版，全部相符{waits}。")
