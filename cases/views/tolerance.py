"""The 容错 forms of a case: search, the answer side by side, opinions, an application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from cases import tolerance
from cases.forms import tolerance as forms
from cases.models import Case, CaseContent, DistinctionAssessment, Subject, Supplement, ToleranceClaim
from cases.services import tolerance as services
from cases.views.investigating import case_form, case_of
from tolerance.enums import ClaimState
from tolerance.models import FilingAnswer
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.crypto import files
from wenze.deadlines import clock
from wenze.pages.acting import Watched
from wenze.workflow.views import attachment

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.http import HttpResponse

    from wenze.pages.forms import Form
    from wenze.people.http import OfficeRequest


def _subject(request: OfficeRequest, pk: uuid.UUID, subject_id: uuid.UUID) -> Subject:
    """A subject of a case whose content the user reads; else 404."""
    get_visible_or_404(CaseContent, request.user, pk=pk)
    found: Subject = get_visible_or_404(
        Subject, request.user, pk=subject_id, case_id=pk, related=("case", "cadre", "organization", "post")
    )
    return found


def search(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """重新检索."""
    case = case_of(request, pk)
    if request.method == "POST":
        batch = request.POST.get("supplement")
        supplement = get_visible_or_404(Supplement, request.user, pk=batch, case_id=pk) if batch else None
        services.search_again(case_id=pk, supplement=supplement, actor=request.user, on=clock.today())
        messages.success(request, "已重新检索，审批表已按检索结果另制。")
    return redirect(case.panel_url("tolerance"))


def _shown_answer(row: FilingAnswer) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "in_scope": row.in_scope, "negative": str(row.negative_item_id) if row.negative_item_id else forms.NO_HIT,
        "negative_note": row.negative_note, "correction": row.correction, "correction_note": row.correction_note,
        "effect": row.effect, "answer": row.answer,
    }  # fmt: skip
    for clause in row.clauses.prefetch_related("evidence"):
        shown |= {
            f"done_{clause.key}": clause.done, f"kept_{clause.key}": clause.kept,
            f"evidence_{clause.key}": [piece.pk for piece in clause.evidence.all()],
        }  # fmt: skip
    return shown


def answer_filing(request: OfficeRequest, pk: uuid.UUID, subject_id: uuid.UUID, filing_id: uuid.UUID) -> HttpResponse:
    """答复容错备案: filed and done side by side."""
    case = case_of(request, pk)
    subject = _subject(request, pk, subject_id)
    match = next((each for each in tolerance.matches_of(subject) if each.filing.pk == filing_id), None)
    if match is None:
        raise Http404
    filing, on = match.filing, clock.today()
    watched = Watched(
        FilingAnswer.objects.filter(subject_id=subject.pk, filing=filing), _shown_answer, Case.objects.filter(pk=pk)
    )
    version = tolerance.version_at(filing, subject)
    form = forms.FilingAnswerForm(
        request.POST or None, case=case, filed=tolerance.filed_clauses(version), in_advance=match.in_advance, on=on,
        **watched.marks(),
    )  # fmt: skip
    return case_form(
        request, case, form,
        lambda: services.answer_filing(
            case_id=pk, subject=subject, filing=filing, draft=form.typed(), actor=request.user, on=on
        ),
        title=f"答复容错备案：{filing.title}", button="答复", panel="tolerance", watched=watched,
        template="cases/filing_answer.html", match=match, subject=subject, sides=form.sides(),
        version=version,
    )  # fmt: skip


def assess(request: OfficeRequest, pk: uuid.UUID, subject_id: uuid.UUID) -> HttpResponse:
    """三个区分意见."""
    case = case_of(request, pk)
    subject = _subject(request, pk, subject_id)
    form = forms.OpinionForm(request.POST or None, request.FILES or None, user=request.user)
    return case_form(
        request, case, form,
        lambda: services.assess(
            case_id=pk, submission=form.cleaned_data["submission"], subject=subject, said=form.typed(),
            scan=form.cleaned_data["scan"], actor=request.user, on=clock.today(),
        ),
        title=f"{subject.name}：三个区分意见", button="保存意见", panel="tolerance", multipart=True,
    )  # fmt: skip


def claim(request: OfficeRequest, pk: uuid.UUID, subject_id: uuid.UUID) -> HttpResponse:
    """容错申请: registered, then the next thing that it waits for."""
    case = case_of(request, pk)
    subject = _subject(request, pk, subject_id)
    row = ToleranceClaim.objects.filter(subject=subject).first()
    data, on, user = request.POST or None, clock.today(), request.user
    form: Form
    if row is None:
        form = forms.ClaimForm(data, request.FILES or None, initial={"applied_on": on})
        return case_form(
            request, case, form,
            lambda: services.register_claim(
                case_id=pk, submission=form.cleaned_data["submission"], subject=subject, **form.values(), actor=user, on=on
            ),
            title=f"登记{subject.name}的容错申请", button="登记", panel="tolerance", multipart=True,
        )  # fmt: skip
    steps: dict[str, tuple[str, Callable[..., ToleranceClaim]]] = {
        ClaimState.APPLIED: ("核实", services.verify_claim), ClaimState.VERIFIED: ("认定", services.recognise_claim),
        ClaimState.RECOGNISED: ("反馈", services.answer_claim),
    }  # fmt: skip
    if row.state not in steps:
        return redirect(case.panel_url("tolerance"))
    word, take = steps[row.state]
    kinds = {ClaimState.VERIFIED: forms.RecogniseForm, ClaimState.RECOGNISED: forms.TellForm}
    form = forms.VerifyForm(data, case=case) if row.state == ClaimState.APPLIED else kinds[ClaimState(row.state)](data)
    return case_form(
        request, case, form, lambda: take(claim_id=row.pk, **form.values(), actor=user, on=on),
        title=f"{row}：{word}", button=word, panel="tolerance", quote=row.findings or row.ground,
    )  # fmt: skip


def scan(request: OfficeRequest, pk: uuid.UUID, kind: str) -> HttpResponse:
    """The letter of an opinion or the paper of an application; its reading is on the ledger before the first byte."""
    models: dict[str, Any] = {"opinion": DistinctionAssessment, "claim": ToleranceClaim}
    if kind not in models:
        raise Http404
    row: Any = get_visible_or_404(models[kind], request.user, pk=pk, related=("subject__case", "scan__key"))
    if row.scan is None:
        raise Http404
    case = row.subject.case
    ledger.record_read(actor=request.user, about=row.scan, commission_id=case.commission_id, case_id=case.pk)
    return attachment(files.unseal(row.scan), row.scan.name)
