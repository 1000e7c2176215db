"""The signing page and the page of an off-system instruction: translate, call once, answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.crypto import files
from wenze.deadlines import clock
from wenze.errors import Invalid
from wenze.pages import listing
from wenze.workflow import approvals, offsystem, seats
from wenze.workflow.forms import InstructionForm, SignForm
from wenze.workflow.models import Approval, ApprovalState, OffSystemApproval, Verdict

if TYPE_CHECKING:
    import uuid

    from wenze.people.http import OfficeRequest

CAME_BACK = {
    Verdict.SIGN: "已签署。",
    Verdict.RETURN: "已退回，提请人会收到您的意见。",
    Verdict.ASK: "已询问，提请人会收到您的问题；审批仍等您答复。",
}


def approval_list(request: OfficeRequest) -> HttpResponse:
    """What waits for a signature, and what was signed, as far as the reader sees it."""
    rows = Approval.objects.visible_to(request.user).select_related("requested_by")
    state = request.GET.get("state", "open")
    if state in ApprovalState.values:
        rows = rows.filter(state=state)
    page = listing.page(request, rows, order=("-created_at", "-pk"))
    return render(request, "workflow/approvals.html", {"page": page, "state": state, "states": ApprovalState.choices})


def approval(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One screen: what is asked, the brief, the parts, who signed, what changed — sign, return, ask."""
    row: Approval = get_visible_or_404(Approval, request.user, pk=pk)
    about = approvals.matter(row)
    today = clock.today()
    form = SignForm(request.POST or None, initial={"shown": row.dossier_hash})
    if request.method == "POST" and form.is_valid():
        try:
            approvals.sign(
                approval_id=row.pk,
                shown_hash=form.cleaned_data["shown"],
                verdict=form.cleaned_data["verdict"],
                opinion=form.cleaned_data["opinion"],
                actor=request.user,
                on=today,
            )
        except Invalid as refusal:
            form.accept(refusal)
        else:
            messages.success(request, CAME_BACK[Verdict(form.cleaned_data["verdict"])])
            return redirect(row)
    elif request.method == "GET":
        ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id, case_id=row.case_id)
    return render(
        request,
        "workflow/approval.html",
        {
            "approval": row,
            "about": about,
            "form": form,
            "blocked": approvals.why_not(row, about, request.user, on=today),
            "behalf": approvals.acting_for(row, about, request.user, on=today),
            "changes": approvals.differences(row, about) if row.state == ApprovalState.OPEN else [],
            "chain": chain_of(row),
            "dossier": row.dossier,
        },
        status=422 if form.errors else 200,
    )


def chain_of(row: Approval) -> list[dict[str, Any]]:
    """The seats in order, with what each has answered, for the 会签 table."""
    signed = {
        s.position: s for s in row.signatures.filter(verdict=Verdict.SIGN).select_related("signer", "on_behalf_of")
    }
    others = list(row.signatures.exclude(verdict=Verdict.SIGN).select_related("signer"))
    found = []
    for position, seat in enumerate(row.chain):
        signature = signed.get(position)
        name = str(signature.signer) if signature else ""
        if signature and signature.on_behalf_of:
            name = f"{signature.signer}（代{signature.on_behalf_of}）"
        waiting = row.state == ApprovalState.OPEN and position == row.position
        found.append(
            {
                "unit": seats.seat_name(seat),
                "signer": name,
                "opinion": (signature.opinion or "同意") if signature else "",
                "at": signature.signed_at if signature else None,
                "state": "同意" if signature else "待签" if waiting else "—",
                "kind": "ok" if signature else "warn" if waiting else "",
            }
        )
    found.extend(
        {
            "unit": seats.seat_name(other.seat),
            "signer": str(other.signer),
            "opinion": other.opinion,
            "at": other.signed_at,
            "state": other.get_verdict_display(),
            "kind": "late" if other.verdict == Verdict.RETURN else "info",
        }
        for other in others
    )
    return found


def instruction(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """The request, its papers, the instruction: one clerk enters it, another checks it against the scan."""
    row: OffSystemApproval = get_visible_or_404(OffSystemApproval, request.user, pk=pk)
    about = approvals.matter_of(row.about_label, row.about_id)
    initial = {
        "result": row.result or "approved", "approver_name": row.approver_name, "by_meeting": row.by_meeting,
        "approved_on": row.approved_on, "instruction": row.instruction,
    }  # fmt: skip
    form = InstructionForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and request.POST.get("act") == "check":
        offsystem.check(approval_id=row.pk, actor=request.user, on=clock.today())
        messages.success(request, "已核对，批示生效。")
        return redirect(row)
    if request.method == "POST" and form.is_valid():
        try:
            offsystem.enter(
                approval_id=row.pk, **form.values(), key=about.data_key, actor=request.user, on=clock.today()
            )
        except Invalid as refusal:
            form.accept(refusal)
        else:
            messages.success(request, "已录入，请另一人对照扫描件核对。")
            return redirect(row)
    return render(
        request,
        "workflow/instruction.html",
        {
            "row": row,
            "form": form,
            "dossier": row.dossier,
            "may_enter": offsystem.may_enter(row, request.user) and row.checked_by_id is None,
            "may_check": offsystem.may_enter(row, request.user)
            and row.entered_by_id not in (None, request.user.pk)
            and row.checked_by_id is None,
        },
        status=422 if form.errors else 200,
    )


def instruction_scan(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """The scanned instruction; its reading is on the ledger before the first byte."""
    row: OffSystemApproval = get_visible_or_404(OffSystemApproval, request.user, pk=pk)
    if row.scan is None:
        raise Http404
    ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id, case_id=row.case_id)
    return attachment(files.unseal(row.scan), row.scan.name)


def attachment(content: bytes, name: str) -> HttpResponse:
    """A file as a download that no browser will render in our origin."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
