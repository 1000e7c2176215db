"""The demonstration world."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cases.enums import Exit
from cases.models import Case, Clue
from wenze.audit import anchors, sealer
from wenze.deadlines import clock
from wenze.demo import filings, past, problems
from wenze.demo import world as demo
from wenze.demo.afterwards import Afterwards
from wenze.demo.bulk import making
from wenze.demo.campaigns import run_campaigns
from wenze.demo.evaluations import evaluate
from wenze.demo.samples import Samples
from wenze.demo.stories import Story
from wenze.demo.twelve import Twelve
from wenze.notices import outbox
from wenze.notices.scan import scan_deadlines
from wenze.people.models import Organization, User

CASES = (
    ("gov", "某某政务服务局窗口超时办件失管问题", "visited", 150),
    ("edu", "某某教育局投诉办理拖延问题", "closed", 110),
    ("water", "某某水务局供水投诉不督办问题", "executing", 75),
    ("culture", "某某文旅局场馆管理失察问题", "decided", 58),
    ("civil", "某某民政局救助审批拖延问题", "deliberated", 50),
    ("market", "某某市场监管局窗口作风问题", "adjudicated", 46),
    ("traffic", "某某交通运输局许可超时问题", "reported", 40),
    ("agri", "某某农业农村局项目验收拖延问题", "heard", 34),
    ("archive", "某某档案馆查档服务失管问题", "investigating", 24),
    ("sports", "某某体育局场馆开放不实问题", "initiating", 16),
)
LONG_AGO = (
    ("sports", "某某体育局场馆预约投诉不处理问题", "released", 390),
    ("archive", "某某档案馆移交档案失管问题", "corrected", 200),
)
KEY_CASES = (
    ("gov", "某某政务服务局审批系统停摆问题", "decided", 70),
    ("water", "某某水务局停水处置不力问题", "deliberated", 55),
    ("civil", "某某民政局养老机构监管缺失问题", "reported", 45),
)
CLUES = (
    ("gov", "某某政务服务局自助机长期停用问题", "registered", None, 4),
    ("edu", "某某教育局信访件超期答复问题", "assigned", None, 20),
    ("water", "某某水务局抄表差错投诉问题", "verified", None, 30),
    ("culture", "某某文旅局节会方案审核不细问题", "assessed", Exit.FIRST_FORM, 40),
    ("civil", "某某民政局窗口迟到问题", "assessed", Exit.STYLE_HANDLING, 42),
    ("market", "某某市场监管局文件流转拖延问题", "assessed", Exit.HELD, 44),
    ("traffic", "某某交通运输局执法记录缺失问题", "assessed", Exit.TRANSFERRED, 46),
    ("agri", "某某农业农村局补贴公示不及时问题", "assessed", Exit.INQUIRY, 48),
)


class Command(BaseCommand):
    help = "装入演示数据：组织、人员、账号，以及处在各个环节的线索和案件。已有数据时不再装入。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, default=0, metavar="N", help="另外批量生成 N 件案件")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="批量生成用的种子")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.WENZE_DEMO:
            raise CommandError("只有演示模式（WENZE_DEMO=1）才能装入演示数据。", returncode=1)
        if options["cases"] < 0:
            raise CommandError("--cases 应为不小于零的整数。", returncode=2)
        self._world()
        if options["cases"]:
            made = making.generate(options["cases"], options["seed"], self.stdout.write)
            said = f"另外批量生成 {made} 件。" if made else "这个种子的案件已经生成过，没有再生成。"
            self.stdout.write(f"{said}现有 {Case.objects.count()} 件案件。")

    def _world(self) -> None:
        if User.objects.exists() or Organization.objects.exists():
            self.stdout.write("数据库里已有数据，没有再装入。")
            return
        with transaction.atomic():
            world = demo.build()
            today = clock.today()
            past.ordinary(world, today)
            for code, title, ending, ago in LONG_AGO:
                start = today - dt.timedelta(days=ago)
                getattr(Afterwards(world, code, title, start, start - dt.timedelta(days=30)), ending)()
            closed: list[Case] = []
            for code, title, until, ago in CASES:
                start = today - dt.timedelta(days=ago)
                story = Story(world, code, title, start, start - dt.timedelta(days=30))
                story.run(until)
                if until in ("visited", "closed"):
                    closed.append(Case.objects.get(pk=story.case.pk))
                if until == "visited":
                    story.recommended()
            for code, title, until, ago in KEY_CASES:
                start = today - dt.timedelta(days=ago)
                Story(world, code, title, start, start - dt.timedelta(days=30), is_key=True).run(until)
            for code, title, until, exit_, ago in CLUES:
                self._clue(world, code, title, until, exit_, today - dt.timedelta(days=ago))
            filings.long_ago(world)
            problems.tell(world, today)
            brickworks = Twelve(world).run()
            evaluate(world, closed[0], closed[1], brickworks, today)
            run_campaigns(world)
            demo.add_filing(world, "archive", today - dt.timedelta(days=200))
            filings.of_the_units(world, today)
        Samples(world, today).run()  # after the commit: a promise is published before its frame is drawn from
        scan_deadlines()
        outbox.drain(10_000)
        while sealer.seal_pending():
            pass
        anchors.publish()
        self.stdout.write(
            f"已装入：{Case.objects.count()} 件案件、{Clue.objects.count()} 条线索、{User.objects.count()} 个账号。"
        )

    def _clue(self, world: demo.World, code: str, title: str, until: str, exit_: str | None, start: dt.date) -> None:
        story = Story(world, code, title, start, start - dt.timedelta(days=20), with_organization=False)
        if exit_ is None:
            story.run(until)
            return
        story.run("verified")
        soon = story.day + dt.timedelta(days=40)
        more: dict[str, Any] = {}
        if exit_ in (Exit.FIRST_FORM, Exit.STYLE_HANDLING):
            more = {"measure": "ff_talk", "rectification": "一个月内整改到位", "rectify_by": soon}
        elif exit_ == Exit.HELD:
            more = {"hold_until": soon}
        elif exit_ == Exit.TRANSFERRED:
            more = {"to_name": "示例市某某机关纪委", "reply_due_on": soon}
        elif exit_ == Exit.INQUIRY:
            more = {"questions": "请说明公示不及时的原因和整改情况。"}
        story.assessed(exit_, **more)
