"""The procedure as a table with its articles."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wenze.desk.drawing import FORMATS
from wenze.workflow.procedure import PROCEDURES


class Command(BaseCommand):
    help = "打印程序表：每步一行，带门槛和依据。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--track", choices=("party", "supervisory"), help="轨道：党内问责或监察问责，默认全部")
        parser.add_argument("--format", choices=tuple(FORMATS), default="md", help="格式，默认 md")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["track"]
        tables = [p for p in PROCEDURES if wanted is None or p.track == wanted]
        if not tables:
            raise CommandError("监察问责的程序表尚未编入本版本。", returncode=1)
        self.stdout.write("\n\n".join(FORMATS[options["format"]](p) for p in tables))
