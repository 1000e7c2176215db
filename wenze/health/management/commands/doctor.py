"""`manage.py doctor`: what is wrong and how to mend it (contract.md “Commands”)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wenze.health import checks, probes, readiness


class Command(BaseCommand):
    help = "检查字体、排版库、密钥、时钟、数据库、消息队列和磁盘：哪里不对，怎样改好。全部正常时退出码为 0，否则为 1。"
    requires_system_checks: list[str] = []  # it must also speak where the checks refuse

    def add_arguments(self, parser: CommandParser) -> None:
        """No option of its own: safe to run at any time, it writes nothing."""

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Prints one line a finding, the mending below it; exit 1 where one does not hold."""
        findings = [
            probes.fonts(),
            probes.pango(),
            probes.keys(),
            probes.system_clock(),
            *readiness.look(),
            probes.disk(),
        ]
        for finding in findings:
            self.stdout.write(f"{'正常' if finding.ok else '异常'}  {finding.title}：{finding.seen}")
            if not finding.ok and finding.mend:
                self.stdout.write(f"      → {finding.mend}")
        refusals = checks.production_refusals()
        for refusal in refusals:
            self.stdout.write(f"异常  生产配置：{refusal.msg}")
            self.stdout.write(f"      → {refusal.hint}")
        wrong = sum(not finding.ok for finding in findings) + len(refusals)
        if wrong:
            raise CommandError(f"共 {wrong} 项异常。", returncode=1)
        self.stdout.write("全部正常。")
