"""案件质量评查 of the demonstration: one without a defect, one that is being put right, and the old brickworks'."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from review.services import evaluation, grading
from wenze.demo.stories import upload
from wenze.ids import uuid7

if TYPE_CHECKING:
    import datetime as dt

    from cases.models import Case
    from review.models import Evaluation
    from wenze.demo.world import World


def _opened(world: World, case: Case, kind: str, on: dt.date) -> Evaluation:
    users = world.users
    second = users["inspector3"] if case.office_id != users["inspector3"].organization_id else users["inspector4"]
    row = evaluation.open_evaluation(
        submission=uuid7(), case=case, kind=kind, team=[users["trial3"], second], actor=users["trial3"], on=on
    )
    if evaluation.pending_grants(row).exists():
        evaluation.hand_over_files(evaluation_id=row.pk, actor=world.casemgmt, on=on)
    return row


def _graded(world: World, row: Evaluation, on: dt.date, words: str) -> Evaluation:
    names = "、".join(each.user.name for each in row.team.select_related("user"))
    return grading.grade(
        evaluation_id=row.pk,
        discussed_on=on,
        discussed_by=names,
        discussion=words,
        on_site="",
        actor=world.users["trial3"],
        on=on,
    )


def evaluate(world: World, whole: Case, flawed: Case, brickworks: Case, on: dt.date) -> None:
    """Three evaluations: finished as excellent, being put right, accepted and looked back at."""
    lead = world.users["trial3"]
    row = _opened(world, whole, "daily", on)
    evaluation.add_bonus(
        submission=uuid7(),
        evaluation_id=row.pk,
        code="B01",
        points=Decimal(2),
        reason="整改见效，窗口超时件大幅下降。",
        actor=lead,
        on=on,
    )
    _graded(world, row, on, "事实清楚、程序合规，一致同意评为优秀。")
    grading.feed_back(evaluation_id=row.pk, text="没有发现问题。", actor=lead, on=on)

    row = _opened(world, flawed, "special", on)
    for code, points, text in (
        ("R01", 5, "超时件数只写总数，没有逐月核对。"), ("R03", 6, "主要领导责任和重要领导责任的区分没有说明。"),
        ("R05", 2, "两份签批件没有写明日期。"), ("R07", 2, "案卷目录与实际页数不符。"),
    ):  # fmt: skip
        evaluation.add_finding(
            submission=uuid7(), evaluation_id=row.pk, code=code, points=Decimal(points), text=text, actor=lead, on=on
        )
    _graded(world, row, on, "定性说理不足，同意评定。")
    grading.feed_back(evaluation_id=row.pk, text="请补充定性说理，规范案卷目录。", actor=lead, on=on)
    grading.comment(evaluation_id=row.pk, text="接受评查意见，即行整改。", actor=world.inspector, on=on)

    row = _opened(world, brickworks, "full", on)
    _graded(world, row, on, "免职手续超过一个月，其余合规，一致同意。")
    grading.feed_back(evaluation_id=row.pk, text="请与组织部门建立手续办理的提醒和交接机制。", actor=lead, on=on)
    grading.report_rectified(
        evaluation_id=row.pk, text="已与组织部门约定免职手续办理的交接单和到期前七日提醒。", upload=upload("交接办法.pdf"),
        actor=world.inspector, on=on,
    )  # fmt: skip
    grading.accept(evaluation_id=row.pk, acceptance="制度已建立，同意销账。", actor=lead, on=on)
