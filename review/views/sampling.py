"""抽查核查: the register, one sample with its acts in their order, one sampled case."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from cases.models import Case
from review import sample_bundles, sample_checks, sample_report, sampling_frames
from review.enums import LoanState, SampleMethod, SampleState
from review.forms import sampling as forms
from review.models import CorrectionOrder, Evaluation, OnSiteRecheck, Sample, SampleLoan, SampleMember
from review.services import sample_work, sampling
from review.services.evaluation import may_lead
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.pages import listing
from wenze.pages.acting import act
from wenze.terms.lamps import lamp_on
from wenze.workflow.views import attachment

if TYPE_CHECKING:
    from collections.abc import Callable

    from wenze.pages.forms import Form
    from wenze.people.http import OfficeRequest

READERS = (Role.CONDUCT, Role.CASEMGMT, Role.TRIAL, Role.PRINCIPAL, Role.SUPERIOR, Role.INSPECTOR, Role.HEAD)
FORM = "review/sample_form.html"
PROVED = 2000
"""So large a frame is proved on the page; a larger one by the command."""
ACTS = (
    (SampleState.FRAMING, "拟定总体"), (SampleState.FROZEN, "固定总体"), (SampleState.COMMITTED, "承诺种子"),
    (SampleState.DRAWN, "抽取"), (SampleState.FINISHED, "办结"),
)  # fmt: skip


def register(request: OfficeRequest) -> HttpResponse:
    """The samples that the user sees."""
    if not any(request.user.holds(role) for role in READERS):
        raise Http404
    rows = Sample.objects.visible_to(request.user).select_related("commission", "planned_by")
    state = request.GET.get("state", "")
    if state in SampleState.values:
        rows = rows.filter(state=state)
    page = listing.page(request, rows, order=("-planned_on", "-pk"))
    context = {
        "page": page, "state": state, "states": SampleState.choices,
        "may_plan": any(sampling.may_organise(request.user, scope) for scope in ("own", "subordinates")),
    }  # fmt: skip
    return render(request, "review/samples.html", context)


def form_page(
    request: OfficeRequest, form: Form, call: Callable[[], Any], *, title: str, button: str, done: str, back: Any, **more: Any
) -> HttpResponse:  # fmt: skip
    """A form of a sample; afterwards the row it came from, or what it made."""
    target = more.pop("target", back)
    return act(
        request, form=form, call=call, done=done, target=target, template=FORM,
        context={"title": title, "button": button, "back": back, **more},
    )  # fmt: skip


def plan(request: OfficeRequest) -> HttpResponse:
    """拟定抽查."""
    user = request.user
    if not any(sampling.may_organise(user, scope) for scope in ("own", "subordinates")):
        raise Http404
    form = forms.PlanForm(request.POST or None, user=user)
    return form_page(
        request, form,
        lambda: sampling.plan(
            submission=form.cleaned_data["submission"], planned=form.planned(), actor=user, on=clock.today()
        ),
        title="拟定抽查", button="拟定", done="已拟定，请核对总体。", back=None, target=lambda row: row,
    )  # fmt: skip


def sample_of(request: OfficeRequest, pk: uuid.UUID) -> Sample:
    row: Sample = get_visible_or_404(Sample, request.user, pk=pk, related=("commission", "planned_by", "drawn_by"))
    return row


def one(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One sample: what was promised and whether it holds, counts by unit and stratum, members, loans, orders."""
    row = sample_of(request, pk)
    user, today = request.user, clock.today()
    organises = sampling.organises(user, row)
    framing = row.state == SampleState.FRAMING
    members = SampleMember.objects.visible_to(user).filter(sample=row)
    everybody = (
        [*sampling_frames.candidates(row), *members.select_related("unit")]
        if framing and organises
        else list(members.defer("title"))
    )
    units, strata = sampling_frames.counts(everybody)
    small = row.members.count() <= PROVED
    shown = members.select_related("case", "sample", "reviewer", "loan")
    only = request.GET.get("show") or ("drawn" if row.seed else "all")
    if only == "drawn":
        shown = shown.exclude(drawn_as="")
    loans = SampleLoan.objects.visible_to(user).filter(sample=row).select_related("holder", "document")
    context = {
        "row": row, "steps": _steps(row), "organises": organises, "units": units, "strata": strata, "total": len(everybody),
        "drawn": sum(bool(each.drawn_as) for each in everybody), "small": small, "show": only,
        "broken": sample_checks.differences(row) if small else [],
        "published": bool(row.commitment) and sample_checks.is_published(row),
        "page": listing.page(request, shown, order=("position", "pk")),
        "loans": [(loan, _loan_lamp(loan, today)) for loan in loans],
        "orders": CorrectionOrder.objects.visible_to(user).filter(member__sample=row).select_related("member", "to_organization"),
        "rechecks": OnSiteRecheck.objects.visible_to(user).filter(member__sample=row).select_related(
            "member", "checker", "second_checker"
        ),
        "report": row.report or (sample_report.report_of(row) if row.seed and small else None),
        "targeted": row.method == SampleMethod.TARGETED, "working": row.state == SampleState.DRAWN and organises,
    }  # fmt: skip
    return render(request, "review/sample.html", context)


def _steps(row: Sample) -> list[dict[str, str]]:
    order = [state for state, _ in ACTS]
    if row.state == SampleState.VOID:
        return [{"label": label, "note": "", "state": ""} for _, label in ACTS]
    here = order.index(SampleState(row.state))
    days = {
        SampleState.FRAMING: row.planned_on, SampleState.FROZEN: row.frozen_on, SampleState.COMMITTED: row.committed_on,
        SampleState.DRAWN: row.drawn_on, SampleState.FINISHED: row.finished_on,
    }  # fmt: skip
    return [
        {
            "label": label, "note": f"{days[state]:%m-%d}" if days[state] else "",
            "state": "done" if n <= here else "now" if n == here + 1 else "",
        }
        for n, (state, label) in enumerate(ACTS)
    ]  # fmt: skip


def _loan_lamp(loan: SampleLoan, today: Any) -> Any:
    if loan.state == LoanState.RETURNED:
        return None
    return lamp_on(loan.due_on if loan.state == LoanState.ASKED else loan.back_by, today)


def paper(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """录入线下案卷."""
    row = sample_of(request, pk)
    form = forms.PaperForm(request.POST or None, sample=row)
    return form_page(
        request, form,
        lambda: sampling.enter_paper(
            sample_id=pk, submission=form.cleaned_data["submission"], paper=form.paper(), actor=request.user, on=clock.today()
        ),
        title="录入线下案卷", button="录入", done="已录入。", back=row,
    )  # fmt: skip


def named(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """定向：选定案件并固定总体."""
    row = sample_of(request, pk)
    form = forms.NamedForm(request.POST or None, sample=row)
    return form_page(
        request, form,
        lambda: sampling.freeze(
            sample_id=pk, named={uuid.UUID(each) for each in form.cleaned_data["named"]}, actor=request.user, on=clock.today()
        ),
        title="选定案件并固定总体", button="固定总体", done="总体已固定。", back=row,
    )  # fmt: skip


def press(request: OfficeRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """固定总体、承诺种子、抽取."""
    row = sample_of(request, pk)
    acts = {
        "freeze": (sampling.freeze, "总体已固定，此后不能增减。"),
        "commit": (sampling.commit, "种子已封存，承诺随下一次封账对外公布，随后可以抽取。"),
        "draw": (sampling.draw, "已抽取，种子已公开，任何人可以重抽核对。"),
    }
    if step not in acts:
        raise Http404
    if request.method == "POST":
        service, done = acts[step]
        service(sample_id=pk, actor=request.user, on=clock.today())
        messages.success(request, done)
    return redirect(row)


def void(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """作废."""
    row = sample_of(request, pk)
    form = forms.WhyForm(request.POST or None)
    return form_page(
        request, form, lambda: sampling.void(sample_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title=f"作废：{row}", button="作废", done="已作废，编号和承诺留存备查。", back=row,
    )  # fmt: skip


def assign(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """分派评查人."""
    row = sample_of(request, pk)
    form = forms.AssignForm(request.POST or None, sample=row)
    return form_page(
        request, form,
        lambda: sample_work.assign(
            sample_id=pk, reviewers=list(form.cleaned_data["reviewers"]), actor=request.user, on=clock.today()
        ),
        title="分派评查人", button="分派", done="已分派。", back=row,
    )  # fmt: skip


def bundle(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """离线重抽的材料."""
    row = sample_of(request, pk)
    if not row.seed or SampleMember.objects.visible_to(request.user).filter(sample=row).count() < row.members.count():
        raise Http404
    ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id, detail={"bundle": row.number})
    return attachment(sample_bundles.zipped(row), f"{row.number}重抽材料.zip")


def member_of(request: OfficeRequest, pk: uuid.UUID) -> SampleMember:
    row: SampleMember = get_visible_or_404(
        SampleMember,
        request.user,
        pk=pk,
        related=("sample__commission", "case", "unit", "reviewer", "loan", "entered_by"),
    )
    return row


def member(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One case of a sample: who looks at it, its files, re-checks, orders."""
    row = member_of(request, pk)
    user = request.user
    sees_case = row.case_id is not None and Case.objects.visible_to(user).filter(pk=row.case_id).exists()
    working = row.sample.state == SampleState.DRAWN and bool(row.drawn_as)
    context = {
        "row": row, "sample": row.sample, "sees_case": sees_case, "flags": sampling_frames.flag_words(row.flags),
        "rechecks": row.rechecks.select_related("checker", "second_checker"), "orders": row.orders.select_related("to_organization"),
        "organises": working and sampling.organises(user, row.sample), "reviews": working and row.reviewer_id == user.pk,
        "evaluations": Evaluation.objects.visible_to(user).filter(sample_member_id=row.pk),
        "may_evaluate": working
        and row.loan is not None
        and row.loan.state == LoanState.HELD
        and not Evaluation.objects.filter(sample_member_id=row.pk).exists()
        and may_lead(user, row.case.commission if row.case else row.sample.commission),
    }  # fmt: skip
    return render(request, "review/sample_member.html", context)


def reassign(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """改派."""
    row = member_of(request, pk)
    form = forms.ReassignForm(request.POST or None, member=row)
    return form_page(
        request, form,
        lambda: sample_work.reassign(member_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title=f"改派：{row.number}", button="改派", done="已改派。", back=row,
    )  # fmt: skip


def evaluate(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """发起评查."""
    row = member_of(request, pk)
    form = forms.EvaluateForm(request.POST or None, member=row)
    return form_page(
        request, form,
        lambda: sample_work.evaluate(
            member_id=pk, submission=form.cleaned_data["submission"], **form.values(), actor=request.user, on=clock.today()
        ),
        title=f"发起评查：{row.number}", button="发起", done="已发起，评查组会收到待办。", back=row, target=lambda made: made,
        quote=f"组长：{row.reviewer or '（尚未分派）'}",
    )  # fmt: skip


def finish(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """办结."""
    row = sample_of(request, pk)
    form = forms.FinishForm(request.POST or None)
    return form_page(
        request, form, lambda: sample_work.finish(sample_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title=f"办结：{row}", button="办结", done="已办结，抽查情况已经留存。", back=row,
    )  # fmt: skip
