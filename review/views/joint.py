"""The joint review: convening, each office's opinion, the meeting, the minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from cases.models import Case
from review.forms.joint import ConcludeForm, ConveneForm, JointOpinionForm, OpenMeetingForm
from review.models import JointOpinion, JointReview
from review.services import joint
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.pages.acting import act
from wenze.workflow import seats

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable
    from typing import Any

    from django.http import HttpResponse

    from wenze.pages.forms import Form
    from wenze.people.http import OfficeRequest


def convene(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """召集联审."""
    case: Case = get_visible_or_404(Case, request.user, pk=pk, related=("office", "handler"))
    form = ConveneForm(request.POST or None, case=case)
    return act(
        request,
        form=form,
        call=lambda: joint.convene(
            case_id=pk, people=form.people(), papers_complete_on=form.cleaned_data["papers_complete_on"],
            actor=request.user, on=clock.today(),
        ),
        done="已召集，请各室先写下意见。",
        target=lambda row: row,
        template="cases/case_form.html",
        context={"case": case, "title": "召集联审会商", "button": "召集", "panel": "review"},
    )  # fmt: skip


def _row(request: OfficeRequest, pk: uuid.UUID) -> JointReview:
    row: JointReview = get_visible_or_404(
        JointReview, request.user, pk=pk, related=("case__office", "case__handler", "convened_by")
    )
    return row


def meeting(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One joint review: who has written, and what, as far as the reader may see it yet."""
    row = _row(request, pk)
    ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id, case_id=row.case_id)
    seen = JointOpinion.objects.visible_to(request.user).filter(seat__joint_review=row).select_related("seat")
    opinions: dict[Any, list[JointOpinion]] = {}
    for opinion in seen:
        opinions.setdefault(opinion.seat_id, []).append(opinion)
    places = [
        {"seat": seat, "opinions": opinions.get(seat.pk, []), "written": seat.latest is not None}
        for seat in row.seats.select_related("user").prefetch_related("opinions")
    ]
    convenes = seats.sits(request.user, Role.CONDUCT, row.case) and row.concluded_on is None
    return render(
        request,
        "review/joint.html",
        {
            "row": row,
            "case": row.case,
            "places": places,
            "mine": row.concluded_on is None and any(place["seat"].user_id == request.user.pk for place in places),
            "may_open": convenes and not row.is_open,
            "may_conclude": convenes and row.is_open,
            "all_written": all(place["written"] for place in places),
        },
    )


def _form(
    request: OfficeRequest, pk: uuid.UUID, form: Form, call: Callable[[], Any], *, title: str, button: str, done: str
) -> HttpResponse:
    row = _row(request, pk)
    return act(
        request,
        form=form,
        call=call,
        done=done,
        target=lambda result: result if isinstance(result, Case) else row,
        template="cases/case_form.html",
        context={"case": row.case, "title": title, "button": button, "panel": "review"},
    )


def opinion(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """写下意见."""
    form = JointOpinionForm(request.POST or None)
    return _form(
        request, pk, form,
        lambda: joint.give(joint_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="联审意见", button="写下", done="已写下。",
    )  # fmt: skip


def open_meeting(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """开会."""
    form = OpenMeetingForm(request.POST or None)
    return _form(
        request, pk, form,
        lambda: joint.open_meeting(joint_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="联审开会", button="开会", done="会议已开始，各室意见已公开，可以修改。",
    )  # fmt: skip


def conclude(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """形成纪要."""
    form = ConcludeForm(request.POST or None)
    return _form(
        request, pk, form,
        lambda: joint.conclude(joint_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="联审纪要", button="形成纪要", done="纪要已制作。",
    )  # fmt: skip
