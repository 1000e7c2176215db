"""Appeals and corrections (条例第二十、二十一条; 监察法; law.md §2.1): others look again, the decision is carried out meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cases import effects, papers
from cases.enums import CaseState, RedressResult, RedressState, RemedyChannel
from cases.models import Appeal, Attribution, Correction, Decision
from cases.procedure import APPEAL, CORRECTION, RECHECK, procedure_of
from cases.redress import FILING_TERMS, needs_committee
from cases.services.investigation import record
from cases.services.moving import locked_case, press_once, require_seat, require_state
from wenze.access.roles import Role
from wenze.crypto import files
from wenze.deadlines.arithmetic import Term, reckon
from wenze.documents import services as documents
from wenze.errors import Invalid, Refused, Stale
from wenze.law import term
from wenze.notices import services as notices
from wenze.workflow import approvals, offsystem, steps
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

    from cases.models import Case
    from cases.models.redress import Redress
    from wenze.people.models import User
    from wenze.workflow.models import Approval, OffSystemApproval

AFTER_DECISION = (CaseState.DECIDED, CaseState.EXECUTING, CaseState.CLOSED)


@dataclass(frozen=True)
class Finding:
    """What the second look found, and what becomes of the decision."""

    result: str
    finding: str
    measures: Sequence[str] = ()
    withdrawn: Sequence[Attribution] = ()
    discussed_on: dt.date | None = None
    told_to: str = ""


def _decision(case: Case, subject_id: uuid.UUID) -> Decision:
    found: Decision = Decision.objects.select_for_update(of=("self",)).get(subject__case=case, subject_id=subject_id)
    return found


def _locked(model: type[Redress], pk: uuid.UUID, actor: User) -> Any:
    """The row, locked after its case, if the actor may see it."""
    seen = model.objects.visible_to(actor).get(pk=pk)
    locked_case(seen.case_id, actor)
    return model.objects.select_for_update(of=("self",)).select_related("case", "decision__subject__cadre").get(pk=pk)


def _step(row: Redress, code: str, actor: User, on: dt.date, approval: Approval | None = None) -> None:
    steps.take_step(procedure_of(row), code, row, Occasion(actor, on, approval))


def filing_limit(decision: Decision, channel: str) -> dt.date | None:
    """The last day for this remedy, from receipt of the decision (of the answer to the review, for a recheck)."""
    received_on = decision.served_on
    if channel == RemedyChannel.RECHECK:
        review = decision.appeals.filter(channel=RemedyChannel.REVIEW, state=RedressState.DECIDED).last()
        received_on = review.decided_on if review else None
    if received_on is None:
        return None
    rule = term(FILING_TERMS[RemedyChannel(channel)])
    return reckon(Term(rule.amount, rule.unit), received_on, roll_forward=rule.roll_forward).due


def _scan(case: Case, upload: UploadedFile[Any] | None, name: str) -> Any:
    if upload is None:
        return None
    return files.seal(
        upload, key=case.data_key, name=upload.name or name, commission_id=case.commission_id, content_type=upload.content_type or ""
    )  # fmt: skip


@press_once(Appeal, "registered_by")
def file_appeal(
    *, case_id: uuid.UUID, submission: uuid.UUID, subject_id: uuid.UUID, channel: str, filed_on: dt.date, statement: str,
    scan: UploadedFile[Any] | None, actor: User, on: dt.date,
) -> Appeal:  # fmt: skip
    """Register the paper (D33). A late one is refused and may come in as a correction (条例第二十一条).

    Raises ``Invalid`` for what was typed, ``Refused`` with all that stands against it; nothing is then written.
    """
    case = locked_case(case_id, actor)
    require_state(case, *AFTER_DECISION)
    decision = _decision(case, subject_id)
    wrong: dict[str, str] = {}
    if filed_on > on or (decision.served_on and filed_on < decision.served_on):
        wrong["filed_on"] = "提出日应在送达之后、今日之前。"
    if not statement.strip():
        wrong["statement"] = "请写明请求和理由。"
    if scan is None:
        wrong["scan"] = "请附申诉书扫描件（PDF 或图片）。"
    if decision.appeals.filter(channel=channel).exclude(state=RedressState.DECIDED).exists():
        wrong["channel"] = "同一对象已有一件正在办理。"
    elif decision.appeals.filter(channel=channel).exists():
        wrong["channel"] = f"{RemedyChannel(channel).label}已经办过，只有一级。"
    if wrong:
        raise Invalid(wrong)
    table = RECHECK if channel == RemedyChannel.RECHECK else APPEAL
    appeal = Appeal(
        id=submission, case=case, decision=decision, procedure=table.edition, channel=channel, filed_on=filed_on,
        until_on=filing_limit(decision, channel), registered_by=actor, scan=_scan(case, scan, "申诉书"),
    )  # fmt: skip
    appeal.statement = statement.strip()
    appeal.save(force_insert=True)
    _step(appeal, "file_appeal", actor, on)
    return appeal


@transaction.atomic
def accept_appeal(*, appeal_id: uuid.UUID, reviewer: User, second_reviewer: str, actor: User, on: dt.date) -> Appeal:
    """Name the two who examine it, none of whom took part in the case; the notice (D34) goes out."""
    appeal: Appeal = _locked(Appeal, appeal_id, actor)
    appeal.reviewer, appeal.second_reviewer = reviewer, second_reviewer.strip()
    appeal.save(update_fields=["reviewer", "second_reviewer"])
    _step(appeal, "accept_appeal", actor, on)
    return appeal


def _write(row: Redress, found: Finding, on: dt.date) -> None:
    if found.discussed_on is not None and found.discussed_on > on:
        raise Invalid({"discussed_on": "研究日不能晚于今日。"})
    if any(item.subject_id != row.decision.subject_id for item in found.withdrawn):
        raise Invalid({"withdrawn": "只能撤回该对象的责任认定。"})
    row.result, row.finding, row.told_to = found.result, found.finding.strip(), found.told_to.strip()
    row.measures = list(found.measures) if found.result == RedressResult.CHANGED else []
    row.discussed_on = found.discussed_on
    row.save()
    row.withdrawn.set(found.withdrawn if found.result != RedressResult.UPHELD else [])


@transaction.atomic
def examine_appeal(*, appeal_id: uuid.UUID, found: Finding, actor: User, on: dt.date) -> Appeal:
    """The two write down what they found and what they propose. Raises ``Refused`` with all that is missing."""
    appeal: Appeal = _locked(Appeal, appeal_id, actor)
    require_seat(appeal, actor, "reviewer")
    if appeal.state != RedressState.ACCEPTED:
        raise Stale("复查意见已经提交。")
    _write(appeal, found, on)
    appeal.examined_on = on
    appeal.save(update_fields=["examined_on"])
    _step(appeal, "examine_appeal", actor, on)
    return appeal


def _request(row: Redress, code: str, actor: User, on: dt.date) -> Approval:
    """Ask the chain to sign once everything but the signature stands."""
    table = procedure_of(row)
    missing = [gap for gap in steps.unmet(table, code, row, Occasion(actor, on)) if gap.code != "redress_signed"]
    if missing:
        raise Refused(table.step(code).name, missing)
    return approvals.request(
        about=row, step=code, title=f"签发处理决定：{row}", chain=table.step(code).approval, actor=actor, on=on
    )


@transaction.atomic
def prepare_answer(*, appeal_id: uuid.UUID, actor: User, on: dt.date) -> Approval:
    """Put the answer before the principal."""
    appeal: Appeal = _locked(Appeal, appeal_id, actor)
    require_seat(appeal, actor, Role.CASEMGMT)
    return _request(appeal, "decide_appeal", actor, on)


@transaction.atomic
def ask_committee(*, row: Redress, actor: User, on: dt.date) -> OffSystemApproval:
    """Report a change to the same-level Party committee where 条例第十二条 asks for its approval (D04)."""
    row = _locked(type(row), row.pk, actor)
    case = row.case
    require_seat(row, actor, Role.CASEMGMT)
    authority = case.commission.directly_led_by
    if not needs_committee(row, on) or authority is None:
        raise Invalid({"result": "该变更不须报同级党委批准，或者没有设定同级党委。"})
    code = "decide_appeal" if isinstance(row, Appeal) else "decide_correction"
    paper = papers.request_for_approval(case, "approve_by_committee", [row.subject], authority, on=on)
    document = documents.issue(
        "D04", commission=case.commission, about=case, case_id=case.pk, paper=paper, on=on, actor=actor
    )
    return offsystem.request(
        about=row, step=code, authority=authority, covers=[str(row.subject.pk)], document=document, actor=actor, on=on
    )


def decide_on_signature(approval: Approval, row: Redress, actor: User, on: dt.date) -> None:
    """The principal has signed: the answer goes out and is carried out."""
    _step(row, approval.step, actor, on, approval)


@transaction.atomic
def record_recheck(
    *, appeal_id: uuid.UUID, answered_by: str, answer_number: str, decided_on: dt.date, found: Finding, actor: User, on: dt.date
) -> Appeal:  # fmt: skip
    """What the superior supervisory commission decided on the recheck; it binds us."""
    appeal: Appeal = _locked(Appeal, appeal_id, actor)
    if not appeal.filed_on <= decided_on <= on:
        raise Invalid({"decided_on": "决定日应在提出日之后、今日之前。"})
    appeal.answered_by, appeal.answer_number, appeal.decided_on = answered_by.strip(), answer_number.strip(), decided_on
    _write(appeal, found, on)
    _step(appeal, "record_recheck", actor, on)
    return appeal


# --- correction -----------------------------------------------------------------------------------------------------
@press_once(Correction, "proposed_by")
def propose_correction(
    *, case_id: uuid.UUID, submission: uuid.UUID, subject_id: uuid.UUID, ground: str, found: Finding, actor: User, on: dt.date,
    superior_order: str = "", late_appeal: str = "", clearing: str = "", scan: UploadedFile[Any] | None = None,
) -> Correction:  # fmt: skip
    """Propose to put a wrong accountability right, at any time; of one's own motion, by order, or on a late appeal."""
    case = locked_case(case_id, actor)
    require_state(case, *AFTER_DECISION)
    decision = _decision(case, subject_id)
    if decision.corrections.filter(state=RedressState.PROPOSED).exists():
        raise Invalid({"ground": "该决定已有一件正在纠正。"})
    row = Correction(
        id=submission, case=case, decision=decision, procedure=CORRECTION.edition, ground=ground, superior_order=superior_order.strip(),
        clearing=clearing.strip(), proposed_by=actor, proposed_on=on, scan=_scan(case, scan, "来件"),
    )  # fmt: skip
    row.late_appeal = late_appeal.strip()
    row.save(force_insert=True)
    _write(row, found, on)
    _step(row, "propose_correction", actor, on)
    return row


@transaction.atomic
def prepare_correction(*, correction_id: uuid.UUID, actor: User, on: dt.date) -> Approval:
    """Put the correction before the leader in charge and the principal."""
    row: Correction = _locked(Correction, correction_id, actor)
    require_seat(row, actor, Role.CASEMGMT)
    return _request(row, "decide_correction", actor, on)


@transaction.atomic
def decline_correction(*, correction_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> Correction:
    """The principal finds nothing wrong, and says why."""
    row: Correction = _locked(Correction, correction_id, actor)
    require_seat(row, actor, Role.PRINCIPAL)
    require_state(row, RedressState.PROPOSED)
    if not reason.strip():
        raise Invalid({"reason": "请写明不予纠正的理由。"})
    row.state, row.declined_reason, row.decided_on = RedressState.DECLINED, reason.strip(), on
    row.save(update_fields=["state", "declined_reason", "decided_on"])
    notices.finish_tasks(about=row, step="decide_correction", by=actor)
    record(row.case, "correction.declined", row, actor, subject=row.subject.name)
    return row


@transaction.atomic
def confirm_influence(*, row: Redress, actor: User, on: dt.date) -> Redress:
    """The principal confirms that what was ended is void from the start and what took its place counts (law.md §3.1)."""
    row = _locked(type(row), row.pk, actor)
    require_seat(row, actor, Role.PRINCIPAL)
    require_state(row, RedressState.DECIDED)
    if row.confirmed_on is not None:
        raise Stale("影响期已经确认。")
    measures = row.decision.measures
    measures.filter(ended_on__isnull=False, void_from__isnull=True).update(void_from=on)
    measures.filter(replaces__isnull=False, confirmed_on__isnull=True).update(confirmed_on=on)
    row.confirmed_by, row.confirmed_on = actor, on
    row.save(update_fields=["confirmed_by", "confirmed_on"])
    notices.finish_tasks(about=row, step="confirm_influence", by=actor)
    record(row.case, "influence.confirmed", row, actor, subject=row.subject.name, on=on.isoformat())
    effects.RECKON_INFLUENCE.perform(row, Occasion(actor, on))
    return row


approvals.COMPLETIONS.register("cases.Appeal:decide_appeal", decide_on_signature)
approvals.COMPLETIONS.register("cases.Correction:decide_correction", decide_on_signature)
