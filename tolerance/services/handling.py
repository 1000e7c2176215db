"""Taking a filing in: supplement asked, registered with its receipt, refused, kept as an explanation, lapsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tolerance import papers
from tolerance.enums import FilingState, VersionKind, VersionState
from tolerance.sealing import verification
from tolerance.services import common, drafting
from wenze.deadlines import arithmetic
from wenze.deadlines.workdays import ONE
from wenze.documents import numbering
from wenze.documents import services as documents
from wenze.errors import Invalid, Missing, Refused, Stale
from wenze.law import data
from wenze.notices import services as notices
from wenze.search import services as search
from wenze.terms import services as terms

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from tolerance.models import Filing, FilingVersion
    from wenze.people.models import User

SUFFIX = "容备"


def _submitted(row: Filing) -> FilingVersion:
    version = common.open_version(row)
    if version is None or version.state != VersionState.SUBMITTED:
        raise Stale(f"备案{row.get_state_display()}，没有等待审查的内容。")
    version.filing = row
    return version


def _looked_at(row: Filing, actor: User, on: dt.date) -> None:
    terms.meet(rule=common.REVIEW, about=row, on=on, actor=actor)
    notices.finish_tasks(about=row, step=common.REVIEW, by=actor)


@transaction.atomic
def ask_supplement(*, filing_id: uuid.UUID, note: str, actor: User, on: dt.date) -> Filing:
    """补正: what is wanting, within its term. Raises ``Invalid``, ``NotYours``, ``Stale``."""
    row = common.to_receive(filing_id, actor)
    version = _submitted(row)
    if not note.strip():
        raise Invalid({"note": "请写明要补正什么。"})
    told = data.tolerance_settings()["supplement"]
    due_on = arithmetic.reckon(arithmetic.Term(told["amount"], arithmetic.Unit(told["unit"])), on).due
    version.state = VersionState.SUPPLEMENT
    version.save(update_fields=["state"])
    if row.state == FilingState.SUBMITTED:
        row.state = FilingState.SUPPLEMENT
    row.supplement_note, row.supplement_due_on = note.strip(), due_on
    row.save(update_fields=["state", "supplement_note", "supplement_due_on"])
    _looked_at(row, actor, on)
    terms.start(
        rule=common.SUPPLEMENT, about=row, on=on, actor=actor, title=f"容错备案补正：{row.title}"[:200], handler=row.filed_by,
        amount=told["amount"], unit=told["unit"],
    )  # fmt: skip
    common.ask(
        [row.filed_by], row, step=common.SUPPLEMENT, title=f"补正容错备案：{row.title}", due_on=due_on, actor=actor
    )
    common.record(row, "filing.supplement_asked", actor, note=note.strip(), due_on=due_on.isoformat())
    return row


@transaction.atomic
def register(*, filing_id: uuid.UUID, opinion: str, actor: User, on: dt.date) -> Filing:
    """登记备案: number, validity, receipt (D39). It is neither an approval nor an exemption.

    Raises ``Refused`` for what came after the undertaking began, and for a hit of the negative list.
    """
    row = common.to_receive(filing_id, actor)
    version = _submitted(row)
    if not opinion.strip():
        raise Invalid({"opinion": "请写明审核意见。"})
    missing = []
    if row.current_id == version.pk and row.is_explanation:
        missing.append(Missing("in_advance", "报送日不早于实施日，不能登记为事前备案，只能收存为说明材料"))
    if version.hits:
        missing.append(Missing("negative_hit", "负面清单自查有命中，只能不予备案"))
    if missing:
        raise Refused("登记备案", missing)
    _decide(row, version, actor, on)
    row.opinion, row.registered_by = opinion.strip(), actor
    _give_number(row, on)
    _set_validity(row, version, on)
    row.state = FilingState.REGISTERED
    row.save()
    terms.void(rule=common.EXPIRY, about=row, on=on, actor=actor, reason="有效期重新起算")
    if row.valid_until is not None and row.valid_until >= on:
        terms.start(
            rule=common.EXPIRY, about=row, on=on, actor=actor, title=f"容错备案到期：{row.title}"[:200], handler=row.filed_by,
            due_on=row.valid_until,
        )  # fmt: skip
    common.record(
        row, verification.DECIDED, actor, version=version.version, kind=version.kind, opinion=row.opinion, **verification.registration(row)
    )  # fmt: skip
    _issue(row, version, actor, on)
    common.tell(
        row, f"容错备案“{row.title}”已登记，编号{row.number}，有效期至{row.valid_until}。备案不是批准，不是免责决定。"
    )
    search.reindex(row)
    return row


def _decide(row: Filing, version: FilingVersion, actor: User, on: dt.date) -> None:
    """The version takes the place of the one before; the register says what it says."""
    row.versions.filter(state=VersionState.ACCEPTED).update(state=VersionState.SUPERSEDED)
    version.state, version.decided_on = VersionState.ACCEPTED, on
    version.save(update_fields=["state", "decided_on"])
    row.current, row.title = version, version.title
    people = list(version.people.select_related("cadre"))
    row.responsible = people[0].cadre if people else row.responsible
    _looked_at(row, actor, on)


def _give_number(row: Filing, on: dt.date) -> None:
    if row.number:
        return
    commission = row.commission
    row.year = on.year
    row.serial = numbering.take(commission=commission, series="filing", year=on.year)
    agency = commission.agency_code or commission.short_name
    row.number = f"{agency}{SUFFIX}〔{row.year}〕{row.serial}号"


def _set_validity(row: Filing, version: FilingVersion, on: dt.date) -> None:
    """As long as the undertaking, at most so many months from the registration; a renewal starts where it ended."""
    months = int(data.tolerance_settings()["validity_months"])
    ends_on = version.ends_on
    if row.valid_from is None or row.valid_until is None:
        row.registered_on, row.valid_from = on, on
        latest = arithmetic.add_months(on, months) - ONE
        row.valid_until = max(min(latest, ends_on) if ends_on else latest, on)
    elif version.kind == VersionKind.RENEWAL:
        latest = arithmetic.add_months(row.valid_until + ONE, months) - ONE
        row.valid_until = min(latest, ends_on) if ends_on else latest
        row.renewals += 1
    elif ends_on is not None and ends_on < row.valid_until:
        row.valid_until = max(ends_on, on)


def _issue(row: Filing, version: FilingVersion, actor: User, on: dt.date) -> None:
    """The form (D38) of this version, and the receipt (D39)."""
    documents.supersede(
        "D38", commission=row.commission, about=row, case_id=None, paper=papers.filing_form(row, version, on=on), on=on, actor=actor
    )  # fmt: skip
    documents.supersede(
        "D39", commission=row.commission, about=row, case_id=None, paper=papers.receipt(row, version, on=on), on=on, actor=actor
    )  # fmt: skip


@transaction.atomic
def keep_as_explanation(*, filing_id: uuid.UUID, opinion: str, actor: User, on: dt.date) -> Filing:
    """收存为说明材料: it came when the undertaking had begun; its receipt says so (law.md §6.1, L35)."""
    row = common.to_receive(filing_id, actor)
    version = _submitted(row)
    if row.registered_on is not None or not row.is_explanation:
        raise Stale("报送日早于实施日的，应登记备案或者不予备案，不收存为说明材料。")
    if not opinion.strip():
        raise Invalid({"opinion": "请写明审核意见。"})
    _decide(row, version, actor, on)
    _give_number(row, on)
    row.opinion, row.registered_by, row.state = opinion.strip(), actor, FilingState.EXPLANATION
    row.save()
    common.record(
        row, verification.DECIDED, actor, version=version.version, explanation=True, opinion=row.opinion, **verification.registration(row)
    )  # fmt: skip
    _issue(row, version, actor, on)
    common.tell(row, f"“{row.title}”报送时事项已经实施，收存为说明材料（{row.number}），不作事前备案。")
    search.reindex(row)
    return row


@transaction.atomic
def refuse(*, filing_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> Filing:
    """不予备案, with the reason; a refused change or renewal leaves what was registered as it was."""
    row = common.to_receive(filing_id, actor)
    version = _submitted(row)
    if not reason.strip():
        raise Invalid({"reason": "请写明不予备案的理由。"})
    version.state, version.decided_on = VersionState.REFUSED, None
    version.save(update_fields=["state", "decided_on"])
    _looked_at(row, actor, on)
    if row.registered_on is None:
        row.state, row.ended_reason = FilingState.REFUSED, reason.strip()
        row.save(update_fields=["state", "ended_reason"])
    common.record(row, "filing.refused", actor, version=version.version, reason=reason.strip())
    common.tell(row, f"容错备案“{row.title}”（第{version.version}版）不予备案：{reason.strip()}")
    return row


@transaction.atomic
def lapse(*, filing_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> Filing:
    """失效: the receiver finds that the undertaking left what was filed, or that what was told was not true."""
    row = common.to_receive(filing_id, actor)
    if row.state != FilingState.REGISTERED:
        raise Stale(f"备案{row.get_state_display()}，不能再作失效处理。")
    if not reason.strip():
        raise Invalid({"reason": "请写明失效的理由。"})
    row.state, row.ended_reason, row.lapsed_on = FilingState.LAPSED, reason.strip(), on
    row.save(update_fields=["state", "ended_reason", "lapsed_on"])
    drafting.end(row, actor, on)
    common.record(row, "filing.lapsed", actor, reason=reason.strip())
    common.tell(row, f"容错备案“{row.title}”（{row.number}）自{on}起失效：{reason.strip()}")
    return row
