"""HR's place (/hr/): the cadres its body manages, how each stands, the appointment check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from followup import personnel
from followup.forms import CheckForm, JudgementForm
from followup.models import AppointmentAnswer, AppointmentCheck, ExecutionItem
from followup.services import checks
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.pages import listing
from wenze.pages.acting import act
from wenze.people.models import Cadre
from wenze.terms.lamps import lamp_on

if TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from wenze.people.http import OfficeRequest

HOME_ITEMS = 20


def _only_hr(request: OfficeRequest) -> None:
    """To everybody else this place does not exist."""
    if not request.user.holds(Role.HR):
        raise Http404


def home(request: OfficeRequest) -> HttpResponse:
    """What waits for HR, whose periods run; the last checks, or who has the name that is looked for."""
    _only_hr(request)
    today = clock.today()
    managed = Cadre.objects.visible_to(request.user)
    name = request.GET.get("q", "").strip()
    found = None
    if name:
        found = list(managed.filter(name=name).select_related("managed_by")[:HOME_ITEMS])
        ledger.record_apart(
            "search", actor=request.user, commission_id=request.user.commission_id,
            detail={"query": name, "kind": "people.Cadre", "found": len(found)}, result="done",
        )  # fmt: skip
    items = ExecutionItem.objects.visible_to(request.user).open().filter(due_on__isnull=False)
    items = items.select_related(
        "decision__subject__cadre", "decision__subject__organization", "decision__document"
    ).order_by("due_on", "pk")[:HOME_ITEMS]
    running = personnel.running_periods(managed).filter(
        last_restricted_day__gte=today, subject__decision__announced_on__isnull=False
    )
    page = listing.page(request, running, order=("last_restricted_day", "pk"))
    return render(
        request,
        "followup/hr.html",
        {
            "items": [{"row": row, "lamp": lamp_on(row.due_on, today)} for row in items if row.due_on],
            "page": page,
            "q": name,
            "found": found,
            "checks": None
            if name
            else AppointmentCheck.objects.visible_to(request.user).select_related("asked_by")[:HOME_ITEMS],
        },
    )


def cadre(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One cadre's record as HR may read it; the reading is on the ledger."""
    _only_hr(request)
    row: Cadre = get_visible_or_404(Cadre, request.user, pk=pk, related=("managed_by",))
    ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id)
    record = personnel.record_of(row, request.user, on=clock.today())
    return render(request, "followup/hr_cadre.html", {"record": record, "cadre": row, "today": clock.today()})


def check(request: OfficeRequest) -> HttpResponse:
    """任用检查."""
    _only_hr(request)
    today = clock.today()
    form = CheckForm(
        request.POST or None, request.FILES or None, user=request.user, initial={"on": today, "purpose": "promotion"}
    )
    return act(
        request, form=form,
        call=lambda: checks.ask(**form.question(), actor=request.user, known_on=today),
        done="已答复，查询已记入台账。", target=lambda row: row, template="followup/hr_check.html", context={},
    )  # fmt: skip


def reply(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """The reply to a check; HR's own judgement is written beside it."""
    row: AppointmentCheck = get_visible_or_404(
        AppointmentCheck, request.user, pk=pk, related=("organization", "asked_by", "document")
    )
    if request.method == "GET":
        ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id)
    answers = list(row.answers.select_related("cadre", "judged_by"))
    return render(
        request, "followup/hr_reply.html",
        {"check": row, "answers": answers, "purpose": checks.purpose_name(row.purpose)},
    )  # fmt: skip


def judge(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """组织人事部门的判断."""
    row: AppointmentAnswer = get_visible_or_404(
        AppointmentAnswer, request.user, pk=pk, related=("check_asked", "cadre")
    )
    form = JudgementForm(request.POST or None)
    return act(
        request, form=form,
        call=lambda: checks.judge(answer_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done="判断已记明。", target=row.check_asked, template="followup/hr_judge.html", context={"answer": row},
    )  # fmt: skip
