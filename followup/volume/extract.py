"""The ledger extract: what was done in the case, each entry with its hash and its place in the commission's chain."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import UUIDField

from cases.views.facts import act_name
from followup.volume import reach, verify
from wenze.audit import ledger, sealer
from wenze.audit.models import LedgerEntry, Seal
from wenze.crypto import keys
from wenze.errors import WenzeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cases.models import Case

EXPORT = "case.export"
CHUNK = 500
NOTE = (
    "本案的全部台账记录，按办理先后。content_hash 是内容的指纹，任何人都能复算；head 是机关台账链上到该条为止的链头，"
    "由制发机关的密钥生成，只有制发机关能复算（verify_ledger）。导出案卷的记录不在其内，留在机关台账。"
)


class Unfit(WenzeError):
    """The volume cannot be put together: something that it must hold does not hold itself."""

    status = 409


@dataclass
class Extract:
    """The rows of the extract, and the acts in words for the metadata."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    steps: list[tuple[str, str, str]] = field(default_factory=list)

    def as_json(self, number: str) -> bytes:
        """One entry a line."""
        head = json.dumps({"format": "wenze-ledger/1", "case": number, "note": NOTE}, ensure_ascii=False)
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in self.rows)
        return f'{head[:-1]}, "entries": [\n{lines}\n]}}\n'.encode()


def _batches(case: Case, clues: list[Any]) -> Iterator[list[LedgerEntry]]:
    """The entries of the case, of its clues and of all that hung on a clue before there was a case; oldest first."""
    own = LedgerEntry.objects.order_by().exclude(action=EXPORT)
    wanted = set(own.filter(case_id=case.pk).values_list("pk", flat=True))
    unnamed = own.filter(case_id__isnull=True, commission_id=case.commission_id)
    for model in reach.reaching():
        if isinstance(model._meta.pk, UUIDField):
            rows = reach.rows_of(model, case, clues).order_by().values("pk")
            wanted |= set(unnamed.filter(about_id__in=rows).values_list("pk", flat=True))
    ordered = sorted(wanted)
    for start in range(0, len(ordered), CHUNK):
        yield list(LedgerEntry.objects.filter(pk__in=ordered[start : start + CHUNK]).order_by("pk"))


def make(case: Case, clues: list[Any]) -> Extract:
    """The extract, each entry proved by the key first. Raises ``Unfit`` naming the entry that does not hold."""
    while sealer.seal_pending():
        pass
    found = Extract()
    for batch in _batches(case, clues):
        _add(found, batch)
    return found


def _add(found: Extract, batch: list[LedgerEntry]) -> None:
    seals: dict[int, Seal] = {
        seal.entry_id: seal for seal in Seal.objects.filter(entry_id__in=[entry.pk for entry in batch])
    }
    before = {
        (seal.commission_id, seal.seq): seal.head
        for seal in Seal.objects.filter(
            commission_id__in={entry.commission_id for entry in batch},
            seq__in=[seal.seq - 1 for seal in seals.values()],
        )
    }
    for entry in batch:
        written = ledger.content(entry)
        if hashlib.sha256(written).hexdigest() != entry.content_hash or keys.mac("ledger", written) != entry.mac:
            raise Unfit(f"台账第{entry.pk}条与指纹不符，案卷不能导出；请审计管理员运行 verify_ledger。")
        found.rows.append({**_told(entry), "seal": _seal(entry, seals.get(entry.pk), before)})
        if entry.action.startswith(("step.", "return.")):
            found.steps.append((act_name(entry), entry.at.isoformat(timespec="seconds"), entry.actor_name))


def _told(entry: LedgerEntry) -> dict[str, Any]:
    said: list[Any] = json.loads(ledger.content(entry))
    return {
        "id": entry.pk,
        **dict(zip(verify.SAID, said, strict=True)),
        "content_hash": entry.content_hash,
        "mac": entry.mac,
    }


def _seal(entry: LedgerEntry, seal: Seal | None, before: dict[tuple[Any, int], str]) -> dict[str, Any]:
    if seal is None:
        raise Unfit(f"台账第{entry.pk}条还没有封签，请稍后再导出。")
    previous = sealer.GENESIS if seal.seq == 1 else before.get((seal.commission_id, seal.seq - 1), "")
    if sealer.link(previous, entry.content_hash, seal.seq) != seal.head:
        raise Unfit(
            f"台账第{entry.pk}条（链上第{seal.seq}号）的链接不符，案卷不能导出；请审计管理员运行 verify_ledger。"
        )
    digest = verify.link_digest(previous, seal.seq, entry.content_hash)
    return {"seq": seal.seq, "previous_head": previous, "link_digest": digest, "head": seal.head}
