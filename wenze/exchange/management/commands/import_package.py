"""Taking a package in from the command line."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wenze.deadlines import clock
from wenze.errors import WenzeError
from wenze.exchange import archive, files, services
from wenze.exchange.errors import Unacceptable
from wenze.exchange.selectors import carrier_of, commission_addressed
from wenze.exchange.services import content_of


class Command(BaseCommand):
    help = "导入一个交换包（答复或者回执），逐项写明结果，写出回执。重复导入得到同一份回执。退出码：0 已导入，1 交换包不能收，2 用法不对。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("package", metavar="FILE", help="交换包")
        parser.add_argument("--receipt", default="", metavar="FILE.zip", help="把回执写到哪个文件")
        parser.add_argument("--by", default="", metavar="账号", help="案件监督管理室的经办人；只有一人时可以不写")

    def handle(self, *args: Any, **options: Any) -> None:
        content = files.taken(options["package"], archive.LARGEST)
        out = files.checked(options["receipt"]) if options["receipt"] else None
        try:
            receiver = commission_addressed(archive.opened(content).manifest.receiver)
        except Unacceptable as error:
            raise CommandError(str(error), returncode=1) from error
        try:
            actor = carrier_of(receiver, options["by"])
        except WenzeError as error:
            raise CommandError(str(error), returncode=2) from error
        try:
            row = services.take_in(content=content, actor=actor, on=clock.today())
        except WenzeError as error:
            raise CommandError(str(error), returncode=1) from error
        for line in row.lines.all():
            self.stdout.write(f"{line.get_result_display()}　{line.title}{'：' + line.reason if line.reason else ''}")
        self.stdout.write(
            f"{row.partner.name}的{row.get_kind_display()}：采用 {row.lines_taken} 项，未采用 {row.lines_refused} 项。"
        )
        if out is not None:
            if row.receipt is None:
                raise CommandError("这是一份回执，没有回执的回执。", returncode=2)
            files.put(content_of(row.receipt), out)
            self.stdout.write(f"回执已写入 {out}。")
