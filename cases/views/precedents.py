"""认定案例库: searched by everybody inside the commission; the draft's own form and its release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render

from cases.forms.tolerance import PrecedentForm
from cases.models import Case, Precedent
from cases.rules import READERS
from cases.services import precedents as services
from tolerance.enums import Distinction, FilingEffect
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.deadlines import clock
from wenze.law import situation_name
from wenze.pages import listing
from wenze.pages.acting import act
from wenze.workflow import seats

if TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from wenze.people.http import OfficeRequest

EFFECTS = [each for each in FilingEffect.choices if each[0] in (FilingEffect.EXEMPTED, FilingEffect.LIGHTER)]


def library(request: OfficeRequest) -> HttpResponse:
    """Recognised exemptions, by words and by the line of 条例第十七条; conditions in the address."""
    if not any(request.user.holds(role) for role in READERS if role != Role.SUPERIOR):
        raise Http404
    rows = Precedent.objects.visible_to(request.user)
    q, line, effect = (request.GET.get(key, "").strip()[:60] for key in ("q", "line", "effect"))
    for word in q.split()[:4]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(matter__icontains=word)
            | Q(reasons__icontains=word)
            | Q(category__icontains=word)
        )
    if line in Distinction:
        rows = rows.filter(distinction=line)
    if effect in FilingEffect:
        rows = rows.filter(effect=effect)
    page = listing.page(request, rows, order=("-pk",))
    context = {"page": page, "q": q, "line": line, "effect": effect, "lines": Distinction.choices, "effects": EFFECTS}
    return render(request, "cases/precedents.html", context)


def _row(request: OfficeRequest, pk: uuid.UUID) -> Precedent:
    found: Precedent = get_visible_or_404(Precedent, request.user, pk=pk)
    return found


def entry(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One entry; of a draft also what may be done with it."""
    row = _row(request, pk)
    case = None if row.released_on else Case.objects.visible_to(request.user).filter(pk=row.case_id).first()
    user = request.user
    works = case is not None and (seats.sits(user, "handler", case) or seats.sits(user, "team", case))
    releases = case is not None and any(seats.sits(user, role, case) for role in services.RELEASES)
    context = {
        "row": row, "situation": situation_name(row.situation), "case": case, "may_edit": works,
        "may_release": releases and row.edited_by_id not in (None, user.pk),
    }  # fmt: skip
    return render(request, "cases/precedent.html", context)


def edit(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """脱敏."""
    row = _row(request, pk)
    case: Case = get_visible_or_404(Case, request.user, pk=row.case_id)
    shown = {name: getattr(row, name) for name in ("title", "category", "matter", "reasons")}
    form = PrecedentForm(request.POST or None, initial=shown)
    return act(
        request, form=form,
        call=lambda: services.edit(precedent_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="已脱敏，待另一人审定。", target=row, template="cases/case_form.html",
        context={"case": case, "title": "脱敏容错认定案例", "button": "保存", "panel": "tolerance"},
    )  # fmt: skip


def release(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """审定入库."""
    row = _row(request, pk)
    if request.method == "POST":
        services.release(precedent_id=pk, actor=request.user, on=clock.today())
        messages.success(request, "已入库，本机关人员都可以查阅。")
    return redirect(row)
