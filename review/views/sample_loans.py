"""调卷: asking, the receipt of the hand-over, the receipt of the return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render

from review.enums import LoanState
from review.forms import sampling as forms
from review.models import SampleLoan
from review.services import sample_work, sampling
from review.views.sampling import form_page, sample_of
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.documents import render as renderer
from wenze.terms.lamps import lamp_on

if TYPE_CHECKING:
    import uuid

    from wenze.documents.models import OfficialDocument
    from wenze.people.http import OfficeRequest


def ask(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """调卷: one letter to every holder."""
    row = sample_of(request, pk)
    today = clock.today()
    shown = {"due_on": forms.after("loan", today), "back_by": forms.after("keep", today)}
    form = forms.FilesForm(request.POST or None, initial=shown)
    return form_page(
        request, form, lambda: sample_work.ask_files(sample_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="调卷", button="制发调卷函", done="已制发调卷函，存卷单位会收到待办。", back=row,
    )  # fmt: skip


def loan_of(request: OfficeRequest, pk: uuid.UUID) -> SampleLoan:
    row: SampleLoan = get_visible_or_404(
        SampleLoan, request.user, pk=pk, related=("sample__commission", "holder", "asked_by", "recorded_by", "document")
    )
    return row


def loan(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One loan, with the form that is next on it."""
    row = loan_of(request, pk)
    user, today = request.user, clock.today()
    members = list(row.members.select_related("case", "sample", "reviewer"))
    organises = sampling.organises(user, row.sample)
    may_hand = row.state == LoanState.ASKED and (
        sample_work.answers_for(user, row.holder) or (organises and not sample_work.people_of(row.holder))
    )
    may_return = row.state == LoanState.HELD and (organises or any(each.reviewer_id == user.pk for each in members))
    due = row.due_on if row.state == LoanState.ASKED else row.back_by
    context = {
        "row": row, "sample": row.sample, "members": members, "may_hand": may_hand, "may_return": may_return,
        "lamp": None if row.state == LoanState.RETURNED else lamp_on(due, today), "sees_sample": organises,
    }  # fmt: skip
    return render(request, "review/sample_loan.html", context)


def hand_over(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """交卷."""
    row = loan_of(request, pk)
    form = forms.HandOverForm(request.POST or None, initial={"received_by": row.asked_by.name})
    return form_page(
        request, form, lambda: sample_work.hand_over(loan_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title=f"交卷：{row}", button="登记交接", done="已登记交接，评查人可以阅卷。", back=row,
    )  # fmt: skip


def give_back(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """还卷."""
    row = loan_of(request, pk)
    form = forms.GiveBackForm(request.POST or None, initial={"returned_pages": row.pages})
    return form_page(
        request, form, lambda: sample_work.give_back(loan_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title=f"还卷：{row}", button="登记归还", done="已登记归还，电子卷的查阅已经关闭。", back=row,
    )  # fmt: skip


def paper_of(request: OfficeRequest, document: OfficialDocument | None) -> HttpResponse:
    """The PDF of a letter for those who see the row it belongs to."""
    if document is None:
        raise Http404
    ledger.record_read(actor=request.user, about=document, commission_id=document.commission_id)
    response = HttpResponse(renderer.pdf(document), content_type="application/pdf")
    response.headers["Content-Security-Policy"] = "default-src 'none'; object-src 'self'; plugin-types application/pdf"
    return response


def letter(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """调卷函."""
    return paper_of(request, loan_of(request, pk).document)
