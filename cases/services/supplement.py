"""补充启动: subjects that the inquiry finds on its way, started as the first ones were (条例第九条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from cases import papers
from cases.answers.initiation import missing_in_batch
from cases.enums import CaseState
from cases.gates import ESCALATED, KEY_CASE
from cases.models import Case, Supplement
from cases.services import tolerance
from cases.services.initiation import committee_subjects, tell_joined, write_subjects
from cases.services.investigation import record
from cases.services.moving import locked_case, require_seat, require_state
from wenze.access.roles import Role
from wenze.documents import services as documents
from wenze.errors import Invalid, Refused
from wenze.terms import services as terms
from wenze.workflow import approvals, offsystem
from wenze.workflow.models import Approval, ApprovalState
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence

    from cases.services.initiation import SubjectDraft
    from wenze.people.models import User
    from wenze.workflow.models import OffSystemApproval

STEP = "approve_supplement"


def _locked(supplement_id: uuid.UUID, actor: User) -> Supplement:
    seen = Supplement.objects.visible_to(actor).get(pk=supplement_id)
    locked_case(seen.case_id, actor)
    row: Supplement = Supplement.objects.select_for_update(of=("self",)).select_related("case").get(pk=seen.pk)
    return row


@transaction.atomic
def add_subjects(
    *, case_id: uuid.UUID, subjects: Sequence[SubjectDraft], reason: str, actor: User, on: dt.date
) -> Supplement:
    """Apply for a further batch of subjects. Raises ``Refused`` with all that stands against it; nothing is written."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, "handler")
    require_state(case, CaseState.INVESTIGATING)
    if not reason.strip():
        raise Invalid({"reason": "请写明补充启动的理由。"})
    last = case.supplements.aggregate(last=Max("number"))["last"] or 1
    supplement = Supplement.objects.create(
        case=case, number=last + 1, reason=reason.strip(), asked_by=actor, asked_on=on
    )
    write_subjects(case, subjects, supplement=supplement)
    tolerance.keep_search(case, actor=actor, on=on, supplement=supplement)
    _refuse(supplement, Occasion(actor, on), signing=False)
    documents.issue(
        "D03", commission=case.commission, about=case, case_id=case.pk, paper=papers.initiation(case, on=on, supplement=supplement),
        on=on, actor=actor,
    )  # fmt: skip
    record(case, "supplement.applied", supplement, actor, subjects=[s.name for s in supplement.subjects.all()])
    return supplement


def _refuse(supplement: Supplement, occasion: Occasion, *, signing: bool) -> None:
    if missing := missing_in_batch(supplement, occasion, signing=signing):
        raise Refused("补充启动", missing)


@transaction.atomic
def withdraw_supplement(*, supplement_id: uuid.UUID, actor: User) -> Case:
    """Take back a batch that is not yet approved; its subjects were never under inquiry, its open approval falls."""
    supplement = _locked(supplement_id, actor)
    case = supplement.case
    require_seat(case, actor, "handler")
    if supplement.approved_on is not None:
        raise Invalid({"reason": "已经批准，不能撤回；个别对象可另行了结。"})
    record(case, "supplement.withdrawn", supplement, actor, subjects=[s.name for s in supplement.subjects.all()])
    for row in Approval.objects.filter(about_id=supplement.pk, state=ApprovalState.OPEN):
        approvals.void(row, reason="该批补充启动已撤回", actor=actor)
    supplement.subjects.all().delete()  # the batch stays, empty: what was asked for it can still be read
    return case


@transaction.atomic
def ask_committee(*, supplement_id: uuid.UUID, actor: User, on: dt.date) -> OffSystemApproval:
    """Issue the request (D04) to the same-level Party committee's chief for those of the batch whom 条例第九条 names."""
    supplement = _locked(supplement_id, actor)
    case = supplement.case
    require_seat(case, actor, "handler", Role.CASEMGMT)
    subjects = [s for s in committee_subjects(case, "approve_initiation", on=on) if s.supplement_id == supplement.pk]
    authority = case.commission.directly_led_by
    if not subjects or authority is None:
        raise Invalid({"reason": "本批没有须报同级党委批准的对象，或者没有设定同级党委。"})
    document = documents.issue(
        "D04", commission=case.commission, about=case, case_id=case.pk,
        paper=papers.request_for_approval(case, "approve_initiation", subjects, authority, on=on), on=on, actor=actor,
    )  # fmt: skip
    return offsystem.request(
        about=supplement, step=STEP, authority=authority, covers=[str(s.pk) for s in subjects], document=document,
        actor=actor, on=on,
    )  # fmt: skip


@transaction.atomic
def ask_signatures(*, supplement_id: uuid.UUID, actor: User, on: dt.date) -> Approval:
    """Put the batch before the leader in charge and the principal."""
    supplement = _locked(supplement_id, actor)
    require_seat(supplement.case, actor, "handler")
    _refuse(supplement, Occasion(actor, on), signing=True)
    return approvals.request(
        about=supplement,
        step=STEP,
        title=f"补充启动：{supplement}",
        chain=(Role.LEADER, Role.PRINCIPAL),
        actor=actor,
        on=on,
    )


def start_on_signature(approval: Approval, supplement: Supplement, actor: User, on: dt.date) -> None:
    """The principal has signed: the batch is under inquiry, with its own term; the triggers are looked at again."""
    case: Case = Case.objects.select_for_update().get(pk=supplement.case_id)
    require_state(case, CaseState.INVESTIGATING)
    _refuse(supplement, Occasion(actor, on), signing=True)
    supplement.approved_on = on
    supplement.save(update_fields=["approved_on"])
    for subject in supplement.subjects.awaiting_initiation().select_related("cadre", "organization"):
        documents.issue(
            "D06", commission=case.commission, about=case, case_id=case.pk, paper=papers.notification(case, subject, on=on),
            on=on, actor=actor, subject_id=subject.pk,
        )  # fmt: skip
    supplement.subjects.awaiting_initiation().update(state=CaseState.INVESTIGATING)
    tell_joined(case, actor=actor, on=on)
    terms.start(rule="T06", about=supplement, on=on, actor=actor)
    case.fired_triggers = [t.code for t in (ESCALATED, KEY_CASE) if t.fired(case)]
    case.save(update_fields=["fired_triggers"])
    record(case, "supplement.approved", supplement, actor, on=on.isoformat())


approvals.COMPLETIONS.register(f"cases.Supplement:{STEP}", start_on_signature)
