"""What is due after decisions: items, visits, influence periods, reform, recommendation letters, education."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.shortcuts import render

from cases.models import Case
from followup.models import EducationUnit, ExecutionItem, RecommendationLetter, ReformItem, Tracking, VisitPlan
from wenze.deadlines import clock
from wenze.pages import listing
from wenze.terms.lamps import lamp_on

if TYPE_CHECKING:
    from django.http import HttpResponse

    from wenze.people.http import OfficeRequest

SUBJECT = ("subject__cadre", "subject__organization")


@dataclass(frozen=True)
class Tab:
    """One list: whose rows, which of them are done, in which order, and which day their lamp is of."""

    name: str
    model: Any
    related: tuple[str, ...]
    done: Q | None = None
    order: tuple[str, ...] = ("due_on", "pk")
    due: str = "due_on"
    only: Q | None = None


TABS = {
    "items": Tab(
        "执行事项", ExecutionItem, ("decision__subject__cadre", "decision__subject__organization", "responsible"),
        done=Q(done_on__isnull=False), only=Q(due_on__isnull=False),
    ),
    "visits": Tab("回访", VisitPlan, tuple(f"tracking__{path}" for path in SUBJECT), done=Q(visit__isnull=False)),
    "tracking": Tab("影响期", Tracking, SUBJECT, order=("-started_on", "-pk"), due=""),
    "reform": Tab("整改", ReformItem, ("responsible",), done=Q(written_off_on__isnull=False)),
    "letters": Tab(
        "建议书", RecommendationLetter, ("to_organization", "document"), done=Q(replied_on__isnull=False), order=("-drafted_on", "-pk"),
        due="reply_due_on",
    ),
    "education": Tab("警示教育", EducationUnit, ("education", "organization"), done=Q(done_on__isnull=False)),
}  # fmt: skip


def overview(request: OfficeRequest) -> HttpResponse:
    """What is due after decisions, a list a tab; conditions in the address. Units see their own rows without the case."""
    code = request.GET.get("tab", "items")
    code = code if code in TABS else "items"
    tab, done, today = TABS[code], request.GET.get("done") == "1", clock.today()
    rows = tab.model.objects.visible_to(request.user).select_related("case", *tab.related)
    if tab.only is not None:
        rows = rows.filter(tab.only)
    if tab.done is not None:
        rows = rows.filter(tab.done) if done else rows.exclude(tab.done)
    if code == "reform":
        rows = rows.prefetch_related("reports")
    page = listing.page(request, rows, order=tab.order)
    days = {row.pk: getattr(row, tab.due) for row in page.items} if tab.due else {}
    known = Case.objects.visible_to(request.user).filter(pk__in={row.case_id for row in page.items})
    return render(
        request,
        "followup/overview.html",
        {
            "tab": code,
            "tabs": [(key, each.name) for key, each in TABS.items()],
            "page": page,
            "lamps": {pk: lamp_on(due_on, today) for pk, due_on in days.items() if due_on},
            "known": dict.fromkeys(known.values_list("pk", flat=True), True),
            "has_done": tab.done is not None,
            "done": done,
        },
    )
