"""问题清单: the register with its lamps, one source's paper, one problem with what is next on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, render

from responsibility import questions, rows
from responsibility.enums import UNDONE, ProblemSource, ProblemState
from responsibility.forms import problems as forms
from responsibility.models import ImportJob, Problem, ProblemList, RemedialAction, SupervisedHandling
from responsibility.services import imports, problems
from responsibility.views.duties import readers_only, workbook
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.crypto import files
from wenze.deadlines import clock
from wenze.pages import listing, spreadsheet
from wenze.pages.acting import act
from wenze.terms.lamps import lamp_on
from wenze.workflow.remedy_forms import AcceptForm, LookBackForm, ReportForm, WhyForm
from wenze.workflow.views import attachment

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Callable

    from django.http import HttpResponse

    from wenze.pages.forms import Form
    from wenze.people.http import OfficeRequest
    from wenze.people.models import User

READERS = (
    Role.UNIT, Role.CONDUCT, Role.INSPECTOR, Role.HEAD, Role.CASEMGMT, Role.TRIAL, Role.LEADER, Role.PRINCIPAL,
)  # fmt: skip
FORM = "responsibility/problem_form.html"
WIDTHS = (8, 28, 12, 20, 48, 36, 10, 12, 12, 12)
OUT = (*rows.PROBLEM_COLUMNS, "状态", "销号日")
PENDING, LATE, SUPERVISED = "pending", "late", "supervised"
SHOWS = ((PENDING, "未销号"), (LATE, "逾期"), (SUPERVISED, "督办中"), *ProblemState.choices, ("all", "全部"))
RELATED = ("organization", "owner", "problem_list", "handler__organization", "commission")
MOST_EXPORTED = 5000


def _asked(request: OfficeRequest) -> tuple[Any, dict[str, str], dt.date]:
    """What the address asks for, as far as the reader sees it."""
    today = clock.today()
    told = {key: request.GET.get(key, "").strip() for key in ("show", "source", "q")}
    told["show"] = told["show"] or PENDING
    found = Problem.objects.visible_to(request.user).select_related("organization", "owner", "problem_list")
    found = found.annotate(
        is_supervised=Exists(SupervisedHandling.objects.filter(problem=OuterRef("pk"))),
    )
    show = told["show"]
    if show == PENDING:
        found = found.exclude(state=ProblemState.WRITTEN_OFF)
    elif show == LATE:
        found = found.late_on(today)
    elif show == SUPERVISED:
        found = found.filter(is_supervised=True, state__in=UNDONE)
    elif show in ProblemState:
        found = found.filter(state=show)
    if told["source"] in ProblemSource:
        found = found.filter(problem_list__source=told["source"])
    if told["q"]:
        found = found.filter(organization__name__contains=told["q"])
    return found, told, today


def lamp_of(row: Problem, today: dt.date) -> Any:
    """How much time is left; what waits for acceptance or was written off has none."""
    return lamp_on(row.due_on, today) if row.state in UNDONE else None


def register(request: OfficeRequest) -> HttpResponse:
    """The problems that the user sees, soonest due first; conditions in the address."""
    readers_only(request, *READERS)
    found, told, today = _asked(request)
    page = listing.page(request, found, order=("due_on", "pk"))
    for row in page.items:
        row.lamp = lamp_of(row, today)
    context = {
        **told, "page": page, "shows": SHOWS, "sources": ProblemSource.choices, "query": request.GET.urlencode(),
        "may_register": any(request.user.holds(role) for role in problems.REGISTERS),
    }  # fmt: skip
    return render(request, "responsibility/problems.html", context)


def export(request: OfficeRequest) -> HttpResponse:
    """What the register shows, as a workbook; its first columns can be read in again."""
    readers_only(request, *READERS)
    found, told, _ = _asked(request)
    written = rows.problems_written(list(found.order_by("due_on", "pk")[:MOST_EXPORTED]))
    ledger.record(
        "problems.exported",
        actor=request.user,
        commission_id=request.user.commission_id,
        detail={**told, "rows": len(written)},
    )
    return workbook(spreadsheet.written("问题清单", OUT, written, WIDTHS), "问题清单.xlsx")


def template(request: OfficeRequest) -> HttpResponse:
    """The empty workbook."""
    readers_only(request, *problems.REGISTERS)
    example = ["1", "某某政务服务局党组", "", "党组书记、局长", "隐患销号不复查", "销号前实地复核", "3", ""]
    return workbook(spreadsheet.written("问题清单", rows.PROBLEM_COLUMNS, [example], WIDTHS), "问题清单模板.xlsx")


def new_list(request: OfficeRequest) -> HttpResponse:
    """登记问题清单, from a file or empty."""
    readers_only(request, *problems.REGISTERS)
    form = forms.ListForm(request.POST or None, request.FILES or None)
    return act(
        request, form=form,
        call=lambda: imports.bring_in(
            upload=form.cleaned_data["workbook"], target=form.target(), actor=request.user
        ),
        done="已收到，请核对。", target=lambda made: made, template=FORM,
        context={"title": "登记问题清单", "button": "登记", "multipart": True},
    )  # fmt: skip


def one_list(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One source's paper with its problems."""
    row: ProblemList = get_visible_or_404(ProblemList, request.user, pk=pk, related=("registered_by",))
    today = clock.today()
    found = row.problems.select_related("organization", "owner")
    page = listing.page(request, found, order=("due_on", "pk"), size=100)
    for each in page.items:
        each.lamp = lamp_of(each, today)
    may_add = any(request.user.holds(role) for role in problems.REGISTERS)
    return render(request, "responsibility/problem_list.html", {"row": row, "page": page, "may_add": may_add})


def add(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """增加一个问题."""
    readers_only(request, *problems.REGISTERS)
    row: ProblemList = get_visible_or_404(ProblemList, request.user, pk=pk)
    form = forms.ProblemForm(request.POST or None, user=request.user)
    return act(
        request, form=form,
        call=lambda: problems.add_problem(list_id=pk, row=form.row(), actor=request.user, on=clock.today()),
        done="已增加，责任单位会收到待办。", target=row, template=FORM,
        context={"title": f"增加一个问题：{row}", "button": "增加", "back": row},
    )  # fmt: skip


def _seen(request: OfficeRequest, pk: uuid.UUID) -> Problem:
    found: Problem = get_visible_or_404(Problem, request.user, pk=pk, related=RELATED)
    return found


def one(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One problem, with the form that is next on it: the unit's report, or the acceptance."""
    row = _seen(request, pk)
    user, today = request.user, clock.today()
    actions = list(row.actions.select_related("reported_by", "answered_by", "proof"))
    undone = row.state in UNDONE
    may_press = row.commission_id == user.commission_id and any(user.holds(role) for role in problems.REGISTERS)
    form: Form = AcceptForm(request.POST or None)
    call: Callable[[], Any] = lambda: problems.accept(problem_id=pk, **form.values(), actor=user, on=today)  # noqa: E731
    done = "已验收销号。"
    if undone:
        form = ReportForm(request.POST or None, request.FILES or None, initial={"reported_on": today})
        call = lambda: problems.report(problem_id=pk, **form.values(), actor=user, on=today)  # noqa: E731
        done = "已反馈，等待验收。"
    return act(
        request, form=form, call=call, done=done, target=row, template="responsibility/problem.html",
        context={
            "row": row, "actions": actions, "lamp": lamp_of(row, today), "reporting": undone and problems.may_report(row, user),
            "accepting": may_press and row.state == ProblemState.REPORTED and actions[-1].reported_by_id != user.pk,
            "supervisions": row.supervisions.select_related("document", "ordered_by"),
            "checks": row.checks.select_related("looker"), "clue": questions.clue_of(row, user),
            "may_hand_on": problems.may_hand_on(row, user, today), "may_supervise": may_press and undone,
            "may_check": row.state == ProblemState.WRITTEN_OFF and _of_the_commission(row, user), "of_unit": not _of_the_commission(row, user),
        },
    )  # fmt: skip


def _of_the_commission(row: Problem, user: User) -> bool:
    return row.commission_id == user.commission_id and any(user.holds(role) for role in problems.HANDS_ON)


def _on_problem(
    request: OfficeRequest, row: Problem, form: Form, call: Callable[[], Any], *, title: str, button: str, done: str
) -> HttpResponse:
    return act(
        request, form=form, call=call, done=done, target=row, template=FORM,
        context={"title": title, "button": button, "quote": row.text, "back": row},
    )  # fmt: skip


def send_back(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """退回整改."""
    readers_only(request, *problems.REGISTERS)
    form = WhyForm(request.POST or None)
    return _on_problem(
        request, _seen(request, pk), form,
        lambda: problems.send_back(problem_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="退回整改", button="退回", done="已退回，责任单位会收到待办。",
    )  # fmt: skip


def supervise(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """督办."""
    readers_only(request, *problems.REGISTERS)
    form = forms.SuperviseForm(request.POST or None)
    return _on_problem(
        request, _seen(request, pk), form,
        lambda: problems.supervise(
            problem_id=pk, **form.values(), submission=form.cleaned_data["submission"], actor=request.user, on=clock.today()
        ),
        title="督办", button="发出督办函", done="督办函已发出。",
    )  # fmt: skip


def look_back(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """回头看."""
    readers_only(request, *problems.HANDS_ON)
    form = LookBackForm(request.POST or None, initial={"looked_on": clock.today()})
    return _on_problem(
        request, _seen(request, pk), form,
        lambda: problems.look_back(
            problem_id=pk, **form.values(), submission=form.cleaned_data["submission"], actor=request.user, on=clock.today()
        ),
        title="回头看", button="登记", done="已登记回头看。",
    )  # fmt: skip


def hand_on(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """转为线索, in one press; to the clue where the presser may see it."""
    readers_only(request, *problems.HANDS_ON)
    row = _seen(request, pk)
    if request.method != "POST":
        return redirect(row)
    made = problems.hand_on(problem_id=pk, actor=request.user, on=clock.today())
    messages.success(request, f"已转为线索{made.number}。" if made.number else "此前已转为线索，由他人办理。")
    return redirect(made.url or row)


def proof(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """The proof of a report, as a download; its reading is on the ledger before the first byte."""
    row: RemedialAction = get_visible_or_404(
        RemedialAction, request.user, pk=pk, proof__isnull=False, related=("proof", "problem")
    )
    ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id, case_id=None)
    assert row.proof is not None  # noqa: S101 -- asked for above
    return attachment(files.unseal(row.proof), row.proof.name)


def job(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """How far a large file has come; the page looks again by itself until it is over."""
    row: ImportJob = get_visible_or_404(ImportJob, request.user, pk=pk)
    return render(request, "responsibility/import.html", {"row": row})
