"""Initiation and what changes on the way: later batches, longer terms, endings, joined clues, replies of other bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from cases.enums import CaseState
from cases.forms import initiation as forms
from cases.forms.case import ReasonForm
from cases.forms.interim import InterimEndForm, InterimForm
from cases.models import Case, Clue, Dispatch, Subject, Supplement
from cases.services import course, initiation, leaving, replies, supplement
from cases.services import interim as interim_services
from cases.views.investigating import case_form, case_of
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.pages.acting import Watched, act

if TYPE_CHECKING:
    import uuid

    from wenze.people.http import OfficeRequest


def apply(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """提请启动, from an assessed clue."""
    clue: Clue = get_visible_or_404(Clue, request.user, pk=pk)
    initial: dict[str, Any] = {"title": clue.title, "brief": clue.summary[:300]}
    for number, row in enumerate(clue.respondents.select_related("cadre", "organization")[: forms.MOST], 1):
        initial |= {
            f"cadre_{number}": row.cadre_id, f"organization_{number}": row.organization_id,
            f"act_{number}": row.allegation, f"act_on_{number}": clue.happened_on,
            f"tier_{number}": "FULL" if row.organization_id else "",
        }  # fmt: skip
    if "more" in request.POST:
        form = forms.InitiationForm.with_more(request.POST, user=request.user)
        return render(
            request, "cases/case_apply.html", {"clue": clue, "form": form, "title": "提请启动", "button": "提请启动"}
        )
    form = forms.InitiationForm(request.POST or None, user=request.user, initial=initial)
    return act(
        request,
        form=form,
        call=lambda: initiation.apply_initiation(
            clue_id=pk,
            submission=form.cleaned_data["submission"],
            title=form.cleaned_data["title"],
            brief=form.cleaned_data["brief"],
            subjects=form.drafts(),
            public_attention=form.cleaned_data["public_attention"],
            is_sensitive=form.cleaned_data["is_sensitive"],
            actor=request.user,
            on=clock.today(),
        ),
        done="案件已建立，请提请批准启动。",
        target=lambda case: case,
        template="cases/case_apply.html",
        context={"clue": clue, "title": "提请启动", "button": "提请启动"},
    )


def shown_of_application(case: Case) -> dict[str, Any]:
    """What the form shows of what was applied for."""
    shown: dict[str, Any] = {"title": case.title, "brief": case.brief}
    for number, row in enumerate(case.subjects.all()[: forms.MOST], 1):
        shown |= {
            f"cadre_{number}": row.cadre_id, f"organization_{number}": row.organization_id,
            f"act_{number}": row.act, f"act_on_{number}": row.act_on, f"tier_{number}": row.tier,
            f"without_leaders_reason_{number}": row.without_leaders_reason,
            f"filed_review_number_{number}": row.filed_review_number, f"handed_to_{number}": row.filed_review_at_id,
        }  # fmt: skip
    return shown


def amend(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """更正提请启动的内容."""
    case: Case = get_visible_or_404(Case, request.user, pk=pk)
    applied = Watched(Case.objects.filter(pk=pk), shown_of_application, Case.objects.filter(pk=pk))
    if "more" in request.POST:
        form = forms.InitiationForm.with_more(request.POST, user=request.user)
        return render(
            request,
            "cases/case_apply.html",
            {"case": case, "form": form, "title": "更正提请启动", "button": "保存更正"},
        )
    form = forms.InitiationForm(request.POST or None, user=request.user, **applied.marks())
    return act(
        request,
        form=form,
        call=lambda: initiation.amend_initiation(
            case_id=pk, title=form.cleaned_data["title"], brief=form.cleaned_data["brief"],
            subjects=form.drafts(), actor=request.user, on=clock.today(),
        ),
        done="已更正；此前的提请如未签完，已失效。",
        target=case,
        template="cases/case_apply.html",
        context={"case": case, "title": "更正提请启动", "button": "保存更正"},
        watched=applied,
    )  # fmt: skip


def add_subjects(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """补充启动."""
    case = case_of(request, pk)
    context = {"case": case, "title": "补充启动", "button": "提请补充启动"}
    if "more" in request.POST:
        form = forms.SupplementForm.with_more(request.POST, user=request.user)
        return render(request, "cases/case_apply.html", {**context, "form": form})
    form = forms.SupplementForm(request.POST or None, user=request.user)
    return act(
        request,
        form=form,
        call=lambda: supplement.add_subjects(
            case_id=pk, subjects=form.drafts(), reason=form.cleaned_data["reason"], actor=request.user, on=clock.today()
        ),
        done="已提出，请提请批准；批准以前不得对其调查。",
        target=case.panel_url("subjects"),
        template="cases/case_apply.html",
        context=context,
    )


def press_supplement(request: OfficeRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """The buttons of a batch: ask the committee, ask for signatures, take it back."""
    row: Supplement = get_visible_or_404(Supplement, request.user, pk=pk, related=("case",))
    case, today = row.case, clock.today()
    if request.method == "POST":
        if step == "committee":
            supplement.ask_committee(supplement_id=pk, actor=request.user, on=today)
        elif step == "sign":
            supplement.ask_signatures(supplement_id=pk, actor=request.user, on=today)
        elif step == "withdraw":
            supplement.withdraw_supplement(supplement_id=pk, actor=request.user)
        else:
            raise Http404
        messages.success(request, "已办理。")
    return redirect(case.panel_url("subjects"))


def extend(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """延长调查期限."""
    case = case_of(request, pk)
    form = forms.ExtensionForm(request.POST or None, case=case)
    return case_form(
        request, case, form,
        lambda: course.ask_extension(case_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="延长调查期限", button="提请分管领导批准", panel="history", done="已提请批准。",
    )  # fmt: skip


def suspend(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """中止调查期限."""
    case = case_of(request, pk)
    form = ReasonForm(request.POST or None)
    return case_form(
        request, case, form,
        lambda: course.ask_suspension(case_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="中止调查期限", button="提请分管领导批准", panel="subjects", done="已提请批准。",
    )  # fmt: skip


def resume(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """恢复调查期限."""
    case = case_of(request, pk)
    if request.method == "POST":
        course.resume_inquiry(case_id=pk, actor=request.user, on=clock.today())
        messages.success(request, "调查期限已恢复，中止的日数已顺延。")
    return redirect(case.panel_url("subjects"))


def interim(request: OfficeRequest, pk: uuid.UUID, subject_id: uuid.UUID) -> HttpResponse:
    """先期停职、免职: register it; where one waits, say what becomes of it."""
    case = case_of(request, pk)
    subject: Subject = get_visible_or_404(Subject, request.user, pk=subject_id, case_id=pk)
    common: dict[str, Any] = {"case_id": pk, "subject_id": subject_id, "actor": request.user, "on": clock.today()}
    waiting = subject.interim_measures.filter(ended_as="").first()
    if waiting is None:
        form = InterimForm(request.POST or None)
        return case_form(
            request, case, form, lambda: interim_services.register(told=form.told(), **common),
            title=f"{subject.name}：先期停职、免职", button="登记", panel="subjects",
        )  # fmt: skip
    ending = InterimEndForm(request.POST or None, initial={"ended_on": clock.today()})
    return case_form(
        request, case, ending, lambda: interim_services.settle(**ending.values(), **common),
        title=f"处理{subject.name}的{waiting}", button="登记处理", panel="subjects",
        quote=f"{waiting.decided_by} {waiting.number}（{waiting.decided_on:%Y-%m-%d}）",
    )  # fmt: skip


def end_early(request: OfficeRequest, pk: uuid.UUID, subject_id: uuid.UUID) -> HttpResponse:
    """对象另行了结."""
    case = case_of(request, pk)
    subject: Subject = get_visible_or_404(Subject, request.user, pk=subject_id, case_id=pk)
    form = forms.EarlyEndForm(request.POST or None, user=request.user)
    return case_form(
        request, case, form,
        lambda: leaving.ask_early_end(
            case_id=pk, subject_id=subject_id, **form.values(), actor=request.user, on=clock.today()
        ),
        title=f"{subject.name}另行了结", button="提请批准", panel="subjects", done="已提请批准。",
    )  # fmt: skip


def join(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """并案: the clue joins a case that its handler already has open."""
    clue: Clue = get_visible_or_404(Clue, request.user, pk=pk)
    own = Case.objects.visible_to(request.user).filter(
        handler=request.user, state__in=(CaseState.INITIATING, CaseState.INVESTIGATING)
    )
    form = forms.JoinForm(request.POST or None, cases=own)
    return act(
        request,
        form=form,
        call=lambda: course.join_clue(
            clue_id=pk, case_id=form.cleaned_data["case_id"].pk, reason=form.cleaned_data["reason"], actor=request.user,
            on=clock.today(),
        ),
        done="已并案。",
        target=clue,
        template="cases/clue_form.html",
        context={"clue": clue, "title": "并入在办案件", "button": "并案"},
    )  # fmt: skip


def dispatch(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One letter to another body: what was asked, what came back; the reply is registered here."""
    row: Dispatch = get_visible_or_404(
        Dispatch, request.user, pk=pk,
        related=("case__office", "case__handler", "subject__cadre", "subject__organization", "to_organization", "document"),
    )  # fmt: skip
    if request.method == "GET":
        ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id, case_id=row.case_id)
    form = forms.ReplyForm(
        request.POST or None, dispatch=row, initial={"replied_on": clock.today(), "measures": row.asked}
    )
    context: dict[str, Any] = {"case": row.case, "row": row, "decisions": row.decisions.select_related("consented_by")}
    return act(
        request,
        form=form,
        call=lambda: replies.register_reply(
            dispatch_id=pk, reply=form.reply(), actor=request.user, on=clock.today()
        ),
        done="回复已登记。",
        target=row,
        template="cases/dispatch.html",
        context=context,
    )  # fmt: skip


def consent(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """同意下级与责成不一致的处理."""
    row: Dispatch = get_visible_or_404(Dispatch, request.user, pk=pk)
    if request.method == "POST":
        replies.consent_to_departure(dispatch_id=pk, actor=request.user, on=clock.today())
        messages.success(request, "已同意。")
    return redirect(row)
