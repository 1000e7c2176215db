"""Writing the ledger: no entry, no act (design §7)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import transaction

from wenze.audit.models import LedgerEntry
from wenze.crypto import keys
from wenze.deadlines import clock

if TYPE_CHECKING:
    import uuid


def content(entry: LedgerEntry) -> bytes:
    """The canonical bytes of an entry: all that it says, in one order."""
    said = [
        str(entry.commission_id),
        entry.at.isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.about_label,
        str(entry.about_id or ""),
        str(entry.case_id or ""),
        entry.result,
        entry.detail,
    ]
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def _entry(
    action: str, *, actor: Any, commission_id: uuid.UUID, about: Any, case_id: Any, detail: dict[str, Any] | None, result: str,
    about_id: Any = None,
) -> LedgerEntry:  # fmt: skip
    named = isinstance(actor, str)
    entry = LedgerEntry(
        commission_id=commission_id,
        at=clock.now(),
        actor_id=actor if named else str(actor.pk),
        actor_name=actor if named else str(actor),
        action=action,
        about_label=about._meta.label if about is not None else "",
        about_id=about.pk if about is not None else about_id,
        case_id=case_id,
        result=result,
        detail=json.loads(json.dumps(detail or {}, ensure_ascii=False, default=str)),
    )
    written = content(entry)
    entry.content_hash = hashlib.sha256(written).hexdigest()
    entry.mac = keys.mac("ledger", written)
    entry.save(force_insert=True)
    return entry


def record(
    action: str,
    *,
    actor: Any,
    commission_id: uuid.UUID,
    about: Any = None,
    case_id: Any = None,
    detail: dict[str, Any] | None = None,
) -> LedgerEntry:
    """The entry of an act, in the act's own transaction. Raises ``RuntimeError`` outside of one."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an act and its entry belong to one transaction")
    return _entry(
        action, actor=actor, commission_id=commission_id, about=about, case_id=case_id, detail=detail, result="done"
    )


def record_apart(
    action: str,
    *,
    actor: Any,
    commission_id: uuid.UUID,
    about: Any = None,
    about_id: Any = None,
    case_id: Any = None,
    detail: dict[str, Any] | None = None,
    result: str = "refused",
) -> LedgerEntry:
    """An entry of its own: refusals, denials, failed logins, after whatever was rolled back.

    ``about_id`` names a row that the actor may not see, so that no row is at hand.
    """
    with transaction.atomic():
        return _entry(
            action, actor=actor, commission_id=commission_id, about=about, about_id=about_id, case_id=case_id, detail=detail,
            result=result,
        )  # fmt: skip


def record_read(
    *, actor: Any, about: Any, commission_id: uuid.UUID, case_id: Any = None, detail: dict[str, Any] | None = None
) -> LedgerEntry:
    """That somebody read a row, before he sees it."""
    return record_apart(
        "read", actor=actor, commission_id=commission_id, about=about, case_id=case_id, detail=detail, result="done"
    )
