"""The yearly table, the list behind each figure, the workbook and the paper, campaigns side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render

from wenze.audit import ledger
from wenze.reporting import campaigns, export
from wenze.reporting.forms import ScopeForm
from wenze.reporting.lookup import figure_of
from wenze.reporting.report import horizon_of, report_of
from wenze.reporting.rows import listed
from wenze.reporting.scope import may_read

if TYPE_CHECKING:
    from wenze.people.http import OfficeRequest
    from wenze.reporting.scope import Scope

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def _asked(request: OfficeRequest) -> tuple[ScopeForm, Scope]:
    if not may_read(request.user):
        raise Http404
    told = {
        name: request.GET[name]
        for name in ("year", "from", "until", "unit", "track", "campaign")
        if request.GET.get(name)
    }
    form = ScopeForm(told, user=request.user)
    return form, form.scope()


def statistics(request: OfficeRequest) -> HttpResponse:
    """The yearly table by the reader's horizon; every number leads to its rows."""
    form, scope = _asked(request)
    return render(request, "reporting/statistics.html", {"form": form, "scope": scope, "report": report_of(scope)})


def figure(request: OfficeRequest) -> HttpResponse:
    """What a figure counts: its definition, and exactly its rows."""
    _, scope = _asked(request)
    found = figure_of(request.GET.get("figure", ""), scope)
    if found is None:
        raise Http404
    context = {
        "figure": found,
        "scope": scope,
        "listed": listed(request, found, scope),
        "horizon": horizon_of(request.user),
    }
    return render(request, "reporting/figure.html", context)


def download(request: OfficeRequest) -> HttpResponse:
    """The same tables as a workbook or as a paper; an export is an entry of the ledger."""
    _, scope = _asked(request)
    kind = request.GET.get("as", "xlsx")
    if kind not in TYPES:
        raise Http404
    report = report_of(scope)
    content = export.workbook(report) if kind == "xlsx" else export.paper(report)
    return _sent(request, content, kind, f"问责统计{scope.first}至{scope.last}", {"query": scope.query})


def compare(request: OfficeRequest) -> HttpResponse:
    """Campaigns side by side."""
    if not may_read(request.user):
        raise Http404
    kind = request.GET.get("as", "")
    compared = campaigns.compared(request.user)
    if not kind:
        may_open = campaigns.may_open(request.user)
        return render(
            request,
            "reporting/campaigns.html",
            {"compared": compared, "may_open": may_open, "horizon": horizon_of(request.user)},
        )
    if kind not in TYPES:
        raise Http404
    content = export.campaigns(compared, request.user, kind)
    return _sent(request, content, kind, "专项比较", {"campaigns": [str(row) for row in compared.campaigns]})


def _sent(request: OfficeRequest, content: bytes, kind: str, name: str, detail: dict[str, Any]) -> HttpResponse:
    with transaction.atomic():
        ledger.record(
            "statistics.exported",
            actor=request.user,
            commission_id=request.user.commission_id,
            detail={"as": kind, **detail},
        )
    response = HttpResponse(content, content_type=TYPES[kind])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{kind}"
    return response
