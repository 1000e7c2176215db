"""案件质量评查: the list, and one evaluation with its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from review.models import Evaluation
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.pages import listing

if TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from wenze.people.http import OfficeRequest


def register(request: OfficeRequest) -> HttpResponse:
    """The evaluations that the reader sees, newest first."""
    rows = Evaluation.objects.visible_to(request.user).select_related("commission", "office")
    return render(
        request, "review/evaluations.html", {"page": listing.page(request, rows, order=("-created_at", "-pk"))}
    )


def page(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One evaluation."""
    row: Evaluation = get_visible_or_404(
        Evaluation, request.user, pk=pk, related=("case", "commission", "office", "opened_by")
    )
    ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id, case_id=row.case_id)
    return render(request, "review/evaluation.html", {"row": row, "team": row.team.select_related("user")})
