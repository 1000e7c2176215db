"""Pages of the reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.models import Case
from review.forms.adjudication import AcceptForm, OpinionForm
from review.services import adjudication
from wenze.access.views import get_visible_or_404
from wenze.deadlines import clock
from wenze.pages.acting import act

if TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from wenze.people.http import OfficeRequest


def accept(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """审理受理."""
    case: Case = get_visible_or_404(Case, request.user, pk=pk)
    form = AcceptForm(request.POST or None, case=case)
    return act(
        request,
        form=form,
        call=lambda: adjudication.accept(case_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="已受理。",
        target=case.panel_url("review"),
        template="cases/case_form.html",
        context={"case": case, "title": "审理受理", "button": "受理", "panel": "review"},
    )


def opinion(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """出具审理意见."""
    case: Case = get_visible_or_404(Case, request.user, pk=pk)
    form = OpinionForm(request.POST or None)
    return act(
        request,
        form=form,
        call=lambda: adjudication.give_opinion(case_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="审理意见已出具。",
        target=case,
        template="cases/case_form.html",
        context={"case": case, "title": "审理意见", "button": "出具意见", "panel": "review"},
    )
