"""The case file volume of a closed case, handed out by case supervision."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404
from django.shortcuts import render

from cases.enums import CaseState
from cases.models import Case
from cases.services.moving import require_state
from followup.forms import VolumeForm
from followup.volume.handing_out import export_volume
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.deadlines import clock
from wenze.workflow import seats

if TYPE_CHECKING:
    import uuid

    from django.http import HttpResponseBase

    from wenze.people.http import OfficeRequest


def volume(request: OfficeRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The reason first; the answer to its post is the archive itself, on the ledger before the first byte.

    It is written to a file without a name, which is gone with the answer: it holds what is sealed at rest.
    """
    case: Case = get_visible_or_404(Case, request.user, pk=pk, related=("commission", "office", "handler"))
    if not seats.sits(request.user, Role.CASEMGMT, case):
        raise Http404
    require_state(case, CaseState.CLOSED)
    form = VolumeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        shown = {"case": case, "form": form}
        return render(request, "followup/volume.html", shown, status=422 if form.errors else 200)
    out = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it
    try:
        export_volume(case=case, out=out, reason=form.values()["reason"], actor=request.user, on=clock.today())
    except BaseException:
        out.close()
        raise
    out.seek(0)
    name = f"案卷_{case.commission.code}_{case.year}-{case.serial:04d}.zip"
    response = FileResponse(out, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
