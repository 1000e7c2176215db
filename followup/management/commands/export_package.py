"""The open items and papers of an organisation as a signed package."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from followup.exchange import outbound
from wenze.deadlines import clock
from wenze.errors import WenzeError
from wenze.exchange import files, services
from wenze.exchange.selectors import carrier_of
from wenze.ids import uuid7
from wenze.people.models import Organization


class Command(BaseCommand):
    help = "导出发给一个单位的交办包：未办结的执行事项和该单位有权阅读的文书，已签名。退出码：0 已做成，1 不能办，2 用法不对。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organization", metavar="ORG", help="对方单位的代码，如 DEMO-ZZB")
        parser.add_argument("--out", required=True, metavar="FILE.zip", help="写到哪个文件；已有的在写成以后才替换")
        parser.add_argument("--by", default="", metavar="账号", help="案件监督管理室的经办人；只有一人时可以不写")

    def handle(self, *args: Any, **options: Any) -> None:
        out = files.checked(options["out"])
        partner = Organization.objects.filter(code=options["organization"]).select_related("commission").first()
        if partner is None or partner.commission is None:
            raise CommandError(f"没有代码为 {options['organization']} 的单位。", returncode=2)
        try:
            actor = carrier_of(partner.commission, options["by"])
        except WenzeError as error:
            raise CommandError(str(error), returncode=2) from error
        try:
            row = outbound.export(partner=partner, submission=uuid7(), actor=actor, on=clock.today())
        except WenzeError as error:
            raise CommandError(str(error), returncode=1) from error
        files.put(services.content_of(row.content), out)
        self.stdout.write(f"发给{partner.name}的第{row.sequence}号交换包共 {row.lines_taken} 项，已写入 {out}。")
        self.stdout.write(f"指纹 {row.digest}，已记入台账。")
