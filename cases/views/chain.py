"""The chain's own forms: causes found, links taken back, breaks explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from cases.enums import FactKind
from cases.forms.case import CauseForm, ReasonForm
from cases.models import Fact, Subject
from cases.services import chain, problems
from cases.views.investigating import case_form, case_of
from responsibility.models import Problem
from wenze.access.views import get_visible_or_404
from wenze.deadlines import clock

if TYPE_CHECKING:
    import uuid

    from wenze.people.http import OfficeRequest


def explain(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """说明断点."""
    case = case_of(request, pk)
    code = request.GET.get("code", "")
    form = ReasonForm(request.POST or None)
    return case_form(
        request, case, form,
        lambda: chain.explain_break(
            case_id=pk, code=code, **form.values(), actor=request.user, on=clock.today()
        ),
        title="说明断点", button="保存说明", panel="responsibility",
    )  # fmt: skip


def cause(request: OfficeRequest, pk: uuid.UUID, fact_id: uuid.UUID) -> HttpResponse:
    """反事实之问: the cause, subject by subject."""
    case = case_of(request, pk)
    fact: Fact = get_visible_or_404(Fact, request.user, pk=fact_id, case_id=pk, kind=FactKind.CAUSE)
    form = CauseForm(request.POST or None, case=case)
    return case_form(
        request, case, form,
        lambda: chain.find_cause(case_id=pk, fact=fact, **form.values(), actor=request.user),
        title="因果认定", button="保存", panel="facts", quote=fact.text,
    )  # fmt: skip


def withdraw(request: OfficeRequest, pk: uuid.UUID, kind: str, link_id: uuid.UUID) -> HttpResponse:
    """撤回一项事实、轨迹或者责任认定."""
    case = case_of(request, pk)
    if kind not in chain.LINKS:
        raise Http404
    row = get_visible_or_404(chain.LINKS[kind], request.user, pk=link_id)
    form = ReasonForm(request.POST or None)
    return case_form(
        request, case, form,
        lambda: chain.withdraw_link(
            case_id=pk, kind=kind, link_id=link_id, **form.values(), actor=request.user, on=clock.today()
        ),
        title=f"撤回{row._meta.verbose_name}", button="撤回", panel="facts" if kind == "fact" else "responsibility",
        quote=str(row),
    )  # fmt: skip


def known_problem(request: OfficeRequest, pk: uuid.UUID, subject_id: uuid.UUID, problem_id: uuid.UUID) -> HttpResponse:
    """列为证明: one press takes a problem that the subject knew into the case."""
    case = case_of(request, pk)
    get_visible_or_404(Subject, request.user, pk=subject_id, case_id=pk)
    get_visible_or_404(Problem, request.user, pk=problem_id)
    if request.method == "POST":
        row = problems.take_known(
            case_id=pk, subject_id=subject_id, problem_id=problem_id, actor=request.user, on=clock.today()
        )
        messages.success(request, f"已入案：{row.evidence}、轨迹和事实各一件。")
    return redirect(case.panel_url("responsibility"))
