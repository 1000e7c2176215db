"""Proving that nobody changed the ledger: content, MAC, chain, anchors; the first broken entry is named."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wenze.audit import anchors, ledger, sealer
from wenze.audit.models import LedgerEntry, Seal
from wenze.crypto import keys

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Verdict:
    """What was found for one commission."""

    commission_id: Any
    sealed: int
    unsealed: int
    broken: str = ""


def commissions() -> list[Any]:
    """Every commission that has an entry or a seal."""
    found = set(LedgerEntry.objects.order_by().values_list("commission_id", flat=True).distinct())
    return sorted(found | set(Seal.objects.order_by().values_list("commission_id", flat=True).distinct()), key=str)


def verify(commission_id: Any = None) -> list[Verdict]:
    """Verify one chain or all."""
    return [_verify(each) for each in ([commission_id] if commission_id else commissions())]


def _verify(commission_id: Any) -> Verdict:
    head, seq, sealed_ids = sealer.GENESIS, 0, set()
    heads: dict[int, str] = {}
    seals: Iterator[Seal] = Seal.objects.filter(commission_id=commission_id).order_by("seq").iterator(2000)
    entries = LedgerEntry.objects.filter(commission_id=commission_id)
    by_id = {entry.pk: entry for entry in entries.order_by("pk").iterator(2000)}

    def broken(text: str) -> Verdict:
        return Verdict(commission_id, seq, 0, text)

    for seal in seals:
        if seal.seq != seq + 1:
            return broken(f"链上第{seq + 1}号不见了。")
        entry = by_id.get(seal.entry_id)
        if entry is None:
            return broken(f"台账第{seal.entry_id}条（链上第{seal.seq}号）已被删除。")
        if said := changed(entry):
            return broken(f"台账第{entry.pk}条（链上第{seal.seq}号）{said}")
        head = sealer.link(head, entry.content_hash, seal.seq)
        if head != seal.head:
            return broken(f"台账第{entry.pk}条（链上第{seal.seq}号）的链接不符。")
        seq = seal.seq
        heads[seq] = head
        sealed_ids.add(seal.entry_id)
    for anchored, published in anchors.read(commission_id):
        if anchored not in heads:
            return broken(f"外部锚点记有第{anchored}号，链只到第{seq}号：链尾被截。")
        if heads[anchored] != published:
            return broken(f"第{anchored}号与外部锚点不符。")
    unsealed = [entry for pk, entry in by_id.items() if pk not in sealed_ids]
    for entry in unsealed:
        if said := changed(entry):
            return broken(f"台账第{entry.pk}条（未封）{said}")
    return Verdict(commission_id, seq, len(unsealed))


def changed(entry: LedgerEntry) -> str:
    """What does not hold of an entry by itself; nothing where all does."""
    written = ledger.content(entry)
    if hashlib.sha256(written).hexdigest() != entry.content_hash:
        return "内容已被改动。"
    if keys.mac("ledger", written) != entry.mac:
        return "不是本系统写入的。"
    return ""
