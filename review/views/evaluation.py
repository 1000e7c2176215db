"""案件质量评查: the list, one evaluation, the indicators, the defect book, and what is done with each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render

from cases.models import CaseContent
from review.enums import EvaluationState
from review.evaluation import book, indicators
from review.forms import evaluation as forms
from review.models import Defect, Evaluation, Finding
from review.services import evaluation as services
from review.services import grading
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.pages import listing
from wenze.pages.acting import act
from wenze.pages.forms import Form
from wenze.terms.models import Clock

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.http import HttpResponse

    from wenze.people.http import OfficeRequest

S = EvaluationState
RELATED = ("case__handler", "commission", "evaluated", "office", "opened_by", "form", "feedback_paper", "commented_by")


def register(request: OfficeRequest) -> HttpResponse:
    """The evaluations that the reader sees, newest first, by state."""
    rows = Evaluation.objects.visible_to(request.user).select_related("commission")
    state = request.GET.get("state", "")
    if state in EvaluationState.values:
        rows = rows.filter(state=state)
    may_open = request.user.holds(Role.TRIAL) or request.user.holds(Role.SUPERIOR)
    return render(
        request,
        "review/evaluations.html",
        {
            "page": listing.page(request, rows, order=("-created_at", "-pk")),
            "state": state,
            "states": EvaluationState.choices,
            "may_open": may_open,
        },
    )


def begin(request: OfficeRequest) -> HttpResponse:
    """发起评查."""
    if not (request.user.holds(Role.TRIAL) or request.user.holds(Role.SUPERIOR)):
        raise Http404
    form = forms.OpenForm(request.POST or None, user=request.user, initial={"case": request.GET.get("case", "")})
    return act(
        request,
        form=form,
        call=lambda: services.open_evaluation(
            submission=form.cleaned_data["submission"], case=form.cleaned_data["case"], paper=form.paper(),
            kind=form.cleaned_data["kind"], team=form.team(), actor=request.user, on=clock.today(),
        ),
        done="已发起，自动规则的结果列在下面。",
        target=lambda row: row,
        template="review/evaluation_form.html",
        context={"title": "发起评查", "button": "发起评查"},
    )  # fmt: skip


def _row(request: OfficeRequest, pk: uuid.UUID) -> Evaluation:
    row: Evaluation = get_visible_or_404(Evaluation, request.user, pk=pk, related=RELATED)
    return row


def page(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One evaluation: scores by phase, every finding with the way to its place in the case, what was put right."""
    row = _row(request, pk)
    ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id, case_id=row.case_id)
    edition = indicators.editions()[row.edition]
    findings = list(row.findings.select_related("set_aside_by", "found_by"))
    bonuses = list(row.bonuses.select_related("given_by"))
    score = indicators.reckon(edition, findings, bonuses)
    reads = bool(row.case_id and CaseContent.objects.visible_to(request.user).filter(pk=row.case_id).exists())
    phases = [
        {
            "phase": phase,
            "left": score.by_phase[phase.code],
            "percent": int(score.by_phase[phase.code] * 100 / phase.weight),
            "findings": [
                {
                    "row": each,
                    "name": edition.item(each.code).name,
                    "url": row.case.panel_url(each.panel) if reads and row.case and each.panel else "",
                }
                for each in findings
                if each.phase == phase.code
            ],
        }
        for phase in edition.phases
    ]
    return render(
        request,
        "review/evaluation.html",
        {
            "row": row,
            "team": row.team.select_related("user"),
            "phases": phases,
            "score": score,
            "grade": score.grade.label,
            "bonuses": [{"row": each, "name": edition.bonus[each.code].name} for each in bonuses],
            "reports": row.rectifications.select_related("reported_by", "answered_by", "paper"),
            "look_backs": row.look_backs.select_related("looker"),
            "clock": Clock.objects.filter(about_id=row.pk, state="running").first(),
            "acts": _acts(row, request.user),
            "reads": reads,
            "judges": row.state == S.OPEN and row.team.filter(user=request.user).exists(),
        },
    )


def _acts(row: Evaluation, user: Any) -> list[tuple[str, str]]:
    """The buttons that stand open to the reader: ``(step, word)``."""
    member = row.team.filter(user=user).first()
    leads = member is not None and member.is_leader
    answers = user.pk in {each.pk for each in grading.answerable(row)}
    keeps = user.holds(Role.CASEMGMT) and user.commission_id == row.evaluated_id
    waiting = row.case_id is not None and services.pending_grants(row).exists()
    open_to = {
        "files": keeps and waiting,
        "rules": row.state == S.OPEN and member is not None and row.case_id is not None,
        "finding": row.state == S.OPEN and member is not None,
        "bonus": row.state == S.OPEN and member is not None,
        "grade": row.state == S.OPEN and leads,
        "feedback": row.state == S.GRADED and leads,
        "comment": row.fed_back_on is not None and not row.comment and answers and row.state == S.RECTIFYING,
        "report": row.state == S.RECTIFYING and answers,
        "accept": row.state == S.REPORTED and member is not None,
        "return": row.state == S.REPORTED and member is not None,
        "look-back": row.state == S.ACCEPTED and member is not None,
    }
    return [(step, ACTS[step].button) for step, is_open in open_to.items() if is_open]


class Act:
    """One thing that is done with an evaluation: its form, its service, its words."""

    def __init__(
        self, button: str, done: str, form: Callable[..., Form], call: Callable[..., Any], **more: str
    ) -> None:
        self.button, self.done, self.form, self.call, self.more = button, done, form, call, more


def _text(name: str, service: Callable[..., Any]) -> Callable[..., Any]:
    return lambda form, **who: service(**{name: form.cleaned_data["text"]}, **who)


ACTS: dict[str, Act] = {
    "files": Act("提供案卷", "案卷已向评查组开放，只读。", Form, lambda form, **who: services.hand_over_files(**who)),
    "rules": Act("重新自动检查", "已按案件现状重新检查。", Form, lambda form, **who: services.run_rules(**who)),
    "finding": Act(
        "扣分", "已记录。", forms.FindingForm,
        lambda form, **who: services.add_finding(
            **form.values(without=("seen", "submission")), submission=form.cleaned_data["submission"], **who
        ),
    ),
    "bonus": Act(
        "加分", "已记录。", forms.BonusForm,
        lambda form, **who: services.add_bonus(
            **form.values(without=("seen", "submission")), submission=form.cleaned_data["submission"], **who
        ),
    ),
    "grade": Act(
        "集体讨论，评定等次", "已评定，评查表已制作。", forms.GradeForm, lambda form, **who: grading.grade(**form.values(), **who)
    ),
    "feedback": Act(
        "反馈承办室", "已反馈。", forms.TextForm, _text("text", grading.feed_back), label="反馈意见"
    ),
    "comment": Act("提出意见", "意见已提出。", forms.TextForm, _text("text", grading.comment), label="对评查结果的意见"),
    "report": Act(
        "报送整改报告", "整改报告已报送。", forms.ReportForm, lambda form, **who: grading.report_rectified(**form.values(), **who)
    ),
    "accept": Act("验收", "已验收，台账已销。", forms.TextForm, _text("acceptance", grading.accept), label="验收意见"),
    "return": Act("退回整改", "已退回。", forms.TextForm, _text("reason", grading.send_back), label="退回的理由"),
    "look-back": Act(
        "回头看", "已登记。", forms.LookBackForm, lambda form, **who: grading.look_back(**form.values(), **who)
    ),
}  # fmt: skip


def do(request: OfficeRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """One act of an evaluation."""
    row = _row(request, pk)
    if step not in ACTS:
        raise Http404
    told = ACTS[step]
    more: dict[str, Any] = dict(told.more)
    if step in ("finding", "bonus"):
        more["row"] = row
    if step == "grade":
        names = "、".join(each.user.name for each in row.team.select_related("user"))
        more["initial"] = {"discussed_by": names}
    form = told.form(request.POST if request.method == "POST" else None, request.FILES or None, **more)
    return act(
        request,
        form=form,
        call=lambda: told.call(form, evaluation_id=pk, actor=request.user, on=clock.today()),
        done=told.done,
        target=row,
        template="review/evaluation_form.html",
        context={"row": row, "title": told.button, "button": told.button},
    )


def set_aside(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """不认定."""
    found: Finding = get_visible_or_404(Finding, request.user, pk=pk, related=("evaluation__case",))
    form = forms.TextForm(request.POST or None, label="不认定的理由")
    return act(
        request,
        form=form,
        call=lambda: services.set_aside(
            finding_id=pk, reason=form.cleaned_data["text"], actor=request.user, on=clock.today()
        ),
        done="已写明，不再扣分。",
        target=found.evaluation,
        template="review/evaluation_form.html",
        context={"row": found.evaluation, "title": f"不认定：{found.text}", "button": "不认定"},
    )


def indicator_table(request: OfficeRequest) -> HttpResponse:
    """The indicators with every rule and item, as a page to read and to print."""
    edition = indicators.edition_on(clock.today())
    panels = {each.code: each for each in book.ordered()}
    phases = [
        {
            "phase": phase,
            "indicators": [
                {
                    "indicator": each,
                    "rules": [
                        item for item in edition.rules.values() if item.indicator == each and item.code in panels
                    ],
                    "human": [item for item in edition.human.values() if item.indicator == each],
                }
                for each in edition.indicators.values()
                if each.phase == phase.code
            ],
        }
        for phase in edition.phases
    ]
    return render(
        request, "review/indicators.html", {"edition": edition, "phases": phases, "number": len(edition.rules)}
    )


def defects(request: OfficeRequest) -> HttpResponse:
    """问题台账: by office and rule, with what came again after it was told."""
    rows = Defect.objects.visible_to(request.user).select_related("finding__evaluation")
    form = forms.DefectFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    if asked.get("office"):
        rows = rows.filter(unit_name__icontains=asked["office"])
    if asked.get("code"):
        rows = rows.filter(code=asked["code"].upper())
    if asked.get("again"):
        rows = rows.filter(earlier__gt=0)
    return render(
        request,
        "review/defects.html",
        {"page": listing.page(request, rows, order=("-recorded_on", "-pk")), "asked": asked},
    )
