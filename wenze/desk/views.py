"""My desk, messages, and the procedure as a page."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wenze.access.roles import Role
from wenze.deadlines import clock, workdays
from wenze.desk.drawing import process_map, rows_of
from wenze.notices import selectors, services
from wenze.pages import listing
from wenze.pages.months import Mark, month
from wenze.terms.lamps import lamp_on
from wenze.terms.selectors import clocks_due_between
from wenze.workflow.procedure import PROCEDURES

if TYPE_CHECKING:
    from django.http import HttpResponse

    from wenze.people.http import OfficeRequest

TABS = (("todo", "待办"), ("done", "已办"), ("started", "我发起的"))
MAY_REGISTER = (Role.CONDUCT, Role.CASEMGMT, Role.INSPECTOR)
SOON = 3
MOST = 200


def desk(request: OfficeRequest) -> HttpResponse:
    """What waits for me, what I did, what I sent; this month's days."""
    user: Any = request.user
    today = clock.today()
    tab = request.GET.get("tab", "todo")
    reads = {"todo": selectors.todo_of, "done": selectors.done_by, "started": selectors.started_by}
    rows = reads.get(tab, selectors.todo_of)(user)
    wanted = request.GET.get("q", "").strip()[:80]
    if wanted:
        rows = rows.filter(title__contains=wanted)
    page = listing.page(request, rows, order=("-opened_at", "-pk"))
    first = today.replace(day=1)
    last = today.replace(day=calendar.monthrange(today.year, today.month)[1])
    clocks = list(
        clocks_due_between(user, min(first, today - dt.timedelta(days=60)), max(last, today + dt.timedelta(days=10)))[
            :MOST
        ]
    )
    marks: dict[dt.date, list[Mark]] = {}
    for item in clocks:
        lamp = lamp_on(item.due_on, today)
        kind = {"red": "late", "yellow": "warn"}.get(lamp.color, "info")
        marks.setdefault(item.due_on, []).append(Mark(kind, f"{item.full_title} {lamp.word}", item.url))
    late = [item for item in clocks if item.due_on < today]
    soon = [item for item in clocks if today <= item.due_on and workdays.between(today, item.due_on) <= SOON]
    return render(
        request,
        "desk/desk.html",
        {
            "tab": tab if tab in reads else "todo",
            "tabs": TABS,
            "page": page,
            "q": wanted,
            "lamps": {row.pk: lamp_on(row.due_on, today) for row in page.items if row.due_on and row.state == "open"},
            "late": late,
            "soon": soon,
            "kpi": {
                "todo": page.count if tab == "todo" and not wanted else listing.capped(selectors.todo_of(user)),
                "late": len(late),
                "soon": len(soon),
                "done": listing.capped(selectors.done_by(user).filter(done_at__date__gte=first)),
            },
            "month": month(today.year, today.month, today=today, is_workday=workdays.is_workday, marks=marks),
            "notices": list(selectors.notices_of(user)[:6]),
            "may_register": any(user.holds(role) for role in MAY_REGISTER),
            "today": today,
        },
    )


def notices(request: OfficeRequest) -> HttpResponse:
    """My messages."""
    page = listing.page(request, selectors.notices_of(request.user), order=("-created_at", "-pk"))
    return render(request, "desk/notices.html", {"page": page})


@require_POST
def read_all(request: OfficeRequest) -> HttpResponse:
    """All messages are read."""
    user: Any = request.user
    services.mark_read(user=user)
    return redirect("notices")


def procedure(request: OfficeRequest) -> HttpResponse:
    """The procedures as tables with their articles, and as maps drawn from the same rows."""
    tables = [{"procedure": p, "rows": rows_of(p), "map": process_map(p)} for p in PROCEDURES]
    return render(request, "desk/procedure.html", {"tables": tables})
