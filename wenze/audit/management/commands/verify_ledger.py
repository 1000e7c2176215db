"""Verify the ledger and its anchors."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from wenze.audit import sealer, verify


class Command(BaseCommand):
    help = "核对台账和外部锚点；有不符的，指出第一条，退出码为 1。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--commission", metavar="代码", help="只核对一个纪委监委的台账，如 DEMO")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = None
        if options["commission"]:
            # The ledger holds values only; the code is looked up in the table of organisations by name.
            with connection.cursor() as cursor:
                cursor.execute("SELECT id FROM people_organization WHERE code = %s", [options["commission"]])
                row = cursor.fetchone()
            if row is None:
                raise CommandError(f"没有代码为 {options['commission']} 的纪委监委。", returncode=2)
            wanted = row[0]
        while sealer.seal_pending():
            pass
        failed = False
        for verdict in verify.verify(wanted):
            if verdict.broken:
                failed = True
                self.stderr.write(f"{verdict.commission_id}：{verdict.broken}")
            else:
                self.stdout.write(
                    f"{verdict.commission_id}：{verdict.sealed} 条已封，{verdict.unsealed} 条未封，全部相符。"
                )
        if failed:
            raise CommandError("台账有不符。", returncode=1)
