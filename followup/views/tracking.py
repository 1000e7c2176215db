"""The tracking of one subject; a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from cases.views.acting import act
from followup.forms import VisitForm
from followup.models import Tracking, VisitPlan
from followup.services import visits
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.terms.lamps import lamp_on

if TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from wenze.people.http import OfficeRequest


def visit_plan(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """A planned visit, and its record once it was held."""
    plan: VisitPlan = get_visible_or_404(
        VisitPlan, request.user, pk=pk,
        related=("case__commission", "tracking__subject__cadre", "tracking__subject__organization"),
    )  # fmt: skip
    form = VisitForm(request.POST or None, initial={"held_on": clock.today()})
    held = getattr(plan, "visit", None)
    if held is not None and request.method == "GET":
        ledger.record_read(actor=request.user, about=held, commission_id=plan.commission_id, case_id=plan.case_id)
    count, limit = visits.visits_in_year(plan)
    return act(
        request,
        form=form,
        call=lambda: visits.hold_visit(plan_id=pk, record=form.record(), actor=request.user, on=clock.today()),
        done="回访已登记，记录表已制作。",
        target=plan,
        template="followup/visit.html",
        context={
            "plan": plan, "held": held, "lamp": lamp_on(plan.due_on, clock.today()), "too_many": count >= limit, "limit": limit,
        },
    )  # fmt: skip


def tracking(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One subject's tracking: influence period as a bar drawn from its table, visits."""
    row: Tracking = get_visible_or_404(
        Tracking, request.user, pk=pk, related=("case", "subject__cadre", "subject__organization")
    )
    today = clock.today()
    percent = None
    if row.release_date:
        whole = max((row.release_date - row.started_on).days, 1)
        percent = min(max(round((today - row.started_on).days * 100 / whole), 0), 100)
    return render(
        request,
        "followup/tracking.html",
        {
            "tracking": row,
            "percent": percent,
            "restricted": bool(row.last_restricted_day and today <= row.last_restricted_day),
            "measures": row.subject.decision.measures.all(),
            "plans": row.plans.select_related("visit"),
        },
    )
