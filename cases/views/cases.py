"""The case list, the application for initiation, and the workspace with its panels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from cases.filters import CaseFilter
from cases.models import Case, CaseContent
from cases.panels import PANELS
from cases.procedure import procedure_of
from cases.services import campaigns, deliberation, hearing, initiation, report
from cases.views.facts import steps_of
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.pages import listing
from wenze.terms.selectors import open_clocks_of
from wenze.workflow import seats, steps
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import uuid

    from wenze.people.http import OfficeRequest

FIRST_PANEL = "facts"


def case_list(request: OfficeRequest) -> HttpResponse:
    """Cases as far as the reader sees them; every condition stands in the address."""
    rows = Case.objects.visible_to(request.user).select_related("office", "handler")
    chosen = CaseFilter(request.GET, queryset=rows, request=request)
    page = listing.page(request, chosen.qs, order=("-created_at", "-pk"))
    return render(request, "cases/cases.html", {"page": page, "filter": chosen})


def workspace(request: OfficeRequest, pk: uuid.UUID, panel: str = "") -> HttpResponse:
    """The case's page: step bar, what the next step still lacks, one panel; each panel has its own address."""
    case: Case = get_visible_or_404(Case, request.user, pk=pk, related=("office", "handler", "commission", "campaign"))
    user = request.user
    reads_content = CaseContent.objects.visible_to(user).filter(pk=pk).exists()
    panels = [item for item in PANELS if reads_content or not item.content]
    codes = [item.code for item in panels]
    wanted = panel or (FIRST_PANEL if FIRST_PANEL in codes else codes[0])
    if wanted not in codes:
        if PANELS.get(wanted) is None:
            raise Http404
        return render(request, "cases/no_content.html", {"case": case}, status=403)
    shown = next(item for item in panels if item.code == wanted)
    ledger.record_read(
        actor=user, about=case, commission_id=case.commission_id, case_id=case.pk, detail={"panel": wanted}
    )
    return render(
        request,
        "cases/case.html",
        {
            "case": case,
            "panels": [{"code": p.code, "title": p.title, "count": p.count(case) if p.count else None} for p in panels],
            "panel": shown,
            "steps": steps_of(procedure_of(case), case),
            "next": next_steps(case, user),
            "clocks": open_clocks_of(case.pk),
            "team": list(case.team.filter(until_on__isnull=True).select_related("user")),
            "today": clock.today(),
            "is_working": working(case, user),
            "may_campaign": campaigns.may_assign(user, case),
            **shown.context(case, user),
        },
    )


def working(case: Case, user: Any) -> bool:
    """Whether the investigation's forms stand open to this user."""
    return case.state == "investigating" and any(
        seats.sits(user, seat, case) and not seats.conflict(user, case, seat)
        for seat in ("team", "team_leader", "handler")
    )


def next_steps(case: Case, user: Any) -> list[dict[str, Any]]:
    """The steps that stand open, with all that each still lacks, and whether the reader may take them."""
    procedure = procedure_of(case)
    occasion = Occasion(user, clock.today())
    found = []
    for step in procedure.next_of(case):
        missing = steps.unmet(procedure, step.code, case, occasion)
        signs = {
            gate.code
            for gate in step.gates
            if gate.where == "approvals" and gate.code.endswith(("_signed", "_approved"))
        }
        found.append(
            {
                "step": step,
                "missing": missing,
                "before_signing": [gap for gap in missing if gap.code not in signs],
                "mine": steps.may_take(step, case, user),
            }
        )
    return found


def press(request: OfficeRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """The buttons that need no form: ask for signatures, issue a request, take a step."""
    case: Case = get_visible_or_404(Case, request.user, pk=pk)
    acts = {
        "approve_initiation": lambda: initiation.request_initiation(case_id=pk, actor=request.user, on=clock.today()),
        "committee_initiation": lambda: deliberation.request_committee(
            case_id=pk, step="approve_initiation", actor=request.user, on=clock.today()
        ),
        "committee_decision": lambda: deliberation.request_committee(
            case_id=pk, step="approve_by_committee", actor=request.user, on=clock.today()
        ),
        "approve_by_committee": lambda: deliberation.approve_by_committee(
            case_id=pk, actor=request.user, on=clock.today()
        ),
        "decide": lambda: deliberation.prepare_decision(case_id=pk, actor=request.user, on=clock.today()),
        **investigation_acts(pk, request.user),
    }
    if step not in acts:
        raise Http404
    if request.method == "POST":
        acts[step]()
    return redirect(case)


def investigation_acts(pk: uuid.UUID, user: Any) -> dict[str, Any]:
    """The buttons of the investigation."""
    return {
        "meet_on_facts": lambda: hearing.conclude_meeting_on_facts(case_id=pk, actor=user, on=clock.today()),
        "approve_report": lambda: report.submit_report(case_id=pk, actor=user, on=clock.today()),
    }
