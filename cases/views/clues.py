"""The clue list, the clue's page and the acts on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from cases import selectors
from cases.enums import ClueState, Exit
from cases.filters import ClueFilter
from cases.forms import clue as forms
from cases.models import Clue, FirstForm, Inquiry, Referral
from cases.procedure import CLUE
from cases.services import campaigns, exits, intake, recusal
from cases.views.facts import history_of, steps_of
from responsibility.models import Problem
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.documents.models import OfficialDocument
from wenze.pages import listing
from wenze.pages.acting import act
from wenze.terms.selectors import clocks_about
from wenze.workflow import seats, steps
from wenze.workflow.models import Approval
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import uuid

    from wenze.people.http import OfficeRequest

MAY_REGISTER = (Role.CONDUCT, Role.CASEMGMT, Role.INSPECTOR)


def clue_list(request: OfficeRequest) -> HttpResponse:
    """Clues as far as the reader sees them; every condition stands in the address."""
    rows = Clue.objects.visible_to(request.user).select_related("office", "handler")
    chosen = ClueFilter(request.GET, queryset=rows, request=request)
    page = listing.page(request, chosen.qs, order=("-created_at", "-pk"))
    may_register = any(request.user.holds(role) for role in MAY_REGISTER)
    return render(request, "cases/clues.html", {"page": page, "filter": chosen, "may_register": may_register})


def register(request: OfficeRequest) -> HttpResponse:
    """登记问责线索."""
    user = request.user
    form = forms.ClueForm(request.POST or None, user=user, initial={"received_on": clock.today()})
    return act(
        request,
        form=form,
        call=lambda: intake.register_clue(
            registration=form.registration(), submission=form.cleaned_data["submission"], actor=user, on=clock.today()
        ),
        done="已登记，登记表已制作。",
        target=lambda clue: clue,
        template="cases/clue_register.html",
        context={},
    )


def clue_page(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """Everything of a clue on one page: what it says, where it stands, what may be done now."""
    clue: Clue = get_visible_or_404(
        Clue, request.user, pk=pk, related=("office", "handler", "registered_by", "case", "campaign")
    )
    user = request.user
    ledger.record_read(actor=user, about=clue, commission_id=clue.commission_id, case_id=clue.case_id)
    respondents = list(clue.respondents.select_related("cadre", "organization"))
    likes = selectors.like_clues(clue, user).order_by("-received_on", "-pk")[:6]
    is_handler = clue.handler_id == user.pk
    return render(
        request,
        "cases/clue.html",
        {
            "clue": clue,
            "may_campaign": campaigns.may_assign(user, clue),
            "respondents": respondents,
            "likes": list(likes),
            "problem": Problem.objects.visible_to(user).filter(pk=clue.problem_id).first() if clue.problem_id else None,
            "verification": getattr(clue, "verification", None),
            "threshold": getattr(clue, "threshold", None),
            "first_forms": clue.first_forms.select_related("respondent__cadre", "respondent__organization"),
            "referrals": clue.referrals.all(),
            "inquiries": clue.inquiries.select_related("respondent__cadre", "respondent__organization"),
            "clocks": clocks_about(clue),
            "approvals": Approval.objects.filter(about_id=clue.pk),
            "documents": OfficialDocument.objects.filter(about_id=clue.pk),
            "history": history_of(clue),
            "steps": steps_of(CLUE, clue),
            "today": clock.today(),
            "next": next_step(clue, user),
            "is_handler": is_handler,
            "may_assign": clue.state == ClueState.REGISTERED
            and seats.sits(user, Role.CONDUCT, clue)
            and not clue.is_classified,
            "may_plan": clue.state == ClueState.ASSIGNED and is_handler,
            "may_assess": clue.state == ClueState.VERIFIED and is_handler,
            "may_initiate": clue.state == ClueState.ASSESSED
            and clue.exit == Exit.START
            and is_handler
            and clue.case_id is None,
            "may_appoint": clue.office_id is not None
            and clue.state in (ClueState.ASSIGNED, ClueState.VERIFIED)
            and seats.sits(user, Role.HEAD, clue),
            "may_reply": clue.reply_due_on is not None
            and clue.replied_on is None
            and (is_handler or seats.sits(user, Role.CASEMGMT, clue)),
            "may_resume": clue.state == ClueState.ASSESSED and clue.exit == Exit.HELD and is_handler,
        },
    )


def next_step(clue: Clue, user: Any) -> dict[str, Any]:
    """The step that stands next, with everything that it still lacks."""
    open_steps = CLUE.next_of(clue)
    if not open_steps or clue.is_classified:
        return {}
    step = open_steps[0]
    return {"step": step, "missing": steps.unmet(CLUE, step.code, clue, Occasion(user, clock.today()))}


def _clue(request: OfficeRequest, pk: uuid.UUID) -> Clue:
    clue: Clue = get_visible_or_404(Clue, request.user, pk=pk, related=("office", "handler"))
    return clue


def assign(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """会商分办."""
    clue = _clue(request, pk)
    form = forms.AssignForm(request.POST or None, user=request.user)
    return act(
        request,
        form=form,
        call=lambda: intake.propose_assignment(clue_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="已提请领导签批。",
        target=clue,
        template="cases/clue_form.html",
        context={"clue": clue, "title": "会商分办", "button": "提请签批"},
    )


def plan(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """拟初核方案."""
    clue = _clue(request, pk)
    office = clue.office or request.user.organization
    form = forms.VerificationPlanForm(request.POST or None, office=office)
    return act(
        request,
        form=form,
        call=lambda: intake.plan_verification(clue_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="方案已提请室主任批准。",
        target=clue,
        template="cases/clue_form.html",
        context={"clue": clue, "title": "拟初核方案", "button": "提请批准"},
    )


def report(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """写初核报告."""
    clue = _clue(request, pk)
    form = forms.VerificationReportForm(request.POST or None)
    return act(
        request,
        form=form,
        call=lambda: intake.report_verification(clue_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="初核已完成，请研判。",
        target=clue,
        template="cases/clue_form.html",
        context={"clue": clue, "title": "初核报告", "button": "提交报告"},
    )


def assess(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """研判."""
    clue = _clue(request, pk)
    form = forms.AssessmentForm(request.POST or None, user=request.user)
    return act(
        request,
        form=form,
        call=lambda: intake.draft_assessment(
            clue_id=pk, assessment=form.assessment(), actor=request.user, on=clock.today()
        ),
        done="研判意见已提请室主任签批。",
        target=clue,
        template="cases/clue_assess.html",
        context={"clue": clue, "title": "研判"},
    )


def first_form(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """登记第一种形态的完成情况."""
    row: FirstForm = get_visible_or_404(FirstForm, request.user, pk=pk, related=("clue",))
    form = forms.CompleteFirstFormForm(request.POST or None, initial={"done_on": clock.today()})
    return act(
        request,
        form=form,
        call=lambda: exits.complete_first_form(first_form_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="已登记完成。",
        target=row.clue,
        template="cases/clue_form.html",
        context={"clue": row.clue, "title": f"{row.respondent}的整改完成情况", "button": "登记完成"},
    )


def referral(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """登记移送的反馈."""
    row: Referral = get_visible_or_404(Referral, request.user, pk=pk, related=("clue",))
    form = forms.ReferralReplyForm(request.POST or None, initial={"replied_on": clock.today()})
    return act(
        request,
        form=form,
        call=lambda: exits.record_referral_reply(referral_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="反馈已登记。",
        target=row.clue,
        template="cases/clue_form.html",
        context={"clue": row.clue, "title": f"{row.to_name}的反馈", "button": "登记反馈"},
    )


def superior_reply(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """登记对上级交办的回复."""
    clue: Clue = get_visible_or_404(Clue, request.user, pk=pk)
    form = forms.SuperiorReplyForm(request.POST or None, initial={"replied_on": clock.today()})
    return act(
        request,
        form=form,
        call=lambda: exits.reply_to_superior(clue_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="已登记回复。",
        target=clue,
        template="cases/clue_form.html",
        context={"clue": clue, "title": f"回复上级交办：{clue.source_reference}", "button": "登记回复"},
    )


def inquiry(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """登记谈话函询的答复."""
    row: Inquiry = get_visible_or_404(Inquiry, request.user, pk=pk, related=("clue",))
    form = forms.InquiryAnswerForm(request.POST or None, initial={"answered_on": clock.today()})
    return act(
        request,
        form=form,
        call=lambda: exits.answer_inquiry(inquiry_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="答复已登记；全部答复后，线索回到研判。",
        target=row.clue,
        template="cases/clue_form.html",
        context={"clue": row.clue, "title": f"{row.respondent}的答复", "button": "登记答复"},
    )


def recuse(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """回避."""
    clue = _clue(request, pk)
    form = forms.RecusalForm(request.POST or None, user=request.user)
    return act(
        request,
        form=form,
        call=lambda: recusal.recuse_from_clue(clue_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="已登记回避，即时生效。",
        target=lambda row: "clues" if row.user_id == request.user.pk else clue,
        template="cases/clue_form.html",
        context={"clue": clue, "title": "回避", "button": "登记回避"},
    )


def resume(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """暂存的线索再次研判."""
    clue = _clue(request, pk)
    if request.method == "POST":
        exits.resume_held_clue(clue_id=pk, actor=request.user, on=clock.today())
        messages.success(request, "线索已回到研判。")
    return redirect(clue)


def appoint(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """改派承办人."""
    clue = _clue(request, pk)
    if clue.office is None:
        raise Http404
    form = forms.HandlerForm(request.POST or None, office=clue.office)
    return act(
        request,
        form=form,
        call=lambda: recusal.appoint_handler_of_clue(clue_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="已改派，期限和待办随之移交。",
        target=clue,
        template="cases/clue_form.html",
        context={"clue": clue, "title": "改派承办人", "button": "改派"},
    )
