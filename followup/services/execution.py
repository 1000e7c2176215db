"""Doing what a decision asks for, each with its day and its proof (条例第十三条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cases.enums import Outcome
from cases.models import Case, Decision
from cases.papers import day, rectification_notice
from cases.services.moving import require_seat, take_case_step
from followup import tracking
from followup.enums import ItemKind
from followup.models import ExecutionItem
from followup.planning import plan_item, set_running
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.documents import services as documents
from wenze.documents.paper import Paper, pairs
from wenze.errors import Invalid, NotYours, Stale
from wenze.law.remedies import remedy_of
from wenze.notices import services as notices
from wenze.terms import services as terms
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from wenze.people.models import User


FROM_ANNOUNCEMENT = (ItemKind.SELF_CRITICISM, ItemKind.WRITTEN_INSPECTION)
"""What is written after the announcement, its term (T19) counted from that day."""


def _wrong_in(item: ExecutionItem, done_on: dt.date, proof: str, typed: dict[str, str], on: dt.date) -> dict[str, str]:
    """What is wrong in what was typed of an item, by field."""

    def lacks(name: str) -> bool:
        return not typed[name].strip()

    wrong: dict[str, str] = {}
    if done_on > on or done_on < item.decision.decided_on:
        wrong["done_on"] = "完成日应在决定日之后、今日之前。"
    if not proof.strip():
        wrong["proof"] = "请写明完成情况。"
    if item.kind == ItemKind.SERVICE:
        if lacks("way"):
            wrong["way"] = "请选择送达方式。"
        if lacks("recipient"):
            wrong["recipient"] = "请填写签收人。"
        if typed["way"] == "left" and lacks("witness"):
            wrong["witness"] = "留置送达须有见证人。"
    if item.kind == ItemKind.ANNOUNCEMENT and lacks("attended"):
        wrong["attended"] = "请填写参加宣布的人员。"
    if item.due_on and done_on > item.due_on and lacks("late_reason"):
        wrong["late_reason"] = f"期限是{day(item.due_on)}，已逾期，须写明原因。"
    return wrong


@transaction.atomic
def complete_item(
    *,
    item_id: uuid.UUID,
    done_on: dt.date,
    proof: str,
    actor: User,
    on: dt.date,
    way: str = "",
    recipient: str = "",
    witness: str = "",
    attended: str = "",
    late_reason: str = "",
) -> ExecutionItem:
    """One item is done. A late one needs its reason; that it was late stays on record.

    Raises ``Invalid`` for what was typed, ``NotYours`` for one who may not, ``Stale`` where it was done already.
    """
    item: ExecutionItem = ExecutionItem.objects.select_for_update().get(
        pk=ExecutionItem.objects.visible_to(actor).get(pk=item_id).pk
    )
    if not (actor.holds(Role.UNIT, item.responsible_id) or actor.holds(Role.HR, item.responsible_id)):
        require_seat(item.case, actor, "handler", "team", Role.CASEMGMT)
    if item.kind == ItemKind.RECTIFY_NOTICE or (item.dispatch_id is not None and item.kind == ItemKind.PROPOSAL_REPLY):
        raise NotYours("该事项另有办理的地方：纠错通知由承办人发出，回复在送办中登记。")
    if item.done_on is not None or item.void_on is not None:
        raise Stale("该事项已经办结或者取消。")
    typed = {"way": way, "recipient": recipient, "witness": witness, "attended": attended, "late_reason": late_reason}
    if wrong := _wrong_in(item, done_on, proof, typed, on):
        raise Invalid(wrong)
    item.done_on, item.proof, item.confirmed_by = done_on, proof.strip(), actor
    item.way, item.recipient, item.witness = way, recipient.strip(), witness.strip()
    item.attended, item.late_reason = attended.strip(), late_reason.strip()
    item.save()
    if item.term:
        terms.meet(rule=item.term, about=item, on=done_on, actor=actor)
    notices.finish_tasks(about=item, step="execution", by=actor)
    ledger.record(
        "execution.done", actor=actor, commission_id=item.commission_id, about=item, case_id=item.case_id,
        detail={"title": str(item), "on": done_on.isoformat(), "late": item.is_late},
    )  # fmt: skip
    if item.kind == ItemKind.SERVICE:
        _served(item, actor, on)
    elif item.kind == ItemKind.ANNOUNCEMENT:
        _announced(item, actor, on)
    return item


@transaction.atomic
def send_rectify_notice(*, item_id: uuid.UUID, text: str, due_on: dt.date, actor: User, on: dt.date) -> ExecutionItem:
    """After an exemption: the 纠错通知 goes out, and the rectification runs to the day that it sets."""
    item: ExecutionItem = ExecutionItem.objects.select_for_update().get(
        pk=ExecutionItem.objects.visible_to(actor).get(pk=item_id, kind=ItemKind.RECTIFY_NOTICE).pk
    )
    require_seat(item.case, actor, "handler", "team", Role.CASEMGMT)
    if item.done_on is not None:
        raise Stale("纠错通知已经发出。")
    wrong: dict[str, str] = {}
    if not text.strip():
        wrong["text"] = "请写明纠正要求。"
    if due_on <= on:
        wrong["due_on"] = "期限应在今日之后。"
    if wrong:
        raise Invalid(wrong)
    case, subject = item.case, item.decision.subject
    document = documents.issue(
        "D31R", commission=case.commission, about=case, case_id=case.pk,
        paper=rectification_notice(case, subject, text.strip(), due_on, on=on), on=on, actor=actor, subject_id=subject.pk,
    )  # fmt: skip
    item.done_on, item.proof, item.confirmed_by = on, f"已发出{document.number}", actor
    item.save()
    ledger.record(
        "execution.done", actor=actor, commission_id=item.commission_id, about=item, case_id=item.case_id,
        detail={"title": str(item), "on": on.isoformat(), "late": False},
    )  # fmt: skip
    return plan_item(item.decision, ItemKind.RECTIFICATION, Occasion(actor, on), due_on=due_on)


def _paper(item: ExecutionItem, title: str, rows: list[tuple[str, object]], on: dt.date) -> Paper:
    return Paper(organ=item.case.commission.name, title=title, blocks=[pairs(rows)], date=day(on))


def _served(item: ExecutionItem, actor: User, on: dt.date) -> None:
    decision, subject = item.decision, item.decision.subject
    received_on = item.done_on or on
    decision.served_on = received_on
    remedy = remedy_of(subject.track) if decision.measures.own().exists() else None
    if remedy is not None and decision.outcome == Outcome.ACCOUNTABLE:
        decision.remedy_until = remedy.until(received_on)
    decision.save(update_fields=["served_on", "remedy_until"])
    for reply in decision.items.open().filter(kind=ItemKind.PROPOSAL_REPLY, term="T31", due_on__isnull=True):
        set_running(reply, received_on, actor)
    document = decision.document
    rows: list[tuple[str, object]] = [
        ("案号", item.case.number), ("送达文书", f"{document.title} {document.number}" if document else ""),
        ("受送达人", item.decision.subject.name), ("送达方式", item.get_way_display()), ("签收人", item.recipient),
        ("见证人", item.witness), ("送达日", day(item.done_on)), ("送达人", actor.name),
        ("救济", f"可在{day(decision.remedy_until)}前提出{remedy.name}" if remedy and decision.remedy_until else ""),
    ]  # fmt: skip
    documents.issue(
        "D26", commission=item.case.commission, about=item.case, case_id=item.case_id, paper=_paper(item, "送达回证", rows, on),
        on=on, actor=actor, subject_id=item.decision.subject_id,
    )  # fmt: skip


def _announced(item: ExecutionItem, actor: User, on: dt.date) -> None:
    """The record (D27); the term of the self-criticism and the plan of visits are reckoned from the announcement."""
    Decision.objects.filter(pk=item.decision_id).update(announced_on=item.done_on)
    rows: list[tuple[str, object]] = [
        ("案号", item.case.number), ("对象", item.decision.subject.name), ("宣布日", day(item.done_on)),
        ("参加人员", item.attended), ("情况", item.proof), ("宣布人", actor.name),
    ]  # fmt: skip
    documents.issue(
        "D27", commission=item.case.commission, about=item.case, case_id=item.case_id, paper=_paper(item, "宣布记录", rows, on),
        on=on, actor=actor, subject_id=item.decision.subject_id,
    )  # fmt: skip
    waiting = item.decision.items.open().filter(kind__in=FROM_ANNOUNCEMENT, due_on__isnull=True)
    for written in waiting.select_related("decision__subject__case__handler"):
        set_running(written, item.done_on or on, actor)
    if hasattr(item.decision.subject, "tracking"):
        tracking.renew(item.decision.subject, Occasion(actor, on))


@transaction.atomic
def begin_execution(*, case_id: uuid.UUID, actor: User, on: dt.date) -> Case:
    """Served and announced: the case is in execution."""
    return take_case_step(case_id=case_id, code="execute", actor=actor, on=on)


@transaction.atomic
def close_case(*, case_id: uuid.UUID, actor: User, on: dt.date) -> Case:
    """Everything is done: the volume closes, tracking goes on."""
    return take_case_step(case_id=case_id, code="close", actor=actor, on=on)
