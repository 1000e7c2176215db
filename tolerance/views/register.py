"""容错备案: the register, the lists, one filing with its versions, files, papers and proof."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from tolerance import comparison
from tolerance.completeness import missing_of
from tolerance.enums import Distinction, FilingState, ItemKind, VersionState
from tolerance.models import Filing, FilingFile, FilingRoot, FilingVersion, ListEdition
from tolerance.papers import NOT_AN_APPROVAL, POLES, axis_said
from tolerance.rules import READERS, RECEIVERS
from tolerance.sealing import content, proof, verify_filing
from tolerance.services import common
from tolerance.views import offers
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.crypto import files
from wenze.deadlines import clock
from wenze.documents import render as renderer
from wenze.documents.services import standing_documents
from wenze.law import data
from wenze.pages import listing
from wenze.terms.models import Clock, ClockState
from wenze.workflow.views import attachment

if TYPE_CHECKING:
    from wenze.people.http import OfficeRequest

ROLES = (Role.UNIT, *RECEIVERS, *READERS)
PROGRAM = Path(verify_filing.__file__)
OUTER = (
    "filing", "version", "kind", "organization", "body", "submitted_on", "submitted_by", "submitted_at", "item", "people", "files",
    "self_check", "distinctions", "title", "organization_name", "body_name",
)  # fmt: skip
"""What the page of a version shows in a place of its own."""


def readers_only(request: OfficeRequest, *roles: str) -> None:
    """404 for everybody else."""
    if not any(request.user.holds(role) for role in roles or ROLES):
        raise Http404


def seen(request: OfficeRequest, pk: uuid.UUID) -> Filing:
    """The filing, if he sees it."""
    found: Filing = get_visible_or_404(
        Filing, request.user, pk=pk,
        related=("organization", "body", "copy_to", "commission", "responsible", "filed_by", "registered_by", "current__item"),
    )  # fmt: skip
    return found


def register(request: OfficeRequest) -> HttpResponse:
    """The filings that the user sees; conditions in the address."""
    readers_only(request)
    found = Filing.objects.visible_to(request.user).select_related("organization", "body", "responsible", "current")
    state, name, kind = (request.GET.get(key, "").strip() for key in ("state", "q", "in_effect"))
    if state in FilingState:
        found = found.filter(state=state)
    if name:
        found = found.filter(
            Q(title__contains=name)
            | Q(number__contains=name)
            | Q(organization__name__contains=name)
            | Q(responsible__name__contains=name)
        )
    if kind == "yes":
        found = found.in_effect_on(clock.today())
    page = listing.page(request, found, order=("-pk",))
    clocks = Clock.objects.filter(about_id__in=[row.pk for row in page.items], state=ClockState.RUNNING)
    lamps = {row.about_id: row.lamp for row in clocks.order_by("-due_on")}
    for row in page.items:
        row.lamp = lamps.get(row.pk)
    context = {
        "page": page, "state": state, "q": name, "in_effect": kind, "states": FilingState.choices,
        "may_file": request.user.holds(Role.UNIT) or request.user.holds(Role.CONDUCT), "is_unit": request.user.holds(Role.UNIT),
    }  # fmt: skip
    return render(request, "tolerance/filings.html", context)


def lists(request: OfficeRequest) -> HttpResponse:
    """正面清单、负面清单 as they are in force today, with the three distinctions and the questions; earlier editions too."""
    readers_only(request)
    own = Q(commission_id=request.user.commission_id) | Q(commission__isnull=True)
    editions = list(ListEdition.objects.filter(own).order_by("-in_force_from", "-pk"))
    asked = request.GET.get("edition", "")
    edition = next((row for row in editions if str(row.pk) == asked), None) or ListEdition.objects.in_force(
        request.user.commission_id, clock.today()
    )
    items = list(edition.items.all()) if edition is not None else []
    context = {
        "edition": edition, "editions": editions, "distinctions": Distinction.choices,
        "positive": [row for row in items if row.kind == ItemKind.POSITIVE],
        "negative": [row for row in items if row.kind == ItemKind.NEGATIVE], "settings": data.tolerance_settings(),
    }  # fmt: skip
    return render(request, "tolerance/lists.html", context)


def one(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One filing: what it says, where it stands, what can be done, what changed from version to version."""
    row = seen(request, pk)
    user, today = request.user, clock.today()
    versions = list(
        FilingVersion.objects.filter(filing=row)
        .select_related(*content.READ)
        .prefetch_related("people", "files__file")
        .order_by("-version")
    )
    if not common.may_file(user, row.organization):
        versions = [version for version in versions if version.state != VersionState.DRAFT]
    wanted = request.GET.get("version", "")
    version = next((each for each in versions if str(each.version) == wanted), versions[0] if versions else None)
    if version is None:
        raise Http404
    before = next((each for each in versions if each.version < version.version), None)
    roots = {each.pk: each for each in FilingRoot.objects.filter(pk__in=[v.root_id for v in versions if v.root_id])}
    context = {
        "row": row, "version": version, "versions": versions, "before": before, "today": today,
        "differences": comparison.differences(before, version) if before is not None else [],
        "texts": [(label, comparison.in_words(name, value)) for name, label, value in content.fields_of(version) if name not in OUTER],
        "axes": [(*POLES[axis], axis_said(axis, version.distinctions.get(axis, {}))) for axis in POLES],
        "checked": _checked(version), "in_effect": row.is_in_effect_on(today), "root": roots.get(version.root_id) if version.root_id else None,
        "clocks": list(Clock.objects.filter(about_id=row.pk, state=ClockState.RUNNING).order_by("due_on")),
        "offers": offers.offered(row, versions, user, today), "not_an_approval": NOT_AN_APPROVAL,
        "papers": {paper.kind: paper for paper in standing_documents("D38", about=row) | standing_documents("D39", about=row)},
        "used": row.answers.count(), "submitted": any(v.submitted_at for v in versions),
        "missing": _missing(row, version, user, today), "settings": data.tolerance_settings(),
    }  # fmt: skip
    return render(request, "tolerance/filing.html", context)


def _missing(row: Filing, version: FilingVersion, user: Any, today: Any) -> list[Any]:
    """What a draft still lacks, for who may write it."""
    if version.state != VersionState.DRAFT or not common.may_file(user, row.organization):
        return []
    return missing_of(version, ListEdition.objects.prefetch_related("items").in_force(row.commission_id, today))


def _checked(version: FilingVersion) -> list[dict[str, Any]]:
    """The negative list with its answers, as the version knows it."""
    if version.item is None:
        return []
    return [
        {"question": question, "text": item.text, "answer": version.self_check.get(key, "")}
        for item in version.item.edition.items.all()
        if item.kind == ItemKind.NEGATIVE
        for key, question in item.asked
    ]


def file(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """A paper of a filing as a download; its reading is on the ledger before the first byte."""
    found: FilingFile = get_visible_or_404(
        FilingFile, request.user, pk=pk, related=("file__key", "version__filing__organization")
    )
    filing = found.version.filing
    if found.version.state == VersionState.DRAFT and not common.may_file(request.user, filing.organization):
        raise Http404
    ledger.record_read(actor=request.user, about=found.file, commission_id=filing.commission_id)
    return attachment(files.unseal(found.file), found.file.name)


def _paper(request: OfficeRequest, pk: uuid.UUID, kind: str) -> HttpResponse:
    row = seen(request, pk)
    document = standing_documents(kind, about=row).first()
    if document is None:
        raise Http404
    ledger.record_read(actor=request.user, about=document, commission_id=row.commission_id)
    response = HttpResponse(renderer.pdf(document), content_type="application/pdf")
    name = f"{document.title}（{row.number}）.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'; object-src 'self'; plugin-types application/pdf"
    return response


def filing_form(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """容错免责备案表 (D38)."""
    return _paper(request, pk, "D38")


def receipt(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """备案登记回执 (D39)."""
    return _paper(request, pk, "D39")


def proof_file(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """The proof, to be checked anywhere with the program beside it and the published roots."""
    row = seen(request, pk)
    if not row.versions.submitted().exists():
        raise Http404
    ledger.record_apart(
        "filing.proof", actor=request.user, commission_id=row.commission_id, about=row, detail={"number": row.number}, result="done"
    )  # fmt: skip
    return attachment(proof.written(row), f"容错备案证明 {row.number or row.title}.json")


def program(request: OfficeRequest) -> HttpResponse:
    """The program that checks a proof: needs Python only."""
    readers_only(request)
    return attachment(PROGRAM.read_bytes(), PROGRAM.name)
