"""An execution item; the steps of execution and closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from cases.models import Case
from cases.views.acting import act
from followup.enums import ItemKind
from followup.forms import ItemForm, RectifyNoticeForm
from followup.models import ExecutionItem
from followup.services import execution
from wenze.access.views import get_visible_or_404
from wenze.deadlines import clock
from wenze.terms.lamps import lamp_on

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.http import HttpResponse

    from wenze.pages.forms import Form
    from wenze.people.http import OfficeRequest


def item(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One execution item."""
    row: ExecutionItem = get_visible_or_404(
        ExecutionItem, request.user, pk=pk,
        related=("case__commission", "decision__subject__cadre", "decision__subject__organization", "decision__document", "dispatch"),
    )  # fmt: skip
    today = clock.today()
    form: Form = ItemForm(request.POST or None, kind=row.kind, initial={"done_on": today})
    finish: Callable[..., ExecutionItem] = execution.complete_item
    if row.kind == ItemKind.RECTIFY_NOTICE:
        form, finish = RectifyNoticeForm(request.POST or None), execution.send_rectify_notice
    sees_case = Case.objects.visible_to(request.user).filter(pk=row.case_id).exists()
    return act(
        request,
        form=form,
        call=lambda: finish(item_id=pk, **form.values(), actor=request.user, on=today),
        done="已办结。",
        target=row.case.panel_url("execution") if sees_case else row,
        template="followup/item.html",
        context={
            "item": row,
            "sees_case": sees_case,
            "lamp": lamp_on(row.due_on, today) if row.due_on else None,
            "button": "发出纠错通知" if row.kind == ItemKind.RECTIFY_NOTICE else "办结",
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
