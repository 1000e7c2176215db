"""The public key of an organisation of this installation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wenze.deadlines import clock
from wenze.exchange import services
from wenze.people.models import Organization


class Command(BaseCommand):
    help = "打印本单位的公钥和指纹，第一次运行时建立密钥；告知对方登记，登记前用电话核对指纹。退出码：0 成，2 没有这个单位。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organization", metavar="ORG", help="本单位的代码")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Organization.objects.filter(code=options["organization"]).select_related("commission").first()
        if found is None:
            raise CommandError(f"没有代码为 {options['organization']} 的单位。", returncode=2)
        key = services.own_key(found, actor="system:exchange_key", on=clock.today())
        self.stdout.write(f"单位　{found.name}（{found.code}）\n公钥　{key.public_key}\n指纹　{key.spaced}")
