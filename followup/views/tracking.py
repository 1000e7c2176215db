"""The tracking of one subject; a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render

from cases.standing import standing_of
from followup.enums import VisitConclusion
from followup.forms import CareDoneForm, CareForm, ExtraVisitForm, VisitForm
from followup.models import CareAction, Tracking, VisitPlan
from followup.services import care as care_services
from followup.services import visits
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.pages.acting import act
from wenze.terms.lamps import lamp_on
from wenze.workflow.models import Approval, ApprovalState

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
            "blocked": care_services.why_not_recommend(held, on=clock.today()) if held else "",
            "recommends": held is not None and held.conclusion == VisitConclusion.SUGGEST_USE,
            "waiting": Approval.objects.filter(about_id=held.pk, state=ApprovalState.OPEN).first() if held else None,
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
            "standing": standing_of(row.subject, on=today),
            "plans": row.plans.select_related("visit"),
            "care": row.care_actions.all(),
        },
    )


def recommend(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """提请签发使用建议函."""
    plan: VisitPlan = get_visible_or_404(VisitPlan, request.user, pk=pk, related=("visit",))
    if request.method == "POST":
        care_services.ask_recommendation(visit_id=plan.visit.pk, actor=request.user, on=clock.today())
        messages.success(request, "已提请室主任、分管领导签发。")
    return redirect(plan)


def open_care(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """提出关爱措施."""
    row: Tracking = get_visible_or_404(
        Tracking, request.user, pk=pk, related=("subject__cadre", "subject__organization")
    )
    form = CareForm(request.POST or None)
    return act(
        request, form=form,
        call=lambda: care_services.open_care(
            tracking_id=pk, submission=form.cleaned_data["submission"], **form.values(), actor=request.user, on=clock.today()
        ),
        done="已列入。", target=row, template="followup/form.html",
        context={"title": f"对{row.subject.name}的跟踪措施", "button": "列入", "back": row},
    )  # fmt: skip


def care(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """关爱措施的落实."""
    row: CareAction = get_visible_or_404(
        CareAction, request.user, pk=pk, related=("tracking__subject__cadre", "tracking__subject__organization")
    )
    form = CareDoneForm(request.POST or None, initial={"done_on": clock.today()})
    return act(
        request, form=form,
        call=lambda: care_services.finish_care(care_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="落实情况已登记。", target=row.tracking, template="followup/form.html",
        context={
            "title": str(row), "button": "登记落实情况", "back": row.tracking, "told": f"{row.text}（{row.owner}，{row.due_on}前）",
            "closed": row.done_on is not None,
        },
    )  # fmt: skip


def extra_visit(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """增加回访."""
    row: Tracking = get_visible_or_404(
        Tracking, request.user, pk=pk, related=("subject__cadre", "subject__organization")
    )
    form = ExtraVisitForm(request.POST or None)
    return act(
        request, form=form,
        call=lambda: care_services.plan_extra_visit(tracking_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="已列入回访计划。", target=lambda plan: plan, template="followup/form.html",
        context={"title": f"增加对{row.subject.name}的回访", "button": "列入计划", "back": row},
    )  # fmt: skip
