"""An issued document as PDF, from its frozen context."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cases.models import Case, Subject
from cases.references import case_of
from wenze.audit import ledger
from wenze.documents import render
from wenze.documents.kinds import KINDS
from wenze.documents.models import DocumentState, OfficialDocument


class Command(BaseCommand):
    help = "把一件已制发的文书写成 PDF。案号写作 [代码:]2026-0001，文种为 D 代码。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", metavar="CASE", help="案号，如 2026-0001 或 DEMO:2026-0001")
        parser.add_argument("kind", metavar="KIND", help="文种，如 D19")
        parser.add_argument("--out", required=True, metavar="FILE", help="写到哪个文件")
        parser.add_argument("--subject", type=int, metavar="N", help="第几个问责对象；该文种有几个对象的，必填")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = options["kind"].upper()
        if kind not in KINDS:
            raise CommandError(f"没有文种 {kind}；可用 {'、'.join(KINDS.keys())}。", returncode=2)
        try:
            case = case_of(options["case"])
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        if case is None:
            raise CommandError(f"没有案件 {options['case']}。", returncode=1)
        document = self._document(case, kind, options["subject"])
        content = render.pdf(document)
        Path(options["out"]).write_bytes(content)
        with transaction.atomic():
            ledger.record(
                "read", actor="system:render_document", commission_id=case.commission_id, about=document, case_id=case.pk,
                detail={"out": Path(options["out"]).name},
            )  # fmt: skip
        self.stdout.write(f"{document}，{len(content)} 字节，已写入 {options['out']}。")

    def _document(self, case: Case, kind: str, position: int | None) -> OfficialDocument:
        matters = [case.pk, *case.clues.values_list("pk", flat=True)]
        rows = OfficialDocument.objects.filter(about_id__in=matters, kind=kind, state=DocumentState.ISSUED)
        if position is not None:
            subject = Subject.objects.filter(case=case, position=position).first()
            if subject is None:
                raise CommandError(f"{case.number}没有第 {position} 个问责对象。", returncode=2)
            rows = rows.filter(subject_id=subject.pk)
        elif rows.exclude(subject_id=None).order_by().values("subject_id").distinct().count() > 1:
            raise CommandError(f"{kind} 有几个对象，请用 --subject 指明第几个。", returncode=2)
        found = rows.order_by("issued_at", "pk").last()
        if found is None:
            raise CommandError(f"{case.number}没有已制发的 {kind}（{KINDS[kind].title}）。", returncode=1)
        return found
