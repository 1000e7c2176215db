"""提级预审: the asking commission's buttons, the superior's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from cases.forms.case import ReasonForm
from cases.models import Case, CaseContent
from review import selectors
from review.forms.pre import PreReviewForm
from review.models import PreReview
from review.services import pre_review
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.pages import listing
from wenze.pages.acting import act

if TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from wenze.people.http import OfficeRequest

RELATED = ("case__commission", "case__office", "reviewing", "request", "answer", "given_by")


def overview(request: OfficeRequest) -> HttpResponse:
    """What was asked of the superior, and what it answered; conditions in the address."""
    rows = PreReview.objects.visible_to(request.user).select_related("case__commission", "reviewing")
    state = request.GET.get("state", "open")
    rows = rows.filter(given_on__isnull=state != "given")
    page = listing.page(request, rows, order=("-requested_on", "-pk"))
    return render(request, "review/overview.html", {"page": page, "state": state})


def press(request: OfficeRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """Ask for the pre-review, take its opinion in."""
    case: Case = get_visible_or_404(Case, request.user, pk=pk)
    acts = {"ask": pre_review.ask, "receive": pre_review.receive}
    if step not in acts:
        raise Http404
    if request.method == "POST":
        acts[step](case_id=pk, actor=request.user, on=clock.today())
        messages.success(request, "已办理。")
    return redirect(case)


def departure(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """请示不采纳."""
    case: Case = get_visible_or_404(Case, request.user, pk=pk, related=("office", "handler"))
    form = ReasonForm(request.POST or None)
    return act(
        request,
        form=form,
        call=lambda: pre_review.ask_departure(case_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="已报上级，同意以前不能作出决定。",
        target=case.panel_url("review"),
        template="cases/case_form.html",
        context={"case": case, "title": "请示不采纳预审意见", "button": "报上级", "panel": "review"},
    )


def page(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One pre-review: what was asked, and the superior's form; POST gives the opinion."""
    row: PreReview = get_visible_or_404(PreReview, request.user, pk=pk, related=RELATED)
    answers = request.user.holds(Role.SUPERIOR, row.reviewing_id)
    if request.method == "GET":
        ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id, case_id=row.case_id)
    form = PreReviewForm(request.POST or None, case=row.case)
    return act(
        request,
        form=form,
        call=lambda: pre_review.answer(
            pre_review_id=pk, opinion=form.cleaned_data["opinion"], reason=form.cleaned_data["reason"],
            changes=form.changes(), actor=request.user, on=clock.today(),
        ),
        done="预审意见书已制发。",
        target=row,
        template="review/pre.html",
        context={
            "row": row,
            "case": row.case,
            "changes": row.changes.select_related("subject__cadre", "subject__organization"),
            "reads_case": CaseContent.objects.visible_to(request.user).filter(pk=row.case_id).exists(),
            "departing": selectors.departing_of(row),
            "may_answer": answers and row.given_on is None,
            "may_consent": answers and row.departure_asked_on is not None and row.consented_on is None,
        },
    )  # fmt: skip


def consent(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """同意不采纳."""
    row: PreReview = get_visible_or_404(PreReview, request.user, pk=pk)
    if request.method == "POST":
        pre_review.consent(pre_review_id=pk, actor=request.user, on=clock.today())
        messages.success(request, "已同意。")
    return redirect(row)
