"""The follow-up page, an item, a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from cases.models import Case
from cases.views.acting import act
from followup.enums import ItemKind
from followup.forms import ItemForm, RectifyNoticeForm, VisitForm
from followup.models import ExecutionItem, Tracking, VisitPlan
from followup.services import execution, visits
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.pages import listing
from wenze.terms.lamps import lamp_on

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.http import HttpResponse

    from wenze.pages.forms import Form
    from wenze.people.http import OfficeRequest

TABS = (("items", "执行事项"), ("visits", "回访"), ("tracking", "影响期"))


def overview(request: OfficeRequest) -> HttpResponse:
    """What is due after decisions: items, visits, influence periods; conditions in the address."""
    tab = request.GET.get("tab", "items")
    today = clock.today()
    related = ("case", "decision__subject__cadre", "decision__subject__organization", "responsible")
    if tab == "visits":
        rows: Any = VisitPlan.objects.visible_to(request.user).filter(visit__isnull=request.GET.get("done") != "1")
        rows = rows.select_related("case", "tracking__subject__cadre", "tracking__subject__organization")
        order: tuple[str, ...] = ("due_on", "pk")
    elif tab == "tracking":
        rows = Tracking.objects.visible_to(request.user).select_related(
            "case", "subject__cadre", "subject__organization"
        )
        order = ("-started_on", "-pk")
    else:
        tab = "items"
        rows = ExecutionItem.objects.visible_to(request.user).select_related(*related).filter(due_on__isnull=False)
        rows = rows.filter(done_on__isnull=request.GET.get("done") != "1")
        order = ("due_on", "pk")
    page = listing.page(request, rows, order=order)
    lamps = {} if tab == "tracking" else {row.pk: lamp_on(row.due_on, today) for row in page.items}
    return render(
        request,
        "followup/overview.html",
        {
            "tab": tab,
            "tabs": TABS,
            "page": page,
            "lamps": lamps,
            "today": today,
            "done": request.GET.get("done") == "1",
        },
    )


def item(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One execution item."""
    row: ExecutionItem = get_visible_or_404(
        ExecutionItem, request.user, pk=pk,
        related=("case__commission", "decision__subject__cadre", "decision__subject__organization", "decision__document", "dispatch"),
    )  # fmt: skip
    today = clock.today()
    form: Form = ItemForm(request.POST or None, kind=row.kind, initial={"done_on": today})
    finish: Callable[..., ExecutionItem] = execution.complete_item
    if row.kind == ItemKind.RECTIFY_NOTICE:
        form, finish = RectifyNoticeForm(request.POST or None), execution.send_rectify_notice
    sees_case = Case.objects.visible_to(request.user).filter(pk=row.case_id).exists()
    return act(
        request,
        form=form,
        call=lambda: finish(item_id=pk, **form.values(), actor=request.user, on=today),
        done="已办结。",
        target=row.case.panel_url("execution") if sees_case else row,
        template="followup/item.html",
        context={
            "item": row,
            "sees_case": sees_case,
            "lamp": lamp_on(row.due_on, today) if row.due_on else None,
            "button": "发出纠错通知" if row.kind == ItemKind.RECTIFY_NOTICE else "办结",
        },
    )


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


def press(request: OfficeRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """Take the steps execute and close."""
    case: Case = get_visible_or_404(Case, request.user, pk=pk)
    acts = {"execute": execution.begin_execution, "close": execution.close_case}
    if step not in acts:
        raise Http404
    if request.method == "POST":
        acts[step](case_id=pk, actor=request.user, on=clock.today())
        messages.success(request, "已办理。")
    return redirect(case)
