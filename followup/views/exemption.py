"""After an exemption: acceptance of the 纠错 report, the letter that clears the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from cases.models import Case, CaseContent, Decision
from followup.forms.exemption import ClearedForm, ClearingForm, RectifyAnswerForm
from followup.models import ExecutionItem, NameClearing, RectifyReport
from followup.services import exemption
from followup.services.units import fills
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.crypto import files
from wenze.deadlines import clock
from wenze.pages.acting import act
from wenze.workflow.views import attachment

if TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from wenze.people.http import OfficeRequest

RELATED = (
    "case__commission",
    "case__handler",
    "decision__subject__cadre",
    "decision__subject__organization",
    "document",
)
ANSWERS = {
    "accept": ("验收纠错情况", "验收通过", exemption.accept_rectified), "return": ("退回纠错报告", "退回", exemption.return_rectified),
}  # fmt: skip


def answer(request: OfficeRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """验收 or 退回."""
    row: ExecutionItem = get_visible_or_404(
        ExecutionItem,
        request.user,
        pk=pk,
        related=("case", "decision__subject__cadre", "decision__subject__organization"),
    )
    get_visible_or_404(Case, request.user, pk=row.case_id)
    if step not in ANSWERS or not exemption.is_rectification(row):
        raise Http404
    title, button, take = ANSWERS[step]
    last = row.rectify_reports.last()
    form = RectifyAnswerForm(request.POST or None)
    return act(
        request, form=form, call=lambda: take(item_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="已登记。", target=row, template="followup/form.html",
        context={"title": title, "button": button, "back": row, "told": last.text if last else ""},
    )  # fmt: skip


def proof(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """The proof of a report; its reading is on the ledger before the first byte."""
    row: RectifyReport = get_visible_or_404(RectifyReport, request.user, pk=pk, related=("case", "proof__key"))
    if not CaseContent.objects.visible_to(request.user).filter(pk=row.case_id).exists():
        raise Http404
    ledger.record_read(actor=request.user, about=row.proof, commission_id=row.commission_id, case_id=row.case_id)
    return attachment(files.unseal(row.proof), row.proof.name)


def draft(request: OfficeRequest, pk: uuid.UUID, subject_id: uuid.UUID) -> HttpResponse:
    """拟澄清正名函."""
    case: Case = get_visible_or_404(Case, request.user, pk=pk)
    decision: Decision = get_visible_or_404(
        Decision, request.user, subject_id=subject_id, subject__case_id=pk,
        related=("subject__cadre", "subject__organization", "subject__post__organization", "document"),
    )  # fmt: skip
    initial = {"words": f"经查，依据有关规定，决定对该同志{decision.get_outcome_display()}。"}
    form = ClearingForm(request.POST or None, initial=initial)
    return act(
        request, form=form,
        call=lambda: exemption.draft_clearing(
            case_id=pk, submission=form.cleaned_data["submission"], decision=decision, **form.values(), actor=request.user,
            on=clock.today(),
        ),
        done="已拟稿，待另一人签发。", target=lambda row: row, template="followup/form.html",
        context={"title": f"拟{decision.subject.name}的澄清正名函", "button": "拟稿", "back": case},
    )  # fmt: skip


def clearing(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """The letter: what it says, its issue, and the record of the clearing."""
    row: NameClearing = get_visible_or_404(NameClearing, request.user, pk=pk, related=RELATED)
    user = request.user
    form = ClearedForm(request.POST or None, initial={"cleared_on": clock.today()})
    if request.method == "POST" and row.issued_on is None:
        exemption.issue_clearing(clearing_id=pk, actor=user, on=clock.today())
        messages.success(request, "澄清正名函已发出。")
        return redirect(row)
    context = {
        "row": row, "case": row.case,
        "may_issue": row.issued_on is None and row.drafted_by_id != user.pk and fills(user, row.case, Role.CASEMGMT, Role.PRINCIPAL),
        "may_clear": row.issued_on is not None and row.cleared_on is None and fills(user, row.case, "handler", "team", Role.CASEMGMT),
    }  # fmt: skip
    if request.method == "POST":
        return act(
            request, form=form,
            call=lambda: exemption.record_cleared(clearing_id=pk, **form.values(), actor=user, on=clock.today()),
            done="已登记澄清。", target=row, template="followup/clearing.html", context=context,
        )  # fmt: skip
    return render(request, "followup/clearing.html", {**context, "form": form, "missing": ()})
