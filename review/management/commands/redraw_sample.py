"""Draw a sample again and name every difference between what was promised and what stands in the database."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from review.models import Sample
from review.sample_bundles import files_of
from review.sample_checks import differences, is_published


class Command(BaseCommand):
    help = "按公布的种子重抽一次，逐项核对总体、承诺、种子和结果。SAMPLE 为 [代码:]2026-1 或者编号（UUID）。有不符的退出码为 1。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sample", metavar="SAMPLE", help="抽查号，如 2026-1 或 DEMO:2026-1，或者编号")
        parser.add_argument("--out", metavar="DIR", help="另写出离线重抽的材料（sample.json、redraw.py、说明）")

    def handle(self, *args: Any, **options: Any) -> None:
        sample = _sample_of(options["sample"])
        found = differences(sample)
        for each in found:
            self.stdout.write(each)
        if options["out"]:
            if not sample.seed:
                raise CommandError("尚未抽取，种子没有公开，不能写出离线材料。", returncode=1)
            folder = Path(options["out"])
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in files_of(sample).items():
                (folder / name).write_bytes(content)
            self.stdout.write(f"离线材料已写入 {options['out']}。")
        if not sample.frame_hash:
            self.stdout.write(f"{sample}：总体尚未固定，没有可核对的。")
            return
        drawn = sample.members.exclude(drawn_as="").count()
        promise = "承诺已对外公布" if is_published(sample) else "承诺尚未对外公布"
        self.stdout.write(
            f"{sample}（{sample.get_state_display()}）：总体{sample.members.count()}件，"
            + (f"抽中{drawn}件，" if sample.seed else "尚未抽取，")
            + (f"{promise}，" if sample.commitment else "尚未承诺种子，")
            + ("有不符。" if found else "全部相符。")
        )
        if found:
            raise CommandError(f"{len(found)}处不符。", returncode=1)


def _sample_of(text: str) -> Sample:
    try:
        lookup: dict[str, Any] = {"pk": uuid.UUID(text)}
    except ValueError:
        match = re.fullmatch(r"(?:([^:]+):)?(\d{4})-(\d{1,9})", text)
        if match is None:
            raise CommandError(f"“{text}”不是抽查号（[代码:]2026-1）。", returncode=2) from None
        code, year, serial = match.groups()
        lookup = {"commission__code": code or "DEMO", "year": int(year), "serial": int(serial)}
    found = Sample.objects.select_related("commission").filter(**lookup).first()
    if found is None:
        raise CommandError(f"没有抽查 {text}。", returncode=1)
    return found
