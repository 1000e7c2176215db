"""Proving that a filing is what was submitted: columns, fingerprints, the ledger, the daily root, what was published.

Each is asked of another keeper: the columns of the database, the ledger of the key that its administrator lacks, the
root of the place outside. The first that does not hold is named by filing, version and field.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tolerance.models import Filing, FilingRoot, FilingVersion
from tolerance.sealing import content
from tolerance.sealing.verify_filing import KIND, leaf_digest, levels
from wenze.audit import statements
from wenze.audit.models import LedgerEntry
from wenze.audit.verify import changed

if TYPE_CHECKING:
    from collections.abc import Iterable

SUBMITTED, DECIDED = "filing.submitted", "filing.registered"
REGISTERED = {
    "number": "备案编号",
    "registered_on": "登记日",
    "valid_from": "有效期自",
    "valid_until": "有效期至",
    "body": "受理机关",
}


@dataclass
class Verdict:
    """What was looked at and what does not hold, in the order of the days of submission."""

    versions: int = 0
    filings: int = 0
    unpublished: int = 0
    faults: list[str] = field(default_factory=list)


def registration(filing: Filing) -> dict[str, str]:
    """What the receiver's decision says, as the ledger keeps it."""
    return {
        "number": filing.number, "registered_on": str(filing.registered_on or ""), "valid_from": str(filing.valid_from or ""),
        "valid_until": str(filing.valid_until or ""), "body": filing.body.code if filing.body else "",
    }  # fmt: skip


def verify(*, commission_id: Any = None, number: str = "") -> Verdict:
    """Verify every filing that was submitted, those of one commission, or one by its number."""
    wanted = Q()
    if commission_id is not None:
        wanted &= Q(commission_id=commission_id)
    if number:
        wanted &= Q(number=number)
    filings = {row.pk: row for row in Filing.objects.filter(wanted).select_related("body", "current")}
    versions = list(
        FilingVersion.objects.submitted()
        .filter(filing__in=filings)
        .select_related("filing", *content.READ)
        .prefetch_related("people", "files__file")
        .order_by("submitted_at", "pk")
    )
    roots = {row.pk: row for row in FilingRoot.objects.filter(pk__in={v.root_id for v in versions if v.root_id})}
    entries = _entries(filings)
    verdict = Verdict(len(versions), len({v.filing_id for v in versions}))
    for version in versions:
        wrong = _of_version(version, entries.get((version.filing_id, version.version)))
        wrong += _of_root(version, roots.get(version.root_id)) if version.root_id else []
        verdict.unpublished += version.root_id is None
        if wrong:
            verdict.faults.append(f"{version.filing} 第{version.version}版：{'；'.join(wrong)}")
    for filing in filings.values():
        wrong = _of_filing(filing, [v for v in versions if v.filing_id == filing.pk], entries)
        if wrong:
            verdict.faults.append(f"{filing}：{'；'.join(wrong)}")
    if not number:
        verdict.faults += _gone(commission_id, {str(v.pk) for v in versions})
    return verdict


def _entries(filings: Iterable[Any]) -> dict[Any, LedgerEntry]:
    """The ledger's words on submissions by ``(filing, version)``, on registrations by the filing (the last one)."""
    found: dict[Any, LedgerEntry] = {}
    rows = LedgerEntry.objects.filter(about_id__in=list(filings), action__in=(SUBMITTED, DECIDED))
    for row in rows.order_by("pk"):
        found[(row.about_id, row.detail.get("version")) if row.action == SUBMITTED else row.about_id] = row
    return found


def _of_version(version: FilingVersion, entry: LedgerEntry | None) -> list[str]:
    if entry is None:
        return ["台账没有它的报送记录"]
    if told := changed(entry):
        return [f"台账的报送记录{told}"]
    said: dict[str, str] = entry.detail["digests"]
    labels = {name: label for name, label, _ in content.fields_of(version)}
    now = content.digests_of(version)
    wrong = [f"“{labels[name]}”与报送时不一致" for name in labels if now[name] != said.get(name)]
    if version.digests != said:
        wrong.append("各项指纹与台账所记不符")
    if version.digest != leaf_digest(said):
        wrong.append("版本指纹与台账所记不符")
    return wrong


def _of_root(version: FilingVersion, root: FilingRoot | None) -> list[str]:
    if root is None:
        return ["所属的当日根不见了"]
    if [str(version.pk), version.digest] not in root.leaves:
        return [f"不在{root}的当日根之内"]
    if levels([digest for _, digest in root.leaves])[-1][0] != root.root:
        return [f"{root}的当日根与所含版本不符"]
    said = statements.said(root.commission_id, KIND, root.key)
    if said and set(said) != {root.root}:
        return [f"{root}的当日根与外部公布的不符"]
    if not said and root.published_at is not None:
        return [f"{root}的当日根在外部公布的文件里不见了"]
    return []


def _of_filing(filing: Filing, versions: list[FilingVersion], entries: dict[Any, LedgerEntry]) -> list[str]:
    """What the register's row says must follow from its versions and from the receiver's decision."""
    if not versions:
        return []
    first, current = versions[0], filing.current
    wrong = []
    if filing.filed_on != first.submitted_on:
        wrong.append("“报送日”与报送时不一致")
    if current is not None and filing.title != current.title:
        wrong.append("“事项名称”与现行版本不一致")
    people = list(current.people.all()) if current is not None else []
    if people and filing.responsible_id != people[0].cadre_id:
        wrong.append("“责任人”与现行版本不一致")
    entry = entries.get(filing.pk)
    if entry is None:
        return [*wrong, *(["台账没有它的登记记录"] if filing.registered_on is not None else [])]
    now = registration(filing)
    return wrong + [
        f"“{label}”与登记时不一致" for name, label in REGISTERED.items() if now[name] != entry.detail.get(name)
    ]


def _gone(commission_id: Any, present: set[str]) -> list[str]:
    """Versions that a root covers and that are not there any more."""
    rows = FilingRoot.objects.all() if commission_id is None else FilingRoot.objects.filter(commission_id=commission_id)
    return [f"{root}报送的一版备案（{key}）已被删除" for root in rows for key, _ in root.leaves if key not in present]
