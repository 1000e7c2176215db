"""Evidence: sealed at receipt, numbered, taken by two; withdrawn with a reason, never removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from cases.models import Evidence
from cases.services.investigation import record, reindex_content, working_case
from wenze.crypto import files
from wenze.errors import Invalid, Stale
from wenze.people.names import is_another

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

    from wenze.people.models import User


@transaction.atomic
def receive_evidence(
    *,
    case_id: uuid.UUID,
    upload: UploadedFile[Any],
    title: str,
    kind: str,
    source: str,
    provided_by: str,
    proves: str,
    taken_on: dt.date,
    second_taker_name: str,
    actor: User,
    on: dt.date,
    second_taker: User | None = None,
) -> Evidence:
    """Seal a file as evidence at receipt and give it its number. Raises ``Invalid`` for a damaged or disguised file."""
    case = working_case(case_id, actor)
    wrong: dict[str, str] = {}
    if taken_on > on:
        wrong["taken_on"] = "取证日不能晚于今日。"
    if not second_taker_name.strip():
        wrong["second_taker_name"] = "取证须两人，请填写第二取证人。"
    elif not is_another(second_taker_name, actor):
        wrong["second_taker_name"] = "第二取证人应是另一人。"
    if wrong:
        raise Invalid(wrong)
    sealed = files.seal(
        upload,
        key=case.data_key,
        name=upload.name or title,
        commission_id=case.commission_id,
        content_type=upload.content_type or "",
    )
    last = Evidence.objects.filter(case=case).aggregate(last=Max("serial"))["last"] or 0
    row = Evidence.objects.create(
        case=case,
        serial=last + 1,
        title=title.strip() or (upload.name or "证据"),
        kind=kind,
        source=source.strip(),
        provided_by=provided_by.strip(),
        proves=proves.strip(),
        taken_on=taken_on,
        taker=actor,
        second_taker_name=second_taker_name.strip(),
        second_taker=second_taker,
        file=sealed,
    )
    record(case, "evidence.received", row, actor, serial=row.serial, seal=sealed.plain_sha256)
    reindex_content(case)
    return row


@transaction.atomic
def receive_all(*, uploads: Sequence[UploadedFile[Any]], title: str, **common: Any) -> list[Evidence]:
    """Several files of one upload: all become evidence, or none (a damaged one refuses them all, by name)."""
    found = []
    for number, upload in enumerate(uploads, 1):
        name = title if len(uploads) == 1 else f"{title}（{number}）" if title else ""
        found.append(receive_evidence(upload=upload, title=name, **common))
    return found


@transaction.atomic
def withdraw_evidence(*, case_id: uuid.UUID, evidence_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> Evidence:
    """Withdraw a piece of evidence; it stays in the catalogue, struck out, with its reason."""
    case = working_case(case_id, actor)
    row = case.evidence.get(pk=evidence_id)
    if not reason.strip():
        raise Invalid({"reason": "撤回证据须写明理由。"})
    if row.withdrawn_on is not None:
        raise Stale("该证据已经撤回，理由不再改写。")
    row.withdrawn_on, row.withdrawn_reason = on, reason.strip()
    row.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    record(case, "evidence.withdrawn", row, actor, serial=row.serial, reason=reason.strip())
    reindex_content(case)
    return row
