"""Locking a matter and moving it: every use-case begins here, so that two people at once give one result."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cases.enums import CaseState
from cases.models import Case, Clue
from cases.procedure import procedure_of
from wenze.errors import NotYours
from wenze.law import data
from wenze.registry import Registry
from wenze.terms import services as terms
from wenze.workflow import approvals, pressing, seats, steps
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from wenze.people.models import User
    from wenze.workflow.models import Approval


press_once = pressing.press_once
"""The cases' use-cases know it by this room."""


def locked_clue(clue_id: uuid.UUID, actor: User) -> Clue:
    """The clue, locked, if the actor may see it (else ``Clue.DoesNotExist``); inside the caller's transaction."""
    clue: Clue = Clue.objects.select_for_update().get(pk=Clue.objects.visible_to(actor).get(pk=clue_id).pk)
    return clue


def locked_case(case_id: uuid.UUID, actor: User) -> Case:
    """The case, locked, if the actor may see it (else ``Case.DoesNotExist``); inside the caller's transaction."""
    locked: Case = Case.objects.select_for_update().get(pk=Case.objects.visible_to(actor).get(pk=case_id).pk)
    return locked


def require_seat(about: Any, actor: User, *allowed: str) -> None:
    """Raise ``NotYours`` unless the actor fills one of these seats and nothing stands against it."""
    if not any(seats.sits(actor, seat, about) and not seats.conflict(actor, about, seat) for seat in allowed):
        raise NotYours(f"应由{'、'.join(seats.seat_name(seat) for seat in allowed)}办理。")


def require_state(about: Any, *states: str) -> None:
    """Raise ``NotYours`` unless the matter is in one of these states."""
    if about.state not in states:
        raise NotYours(f"现处于“{about.get_state_display()}”，不能办理此事。")


@transaction.atomic
def take_clue_step(
    *, clue_id: uuid.UUID, code: str, actor: User, on: dt.date, approval: Approval | None = None
) -> Clue:
    """Take a step of a clue. Raises ``Refused`` with all that is missing, ``Stale``, ``NotYours``."""
    clue = Clue.objects.select_for_update().get(pk=clue_id) if approval else locked_clue(clue_id, actor)
    steps.take_step(procedure_of(clue), code, clue, Occasion(actor, on, approval))
    return clue


@transaction.atomic
def take_case_step(
    *, case_id: uuid.UUID, code: str, actor: User, on: dt.date, approval: Approval | None = None
) -> Case:
    """Take a step of a case. Raises ``Refused`` with all that is missing, ``Stale``, ``NotYours``."""
    case = Case.objects.select_for_update().get(pk=case_id) if approval else locked_case(case_id, actor)
    steps.take_step(procedure_of(case), code, case, Occasion(actor, on, approval))
    return case


RETURNED: Registry[Callable[[Case, Occasion], None]] = Registry("returned cases")
"""What higher rooms take back when a case goes back to its investigation, in its transaction."""

VOIDED_BY_RETURN = ("approve_report", "deliberate", "request_pre_review", "decide")
REVIEW_TERMS = ("T10", "T11", "T12")


@transaction.atomic
def return_to_investigation(*, case_id: uuid.UUID, reason: str, actor: User, on: dt.date, step: str) -> Case:
    """A later step sends the case back (退回补充调查): its report stands no longer, nor what was built on it.

    The reviews look at a version of the report, so the next version is reviewed anew; the supplementary inquiry has a
    term of its own (本级制度, ``inquiry_after_return``).
    """
    case: Case = Case.objects.select_for_update().get(pk=case_id)
    occasion = Occasion(actor, on)
    steps.send_back(procedure_of(case), step, case, occasion, reason=reason)
    case.subjects.investigated().update(state=CaseState.INVESTIGATING)
    report = case.reports.order_by("-version").first()
    if report is not None and report.returned_on is None:
        report.returned_on, report.returned_reason = on, reason[:300]
        report.save(update_fields=["returned_on", "returned_reason"])
    for approval in approvals.waiting(case, *VOIDED_BY_RETURN):
        approvals.void(approval, reason="案件已退回补充调查", actor=actor)
    for rule in REVIEW_TERMS:
        terms.void(rule=rule, about=case, on=on, actor=actor, reason="案件已退回补充调查")
    again = data.review_settings()["inquiry_after_return"]
    terms.start(
        rule="T06", about=case, on=on, actor=actor, title="补充调查", amount=again["amount"], unit=again["unit"]
    )
    for follow in RETURNED:
        follow(case, occasion)
    return case
