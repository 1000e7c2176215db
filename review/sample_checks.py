"""Whether a sample is what was promised: frame, commitment, seed and result against the ledger and what stands outside."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from review import drawing_of_samples as drawing
from review.enums import SampleState
from review.models import Sample
from wenze.audit import ledger, statements
from wenze.audit.models import LedgerEntry
from wenze.crypto import keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from review.models import SampleMember

PROMISE, RESULT = "sample.seed", "sample.result"
"""What is published outside of a sample: the commitment to its seed, and the fingerprint of what was drawn."""


def member_mac(member: SampleMember) -> str:
    """Holds over what the drawing looks at; the database administrator lacks the key."""
    told = [str(member.sample_id), str(member.case_id or ""), member.number, member.title, list(member.as_member())]
    return keys.mac("sample.member", drawing.canonical(told))


def result_hash(drawn: dict[str, str]) -> str:
    return hashlib.sha256(drawing.canonical(drawn)).hexdigest()


def drawn_of(members: Sequence[SampleMember]) -> dict[str, str]:
    """The result as it stands in the rows."""
    return {member.key: member.drawn_as for member in members if member.drawn_as}


def written_down(sample: Sample, members: Sequence[SampleMember]) -> dict[str, Any]:
    """``sample.json``: all that another machine needs to draw it again; no name of a person, no title of a case."""
    return {
        "title": str(sample), "sample": str(sample.pk), "algorithm": drawing.ALGORITHM, "plan": list(sample.plan), "seed": sample.seed,
        "frame_hash": sample.frame_hash, "commitment": sample.commitment,
        "members": [member.as_member()._asdict() for member in members], "drawn": drawn_of(members),
    }  # fmt: skip


def differences(sample: Sample) -> list[str]:
    """Everything that does not hold, in words; nothing for a sample whose frame is not yet frozen."""
    if not sample.frame_hash:
        return []
    members = list(sample.members.order_by("position", "pk"))
    found = _frame(sample, members)
    if sample.commitment:
        found += _promise(sample)
    if sample.seed:
        found += [each for each in drawing.differences(written_down(sample, members)) if each not in found]
        found += _result(sample, members)
    entries = [sample.frozen_entry or 0, sample.committed_entry or 0, sample.drawn_entry or 0]
    done = [each for each in entries if each]
    if done != sorted(done):
        found.append("固定总体、承诺种子、抽取的先后与台账不符。")
    return found


def _frame(sample: Sample, members: Sequence[SampleMember]) -> list[str]:
    found = [
        f"总体第{member.position}件（{member.number}）的记录与固定时不符。"
        for member in members
        if member.mac != member_mac(member)
    ]
    now = drawing.frame_hash([member.as_member() for member in members], sample.plan)
    if now != sample.frame_hash:
        found.append("总体或者抽样方法与固定时的指纹不符。")
    told = _entry(sample.frozen_entry, sample, "sample.frozen")
    if told is None:
        found.append("台账里没有固定总体的记录，或者该记录已被改动。")
    else:
        if told["frame"] != sample.frame_hash:
            found.append("总体指纹与台账所记不符。")
        if told["members"] != len(members):
            found.append(f"固定时总体{told['members']}件，现有{len(members)}件。")
    return found


def _promise(sample: Sample) -> list[str]:
    found = []
    told = _entry(sample.committed_entry, sample, "sample.committed")
    if told is None:
        found.append("台账里没有承诺种子的记录，或者该记录已被改动。")
    elif told["commitment"] != sample.commitment:
        found.append("种子承诺与台账所记不符。")
    outside = statements.said(sample.commission_id, PROMISE, str(sample.pk))
    if not outside and sample.seed:
        found.append("外部公布的种子承诺不见了。")
    if outside and outside != [sample.commitment]:
        found.append("种子承诺与外部公布的不符。")
    try:
        kept = sample.sealed_seed
    except keys.Tampered:
        return [*found, "封存的种子打不开，已被改动。"]
    if drawing.commitment(str(sample.pk), sample.frame_hash, bytes.fromhex(kept)) != sample.commitment:
        found.append("封存的种子与承诺不符。")
    if sample.seed and sample.seed != kept:
        found.append("公开的种子与封存的种子不符。")
    return found


def _result(sample: Sample, members: Sequence[SampleMember]) -> list[str]:
    found = []
    now = result_hash(drawn_of(members))
    told = _entry(sample.drawn_entry, sample, "sample.drawn")
    if told is None:
        found.append("台账里没有抽取的记录，或者该记录已被改动。")
    else:
        if told["seed"] != sample.seed:
            found.append("种子与台账所记的不符。")
        if told["result"] != now:
            found.append("抽取结果与台账所记不符。")
    if now != sample.result_hash:
        found.append("抽取结果与所记的指纹不符。")
    outside = statements.said(sample.commission_id, RESULT, str(sample.pk))
    if outside and outside != [now]:
        found.append("抽取结果与外部公布的不符。")
    return found


def _entry(number: int | None, sample: Sample, action: str) -> dict[str, Any] | None:
    """What the ledger says of the act, if the entry is whole and of this sample."""
    entry = LedgerEntry.objects.filter(pk=number or 0, about_id=sample.pk, action=action).first()
    if entry is None:
        return None
    written = ledger.content(entry)
    whole = hashlib.sha256(written).hexdigest() == entry.content_hash and keys.mac("ledger", written) == entry.mac
    detail: dict[str, Any] = entry.detail
    return detail if whole else None


def is_published(sample: Sample) -> bool:
    """Whether the commitment stands outside, so that the frame may be drawn from."""
    return statements.said(sample.commission_id, PROMISE, str(sample.pk)) == [sample.commitment]


def waiting_statements() -> list[statements.Statement]:
    """The promises and results that the sealer may still have to publish."""
    rows = Sample.objects.filter(state__in=(SampleState.COMMITTED, SampleState.DRAWN))
    found = []
    for row in rows.only("pk", "commission_id", "commitment", "result_hash"):
        found.append(statements.Statement(row.commission_id, PROMISE, str(row.pk), row.commitment))
        if row.result_hash:
            found.append(statements.Statement(row.commission_id, RESULT, str(row.pk), row.result_hash))
    return found
