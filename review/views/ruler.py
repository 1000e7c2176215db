"""The ruler: beside the subjects of a case, beside one of them with another outcome tried, and by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render

from cases.models import Case, CaseContent, Subject
from review.forms.ruler import CriteriaForm, LookForm, PastForm, ReasonForm, TrialForm
from review.models import Comparison, SettledOutcome
from review.ruler import drawing, ladder
from review.ruler.fairness import warnings_of
from review.ruler.proposed import Line, lines_of, looks_at, proposed_of, tried
from review.services import ruler
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.pages.acting import act
from wenze.workflow import seats

if TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from wenze.people.http import OfficeRequest

LEADERS = (Role.PRINCIPAL, Role.LEADER, Role.HEAD, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL)
"""Who may lay the ruler anywhere, by hand: it shows numbers, never a case that he may not see."""


def _case(request: OfficeRequest, pk: uuid.UUID) -> Case:
    """The case, if the reader may read its content."""
    get_visible_or_404(CaseContent, request.user, pk=pk)
    case: Case = Case.objects.select_related("commission__directly_led_by", "office", "handler").get(pk=pk)
    return case


def may_keep(case: Case, user: Any) -> bool:
    """Whether the reader's look can be kept now."""
    return case.state in ruler.BEFORE_DECISION and any(
        seats.sits(user, seat, case) and not seats.conflict(user, case, seat) for seat in ruler.SEATS
    )


def overview(case: Case, user: Any) -> dict[str, Any]:
    """What the case's page and its panel show: a line a subject, and what does not fit between them."""
    lines = lines_of(case)
    return {
        "lines": lines,
        "without": [row.name for row in ladder.subject_rows(case) if getattr(row, "proposal", None) is None],
        "warnings": warnings_of(case, [line.item for line in lines]),
        "may_keep": may_keep(case, user),
        "unseen": sum(line.look is None for line in lines),
    }


def case_page(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """类案 of a case: every proposal beside its like cases; POST keeps what is seen."""
    case = _case(request, pk)
    if request.method != "POST":
        ledger.record_read(actor=request.user, about=case, commission_id=case.commission_id, case_id=case.pk)
    shown = overview(case, request.user)
    form = LookForm(request.POST or None, lines=shown["lines"])
    return act(
        request, form=form,
        call=lambda: ruler.look(case_id=pk, reasons=form.reasons(), actor=request.user, on=clock.today()),
        done="已记下所见。", target=request.path, template="review/ruler/case.html",
        context={"case": case, "title": "类案比较", **shown},
    )  # fmt: skip


def _shown_of(case: Case, line: Line, user: Any) -> dict[str, Any]:
    rows, hidden = ladder.nearest(line.reading, user, apart_from=case.pk)
    return {
        "line": line,
        "reading": line.reading,
        "picture": drawing.of_reading(line.reading, line.item.heaviest),
        "nearest": rows,
        "hidden": sorted(hidden.items()),
        "hidden_count": sum(hidden.values()),
    }


def subject_page(request: OfficeRequest, pk: uuid.UUID, subject_id: uuid.UUID) -> HttpResponse:
    """One subject: picture, table, nearest cases, what was seen before; another outcome may be tried."""
    case = _case(request, pk)
    subject: Subject = get_visible_or_404(
        Subject, request.user, pk=subject_id, case_id=pk, related=("cadre", "organization", "post", "case", "proposal")
    )
    asked = TrialForm(request.GET if "outcome" in request.GET else None, subject=subject)
    is_trial = asked.is_bound and asked.is_valid()
    if is_trial:
        wanted = asked.trial()
        item = tried(case, subject, wanted.outcome, wanted.measures, referred=wanted.referred)
    else:
        found = proposed_of(case, [subject])
        item = found[0] if found else tried(case, subject, "", ())
    reading = ladder.read(item.profile, ladder.scope_of(case.commission), apart=ladder.own_rows(case.pk))
    line = Line(item, reading, looks_at([item]).get(item.fingerprint))
    form = ReasonForm(request.POST or None, initial={"reason": line.look.reason if line.look else ""})
    trials = {subject.pk: ruler.Trial(item.outcome, item.measures, item.referred)}
    return act(
        request, form=form,
        call=lambda: ruler.look(
            case_id=pk, reasons={subject.pk: form.cleaned_data["reason"]}, trials=trials, actor=request.user, on=clock.today()
        ),
        done="已记下所见。", target=request.get_full_path(), template="review/ruler/subject.html",
        context={
            "case": case, "subject": subject, "title": f"类案比较：{subject.name}", "asked": asked, "is_trial": is_trial,
            "comparable": item.is_comparable, "may_keep": may_keep(case, request.user) and item.is_comparable,
            "may_try": case.state in ruler.BEFORE_DECISION,
            "looks": Comparison.objects.visible_to(request.user).filter(subject=subject).select_related("seen_by"),
            **_shown_of(case, line, request.user),
        },
    )  # fmt: skip


def query(request: OfficeRequest) -> HttpResponse:
    """The ruler by hand, for those who weigh cases."""
    user = request.user
    if not any(user.holds(role) for role in LEADERS):
        raise Http404
    form = CriteriaForm(request.GET or None)
    context: dict[str, Any] = {"form": form, "may_register": user.holds(Role.CASEMGMT)}
    if form.is_bound and form.is_valid():
        profile, dropped = form.asked()
        reading = ladder.by_hand(profile, ladder.scope_of(user.commission), dropped=dropped)
        rows, hidden = ladder.nearest_by_hand(reading, user)
        context |= {
            "reading": reading, "picture": drawing.of_reading(reading, None), "nearest": rows,
            "hidden": sorted(hidden.items()), "hidden_count": sum(hidden.values()),
        }  # fmt: skip
    return render(request, "review/ruler/query.html", context, status=200 if not form.errors else 422)


def past(request: OfficeRequest) -> HttpResponse:
    """往案登记."""
    if not request.user.holds(Role.CASEMGMT):
        raise Http404
    commission = request.user.commission
    form = PastForm(request.POST or None)
    return act(
        request, form=form,
        call=lambda: ruler.register_past(
            commission=commission, rows=[form.past()], actor=request.user, on=clock.today()
        ),
        done="已登记。", target=redirect("ruler-past").url, template="review/ruler/past.html",
        context={"count": SettledOutcome.objects.counted([commission.pk]).past().count()},
    )  # fmt: skip
