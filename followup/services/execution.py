"""Doing what a decision asks for, each with its day and its proof (条例第十三条)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from cases.enums import Outcome
from cases.models import Case, Decision
from cases.papers import day, rectification_notice
from cases.services.moving import require_seat, take_case_step
from followup import tracking
from followup.enums import ItemKind
from followup.models import ExecutionItem, PostFormality
from followup.planning import plan_item, set_running
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.crypto import files
from wenze.documents import services as documents
from wenze.documents.models import OfficialDocument
from wenze.documents.paper import Paper, pairs, table
from wenze.errors import Invalid, NotYours, Stale
from wenze.law.remedies import remedy_of
from wenze.notices import services as notices
from wenze.terms import services as terms
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.core.files.uploadedfile import UploadedFile

    from wenze.people.models import User


DELIVERED = (ItemKind.SERVICE, ItemKind.REDRESS_SERVICE)
SCANNED = (ItemKind.SELF_CRITICISM, ItemKind.WRITTEN_INSPECTION)
"""Received papers (D28): they are scanned and registered, not rendered."""
FILED = (ItemKind.INTEGRITY_FILE, ItemKind.PERSONNEL_FILE)
"""What goes into a file goes with a list of what was handed over, and to whom (D30)."""
TO_FILE = ("D19", "D20", "D22", "D26", "D27", "D35", "D36", "D37")
WITH_ACCEPTANCE = (ItemKind.RECTIFICATION, ItemKind.NAME_CLEARING)
"""After an exemption: reported and accepted, drafted and issued, never done by one hand (``exemption``)."""
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
    if item.kind in DELIVERED:
        if lacks("way"):
            wrong["way"] = "请选择送达方式。"
        if lacks("recipient"):
            wrong["recipient"] = "请填写签收人。"
        if typed["way"] == "left" and lacks("witness"):
            wrong["witness"] = "留置送达须有见证人。"
    if item.kind == ItemKind.ANNOUNCEMENT and lacks("attended"):
        wrong["attended"] = "请填写参加宣布的人员。"
    if item.kind in FILED and lacks("recipient"):
        wrong["recipient"] = "请填写接收人。"
    if waiting := [str(post) for post in item.posts.filter(done_on__isnull=True)]:
        wrong["proof"] = f"还有职务的手续没有办完：{'、'.join(waiting)}。"
    elif (last := item.posts.aggregate(last=Max("done_on"))["last"]) and done_on < last:
        wrong["done_on"] = f"完成日以最后一项职务的办结日（{day(last)}）为准。"
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
    proof_file: UploadedFile[Any] | None = None,
    witness_of: dict[str, Any] | None = None,
) -> ExecutionItem:
    """One item is done. A late one needs its reason; that it was late stays on record.

    ``witness_of`` names the exchange package in which the responsible body answered, where ``actor`` only carried it.
    Raises ``Invalid`` for what was typed, ``NotYours`` for one who may not, ``Stale`` where it was done already.
    """
    item: ExecutionItem = ExecutionItem.objects.select_for_update().get(
        pk=ExecutionItem.objects.visible_to(actor).get(pk=item_id).pk
    )
    if not (actor.holds(Role.UNIT, item.responsible_id) or actor.holds(Role.HR, item.responsible_id)):
        require_seat(item.case, actor, "handler", "team", Role.CASEMGMT)
    if item.kind == ItemKind.RECTIFY_NOTICE or item.answered_in_dispatch:
        raise NotYours("该事项另有办理的地方：纠错通知由承办人发出，回复在送办中登记。")
    if item.decision.outcome == Outcome.EXEMPTED and item.kind in WITH_ACCEPTANCE:
        raise NotYours("免予问责以后，纠错须报告并由另一人验收，澄清正名须发函。")
    if item.done_on is not None or item.void_on is not None:
        raise Stale("该事项已经办结或者取消。")
    typed = {"way": way, "recipient": recipient, "witness": witness, "attended": attended, "late_reason": late_reason}
    wrong = _wrong_in(item, done_on, proof, typed, on)
    if item.kind in SCANNED and proof_file is None:
        wrong["proof_file"] = "请附本人（党组织）所写材料的扫描件。"
    if wrong:
        raise Invalid(wrong)
    if proof_file is not None:
        item.proof_file = files.seal(
            proof_file, key=item.case.data_key, name=proof_file.name or "凭证", commission_id=item.commission_id,
            content_type=proof_file.content_type or "",
        )  # fmt: skip
    item.done_on, item.proof, item.confirmed_by = done_on, proof.strip(), actor
    item.way, item.recipient, item.witness = way, recipient.strip(), witness.strip()
    item.attended, item.late_reason = attended.strip(), late_reason.strip()
    item.save()
    if item.term:
        terms.meet(rule=item.term, about=item, on=done_on, actor=actor)
    notices.finish_tasks(about=item, step="execution", by=actor)
    ledger.record(
        "execution.done", actor=actor, commission_id=item.commission_id, about=item, case_id=item.case_id,
        detail={"title": str(item), "on": done_on.isoformat(), "late": item.is_late, **(witness_of or {})},
    )  # fmt: skip
    if item.kind == ItemKind.SERVICE:
        _served(item, actor, on)
    elif item.kind == ItemKind.ANNOUNCEMENT:
        _announced(item, actor, on)
    elif item.kind in FILED:
        _handed_over(item, actor, on)
    return item


def _locked_post(post_id: uuid.UUID, actor: User) -> PostFormality:
    seen = PostFormality.objects.visible_to(actor).get(pk=post_id)
    item = ExecutionItem.objects.select_for_update().get(pk=seen.item_id)
    row: PostFormality = PostFormality.objects.select_for_update(of=("self",)).select_related("case").get(pk=seen.pk)
    if row.done_on is not None or item.done_on is not None or item.void_on is not None:
        raise Stale("该职务的手续已经办完或者取消。")
    return row


@transaction.atomic
def complete_post(
    *,
    post_id: uuid.UUID,
    body: str,
    done_on: dt.date,
    actor: User,
    on: dt.date,
    witness_of: dict[str, Any] | None = None,
) -> PostFormality:
    """One post was taken away by the body whose procedure it is. Raises ``Invalid``, ``NotYours``, ``Stale``."""
    row = _locked_post(post_id, actor)
    if not actor.holds(Role.HR, row.item.responsible_id):
        require_seat(row.case, actor, "handler", "team", Role.CASEMGMT)
    wrong: dict[str, str] = {}
    if not body.strip():
        wrong["body"] = "请填写办理机关。"
    if not row.item.decision.decided_on <= done_on <= on:
        wrong["done_on"] = "办结日应在决定日之后、今日之前。"
    if wrong:
        raise Invalid(wrong)
    row.body, row.done_on = body.strip(), done_on
    row.save(update_fields=["body", "done_on"])
    ledger.record(
        "execution.post", actor=actor, commission_id=row.commission_id, about=row, case_id=row.case_id,
        detail={"post": row.post, "by": row.body, "on": done_on.isoformat(), **(witness_of or {})},
    )  # fmt: skip
    return row


@transaction.atomic
def defer_post(*, post_id: uuid.UUID, until: dt.date, reason: str, actor: User, on: dt.date) -> PostFormality:
    """The session is still to come: the leader in charge puts the formalities off to a day (law.md §1.3②)."""
    row = _locked_post(post_id, actor)
    require_seat(row.case, actor, Role.LEADER)
    item = row.item
    wrong: dict[str, str] = {}
    if item.due_on is None or until <= item.due_on:
        wrong["until"] = "延至的日期应晚于现在的期限。"
    if not reason.strip():
        wrong["reason"] = "请写明延期的原因。"
    if wrong or item.due_on is None:
        raise Invalid(wrong)
    item.due_on = terms.move(rule=item.term, about=item, due_on=until, on=on, actor=actor, reason=reason.strip())
    item.save(update_fields=["due_on"])
    row.deferred_until, row.deferred_reason, row.deferred_by = item.due_on, reason.strip(), actor
    row.save(update_fields=["deferred_until", "deferred_reason", "deferred_by"])
    ledger.record(
        "execution.deferred", actor=actor, commission_id=row.commission_id, about=row, case_id=row.case_id,
        detail={"post": row.post, "until": until.isoformat(), "reason": reason.strip()},
    )  # fmt: skip
    return row


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


def _handed_over(item: ExecutionItem, actor: User, on: dt.date) -> None:
    """The list of what went into the file (D30): the papers of the decision that stand, and what came back on it."""
    subject = item.decision.subject
    papers = OfficialDocument.objects.filter(
        case_id=item.case_id, subject_id=subject.pk, kind__in=TO_FILE, state="issued"
    ).order_by("issued_on", "pk")
    rows = [[n, paper.title, paper.number or "—", day(paper.issued_on)] for n, paper in enumerate(papers, 1)]
    for written in item.decision.items.filter(kind__in=SCANNED, done_on__isnull=False):
        rows.append([len(rows) + 1, f"{written.get_kind_display()}（扫描件）", "—", day(written.done_on)])
    given: list[tuple[str, object]] = [
        ("案号", item.case.number), ("对象", subject.name), ("事项", item.get_kind_display()), ("移交人", actor.name),
        ("接收人", item.recipient), ("移交日", day(item.done_on)), ("件数", f"{len(rows)}件"),
    ]  # fmt: skip
    paper = Paper(
        organ=item.case.commission.name, title="归档移交清单", date=day(on),
        blocks=[pairs(given), table(["序号", "材料", "文号", "日期"], rows, [9, 33, 34, 24])],
    )  # fmt: skip
    documents.issue(
        "D30", commission=item.case.commission, about=item.case, case_id=item.case_id, paper=paper, on=on, actor=actor,
        subject_id=subject.pk,
    )  # fmt: skip


@transaction.atomic
def begin_execution(*, case_id: uuid.UUID, actor: User, on: dt.date) -> Case:
    """Served and announced: the case is in execution."""
    return take_case_step(case_id=case_id, code="execute", actor=actor, on=on)


@transaction.atomic
def close_case(*, case_id: uuid.UUID, actor: User, on: dt.date) -> Case:
    """Everything is done: the volume closes, tracking goes on."""
    return take_case_step(case_id=case_id, code="close", actor=actor, on=on)
