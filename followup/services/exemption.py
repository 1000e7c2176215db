"""After an exemption: the report on the 纠错通知 and its acceptance; the letter that clears the name (law.md §6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from cases.enums import Outcome, RedressResult
from cases.models import Decision
from cases.papers import day
from cases.services.investigation import record
from cases.services.moving import locked_case, press_once, require_seat
from followup import papers
from followup.enums import ItemKind
from followup.models import ExecutionItem, NameClearing, RectifyReport
from followup.planning import set_running
from followup.services.reform import ACCEPTS
from followup.services.units import ask, ask_unit, require_reporter
from wenze.access.roles import Role
from wenze.crypto import files
from wenze.documents import services as documents
from wenze.errors import Invalid, NotYours, Stale, wanting
from wenze.notices import services as notices
from wenze.people.selectors import personnel_office_of
from wenze.terms import services as terms
from wenze.workflow import seats

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.core.files.uploadedfile import UploadedFile

    from wenze.people.models import User

CLEARED = (Outcome.EXEMPTED, Outcome.NOT_ACCOUNTABLE)


def is_rectification(item: ExecutionItem) -> bool:
    """Whether it is what a 纠错通知 asked for: reported with proof and accepted by another."""
    return item.kind == ItemKind.RECTIFICATION and item.decision.outcome == Outcome.EXEMPTED


def _locked(item_id: uuid.UUID, actor: User) -> ExecutionItem:
    seen = ExecutionItem.objects.visible_to(actor).get(pk=item_id)
    rows = ExecutionItem.objects.select_for_update(of=("self",)).select_related("case", "decision__subject")
    item: ExecutionItem = rows.get(pk=seen.pk)
    if not is_rectification(item):
        raise NotYours("该事项不是纠错事项。")
    if item.done_on is not None or item.void_on is not None:
        raise Stale("该事项已经办结或者取消。")
    return item


@transaction.atomic
def report_rectified(
    *, item_id: uuid.UUID, reported_on: dt.date, text: str, proof: UploadedFile[Any] | None, actor: User, on: dt.date,
    late_reason: str = "",
) -> RectifyReport:  # fmt: skip
    """The person's unit (the handler on its behalf) reports what was put right, with its proof; the clock stands still."""
    item = _locked(item_id, actor)
    if item.responsible is None:
        require_seat(item.case, actor, "handler", "team")
    on_behalf = item.responsible is not None and require_reporter(item, item.responsible, actor)
    last = item.rectify_reports.last()
    if last is not None and last.is_waiting:
        raise Stale("已有报告待验收。")
    wrong = wanting(text=(text, "纠错情况"))
    since = (last.returned_on if last is not None else None) or item.decision.decided_on
    if not since <= reported_on <= on:
        wrong["reported_on"] = f"报告日应在{day(since)}之后、今日之前。"
    elif item.due_on is not None and reported_on > item.due_on and not late_reason.strip():
        wrong["late_reason"] = f"期限是{day(item.due_on)}，已逾期，须写明原因。"
    if proof is None:
        wrong["proof"] = "请附纠错的凭证。"
    if wrong or proof is None:
        raise Invalid(wrong)
    sealed = files.seal(
        proof, key=item.case.data_key, name=proof.name or "凭证", commission_id=item.commission_id,
        content_type=proof.content_type or "",
    )  # fmt: skip
    row = RectifyReport.objects.create(
        case=item.case, item=item, number=last.number + 1 if last else 1, reported_on=reported_on, due_on=item.due_on or reported_on,
        text=text.strip(), proof=sealed, reported_by=actor, on_behalf=on_behalf, late_reason=late_reason.strip(),
    )  # fmt: skip
    terms.meet(rule=item.term, about=item, on=reported_on, actor=actor)
    notices.finish_tasks(about=item, step="execution", by=actor)
    ask(
        seats.holders(Role.CASEMGMT, item.case) or seats.holders(Role.HEAD, item.case), item, step="rectify_accept",
        title=f"请验收{item}", due_on=None, actor=actor,
    )  # fmt: skip
    record(item.case, "rectify.reported", item, actor, title=str(item), on=reported_on.isoformat())
    return row


def _waiting(item: ExecutionItem, actor: User) -> RectifyReport:
    require_seat(item.case, actor, *ACCEPTS)
    last: RectifyReport | None = item.rectify_reports.last()
    if last is None or not last.is_waiting:
        raise Stale("没有待验收的纠错报告。")
    if last.reported_by_id == actor.pk:
        raise NotYours("纠错情况是您报告的，应由另一人验收。")
    return last


@transaction.atomic
def accept_rectified(*, item_id: uuid.UUID, answer: str, actor: User, on: dt.date) -> ExecutionItem:
    """Accepted by another: the item is done on the day on which it was reported."""
    item = _locked(item_id, actor)
    row = _waiting(item, actor)
    if wrong := wanting(answer=(answer, "验收意见")):
        raise Invalid(wrong)
    row.accepted_on, row.answer, row.answered_by = on, answer.strip(), actor
    row.save(update_fields=["accepted_on", "answer", "answered_by"])
    item.done_on, item.proof, item.proof_file = row.reported_on, row.text, row.proof
    item.late_reason, item.confirmed_by = row.late_reason, actor
    item.save()
    notices.finish_tasks(about=item, step="rectify_accept", by=actor)
    record(item.case, "rectify.accepted", item, actor, title=str(item), on=on.isoformat())
    return item


@transaction.atomic
def return_rectified(*, item_id: uuid.UUID, answer: str, actor: User, on: dt.date) -> ExecutionItem:
    """Not accepted: back with the reason; the clock runs on to the same day."""
    item = _locked(item_id, actor)
    row = _waiting(item, actor)
    if wrong := wanting(answer=(answer, "退回的理由")):
        raise Invalid(wrong)
    row.returned_on, row.answer, row.answered_by = on, answer.strip(), actor
    row.save(update_fields=["returned_on", "answer", "answered_by"])
    notices.finish_tasks(about=item, step="rectify_accept", by=actor)
    set_running(item, on, actor, due_on=item.due_on)
    if item.responsible is not None:
        ask_unit(item, item.responsible, step="execution", title=f"重新报告：{item}", due_on=item.due_on, actor=actor)
    record(item.case, "rectify.returned", item, actor, title=str(item), reason=answer.strip())
    return item


def may_be_cleared(decision: Decision) -> bool:
    """Exempted, not held to account, or revoked by an appeal or a correction."""
    return decision.outcome in CLEARED or decision.standing == RedressResult.REVOKED


@press_once(NameClearing, "drafted_by")
def draft_clearing(
    *, case_id: uuid.UUID, submission: uuid.UUID, decision: Decision, concern: str, words: str, scope: str, actor: User, on: dt.date
) -> NameClearing:  # fmt: skip
    """Draft the letter; whom it goes to beside the person follows from who he is."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, "handler", "team")
    subject = decision.subject
    if subject.case_id != case.pk or not may_be_cleared(decision):
        raise NotYours("只对不予、免予问责或者问责被撤销的对象澄清正名。")
    if NameClearing.objects.filter(decision=decision).exists():
        raise Stale("已经拟过澄清正名函。")
    if wrong := wanting(concern=(concern, "所反映的事项"), words=(words, "澄清内容"), scope=(scope, "澄清范围")):
        raise Invalid(wrong)
    row = NameClearing.objects.create(
        pk=submission, case=case, decision=decision, concern=concern.strip(), words=words.strip(), scope=scope.strip(),
        to_unit=subject.organization or (subject.post.organization if subject.post else None),
        to_personnel=personnel_office_of(subject.cadre) if subject.cadre else None, drafted_by=actor, drafted_on=on,
    )  # fmt: skip
    ask(seats.holders(Role.CASEMGMT, case), row, step="clearing", title=f"签发{row}函", due_on=None, actor=actor)
    record(case, "clearing.drafted", row, actor, scope=row.scope)
    return row


def _clearing(clearing_id: uuid.UUID, actor: User) -> NameClearing:
    seen = NameClearing.objects.visible_to(actor).get(pk=clearing_id)
    locked_case(seen.case_id, actor)
    rows = NameClearing.objects.select_for_update(of=("self",)).select_related(
        "case__commission", "decision__subject__cadre", "decision__subject__organization", "to_unit", "to_personnel"
    )
    row: NameClearing = rows.get(pk=seen.pk)
    return row


@transaction.atomic
def issue_clearing(*, clearing_id: uuid.UUID, actor: User, on: dt.date) -> NameClearing:
    """Issued by another than who drafted it, with its own number."""
    row = _clearing(clearing_id, actor)
    require_seat(row.case, actor, Role.CASEMGMT, Role.PRINCIPAL)
    if row.issued_on is not None:
        raise Stale("澄清正名函已经发出。")
    if row.drafted_by_id == actor.pk:
        raise NotYours("拟稿的人不能签发，应由另一人办理。")
    row.document = documents.issue(
        "D31C", commission=row.case.commission, about=row.case, case_id=row.case_id, paper=papers.clearing(row, on=on), on=on,
        actor=actor, subject_id=row.decision.subject_id,
    )  # fmt: skip
    row.issued_by, row.issued_on = actor, on
    row.save(update_fields=["document", "issued_by", "issued_on"])
    notices.finish_tasks(about=row, step="clearing", by=actor)
    ask([row.case.handler], row, step="clear", title=f"在范围内澄清：{row}", due_on=None, actor=actor)
    record(row.case, "clearing.issued", row, actor, number=row.document.number)
    return row


@transaction.atomic
def record_cleared(
    *, clearing_id: uuid.UUID, cleared_on: dt.date, cleared_how: str, actor: User, on: dt.date
) -> NameClearing:
    """That the name was cleared in its scope: when, and how. What waited for it is done with it."""
    row = _clearing(clearing_id, actor)
    require_seat(row.case, actor, "handler", "team", Role.CASEMGMT)
    if row.issued_on is None or row.cleared_on is not None:
        raise Stale("函尚未发出，或者已经登记澄清。")
    wrong = wanting(cleared_how=(cleared_how, "怎样澄清、向谁澄清"))
    if not row.issued_on <= cleared_on <= on:
        wrong["cleared_on"] = "澄清日应在发函之后、今日之前。"
    if wrong:
        raise Invalid(wrong)
    row.cleared_on, row.cleared_how = cleared_on, cleared_how.strip()
    row.save(update_fields=["cleared_on", "cleared_how"])
    for item in row.decision.items.open().filter(kind=ItemKind.NAME_CLEARING):
        item.done_on, item.proof, item.confirmed_by = cleared_on, row.cleared_how, actor
        if item.due_on and item.done_on > item.due_on:
            item.late_reason = "澄清在期限之后完成。"
        item.save()
        if item.term:
            terms.meet(rule=item.term, about=item, on=cleared_on, actor=actor)
        notices.finish_tasks(about=item, step="execution", by=actor)
    notices.finish_tasks(about=row, step="clear", by=actor)
    record(row.case, "clearing.done", row, actor, on=cleared_on.isoformat(), scope=row.scope)
    return row
