"""Run worked examples against the rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wenze.law import examples


class Command(BaseCommand):
    help = "按规则逐条算出例子（JSON 数组），一行一个 JSON；例子带 expect 的，另答 ok；有一条不符，退出码为 1。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="例子文件（JSON 数组，UTF-8）")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            asked = json.loads(Path(options["file"]).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"读不了 {options['file']}：{error}", returncode=2) from error
        if not isinstance(asked, list):
            raise CommandError("文件须是一个 JSON 数组。", returncode=2)
        try:
            answers = [examples.answer(example) for example in asked]
        except examples.Malformed as error:
            raise CommandError(str(error), returncode=2) from error
        for told in answers:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        wrong = [str(told["id"]) for told in answers if told.get("ok") is False]
        if wrong:
            raise CommandError(f"有 {len(wrong)} 条不符：{'、'.join(wrong)}", returncode=1)
