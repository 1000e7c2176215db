"""Appeals and corrections: the panel's forms and their own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from cases.enums import RedressState, RemedyChannel
from cases.forms import redress as forms
from cases.models import Appeal, Correction, Decision
from cases.procedure import procedure_of
from cases.redress import needs_committee
from cases.services import redress
from cases.views.investigating import case_of
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.crypto import files
from wenze.deadlines import clock
from wenze.documents.models import OfficialDocument
from wenze.pages.acting import act
from wenze.pages.forms import Form
from wenze.workflow import offsystem, seats, steps
from wenze.workflow.models import Approval, ApprovalState
from wenze.workflow.procedure import Occasion
from wenze.workflow.views import attachment

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.http import HttpResponse

    from cases.models.redress import Redress
    from wenze.people.http import OfficeRequest

RELATED = (
    "case__office",
    "case__handler",
    "case__commission",
    "decision__subject__cadre",
    "decision__subject__organization",
    "decision__document",
    "document",
    "confirmed_by",
)


def file_appeal(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """登记申诉."""
    case = case_of(request, pk)
    form = forms.AppealForm(request.POST or None, request.FILES or None, case=case, initial={"filed_on": clock.today()})
    return act(
        request, form=form,
        call=lambda: redress.file_appeal(
            case_id=pk, submission=form.cleaned_data["submission"], **form.values(), actor=request.user, on=clock.today()
        ),
        done="申诉已登记。", target=lambda row: row, template="cases/case_form.html",
        context={"case": case, "title": "登记申诉", "button": "登记", "panel": "redress", "multipart": True},
    )  # fmt: skip


def propose_correction(request: OfficeRequest, pk: uuid.UUID, subject_id: uuid.UUID) -> HttpResponse:
    """提出纠正."""
    case = case_of(request, pk)
    decision: Decision = get_visible_or_404(Decision, request.user, subject_id=subject_id, subject__case_id=pk)
    form = forms.CorrectionForm(request.POST or None, request.FILES or None, decision=decision)
    own = ("ground", "superior_order", "late_appeal", "clearing", "scan")
    return act(
        request, form=form,
        call=lambda: redress.propose_correction(
            case_id=pk, submission=form.cleaned_data["submission"], subject_id=subject_id, found=form.found(), actor=request.user,
            on=clock.today(), **{name: form.cleaned_data[name] for name in own},
        ),
        done="已提出纠正。", target=lambda row: row, template="cases/case_form.html",
        context={"case": case, "title": f"纠正对{decision.subject.name}的问责", "button": "提出纠正", "panel": "redress", "multipart": True},
    )  # fmt: skip


def _context(request: OfficeRequest, row: Redress) -> dict[str, Any]:
    """What both pages show: what stands next and what is missing, the measures before and after, who signs."""
    table, on = procedure_of(row), clock.today()
    step = next(iter(table.next_of(row)), None)
    waiting = Approval.objects.filter(about_id=row.pk, state=ApprovalState.OPEN).first()
    signs = step is not None and bool(step.approval)
    return {
        "case": row.case,
        "row": row,
        "next_step": step,
        "missing_next": steps.unmet(table, step.code, row, Occasion(request.user, on)) if step else [],
        "waiting": waiting,
        "may_ask_signature": signs and waiting is None and seats.sits(request.user, Role.CASEMGMT, row),
        "needs_committee": signs and needs_committee(row, on) and not offsystem.in_force(row, step.code if step else ""),
        "may_confirm": row.state == RedressState.DECIDED and row.confirmed_on is None and seats.sits(request.user, Role.PRINCIPAL, row),
        "ended": row.decision.measures.filter(ended_on__isnull=False),
        "standing": row.decision.measures.own(),
        "originals": OfficialDocument.objects.filter(
            case_id=row.case_id, subject_id=row.subject.pk, kind__in=("D19", "D20"), issued_on=row.decision.decided_on
        ),
        "title": str(row),
        "withdrawn": row.withdrawn.select_related("event"),
        "hearing": getattr(row.subject, "hearing", None),
    }  # fmt: skip


def appeal(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One appeal: the paper, the two who examine it, what they found, the answer, the confirmed period."""
    row: Appeal = get_visible_or_404(Appeal, request.user, pk=pk, related=(*RELATED, "reviewer", "scan"))
    if request.method == "GET":
        ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id, case_id=row.case_id)
    form, call, button = _appeal_form(request, row)
    return act(
        request, form=form or Form(request.POST or None), call=call, done="已办理。", target=row, template="cases/redress.html",
        context={**_context(request, row), "is_appeal": True, "button": button, "shows_form": form is not None},
    )  # fmt: skip


def _appeal_form(request: OfficeRequest, row: Appeal) -> tuple[Form | None, Callable[[], Any], str]:
    """The form of what stands next, for the person whose work it is."""
    user, today = request.user, clock.today()
    if (
        row.channel == RemedyChannel.RECHECK
        and row.state == RedressState.FILED
        and seats.sits(user, Role.CASEMGMT, row)
    ):
        recheck = forms.RecheckForm(request.POST or None, decision=row.decision, initial={"decided_on": today})
        own = ("answered_by", "answer_number", "decided_on")
        return recheck, lambda: redress.record_recheck(
            appeal_id=row.pk, **{name: recheck.cleaned_data[name] for name in own}, found=recheck.found(), actor=user, on=today
        ), "登记复核决定"  # fmt: skip
    if row.state == RedressState.FILED and seats.sits(user, Role.CASEMGMT, row):
        accept = forms.AcceptForm(request.POST or None, case=row.case)
        return accept, lambda: redress.accept_appeal(appeal_id=row.pk, **accept.values(), actor=user, on=today), "受理"
    if row.state == RedressState.ACCEPTED and seats.sits(user, "reviewer", row):
        found = forms.FindingForm(request.POST or None, decision=row.decision, initial=forms.finding_of(row))
        return found, lambda: redress.examine_appeal(appeal_id=row.pk, found=found.found(), actor=user, on=today), "提交复查意见"  # fmt: skip
    return None, lambda: None, ""


def correction(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One correction."""
    row: Correction = get_visible_or_404(Correction, request.user, pk=pk, related=(*RELATED, "proposed_by", "scan"))
    if request.method == "GET":
        ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id, case_id=row.case_id)
    declines = row.state == RedressState.PROPOSED and seats.sits(request.user, Role.PRINCIPAL, row)
    form = forms.DeclineForm(request.POST or None) if declines else Form(request.POST or None)
    return act(
        request, form=form,
        call=lambda: redress.decline_correction(correction_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="已登记不予纠正。", target=row, template="cases/redress.html",
        context={**_context(request, row), "is_appeal": False, "button": "不予纠正", "shows_form": declines},
    )  # fmt: skip


def press(request: OfficeRequest, kind: str, pk: uuid.UUID, step: str) -> HttpResponse:
    """The buttons: ask for the signature, report to the committee, confirm the influence period."""
    models: dict[str, type[Redress]] = {"appeals": Appeal, "corrections": Correction}
    if kind not in models:
        raise Http404
    row: Redress = get_visible_or_404(models[kind], request.user, pk=pk)
    user, today = request.user, clock.today()
    acts: dict[str, Callable[[], Any]] = {
        "sign": lambda: (
            redress.prepare_answer(appeal_id=pk, actor=user, on=today)
            if kind == "appeals"
            else redress.prepare_correction(correction_id=pk, actor=user, on=today)
        ),
        "committee": lambda: redress.ask_committee(row=row, actor=user, on=today),
        "confirm": lambda: redress.confirm_influence(row=row, actor=user, on=today),
    }
    if step not in acts:
        raise Http404
    if request.method == "POST":
        acts[step]()
        messages.success(request, "已办理。")
    return redirect(row)


def scan(request: OfficeRequest, kind: str, pk: uuid.UUID) -> HttpResponse:
    """The scanned paper; its reading is on the ledger before the first byte."""
    models: dict[str, Any] = {"appeals": Appeal, "corrections": Correction}
    if kind not in models:
        raise Http404
    row = get_visible_or_404(models[kind], request.user, pk=pk)
    if row.scan is None:
        raise Http404
    ledger.record_read(actor=request.user, about=row.scan, commission_id=row.commission_id, case_id=row.case_id)
    return attachment(files.unseal(row.scan), row.scan.name)
