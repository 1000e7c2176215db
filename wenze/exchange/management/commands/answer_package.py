"""The other side's command: a package of answers, signed with this installation's key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wenze.deadlines import clock
from wenze.errors import WenzeError
from wenze.exchange import answering, archive, files, services
from wenze.exchange.errors import Unacceptable
from wenze.people.models import Organization


class Command(BaseCommand):
    help = (
        "对方单位用：把填好的答复（JSON）做成签名的答复包。以本单位的密钥签名，附件从 --files 所指的文件夹读取。"
        "退出码：0 已做成，1 不能办，2 用法不对。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("package", metavar="FILE", help="所答复的交办包")
        parser.add_argument("answers", metavar="ANSWERS.json", help="答复：answers、posts、checks 三个列表")
        parser.add_argument("--out", required=True, metavar="FILE.zip", help="写到哪个文件")
        parser.add_argument("--sequence", type=int, required=True, metavar="N", help="发给该纪委监委的第几份答复包")
        parser.add_argument("--files", default="", metavar="DIR", help="附件所在的文件夹；在答复中写作 files/文件名")

    def handle(self, *args: Any, **options: Any) -> None:
        out = files.checked(options["out"])
        asked = files.taken(options["package"], archive.LARGEST)
        typed = files.taken(options["answers"], archive.LARGEST_TEXT)
        try:
            manifest = archive.opened(asked).manifest
            answers = archive.parsed(typed, "答复")
        except Unacceptable as error:
            raise CommandError(str(error), returncode=1) from error
        own = Organization.objects.filter(code=manifest.receiver).first()
        if own is None or not isinstance(answers, dict):
            raise CommandError("交办包不是发给本单位的，或者答复不是 JSON 对象。", returncode=2)
        attachments = {}
        if options["files"]:
            found = sorted(each for each in Path(options["files"]).iterdir() if each.is_file())
            attachments = {f"files/{each.name}": files.taken(str(each), archive.LARGEST) for each in found}
        try:
            content = answering.answer(
                services.own_key(own, actor="system:answer_package", on=clock.today()), receiver=manifest.sender,
                sequence=options["sequence"], answers=answers, attachments=attachments, on=clock.today(), in_reply_to=manifest.package,
            )  # fmt: skip
        except WenzeError as error:
            raise CommandError(str(error), returncode=1) from error
        files.put(content, out)
        self.stdout.write(f"答复包已写入 {out}，请带到 {manifest.sender} 导入。")
