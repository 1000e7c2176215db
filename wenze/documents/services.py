"""Issuing and voiding documents."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction

from wenze.audit import ledger
from wenze.documents import glyphs, numbering
from wenze.documents.kinds import KINDS
from wenze.documents.models import DocumentState, OfficialDocument
from wenze.documents.paper import check_size
from wenze.errors import Invalid
from wenze.registry import Registry

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from django.db.models import QuerySet

    from wenze.documents.paper import Paper
    from wenze.people.models import Organization, User


ISSUED: Registry[Callable[[OfficialDocument], None]] = Registry("issued documents")
"""What higher rooms do with a document that was issued or voided, in its transaction."""


def canonical(context: dict[str, Any]) -> bytes:
    """The canonical JSON of a context."""
    return json.dumps(context, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@transaction.atomic
def issue(
    kind_code: str,
    *,
    commission: Organization,
    about: Any,
    case_id: Any,
    paper: Paper,
    on: dt.date,
    actor: User,
    subject_id: Any = None,
    recorded_as: str = "",
) -> OfficialDocument:
    """Issue a document: check the glyphs, take the number, freeze the context — one transaction.

    ``actor`` answers for the paper; where a named system actor issued it on its day, the ledger says so
    (``recorded_as``). Raises ``Invalid`` naming what cannot be printed; no number is then taken.
    """
    kind = KINDS[kind_code]
    check_size(paper)
    glyphs.check(paper.texts())
    serial, number = None, ""
    if kind.series:
        serial = numbering.take(commission=commission, series=f"document:{kind.series}", year=on.year)
        agency = (commission.agency_code or commission.short_name) + kind.agency_suffix
        number = f"{agency}〔{on.year}〕{serial}号"
    context = json.loads(json.dumps(paper.as_dict(), ensure_ascii=False))
    document = OfficialDocument(
        commission=commission,
        about_label=about._meta.label,
        about_id=about.pk,
        case_id=case_id,
        subject_id=subject_id,
        kind=kind.code,
        title=paper.title[:200],
        number=number,
        year=on.year,
        serial=serial,
        context_hash=hashlib.sha256(canonical(context)).hexdigest(),
        retention=kind.retention,
        issued_on=on,
        issued_by=actor,
        verification_code=secrets.token_hex(10),
    )
    document.freeze(context, key_id=about.sealing_key_id if kind.is_sealed else None)
    document.save(force_insert=True)
    ledger.record(
        "document.issue",
        actor=recorded_as or actor,
        commission_id=commission.pk,
        about=document,
        case_id=case_id,
        detail={"kind": kind.code, "title": document.title, "number": number, "hash": document.context_hash},
    )
    for follow in ISSUED:
        follow(document)
    return document


@transaction.atomic
def supersede(
    kind_code: str, *, about: Any, paper: Paper, on: dt.date, actor: User, subject_id: Any = None, **more: Any
) -> OfficialDocument:
    """Issue a document in the place of the standing one of its kind, which is voided; the same text is issued once."""
    standing = standing_documents(kind_code, about=about, subject_id=subject_id).first()
    return replace(standing, kind_code, about=about, paper=paper, on=on, actor=actor, subject_id=subject_id, **more)


@transaction.atomic
def replace(
    standing: OfficialDocument | None, kind_code: str, *, paper: Paper, actor: User, **more: Any
) -> OfficialDocument:
    """Issue a document in the place of that very one, which is voided; the same text is issued once."""
    if standing is not None and standing.state == DocumentState.ISSUED:
        if standing.context == json.loads(json.dumps(paper.as_dict(), ensure_ascii=False)):
            return standing
        void(document=standing, reason="内容有改动，另发新件", actor=actor)
    return issue(kind_code, paper=paper, actor=actor, **more)


def standing_documents(kind_code: str, *, about: Any, subject_id: Any = None) -> QuerySet[OfficialDocument]:
    """The documents of a kind that stand issued on a matter (and on one subject of it)."""
    return OfficialDocument.objects.filter(
        kind=kind_code, about_id=about.pk, subject_id=subject_id, state=DocumentState.ISSUED
    )


def subjects_with(kind_code: str, *, about: Any) -> set[Any]:
    """The subjects of a matter for whom a document of the kind stands issued."""
    rows = OfficialDocument.objects.filter(kind=kind_code, about_id=about.pk, state=DocumentState.ISSUED)
    return set(rows.values_list("subject_id", flat=True))


@transaction.atomic
def void(*, document: OfficialDocument, reason: str, actor: User) -> OfficialDocument:
    """Void a document; its number is never used again."""
    if not reason.strip():
        raise Invalid({"reason": "作废须写明原因。"})
    document.state, document.void_reason = DocumentState.VOID, reason.strip()
    document.save(update_fields=["state", "void_reason"])
    ledger.record(
        "document.void", actor=actor, commission_id=document.commission_id, about=document, case_id=document.case_id,
        detail={"reason": reason.strip(), "number": document.number},
    )  # fmt: skip
    return document
