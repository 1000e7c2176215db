"""What is due after decisions: items, visits, influence periods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from followup.models import ExecutionItem, Tracking, VisitPlan
from wenze.deadlines import clock
from wenze.pages import listing
from wenze.terms.lamps import lamp_on

if TYPE_CHECKING:
    from django.http import HttpResponse

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
