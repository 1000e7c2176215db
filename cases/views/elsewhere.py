"""Decisions of other bodies: the register, a row, what was later made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render

from cases.forms import redress as forms
from cases.models import ExternalDecision
from cases.services import elsewhere
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.pages import listing
from wenze.pages.acting import act

if TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from wenze.people.http import OfficeRequest


def register(request: OfficeRequest) -> HttpResponse:
    """The register of other bodies' decisions."""
    rows = ExternalDecision.objects.visible_to(request.user).select_related("cadre", "organization", "case")
    if name := request.GET.get("q", "").strip():
        rows = rows.filter(cadre__name=name)
    page = listing.page(request, rows, order=("-registered_on", "-pk"))
    return render(request, "cases/elsewhere_list.html", {"page": page, "q": name})


def add(request: OfficeRequest) -> HttpResponse:
    """登记其他机关的决定."""
    form = forms.ElsewhereForm(request.POST or None, user=request.user)
    return act(
        request, form=form,
        call=lambda: elsewhere.register_decision(
            submission=form.cleaned_data["submission"], **form.told(), actor=request.user, on=clock.today()
        ),
        done="已登记。", target=lambda row: redirect("elsewhere", row.pk).url, template="cases/elsewhere_form.html",
        context={"title": "登记其他机关的决定", "button": "登记"},
    )  # fmt: skip


def one(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One decision, and what the body later made of it."""
    row: ExternalDecision = get_visible_or_404(
        ExternalDecision, request.user, pk=pk, related=("cadre", "organization", "case", "dispatch", "registered_by", "replaces")
    )  # fmt: skip
    if request.method == "GET":
        ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id, case_id=row.case_id)
    unknown = row.decided_on is None
    changed = forms.ElsewhereChangeForm(request.POST or None, initial={"ended_on": clock.today()})
    dated = forms.DayForm(request.POST or None)
    form = dated if unknown else changed
    today = clock.today()
    return act(
        request, form=form,
        call=lambda: (
            elsewhere.supply_day(decision_id=pk, **dated.values(), actor=request.user, on=today)
            if unknown
            else elsewhere.change_decision(decision_id=pk, **changed.values(), actor=request.user, on=today)
        ),
        done="已登记。", target=redirect("elsewhere", pk).url, template="cases/elsewhere.html",
        context={"row": row, "unknown": unknown, "button": "登记查明的日期" if unknown else "登记变更或者撤销"},
    )  # fmt: skip
