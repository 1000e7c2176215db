"""实地复核 and 责令纠正: planning, recording, ordering, answering, accepting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from cases.models import Case, Decision
from cases.services.moving import require_seat
from review.enums import OrderState
from review.forms import sampling as forms
from review.models import CorrectionOrder, OnSiteRecheck, RecheckFile
from review.services import recheck as rechecks
from review.services import sampling
from review.views.sample_loans import paper_of
from review.views.sampling import form_page, member_of
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.crypto import files
from wenze.deadlines import clock
from wenze.errors import NotYours
from wenze.terms.lamps import lamp_on
from wenze.workflow.views import attachment

if TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from wenze.people.http import OfficeRequest


def plan(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """安排实地复核."""
    member = member_of(request, pk)
    form = forms.RecheckPlanForm(request.POST or None, member=member)
    return form_page(
        request, form,
        lambda: rechecks.plan_recheck(
            member_id=pk, submission=form.cleaned_data["submission"], **form.values(), actor=request.user, on=clock.today()
        ),
        title=f"安排实地复核：{member.number}", button="安排", done="已安排，两名复核人会收到待办。", back=member,
        target=lambda row: row,
    )  # fmt: skip


def _recheck(request: OfficeRequest, pk: uuid.UUID) -> OnSiteRecheck:
    row: OnSiteRecheck = get_visible_or_404(
        OnSiteRecheck,
        request.user,
        pk=pk,
        related=("member__sample", "member__unit", "checker", "second_checker", "planned_by"),
    )
    return row


def recheck(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One re-check."""
    row = _recheck(request, pk)
    user = request.user
    ledger.record_read(actor=user, about=row, commission_id=row.commission_id, case_id=row.member.case_id)
    context = {
        "row": row, "member": row.member, "files": row.files.select_related("file"),
        "orders": row.orders.select_related("to_organization"),
        "lamp": lamp_on(row.due_on, clock.today()) if row.held_on is None else None,
        "may_record": row.held_on is None and user.pk in (row.checker_id, row.second_checker_id),
        "may_order": row.held_on is not None and sampling.organises(user, row.member.sample),
    }  # fmt: skip
    return render(request, "review/recheck.html", context)


def record(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """登记实地复核."""
    row = _recheck(request, pk)
    form = forms.RecheckForm(request.POST or None, request.FILES or None)
    return form_page(
        request, form,
        lambda: rechecks.record_recheck(
            recheck_id=pk, found=form.found(), uploads=form.cleaned_data["uploads"], actor=request.user, on=clock.today()
        ),
        title=f"登记实地复核：{row.member.number}", button="登记", done="已登记。", back=row, quote=row.to_check,
    )  # fmt: skip


def file(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """A photograph or a paper of the re-check."""
    row: RecheckFile = get_visible_or_404(
        RecheckFile, request.user, pk=pk, related=("file__key", "recheck__member__sample")
    )
    ledger.record_read(actor=request.user, about=row, commission_id=row.recheck.commission_id)
    return attachment(files.unseal(row.file), row.file.name)


def order(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """责令纠正."""
    member = member_of(request, pk)
    form = forms.OrderForm(request.POST or None, member=member, initial={"due_on": forms.after("order", clock.today())})
    return form_page(
        request, form,
        lambda: rechecks.order(
            member_id=pk, submission=form.cleaned_data["submission"], **form.values(), actor=request.user, on=clock.today()
        ),
        title=f"责令纠正：{member.number}", button="制发责令纠正通知书", done="已制发责令纠正通知书。", back=member,
        target=lambda row: row,
    )  # fmt: skip


def _order(request: OfficeRequest, pk: uuid.UUID) -> CorrectionOrder:
    row: CorrectionOrder = get_visible_or_404(
        CorrectionOrder, request.user, pk=pk,
        related=(
            "member__sample", "member__case", "to_organization", "ordered_by", "answered_by", "accepted_by", "document", "correction", "wrong_subject",
        ),
    )  # fmt: skip
    return row


def one_order(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One order to put right."""
    row = _order(request, pk)
    user = request.user
    organises = sampling.organises(user, row.member.sample)
    context = {
        "row": row, "member": row.member, "organises": organises,
        "lamp": lamp_on(row.due_on, clock.today()) if row.state == OrderState.OPEN else None,
        "may_answer": row.state == OrderState.OPEN and rechecks.may_answer(user, row),
        "may_accept": row.state == OrderState.ANSWERED and organises and row.answered_by_id != user.pk,
        "may_correct": row.wrong_subject is not None and row.correction is None and _may_correct(user, row),
        "sees_correction": row.correction is not None and Case.objects.visible_to(user).filter(pk=row.member.case_id).exists(),
    }  # fmt: skip
    return render(request, "review/sample_order.html", context)


def _may_correct(user: object, row: CorrectionOrder) -> bool:
    case = row.member.case
    if case is None or not Case.objects.visible_to(user).filter(pk=case.pk).exists():
        return False
    try:
        require_seat(case, user, Role.CASEMGMT, Role.TRIAL, Role.HEAD)  # type: ignore[arg-type]
    except NotYours:
        return False
    return True


def answer(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """反馈落实情况."""
    row = _order(request, pk)
    form = forms.AnswerForm(request.POST or None, request.FILES or None)
    return form_page(
        request, form, lambda: rechecks.answer(order_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="反馈落实情况", button="反馈", done="已反馈，等待认可。", back=row, quote=row.text,
    )  # fmt: skip


def accept(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """认可."""
    row = _order(request, pk)
    form = forms.AcceptForm(request.POST or None)
    return form_page(
        request, form, lambda: rechecks.accept(order_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="认可落实情况", button="认可", done="已认可。", back=row, quote=row.answer,
    )  # fmt: skip


def send_back(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """退回."""
    row = _order(request, pk)
    form = forms.WhyForm(request.POST or None)
    return form_page(
        request, form, lambda: rechecks.send_back(order_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="退回", button="退回", done="已退回。", back=row, quote=row.answer,
    )  # fmt: skip


def correct(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """转为纠正（条例第二十一条）."""
    row = _order(request, pk)
    decision: Decision = get_visible_or_404(Decision, request.user, subject_id=row.wrong_subject_id)
    form = forms.CorrectForm(request.POST or None, decision=decision)
    return form_page(
        request, form,
        lambda: rechecks.propose_correction(
            order_id=pk, found=form.found(), clearing=form.cleaned_data["clearing"], submission=form.cleaned_data["submission"],
            actor=request.user, on=clock.today(),
        ),
        title=f"提出纠正：{decision.subject.name}", button="提出纠正", done="已提出纠正。", back=row, target=lambda made: made,
    )  # fmt: skip


def letter(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """责令纠正通知书."""
    return paper_of(request, _order(request, pk).document)


def proof(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """反馈的凭证."""
    row: CorrectionOrder = get_visible_or_404(
        CorrectionOrder, request.user, pk=pk, proof__isnull=False, related=("proof__key", "member__sample")
    )
    ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id)
    if row.proof is None:
        raise NotYours("没有凭证。")
    return attachment(files.unseal(row.proof), row.proof.name)
