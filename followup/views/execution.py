"""An execution item; the steps of execution and closing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from cases.enums import Outcome
from cases.models import Case, CaseContent
from followup.enums import ItemKind
from followup.forms import DeferForm, ItemForm, PostForm, RectifyNoticeForm
from followup.forms.exemption import RectifyReportForm
from followup.models import ExecutionItem, NameClearing, PostFormality
from followup.services import execution, exemption
from followup.services.reform import ACCEPTS
from followup.services.units import fills
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.crypto import files
from wenze.deadlines import clock
from wenze.exchange.selectors import carried_in
from wenze.pages.acting import act
from wenze.terms.lamps import lamp_on
from wenze.workflow.views import attachment

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.http import HttpResponse

    from wenze.pages.forms import Form
    from wenze.people.http import OfficeRequest


def clearing_of(row: ExecutionItem) -> str:
    """Where the name is cleared by letter after an exemption: the letter's page, or its draft's."""
    if row.kind != ItemKind.NAME_CLEARING or row.decision.outcome != Outcome.EXEMPTED:
        return ""
    letter = NameClearing.objects.filter(decision_id=row.decision_id).first()
    if letter is not None:
        return str(letter.get_absolute_url())
    return reverse("clearing-draft", args=(row.case_id, row.decision.subject_id))


def item(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One execution item."""
    row: ExecutionItem = get_visible_or_404(
        ExecutionItem, request.user, pk=pk,
        related=("case__commission", "decision__subject__cadre", "decision__subject__organization", "decision__document", "dispatch"),
    )  # fmt: skip
    today = clock.today()
    is_rectification = exemption.is_rectification(row)
    form: Form = ItemForm(request.POST or None, request.FILES or None, kind=row.kind, initial={"done_on": today})
    finish: Callable[..., Any] = execution.complete_item
    if row.kind == ItemKind.RECTIFY_NOTICE:
        form, finish = RectifyNoticeForm(request.POST or None), execution.send_rectify_notice
    elif is_rectification:
        form = RectifyReportForm(request.POST or None, request.FILES or None, initial={"reported_on": today})
        finish = exemption.report_rectified
    last = row.rectify_reports.last()
    is_waiting = last is not None and last.is_waiting
    sees_case = Case.objects.visible_to(request.user).filter(pk=row.case_id).exists()
    return act(
        request,
        form=form,
        call=lambda: finish(item_id=pk, **form.values(), actor=request.user, on=today),
        done="已登记，待另一人验收。" if is_rectification else "已办结。",
        target=row.case.panel_url("execution") if sees_case else row,
        template="followup/item.html",
        context={
            "item": row,
            "sees_case": sees_case,
            "posts": row.posts.all(),
            "carried": carried_in(row.pk) if row.done_on else None,
            "lamp": lamp_on(row.due_on, today) if row.due_on else None,
            "button": "发出纠错通知"
            if row.kind == ItemKind.RECTIFY_NOTICE
            else "报告纠错情况"
            if is_rectification
            else "办结",
            "reports": row.rectify_reports.select_related("reported_by", "answered_by"),
            "is_waiting": is_waiting,
            "may_answer": is_waiting and sees_case and fills(request.user, row.case, *ACCEPTS),
            "clearing": clearing_of(row),
        },
    )


def press(request: OfficeRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """Take the steps execute and close."""
    case: Case = get_visible_or_404(Case, request.user, pk=pk)
    acts = {"execute": execution.begin_execution, "close": execution.close_case}
    if step not in acts:
        raise Http404
    if request.method == "POST":
        acts[step](case_id=pk, actor=request.user, on=clock.today())
        messages.success(request, "已办理。")
    return redirect(case)


def proof(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """The scanned proof of an item, for those who read the case; its reading is on the ledger before the first byte."""
    row: ExecutionItem = get_visible_or_404(ExecutionItem, request.user, pk=pk, related=("case", "proof_file__key"))
    if row.proof_file is None or not CaseContent.objects.visible_to(request.user).filter(pk=row.case_id).exists():
        raise Http404
    ledger.record_read(actor=request.user, about=row.proof_file, commission_id=row.commission_id, case_id=row.case_id)
    return attachment(files.unseal(row.proof_file), row.proof_file.name)


def post(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """The formalities of one post."""
    row: PostFormality = get_visible_or_404(
        PostFormality, request.user, pk=pk, related=("item__decision__subject__cadre", "case")
    )
    form = PostForm(request.POST or None, initial={"done_on": clock.today()})
    return act(
        request, form=form,
        call=lambda: execution.complete_post(post_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="该职务的手续已登记。", target=row.item, template="followup/form.html",
        context={"title": f"{row}的手续", "button": "登记办结", "back": row.item},
    )  # fmt: skip


def defer(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """批准延期: 会期未到."""
    row: PostFormality = get_visible_or_404(
        PostFormality, request.user, pk=pk, related=("item__decision__subject__cadre", "case")
    )
    form = DeferForm(request.POST or None)
    return act(
        request, form=form,
        call=lambda: execution.defer_post(post_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="已批准延期。", target=row.item, template="followup/form.html",
        context={"title": f"{row}：批准延期", "button": "批准延期", "back": row.item},
    )  # fmt: skip
