"""Re-hash every stored file against its seal."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wenze.crypto import files
from wenze.crypto.keys import Tampered
from wenze.crypto.models import SealedFile


class Command(BaseCommand):
    help = "逐一核对封存文件与其指纹；有不符的逐件列出，退出码为 1。"

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        total = 0
        for row in SealedFile.objects.select_related("key").iterator():
            total += 1
            try:
                files.unseal(row)
            except (Tampered, OSError) as error:
                broken += 1
                self.stderr.write(f"{row.pk}（密钥所属 {row.key.about}）：{error}")
        self.stdout.write(f"核对 {total} 件，不符 {broken} 件。")
        if broken:
            raise CommandError("有封存文件与指纹不符。", returncode=1)
