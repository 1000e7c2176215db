"""Putting the volume together: each file read, proved and written before the next is touched."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from cases.models import Evidence
from cases.papers.words import measures_in_words
from followup.volume import extract, papers, reach, verify
from followup.volume.extract import Unfit
from followup.volume.names import safe, safe_file
from followup.volume.writer import Writer, as_json
from wenze.crypto import files
from wenze.crypto.keys import Tampered
from wenze.documents import render
from wenze.documents.kinds import KINDS
from wenze.documents.models import DocumentState, OfficialDocument
from wenze.documents.services import canonical
from wenze.law import situation_name

if TYPE_CHECKING:
    import datetime as dt

    from cases.models import Case, Subject
    from followup.volume.writer import Kept
    from wenze.crypto.models import SealedFile

TOOL = "wenze 0.1.0"
FOLDERS = ("文书", "证据", "其他材料")
FOREVER = "永久"


@dataclass(frozen=True)
class Exported:
    """What was written."""

    manifest: str
    files: int


def write(*, case: Case, out: IO[bytes], on: dt.date) -> Exported:
    """Write the volume of the case. Raises ``Unfit`` where a file, a document or an entry does not hold."""
    clues = list(case.clues.order_by("pk").values_list("pk", flat=True))
    archive = Writer(out, case.closed_on or on)
    told: dict[str, Any] = {"format": verify.FORMAT, "made_on": on.isoformat(), "folders": list(FOLDERS)}
    told["documents"] = list(_documents(case, clues, archive))
    told["evidence"], told["others"] = _sealed(case, clues, archive)
    told["case"] = _case(case, [row["retention"] for row in told["documents"]])
    told["subjects"] = [_subject(row) for row in case.subjects.select_related("cadre", "organization", "decision")]
    told["people"] = _people(case)
    entries = extract.make(case, clues)
    archive.add(verify.LEDGER, entries.as_json(case.number))
    told["checks"] = [{"item": item, "result": result, "text": text} for item, result, text in _checks(told, entries)]
    archive.add(
        "元数据.xml",
        papers.metadata(told, entries, checks=_checks(told, entries), system=f"{TOOL} {render.fingerprint()}"),
    )
    archive.add(verify.CATALOGUE, as_json(told))
    archive.add("目录.pdf", render.sheet(papers.catalogue(told, on=on), mark="卷内目录", on=on).content)
    archive.add("verify.py", Path(verify.__file__).read_bytes())
    manifest = archive.close({
        "format": verify.FORMAT, "case": case.number, "commission": case.commission.code, "made_on": on.isoformat(),
        "stamped_on": archive.day.isoformat(), "tool": TOOL, "renderer": render.fingerprint(),
    })  # fmt: skip
    return Exported(manifest, len(archive.files))


def _documents(case: Case, clues: list[Any], archive: Writer) -> Any:
    rows = OfficialDocument.objects.filter(Q(case_id=case.pk) | Q(about_id__in=[case.pk, *clues]))
    names = {subject.pk: subject.name for subject in case.subjects.select_related("cadre", "organization")}
    related = rows.select_related("commission").order_by("issued_on", "issued_at", "pk")
    for number, row in enumerate(related.iterator(100), 1):
        kind, is_void = KINDS[row.kind], row.state == DocumentState.VOID
        subject = names.get(row.subject_id, "")
        try:
            context = row.context
        except Tampered as error:
            raise Unfit(f"文书“{row}”：{error}案卷不能导出。") from error
        if hashlib.sha256(canonical(context)).hexdigest() != row.context_hash:
            raise Unfit(f"文书“{row}”的内容与制发时的指纹不符，案卷不能导出。")
        drawn = render.printed(row)
        parts = [f"{number:03}", row.issued_on.isoformat(), kind.code, kind.title, subject, row.number]
        name = "_".join(safe(part) for part in parts if part)
        kept = archive.add(f"文书/作废/{name}_作废.pdf" if is_void else f"文书/{name}.pdf", drawn.content)
        yield {
            "no": number, "kind": kind.code, "kind_title": kind.title, "title": row.title, "number": row.number,
            "subject": subject, "responsible": row.commission.name, "issued_on": row.issued_on.isoformat(), "pages": drawn.pages,
            "state": row.get_state_display(), "void_reason": row.void_reason, "retention": row.retention,
            "verification_code": row.verification_code, "context_hash": row.context_hash, **kept.as_dict(),
        }  # fmt: skip


def _sealed(case: Case, clues: list[Any], archive: Writer) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    evidence: list[dict[str, Any]] = []
    rows = Evidence.objects.filter(case=case).select_related("file__key", "taker").order_by("serial", "pk")
    seen = set()
    for row in rows:
        seen.add(row.file_id)
        folder = "证据/已撤回" if row.withdrawn_on else "证据"
        path = f"{folder}/证{row.serial:03}_{safe_file(row.file.name)}"
        kept = _unsealed(archive, path, row.file, f"证据{row.serial}“{row.title}”")
        evidence.append({
            "serial": row.serial, "title": row.title, "kind": row.get_kind_display(), "source": row.source,
            "provided_by": row.provided_by, "takers": f"{row.taker.name}、{row.second_taker_name}",
            "taken_on": row.taken_on.isoformat(), "proves": row.proves, "sealed_at": _instant(row.received_at),
            "original_name": row.file.name, "withdrawn_on": _day(row.withdrawn_on), "withdrawn_reason": row.withdrawn_reason,
            **kept.as_dict(),
        })  # fmt: skip
    others: list[dict[str, Any]] = []
    for kind, about, file in reach.sealed_files(case, clues):
        if file.pk in seen:
            continue
        path = f"其他材料/{len(others) + 1:03}_{safe(kind)}_{safe_file(file.name)}"
        kept = _unsealed(archive, path, file, f"{kind}“{about or file}”")
        others.append({
            "no": len(others) + 1, "kind": kind, "about": about, "original_name": file.name,
            "sealed_at": _instant(file.sealed_at), **kept.as_dict(),
        })  # fmt: skip
    return evidence, others


def _unsealed(archive: Writer, path: str, file: SealedFile, shown: str) -> Kept:
    try:
        content = files.unseal(file)
    except (Tampered, OSError) as error:
        raise Unfit(f"{shown}打不开（{error}），案卷不能导出；请运行 verify_evidence。") from error
    return archive.add(path, content)


def _case(case: Case, retentions: list[str]) -> dict[str, Any]:
    longest = (
        FOREVER if FOREVER in retentions or not retentions else max(retentions, key=lambda each: int(each.rstrip("年")))
    )
    return {
        "id": str(case.pk), "number": case.number, "year": case.year, "title": case.title, "commission": case.commission.name,
        "commission_code": case.commission.code, "office": case.office.name, "track": case.get_track_display(),
        "situation": situation_name(case.situation), "state": case.get_state_display(), "applied_on": _day(case.applied_on),
        "approved_on": _day(case.approved_on), "decided_on": _day(case.decided_on), "closed_on": _day(case.closed_on),
        "retention": longest,
    }  # fmt: skip


def _subject(row: Subject) -> dict[str, Any]:
    decision = getattr(row, "decision", None)
    measures = decision.measures.all() if decision else ()
    codes = [f"propose:{each.code}" if each.proposed_only else each.code for each in measures]
    return {
        "position": row.position, "name": row.name, "kind": row.get_kind_display(), "is_person": row.cadre_id is not None, "post": row.post_at_the_time,
        "tier": row.get_tier_display(), "state": row.get_state_display(),
        "outcome": row.get_outcome_display() if row.outcome else "", "measures": measures_in_words(codes), "decided_on": _day(row.decided_on),
    }  # fmt: skip


def _people(case: Case) -> list[dict[str, str]]:
    found = [
        {"kind": "单位", "name": case.commission.name, "post": ""},
        {"kind": "内设机构", "name": case.office.name, "post": ""},
    ]
    found.append({"kind": "个人", "name": case.handler.name, "post": "承办人"})
    found += [
        {"kind": "个人", "name": member.user.name, "post": "调查组组长" if member.is_leader else "调查组成员"}
        for member in case.team.select_related("user")
    ]
    return found


def _checks(told: dict[str, Any], entries: extract.Extract) -> list[tuple[str, str, str]]:
    """真实性、完整性、可用性、安全性 (DA/T 70-2018), as far as the system itself can tell; what it did not test it says."""
    serials = [row["serial"] for row in told["evidence"]]
    gaps = sorted(set(range(1, max(serials, default=0) + 1)) - set(serials))
    sealed = len(told["evidence"]) + len(told["others"])
    pages = sum(row["pages"] for row in told["documents"])
    proved = (
        f"台账{len(entries.rows)}条逐条核对内容指纹、鉴别码和链头；{sealed}件封存文件逐件解封，与收到时的指纹相符；"
        f"{len(told['documents'])}件文书的内容与制发时的指纹相符。"
    )
    whole = f"证据号缺{'、'.join(map(str, gaps))}。" if gaps else "证据号连续；卷内每个文件都列入目录和清单。"
    return [
        ("真实性", "通过", proved),
        ("完整性", "不通过" if gaps else "通过", whole),
        ("可用性", "通过", f"文书全部重制为 PDF，共{pages}页；证据保持收到时的格式，收到时已核对类型。"),
        ("安全性", "未全部检测", "本系统不收标有国家秘密密级的文件；未作病毒扫描，由接收单位检测。"),
    ]


def _day(value: dt.date | None) -> str:
    return value.isoformat() if value else ""


def _instant(value: dt.datetime) -> str:
    return timezone.localtime(value).isoformat(timespec="seconds")
