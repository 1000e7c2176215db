"""责任清单: the register, one list, its draft and review, what a person answered for on any day."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from responsibility import rows, selectors
from responsibility.enums import ListState
from responsibility.forms import duties as forms
from responsibility.models import Duty, DutyList
from responsibility.services import drafting, duties, imports
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.pages import listing, spreadsheet
from wenze.pages.acting import Watched, act
from wenze.people.models import Cadre
from wenze.people.selectors import cadre_choices

if TYPE_CHECKING:
    from wenze.people.http import OfficeRequest

DRAFTERS = (Role.UNIT, Role.CONDUCT)
READERS = (*DRAFTERS, Role.INSPECTOR, Role.HEAD, Role.CASEMGMT, Role.TRIAL, Role.LEADER, Role.PRINCIPAL)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (8, 12, 20, 60, 24, 12)
ON_A_PAGE = 100
SHOWN = 300
"""So many differences against the list before are told; the lists themselves are paged."""


def readers_only(request: OfficeRequest, *roles: str) -> None:
    """To the others the page does not exist."""
    if not any(request.user.holds(role) for role in roles):
        raise Http404


def register(request: OfficeRequest) -> HttpResponse:
    """The lists that the user sees; conditions in the address."""
    readers_only(request, *READERS)
    found = DutyList.objects.visible_to(request.user).select_related("organization", "drafted_by")
    state, name, year = (request.GET.get(key, "").strip() for key in ("state", "q", "year"))
    if state in ListState:
        found = found.filter(state=state)
    if name:
        found = found.filter(organization__name__contains=name)
    if year.isdigit():
        found = found.filter(year=min(int(year), 9999))
    page = listing.page(request, found, order=("-year", "-pk"))
    context = {
        "page": page, "state": state, "q": name, "year": year, "states": ListState.choices,
        "may_draft": any(request.user.holds(role) for role in DRAFTERS),
    }  # fmt: skip
    return render(request, "responsibility/duty_lists.html", context)


def draft(request: OfficeRequest) -> HttpResponse:
    """起草责任清单 from a file."""
    readers_only(request, *DRAFTERS)
    form = forms.DraftForm(request.POST or None, request.FILES or None, user=request.user)
    return act(
        request, form=form,
        call=lambda: imports.bring_in(
            upload=form.cleaned_data["workbook"], target=form.target(), actor=request.user
        ),
        done="已收到，请核对后提请审核。", target=lambda row: row, template="responsibility/duty_form.html",
        context={"title": "起草责任清单", "button": "存为草稿"},
    )  # fmt: skip


def rewrite(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """Another file in the place of the draft's rows."""
    row = _seen(request, pk)
    form = forms.RowsForm(request.POST or None, request.FILES or None)
    return act(
        request, form=form,
        call=lambda: _rewritten(row, form, request),
        done="已收到，请核对。", target=lambda made: made, template="responsibility/duty_form.html",
        context={"title": f"重新导入：{row}", "button": "重新导入"},
    )  # fmt: skip


def _rewritten(row: DutyList, form: forms.RowsForm, request: OfficeRequest) -> Any:
    """The draft with the file's rows; whether it may be changed at all is asked before the file is read."""
    with transaction.atomic():
        duties.own_draft(row.pk, request.user)
    return imports.bring_in(upload=form.cleaned_data["workbook"], target=imports.duty_rows(row), actor=request.user)


def send_back(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """退回修改."""
    row = _seen(request, pk)
    form = forms.ReturnForm(request.POST or None)
    return act(
        request, form=form,
        call=lambda: duties.send_back(list_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="已退回。", target=row, template="responsibility/duty_form.html",
        context={"title": f"退回：{row}", "button": "退回修改"},
    )  # fmt: skip


def press(request: OfficeRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """Submit, publish, discard."""
    row = _seen(request, pk)
    if step not in ("submit", "publish", "discard"):
        raise Http404
    if request.method != "POST":
        return redirect(row)
    if step == "discard":
        duties.discard(list_id=pk, actor=request.user)
        messages.success(request, "草稿已撤销。")
        return redirect("duty-lists")
    {"submit": duties.submit, "publish": duties.publish}[step](list_id=pk, actor=request.user, on=clock.today())
    messages.success(request, "已提请审核。" if step == "submit" else "已发布，前一版自施行日起失效。")
    return redirect(row)


def _seen(request: OfficeRequest, pk: uuid.UUID) -> DutyList:
    found: DutyList = get_visible_or_404(
        DutyList, request.user, pk=pk, related=("organization", "drafted_by", "reviewed_by")
    )
    return found


def one(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One list, and what changed against the one before it."""
    row = _seen(request, pk)
    user = request.user
    before = selectors.predecessor_of(row)
    drafts = duties.may_draft(user, row.organization)
    context = {
        "row": row,
        "page": listing.page(request, row.duties.select_related("post"), order=("position", "pk"), size=ON_A_PAGE),
        "before": before,
        "differences": selectors.differences(before, row)[:SHOWN] if before else [],
        "may_change": drafts and row.may_be_changed,
        "may_discard": drafts and row.state == ListState.DRAFT,
        "may_review": row.state == ListState.SUBMITTED and user.holds(Role.CONDUCT) and row.drafted_by_id != user.pk,
    }
    return render(request, "responsibility/duty_list.html", context)


def add_duty(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """增加一条职责."""
    row = _seen(request, pk)
    form = forms.DutyForm(request.POST or None, organization=row.organization)
    return _row_form(
        request, row, form,
        lambda: drafting.add_duty(
            list_id=pk, row=form.row(), submission=form.cleaned_data["submission"], actor=request.user
        ),
        title=f"增加一条职责：{row}", done="已增加。",
    )  # fmt: skip


def change_duty(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """修改一条职责."""
    duty: Duty = get_visible_or_404(Duty, request.user, pk=pk, related=("duty_list__organization",))
    row = duty.duty_list
    watched = Watched(Duty.objects.filter(pk=pk), forms.DutyForm.shown, DutyList.objects.filter(pk=row.pk))
    form = forms.DutyForm(request.POST or None, organization=row.organization, **watched.marks())
    return _row_form(
        request, row, form, lambda: drafting.change_duty(duty_id=pk, row=form.row(), actor=request.user),
        title=f"修改第{duty.number}条：{row}", done="已修改。", watched=watched,
    )  # fmt: skip


def _row_form(
    request: OfficeRequest, row: DutyList, form: forms.DutyForm, call: Any, *, title: str, done: str, watched: Watched | None = None
) -> HttpResponse:  # fmt: skip
    """One row of a draft; a list that may not be changed has no such page."""
    if request.method != "POST" and not (row.may_be_changed and duties.may_draft(request.user, row.organization)):
        raise Http404
    return act(
        request, form=form, call=call, done=done, target=row, template="responsibility/duty_form.html",
        context={"title": title, "button": "保存", "back": row}, watched=watched,
    )  # fmt: skip


def press_duty(request: OfficeRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """Up, down, out."""
    duty: Duty = get_visible_or_404(Duty, request.user, pk=pk, related=("duty_list",))
    row = duty.duty_list
    if step not in ("up", "down", "remove"):
        raise Http404
    if request.method == "POST":
        if step == "remove":
            drafting.remove_duty(duty_id=pk, actor=request.user)
            messages.success(request, f"第{duty.number}条已删去。")
        else:
            drafting.move_duty(duty_id=pk, up=step == "up", actor=request.user)
    return redirect(row)


def export(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """The list as a workbook that can be read in again."""
    row = _seen(request, pk)
    content = spreadsheet.written(
        "责任清单", rows.COLUMNS, rows.written(list(row.duties.select_related("post"))), WIDTHS
    )
    ledger.record(
        "duties.exported", actor=request.user, commission_id=row.commission_id, about=row, detail={"title": str(row)}
    )
    return workbook(content, f"{row}.xlsx")


def template(request: OfficeRequest) -> HttpResponse:
    """The empty workbook."""
    readers_only(request, *DRAFTERS)
    example = ["1", "主要负责人", "", "对群众投诉集中的问题直接督办，逐件销号", "逐件", "领导责任"]
    return workbook(spreadsheet.written("责任清单", rows.COLUMNS, [example], WIDTHS), "责任清单模板.xlsx")


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook as a download."""
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def person(request: OfficeRequest) -> HttpResponse:
    """What a person answered for: his whole course, and the day that is asked."""
    readers_only(request, *(role for role in READERS if role != Role.UNIT))
    asked, day = request.GET.get("cadre", ""), _day(request.GET.get("on", ""))
    cadre = get_visible_or_404(Cadre, request.user, pk=_key(asked)) if asked else None
    context = {
        "cadre": cadre,
        "on": day,
        "choices": cadre_choices(request.user, empty="（请选择）"),
        "course": selectors.course_of(cadre) if cadre else [],
        "that_day": selectors.duties_on(cadre, day) if cadre else [],
    }
    return render(request, "responsibility/duty_person.html", context)


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return clock.today()
