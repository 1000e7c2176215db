"""Reading a document, and asking whether one is real."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.documents import render as renderer
from wenze.documents.kinds import KINDS
from wenze.documents.models import OfficialDocument

if TYPE_CHECKING:
    import uuid

    from wenze.people.http import OfficeRequest


def document(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """The PDF, for those who may read the matter; the reading is on the ledger before the first byte."""
    row: OfficialDocument = get_visible_or_404(OfficialDocument, request.user, pk=pk)
    ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id, case_id=row.case_id)
    response = HttpResponse(renderer.pdf(row), content_type="application/pdf")
    name = f"{row.number or row.title}.pdf".replace("\n", "")
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'; object-src 'self'; plugin-types application/pdf"
    return response


@login_not_required
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Is this document real: kind, number, day, organ, valid or void — nothing of the person."""
    row = OfficialDocument.objects.filter(verification_code=code).select_related("commission").first()
    shown = {"document": row, "kind": KINDS[row.kind].title if row else "", "code": code}
    return render(request, "documents/verify.html", shown, status=200 if row else 404)
