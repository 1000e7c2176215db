"""The case file volume as a ZIP archive."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.references import case_of
from followup.volume.handing_out import export_volume
from wenze.deadlines import clock
from wenze.errors import WenzeError


class Command(BaseCommand):
    help = "导出一案的案卷：目录、文书、证据、台账摘录和只需 Python 的核对程序 verify.py。同一日再次导出未变动的案件，字节相同。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", metavar="CASE", help="案号，如 2026-0001 或 DEMO:2026-0001")
        parser.add_argument("--out", required=True, metavar="FILE.zip", help="写到哪个文件；已有的在写成以后才替换")
        parser.add_argument("--reason", default="由运维人员导出", metavar="事由", help="导出事由，记入台账")

    def handle(self, *args: Any, **options: Any) -> None:
        out = Path(options["out"])
        if out.is_dir() or not out.parent.is_dir():
            raise CommandError(f"写不到 {out}：请给出已有文件夹里的一个文件名。", returncode=2)
        try:
            case = case_of(options["case"])
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        if case is None:
            raise CommandError(f"没有案件 {options['case']}。", returncode=1)
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)  # readable by its owner only
        try:
            with os.fdopen(handle, "wb") as stream:
                made = export_volume(
                    case=case, out=stream, reason=options["reason"], actor="system:export_case", on=clock.today()
                )
                os.fsync(stream.fileno())
            Path(name).replace(out)
        except WenzeError as error:
            raise CommandError(str(error), returncode=1) from error
        except OSError as error:
            raise CommandError(f"写不到 {out}：{error.strerror or error}。", returncode=1) from error
        finally:
            Path(name).unlink(missing_ok=True)
        self.stdout.write(f"{case.number}的案卷共 {made.files} 个文件，{out.stat().st_size} 字节，已写入 {out}。")
        self.stdout.write(f"清单指纹 {made.manifest}，已记入台账。")
