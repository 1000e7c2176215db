"""Recommendation letters and warning education: the form of the case, and the page that the addressee answers on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect

from cases.models import Case
from followup import forms
from followup.models import EducationUnit, RecommendationLetter
from followup.services import education, letters, units
from followup.views.reform import case_of, in_case
from wenze.access.views import get_visible_or_404
from wenze.deadlines import clock
from wenze.law import cite
from wenze.pages.acting import Watched, act
from wenze.terms.lamps import lamp_on
from wenze.workflow.models import Approval

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.http import HttpResponse

    from wenze.pages.forms import Form
    from wenze.people.http import OfficeRequest


def draft(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """拟纪检监察建议."""
    case = case_of(request, pk)
    form = forms.LetterForm(request.POST or None, user=request.user)
    return in_case(
        request, case, form,
        lambda: letters.draft_letter(
            case_id=pk, draft=form.draft(), submission=form.cleaned_data["submission"], actor=request.user, on=clock.today()
        ),
        title="拟纪检监察建议", button="保存", done="已保存，请提请签发。", target=lambda row: row,
    )  # fmt: skip


def shown_of(row: RecommendationLetter) -> dict[str, Any]:
    """What the form shows of a letter."""
    names = ("kind", "problems", "causes", "advice", "reply_days")
    return {"to_organization": row.to_organization_id} | {name: getattr(row, name) for name in names}


def letter(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One letter with what is next on it: its text while it is a draft, then its receipt, then its reply."""
    row: RecommendationLetter = get_visible_or_404(
        RecommendationLetter, request.user, pk=pk,
        related=("case__office", "case__handler", "to_organization", "document", "drafted_by", "replied_by"),
    )  # fmt: skip
    user, today = request.user, clock.today()
    watched, form, call, button, done = _next(request, row)
    sees_case = Case.objects.visible_to(user).filter(pk=row.case_id).exists()
    drafting = row.issued_on is None
    mine = units.fills(user, row.case, *units.CREATES) if drafting else units.may_report(row, row.to_organization, user)
    return act(
        request, form=form, call=call, done=done, target=row, template="followup/letter.html", watched=watched,
        context={
            "letter": row, "sees_case": sees_case, "button": button, "drafting": drafting, "mine": mine and row.replied_on is None,
            "article": cite("JCF", 71).on_screen, "waits": row.received_on is not None and row.replied_on is None,
            "lamp": lamp_on(row.reply_due_on, today) if row.reply_due_on and not row.replied_on else None,
            "asked": Approval.objects.filter(about_id=row.pk, state="open").first() if drafting else None,
        },
    )  # fmt: skip


def _next(
    request: OfficeRequest, row: RecommendationLetter
) -> tuple[Watched | None, Form, Callable[[], Any], str, str]:
    user, today = request.user, clock.today()
    if row.issued_on is None:
        watched = Watched(RecommendationLetter.objects.filter(pk=row.pk), shown_of, Case.objects.filter(pk=row.case_id))
        written = forms.LetterForm(request.POST or None, user=user, **watched.marks())
        return (
            watched, written, lambda: letters.amend_letter(letter_id=row.pk, draft=written.draft(), actor=user), "保存修改", "已保存。",
        )  # fmt: skip
    if row.received_on is None:
        receipt = forms.ReceiptForm(request.POST or None, initial={"received_on": today})
        return (
            None, receipt, lambda: letters.receive_letter(letter_id=row.pk, **receipt.values(), actor=user, on=today), "登记收到日",
            "已登记，回复期限从收到之日起算。",
        )  # fmt: skip
    reply = forms.ReplyForm(request.POST or None, initial={"replied_on": today})
    return (
        None, reply, lambda: letters.reply_to_letter(letter_id=row.pk, **reply.values(), actor=user, on=today), "回复", "已回复。",
    )  # fmt: skip


def ask_signatures(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """提请签发; to the addressee this page does not exist."""
    row: RecommendationLetter = get_visible_or_404(RecommendationLetter, request.user, pk=pk)
    case_of(request, row.case_id)
    if request.method == "POST":
        letters.ask_signatures(letter_id=pk, actor=request.user, on=clock.today())
        messages.success(request, "已提请分管领导、主要负责人签发。")
    return redirect(row)


def open_education(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """部署警示教育、举一反三."""
    case = case_of(request, pk)
    form = forms.EducationForm(request.POST or None, user=request.user)
    return in_case(
        request, case, form,
        lambda: education.open_education(
            case_id=pk, **form.values(), submission=form.cleaned_data["submission"], actor=request.user, on=clock.today()
        ),
        title="部署警示教育、举一反三", button="部署", done="已部署，各单位会收到待办。",
    )  # fmt: skip


def education_unit(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One unit's part: what is asked of it, and what it did."""
    row: EducationUnit = get_visible_or_404(
        EducationUnit, request.user, pk=pk,
        related=("case__office", "case__handler", "education", "organization", "reported_by"),
    )  # fmt: skip
    today = clock.today()
    form = forms.EducationReportForm(request.POST or None, initial={"done_on": today})
    return act(
        request, form=form, done="已反馈。", target=row, template="followup/education.html",
        call=lambda: education.report_education(unit_id=pk, **form.values(), actor=request.user, on=today),
        context={
            "row": row, "lamp": lamp_on(row.due_on, today), "mine": units.may_report(row, row.organization, request.user),
            "sees_case": Case.objects.visible_to(request.user).filter(pk=row.case_id).exists(),
        },
    )  # fmt: skip
