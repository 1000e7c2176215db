"""Problems of ordinary units, one in every state: open, supervised, reported, returned, falsely put right, written off, late, a clue."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from responsibility.rows import ProblemRow
from responsibility.services import problems
from wenze.demo.stories import upload
from wenze.ids import uuid7

if TYPE_CHECKING:
    from responsibility.models import Problem
    from wenze.demo.world import World

TOUR, AUDIT = (
    ("inspection_tour", "2026年市委第一轮巡察反馈意见", "市委第二巡察组"),
    ("audit", "经济责任审计报告", "市审计局"),
)
TOLD = (
    (TOUR, 20, ("gov", "投诉集中事项没有专题研究", "每季度专题研究投诉集中事项", 3)),
    (TOUR, 20, ("edu", "信访件超期答复", "建立到期前三日提醒", 2)),
    (TOUR, 120, ("water", "停水通知不及时", "修订停水告知规程", 2)),
    (TOUR, 120, ("traffic", "执法记录仪使用不规范", "逐件抽查执法记录", 1)),
    (AUDIT, 150, ("culture", "专项经费结余长期不清理", "清理并上缴结余", 1)),
    (AUDIT, 150, ("civil", "救助资金发放台账不全", "补齐台账并按月核对", 2)),
    (AUDIT, 150, ("market", "罚没物品保管混乱", "建立出入库登记", 1)),
    (
        ("assessment", "2026年上半年党建考核通报", "市委党建办"),
        100,
        ("agri", "三会一课流于形式", "支部书记逐月检查", 2),
    ),
    (("petition", "群众来信集中反映事项转办单", "市信访局"), 60, ("gov", "自助机长期停用", "逐台修复并公示", 1)),
    (
        ("supervision", "窗口作风执纪监督情况反馈", "市纪委监委党风政风监督室"),
        40,
        ("archive", "查档窗口无故停办", "设AB岗，公示时间", 1),
    ),
)


def tell(world: World, today: dt.date) -> None:
    """Register them on their days and move some on."""
    made: dict[str, Problem] = {}
    papers: dict[tuple[tuple[str, str, str], int], list[ProblemRow]] = {}
    for paper, ago, (code, text, measure, months) in TOLD:
        rows = papers.setdefault((paper, ago), [])
        rows.append(ProblemRow(str(len(rows) + 1), world[f"P-{code}"], text, measure, world.chiefs[code], "", months))
    for ((source, document, found_by), ago), rows in papers.items():
        day = today - dt.timedelta(days=ago)
        head = problems.ListHead(source, document, found_by, day)
        found = problems.register_list(submission=uuid7(), head=head, rows=rows, actor=world.conduct, on=day)
        made |= {row.text: row for row in found.problems.all()}

    def later(text: str, days: int) -> dt.date:
        return made[text].found_on + dt.timedelta(days=days)

    def report(text: str, days: int) -> None:
        on = later(text, days)
        problems.report(
            problem_id=made[text].pk, reported_on=on, text="已按措施整改，制度已印发。", uploads=upload("整改凭证.pdf"), actor=world.conduct,
            on=on,
        )  # fmt: skip

    def accept(text: str, days: int) -> None:
        problems.accept(
            problem_id=made[text].pk, acceptance="查验属实，同意销号。", actor=world.casemgmt, on=later(text, days)
        )

    report("信访件超期答复", 15)
    report("停水通知不及时", 40)
    problems.send_back(
        problem_id=made["停水通知不及时"].pk,
        reason="规程没有附实施范围",
        actor=world.casemgmt,
        on=later("停水通知不及时", 45),
    )
    for text in ("专项经费结余长期不清理", "救助资金发放台账不全"):
        report(text, 20)
        accept(text, 25)
    problems.look_back(
        problem_id=made["专项经费结余长期不清理"].pk, looked_on=later("专项经费结余长期不清理", 140), second_looker=world.inspector2.name,
        finding="结余转入另一科目，没有上缴。", holds=False, submission=uuid7(), actor=world.inspector, on=later("专项经费结余长期不清理", 140),
    )  # fmt: skip
    problems.supervise(
        problem_id=made["三会一课流于形式"].pk, requirement="逐个支部过关，附会议记录", due_on=today + dt.timedelta(days=10),
        submission=uuid7(), actor=world.conduct, on=today - dt.timedelta(days=5),
    )  # fmt: skip
    problems.hand_on(problem_id=made["罚没物品保管混乱"].pk, actor=world.conduct, on=today - dt.timedelta(days=30))
