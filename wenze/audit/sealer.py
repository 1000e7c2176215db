"""The sealer: links unsealed entries into their commission's gapless chain, apart from the acts (design §7).

Two sealers at once are harmless: the chain's next number is unique, the later one starts again.
"""

from __future__ import annotations

import hashlib

from django.db import IntegrityError, connection, transaction

from wenze.audit.models import LedgerEntry, Seal
from wenze.crypto import keys

GENESIS = "0" * 64
BATCH = 500


def link(head: str, content_hash: str, seq: int) -> str:
    """The next head of a chain."""
    return keys.mac("chain", hashlib.sha256(f"{head}|{seq}|{content_hash}".encode()).digest())


def seal_pending(limit: int = BATCH) -> int:
    """Seal up to ``limit`` entries; returns how many were linked."""
    try:
        with transaction.atomic():
            return _seal(limit)
    except IntegrityError:  # another sealer was quicker
        return 0


def _seal(limit: int) -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7253001)")
    sealed = Seal.objects.order_by()
    pending = LedgerEntry.objects.exclude(pk__in=sealed.values("entry_id")).order_by("pk")
    high = Seal.objects.order_by("-entry_id").values_list("entry_id", flat=True).first() or 0
    # Entries of slow transactions may appear below the highest sealed one: look a little back, not over the whole table.
    pending = pending.filter(pk__gt=max(high - 5000, 0))[:limit]
    heads: dict[object, tuple[int, str]] = {}
    made = []
    for entry in pending:
        if entry.commission_id not in heads:
            last = Seal.objects.filter(commission_id=entry.commission_id).order_by("-seq").first()
            heads[entry.commission_id] = (last.seq, last.head) if last else (0, GENESIS)
        seq, head = heads[entry.commission_id]
        head = link(head, entry.content_hash, seq + 1)
        heads[entry.commission_id] = (seq + 1, head)
        made.append(Seal(commission_id=entry.commission_id, seq=seq + 1, entry_id=entry.pk, head=head))
    Seal.objects.bulk_create(made)
    return len(made)
