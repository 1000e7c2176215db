"""The forms of the investigation: team, plan, evidence, facts, trail, attribution, circumstances, hearing, report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from cases import composing
from cases.beside import beside
from cases.forms import case as forms
from cases.forms.clue import HandlerForm, RecusalForm
from cases.forms.talk import TalkForm
from cases.models import Case, DefencePoint, Evidence, Fact, Hearing, InvestigationPlan, Proposal, Subject
from cases.services import evidence as evidence_services
from cases.services import hearing, investigation, recusal, report, talks
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.crypto import files
from wenze.deadlines import clock
from wenze.pages.acting import Watched, act
from wenze.pages.middleware import CONTENT_SECURITY_POLICY
from wenze.workflow.views import attachment

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from wenze.pages.forms import Form
    from wenze.people.http import OfficeRequest

TEMPLATE = "cases/case_form.html"
SHOWN = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


def shown_as(head: bytes) -> str:
    """As what the browser may show a file, by its first bytes and not by its name; empty where it may not."""
    return next((kind for mark, kind in SHOWN if head.startswith(mark)), "")


def case_of(request: OfficeRequest, pk: uuid.UUID) -> Case:
    case: Case = get_visible_or_404(Case, request.user, pk=pk, related=("office", "handler"))
    return case


def case_form(
    request: OfficeRequest, case: Case, form: Form, call: Callable[[], Any], *, title: str, button: str, panel: str, done: str = "已保存。",
    watched: Watched | None = None, template: str = TEMPLATE, **more: Any,
) -> HttpResponse:  # fmt: skip
    return act(
        request,
        form=form,
        call=call,
        done=done,
        target=case.panel_url(panel),
        template=template,
        context={
            "case": case, "title": title, "button": button, "panel": panel,
            "beside": lambda: beside(case, request.user, panel, more.get("subject")), **more,
        },
        watched=watched,
    )  # fmt: skip


def team(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """组成调查组."""
    case = case_of(request, pk)
    form = forms.TeamForm(request.POST or None, case=case)
    return case_form(
        request, case, form,
        lambda: investigation.form_team(case_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="组成调查组", button="确定", panel="team", done="调查组已定，请各成员作回避声明。",
    )  # fmt: skip


def declare(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """作回避声明."""
    case = case_of(request, pk)
    form = forms.DeclarationForm(request.POST or None)
    return case_form(
        request, case, form,
        lambda: investigation.declare(case_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="回避声明", button="声明", panel="team",
    )  # fmt: skip


def recuse(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """回避."""
    case = case_of(request, pk)
    form = RecusalForm(request.POST or None, user=request.user)
    return act(
        request,
        form=form,
        call=lambda: recusal.recuse_from_case(case_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="已登记回避，即时生效。",
        target=lambda row: "cases" if row.user_id == request.user.pk else case.panel_url("team"),
        template=TEMPLATE,
        context={"case": case, "title": "回避", "button": "登记回避", "panel": "team"},
    )


def appoint(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """改派承办人."""
    case = case_of(request, pk)
    form = HandlerForm(request.POST or None, office=case.office)
    return case_form(
        request, case, form,
        lambda: recusal.appoint_handler_of_case(case_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="改派承办人", button="改派", panel="team", done="已改派，期限和待办随之移交。",
    )  # fmt: skip


def plan(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """拟调查方案."""
    case = case_of(request, pk)
    drafted = Watched(
        InvestigationPlan.objects.filter(case=case),
        lambda row: {"scope": row.scope, "steps": row.steps, "safety": row.safety},
        Case.objects.filter(pk=pk),
    )
    form = forms.PlanForm(request.POST or None, **drafted.marks())
    return case_form(
        request, case, form,
        lambda: investigation.draft_plan(case_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="拟调查方案", button="提请分管领导批准", panel="team", done="方案已提请批准。",
        watched=drafted,
    )  # fmt: skip


def evidence(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """封存证据: every file is a piece of its own; one that is refused does not lose the others' form."""
    case = case_of(request, pk)
    form = forms.EvidenceForm(request.POST or None, request.FILES or None, initial={"taken_on": clock.today()})
    return case_form(
        request, case, form, lambda: receive(request, pk, form),
        title="封存证据", button="封存", panel="evidence", done="已封存并编号。", multipart=True,
    )  # fmt: skip


def receive(request: OfficeRequest, pk: uuid.UUID, form: Form) -> list[Evidence]:
    """All files of one upload, or none."""
    data = form.values()
    uploads = data.pop("uploads")
    title = data.pop("title")
    return evidence_services.receive_all(
        case_id=pk, uploads=uploads, title=title, **data, actor=request.user, on=clock.today()
    )


def evidence_file(request: OfficeRequest, pk: uuid.UUID, evidence_id: uuid.UUID) -> HttpResponse:
    """The file itself, as a download; its reading is on the ledger before the first byte."""
    row: Evidence = get_visible_or_404(Evidence, request.user, pk=evidence_id, case_id=pk, related=("file", "case"))
    ledger.record_read(
        actor=request.user, about=row, commission_id=row.case.commission_id, case_id=pk, detail={"evidence": row.serial}
    )
    return attachment(files.unseal(row.file), row.file.name)


def evidence_page(request: OfficeRequest, pk: uuid.UUID, evidence_id: uuid.UUID) -> HttpResponse:
    """One piece: what it is, its seal, and how it looks where the browser itself can show it."""
    case = case_of(request, pk)
    row: Evidence = get_visible_or_404(Evidence, request.user, pk=evidence_id, case_id=pk, related=("file", "taker"))
    kind = shown_as(files.unseal(row.file)[:16])
    response = render(request, "cases/evidence.html", {"case": case, "row": row, "kind": kind})
    response.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return response


def evidence_view(request: OfficeRequest, pk: uuid.UUID, evidence_id: uuid.UUID) -> HttpResponse:
    """The file for the page's own frame: only what is by its first bytes a PDF or a picture, and nowhere else framed."""
    row: Evidence = get_visible_or_404(Evidence, request.user, pk=evidence_id, case_id=pk, related=("file", "case"))
    content = files.unseal(row.file)
    kind = shown_as(content[:16])
    if not kind:
        raise Http404
    ledger.record_read(
        actor=request.user, about=row, commission_id=row.case.commission_id, case_id=pk, detail={"evidence": row.serial}
    )
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'self'"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def talk(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """记谈话笔录."""
    case = case_of(request, pk)
    form = TalkForm(request.POST or None, request.FILES or None)
    return case_form(
        request, case, form,
        lambda: talks.record_talk(case_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="谈话笔录", button="制作笔录", panel="evidence", done="笔录已制作，请被谈话人逐页签名。", multipart=True,
    )  # fmt: skip


def withdraw(request: OfficeRequest, pk: uuid.UUID, evidence_id: uuid.UUID) -> HttpResponse:
    """撤回证据."""
    case = case_of(request, pk)
    row: Evidence = get_visible_or_404(Evidence, request.user, pk=evidence_id, case_id=pk)
    form = forms.ReasonForm(request.POST or None)
    return case_form(
        request, case, form,
        lambda: evidence_services.withdraw_evidence(
            case_id=pk, evidence_id=row.pk, **form.values(), actor=request.user, on=clock.today()
        ),
        title=f"撤回{row}", button="撤回", panel="evidence",
    )  # fmt: skip


def fact(request: OfficeRequest, pk: uuid.UUID, fact_id: uuid.UUID | None = None) -> HttpResponse:
    """陈述事实."""
    case = case_of(request, pk)
    stated: Watched | None = None
    marks: dict[str, Any] = {"initial": {"kind": request.GET.get("kind", "problem")}}
    if fact_id is not None:
        row: Fact = get_visible_or_404(Fact, request.user, pk=fact_id, case_id=pk)
        stated = Watched(
            Fact.objects.filter(pk=row.pk),
            lambda fact: {
                "kind": fact.kind, "text": fact.text, "evidence": sorted(fact.evidence.values_list("pk", flat=True)),
                "leads_to": fact.leads_to_id,
            },
            Case.objects.filter(pk=pk),
        )  # fmt: skip
        marks = stated.marks()
    form = forms.FactForm(request.POST or None, case=case, **marks)
    return case_form(
        request, case, form,
        lambda: investigation.state_fact(case_id=pk, fact_id=fact_id, **form.values(), actor=request.user),
        title="事实", button="保存", panel="facts", watched=stated,
    )  # fmt: skip


def event(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """登记权力运行轨迹."""
    case = case_of(request, pk)
    form = forms.EventForm(request.POST or None, case=case)
    return case_form(
        request, case, form,
        lambda: investigation.record_event(case_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="权力运行轨迹", button="保存", panel="responsibility",
    )  # fmt: skip


def attribution(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """认定责任."""
    case = case_of(request, pk)
    form = forms.AttributionForm(request.POST or None, case=case)
    return case_form(
        request, case, form,
        lambda: investigation.attribute(case_id=pk, **form.values(), actor=request.user),
        title="责任认定", button="保存", panel="responsibility",
    )  # fmt: skip


def circumstance(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """登记情节."""
    case = case_of(request, pk)
    form = forms.CircumstanceForm(request.POST or None, case=case)
    return case_form(
        request, case, form,
        lambda: investigation.note_circumstance(case_id=pk, **form.values(), actor=request.user),
        title="情节和客观条件", button="保存", panel="responsibility",
    )  # fmt: skip


def statement(request: OfficeRequest, pk: uuid.UUID, subject_id: uuid.UUID) -> HttpResponse:
    """送交事实材料."""
    case = case_of(request, pk)
    subject: Subject = get_visible_or_404(Subject, request.user, pk=subject_id, case_id=pk)
    issued = Watched(
        Hearing.objects.filter(subject=subject),
        lambda row: {"fact_statement": row.fact_statement},
        Case.objects.filter(pk=pk),
    )
    marks = issued.marks()
    marks["initial"] = marks["initial"] or {"fact_statement": composing.draft_fact_statement(subject)}
    form = forms.FactStatementForm(request.POST or None, **marks)
    return case_form(
        request, case, form,
        lambda: hearing.issue_fact_statement(
            case_id=pk, subject_id=subject_id, **form.values(), actor=request.user, on=clock.today()
        ),
        title=f"送{subject.name}的事实材料", button="送交", panel="hearing", watched=issued,
    )  # fmt: skip


def hear(request: OfficeRequest, pk: uuid.UUID, subject_id: uuid.UUID) -> HttpResponse:
    """见面笔录."""
    case = case_of(request, pk)
    subject: Subject = get_visible_or_404(Subject, request.user, pk=subject_id, case_id=pk)
    form = forms.HearingForm(request.POST or None, request.FILES or None, initial={"met_on": clock.today()})
    return case_form(
        request, case, form,
        lambda: hearing.hear(
            case_id=pk, subject_id=subject_id, **form.spoken(), actor=request.user, on=clock.today()
        ),
        title=f"与{subject.name}见面", button="保存笔录", panel="hearing", multipart=True,
    )  # fmt: skip


def answer(request: OfficeRequest, pk: uuid.UUID, point_id: uuid.UUID) -> HttpResponse:
    """答复申辩."""
    case = case_of(request, pk)
    point: DefencePoint = get_visible_or_404(DefencePoint, request.user, pk=point_id)
    form = forms.AnswerForm(request.POST or None)
    return case_form(
        request, case, form,
        lambda: hearing.answer_point(
            case_id=pk, point_id=point_id, **form.values(), actor=request.user, on=clock.today()
        ),
        title=f"答复第{point.position}点申辩", button="答复", panel="hearing", quote=point.text,
    )  # fmt: skip


def propose(request: OfficeRequest, pk: uuid.UUID, subject_id: uuid.UUID) -> HttpResponse:
    """拟处理意见."""
    case = case_of(request, pk)
    subject: Subject = get_visible_or_404(Subject, request.user, pk=subject_id, case_id=pk)
    drafted = Watched(
        Proposal.objects.filter(subject=subject),
        lambda row: {
            "outcome": row.outcome, "measures": row.measures, "reason": row.reason, "removed_posts": row.removed_posts,
            "to_organization": row.to_organization_id, "refer_to": row.refer_to_id, "requirement": row.requirement,
            "due_on": row.due_on,
        },
        Case.objects.filter(pk=pk),
    )  # fmt: skip
    form = forms.ProposalForm(request.POST or None, subject=subject, user=request.user, **drafted.marks())
    return case_form(
        request, case, form,
        lambda: report.propose(
            case_id=pk, subject_id=subject_id, **form.values(), actor=request.user, on=clock.today()
        ),
        title=f"对{subject.name}的拟处理意见", button="保存", panel="proposal", watched=drafted, subject=subject,
    )  # fmt: skip
