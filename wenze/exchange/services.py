"""Sending a package and taking one in (design §2: export, carry, import with receipt, safe to replay)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.crypto import files as sealed_files
from wenze.crypto.models import DataKey
from wenze.deadlines import clock
from wenze.errors import NotYours
from wenze.exchange import archive, signing
from wenze.exchange.archive import Manifest
from wenze.exchange.enums import Direction, PackageKind, Result
from wenze.exchange.errors import Unacceptable
from wenze.exchange.models import ExchangeLine, ExchangePackage, PartnerKey, SigningKey
from wenze.exchange.registry import HANDLERS, Carried, Line
from wenze.ids import uuid7
from wenze.people.models import Organization

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Mapping, Sequence

    from wenze.crypto.models import SealedFile
    from wenze.exchange.signing import Signer
    from wenze.people.models import User

MOST_MISSING = 20


def commission_of(organization: Organization) -> Organization:
    """In whose books an organisation stands; a commission in its own."""
    return organization.commission or organization


def require_carrier(actor: User, commission: Organization) -> None:
    """Raises ``NotYours`` unless he is of the commission's case supervision, which alone carries packages."""
    if not actor.holds(Role.CASEMGMT) or actor.commission_id != commission.pk:
        raise NotYours("交换包由本机关案件监督管理室导出和导入。")


@transaction.atomic
def own_key(organization: Organization, *, actor: Any, on: dt.date) -> SigningKey:
    """The key in use of an organisation of this installation, locked; made on first use, and that is on the ledger."""
    Organization.objects.select_for_update().get(pk=organization.pk)
    found = SigningKey.objects.select_for_update(of=("self",)).filter(
        organization=organization, retired_on__isnull=True
    )
    if (row := found.first()) is not None:
        return row
    row = SigningKey(organization=organization, from_on=on)
    row.keep(signing.new_private())
    row.save(force_insert=True)
    ledger.record(
        "exchange.key", actor=actor, commission_id=commission_of(organization).pk, about=row,
        detail={"organization": organization.code, "fingerprint": row.fingerprint},
    )  # fmt: skip
    return row


@transaction.atomic
def retire_key(*, key: SigningKey, actor: Any, on: dt.date) -> SigningKey:
    """The key signs no more; the next package is signed by a new one, which the partners must be told."""
    key.retired_on = on
    key.save(update_fields=["retired_on"])
    ledger.record(
        "exchange.key_retired", actor=actor, commission_id=commission_of(key.organization).pk, about=key,
        detail={"organization": key.organization.code, "fingerprint": key.fingerprint},
    )  # fmt: skip
    return key


# --- out --------------------------------------------------------------------------------------------------------------
def signed_package(
    key: Signer, *, kind: str, receiver: str, sequence: int, files: Mapping[str, bytes], on: dt.date,
    in_reply_to: uuid.UUID | None = None,
) -> tuple[Manifest, bytes]:  # fmt: skip
    """A package of these files in the name of the key's organisation. Raises ``Unacceptable`` where it is too large."""
    manifest = Manifest(
        package=uuid7(), kind=kind, sender=key.organization.code, receiver=receiver, created_on=on, sequence=sequence,
        in_reply_to=in_reply_to, key=key.fingerprint, files=archive.listed(files),
    )  # fmt: skip
    return manifest, archive.written(manifest, key.sign(manifest.encoded()), files)


def _kept(content: bytes, name: str, commission: Organization) -> SealedFile:
    about = f"exchange:{commission.pk}"
    key = DataKey.objects.filter(commission_id=commission.pk, about=about).order_by("pk").first()
    key = key or DataKey.objects.create_for(commission_id=commission.pk, about=about)
    return sealed_files.seal(
        BytesIO(content), key=key, name=name, commission_id=commission.pk, content_type="application/zip"
    )


def content_of(kept: SealedFile) -> bytes:
    """A package or a receipt as it was written. Raises ``keys.Tampered``."""
    return sealed_files.unseal(kept)


@transaction.atomic
def send(
    *, kind: str, owner: Organization, partner: Organization, files: Mapping[str, bytes], lines: Sequence[Line], actor: User,
    on: dt.date, submission: uuid.UUID | None = None, in_reply_to: uuid.UUID | None = None,
) -> ExchangePackage:  # fmt: skip
    """Write a package, keep it, and put on the ledger what left. Raises ``NotYours``, ``Invalid`` (too large)."""
    commission = commission_of(owner)
    require_carrier(actor, commission)
    key = own_key(owner, actor=actor, on=on)
    sent = ExchangePackage.objects.filter(commission=commission, direction=Direction.OUT, owner=owner, partner=partner)
    sequence = (sent.aggregate(last=Max("sequence"))["last"] or 0) + 1
    manifest, content = signed_package(
        key, kind=kind, receiver=partner.code, sequence=sequence, files=files, on=on, in_reply_to=in_reply_to
    )
    row = _row(manifest, archive.digest(content), Direction.OUT, owner, partner, actor)
    row.pk = submission or row.pk
    row.content = _kept(content, row.file_name, commission)
    _finish(row, lines)
    ledger.record(
        "exchange.sent", actor=actor, commission_id=commission.pk, about=row,
        detail={**_told(row), "about": [str(line.about_id) for line in lines if line.about_id]},
    )  # fmt: skip
    return row


def _row(
    manifest: Manifest, digest: str, direction: str, owner: Organization, partner: Organization, actor: User
) -> ExchangePackage:
    return ExchangePackage(
        commission=commission_of(owner), direction=direction, kind=manifest.kind, owner=owner, partner=partner,
        package_id=manifest.package, sequence=None if manifest.kind == PackageKind.RECEIPT else manifest.sequence,
        in_reply_to=manifest.in_reply_to, digest=digest, key_fingerprint=manifest.key, created_on=manifest.created_on,
        files=len(manifest.files), handled_by=actor, handled_at=clock.now(),
    )  # fmt: skip


def _finish(row: ExchangePackage, lines: Sequence[Line]) -> None:
    row.lines_refused = sum(line.result == Result.REFUSED for line in lines)
    row.lines_taken = len(lines) - row.lines_refused
    row.save()
    ExchangeLine.objects.bulk_create(
        ExchangeLine(
            package=row, position=position, title=line.title[:240], result=line.result, reason=line.reason[:600],
            about_label=line.about_label, about_id=line.about_id,
        )
        for position, line in enumerate(lines, 1)
    )  # fmt: skip


def _told(row: ExchangePackage) -> dict[str, Any]:
    return {
        "package": str(row.package_id), "kind": row.kind, "partner": row.partner.code, "digest": row.digest,
        "sequence": row.sequence, "files": row.files, "taken": row.lines_taken, "refused": row.lines_refused,
    }  # fmt: skip


# --- in ---------------------------------------------------------------------------------------------------------------
def take_in(*, content: bytes, actor: User, on: dt.date) -> ExchangePackage:
    """Take a package in: the row with its lines and its receipt. The same package again: the same row, nothing is written.

    Raises ``NotYours`` for who is not of the receiver's case supervision, ``Unacceptable`` where the package does not
    hold; that refusal is on the ledger, and nothing else was written.
    """
    if not actor.holds(Role.CASEMGMT):
        raise NotYours("交换包由本机关案件监督管理室导出和导入。")
    claimed: dict[str, Any] = {"bytes": len(content)}
    try:
        opened = archive.opened(content)
        claimed |= {"digest": opened.digest, "package": str(opened.manifest.package), "from": opened.manifest.sender}
        try:
            return _taken(opened, content, actor, on)
        except IntegrityError:  # another took it in between the look and the write
            return _taken(opened, content, actor, on)
    except Unacceptable as refusal:
        ledger.record_apart(
            "exchange.refused", actor=actor, commission_id=actor.commission_id,
            detail={**claimed, "code": refusal.code, "reason": str(refusal)[:300]},
        )  # fmt: skip
        raise


@transaction.atomic
def _taken(opened: archive.Opened, content: bytes, actor: User, on: dt.date) -> ExchangePackage:
    manifest = opened.manifest
    owner = _receiver(manifest.receiver, actor)
    commission = commission_of(owner)
    key = own_key(owner, actor=actor, on=on)  # locks: two imports at once go one after the other
    before = ExchangePackage.objects.filter(commission=commission, direction=Direction.IN, owner=owner)
    same = before.select_related("partner", "receipt").filter(package_id=manifest.package).first()
    if same is not None and same.digest == opened.digest:
        return same
    partner = _signer(opened, commission, on)
    opened.check_files()
    if same is not None:
        raise Unacceptable("other_content", "这个包号的交换包已经导入过，内容与这一份不同；没有写入。")
    if manifest.kind != PackageKind.RECEIPT and before.filter(partner=partner, sequence=manifest.sequence).exists():
        raise Unacceptable("sequence", f"{partner}的第{manifest.sequence}号交换包已经导入过，这一份序号重复。")
    row = _row(manifest, opened.digest, Direction.IN, owner, partner, actor)
    row.content = _kept(content, row.file_name, commission)
    handler = HANDLERS.get(manifest.kind)
    if handler is None:
        raise Unacceptable("kind", f"本系统不收“{row.get_kind_display()}”。")
    lines = list(handler(Carried(opened, row, actor, on)))
    if manifest.kind != PackageKind.RECEIPT:
        _, receipt = signed_package(
            key, kind=PackageKind.RECEIPT, receiver=partner.code, sequence=manifest.sequence, in_reply_to=manifest.package, on=on,
            files={archive.PAYLOAD[PackageKind.RECEIPT]: archive.encoded(_receipt(row, lines, before.filter(partner=partner)))},
        )  # fmt: skip
        row.receipt = _kept(receipt, f"receipt-{row.file_name}", commission)
    _finish(row, lines)
    ledger.record("exchange.taken", actor=actor, commission_id=commission.pk, about=row, detail=_told(row))
    return row


def _receiver(code: str, actor: User) -> Organization:
    """The organisation of this installation, in the carrier's books, for whom it is. Raises ``Unacceptable``."""
    held = SigningKey.objects.filter(organization__code=code, retired_on__isnull=True).select_related(
        "organization__commission"
    )
    own: Organization = actor.commission
    owner: Organization | None = own if own.code == code else next((key.organization for key in held), None)
    if owner is None or commission_of(owner).pk != actor.commission_id:
        raise Unacceptable("receiver", f"这个交换包是发给 {code} 的，不是发给本单位的。")
    return owner


def _signer(opened: archive.Opened, commission: Organization, on: dt.date) -> Organization:
    """The partner whose trusted key signed the manifest. Raises ``Unacceptable``."""
    manifest = opened.manifest
    partner: Organization | None = Organization.objects.filter(code=manifest.sender).first()
    rows = (
        PartnerKey.objects.filter(commission=commission, organization=partner) if partner else PartnerKey.objects.none()
    )
    key = next((row for row in rows if row.fingerprint == manifest.key), None)
    if partner is None or key is None:
        raise Unacceptable(
            "unknown_key", f"没有登记 {manifest.sender} 的这把公钥（指纹 {manifest.key[:16]}…），请先由安全管理员登记。"
        )
    if key.revoked_on is not None:
        raise Unacceptable("revoked_key", f"{partner}的这把公钥已于{key.revoked_on.isoformat()}吊销，不能再用。")
    if not rows.trusted_on(on).filter(pk=key.pk).exists():
        raise Unacceptable("unknown_key", f"{partner}的这把公钥还没有由另一名安全管理员确认，或者不在使用期内。")
    if not signing.holds(key.public_key, opened.signature, opened.signed):
        raise Unacceptable("signature", "签名不符：清单被改动过，或者不是所称的单位签的。")
    return partner


def _receipt(row: ExchangePackage, lines: Sequence[Line], before: Any) -> dict[str, Any]:
    """What the receipt says: each thing and what became of it; which earlier packages never arrived."""
    arrived = set(before.filter(sequence__isnull=False).values_list("sequence", flat=True))
    missing = [
        number for number in range(max((row.sequence or 0) - 1000, 1), row.sequence or 0) if number not in arrived
    ]
    return {
        "package": str(row.package_id), "sequence": row.sequence, "digest": row.digest, "taken_in_by": row.owner.name,
        "taken_in_at": row.handled_at.isoformat(timespec="seconds"), "by": row.handled_by.name,
        "missing_before": missing[:MOST_MISSING],
        "lines": [
            {
                "title": line.title, "reference": line.reference, "result": line.result, "result_name": str(Result(line.result).label),
                "reason": line.reason,
            }
            for line in lines
        ],
    }  # fmt: skip


@HANDLERS.entry(PackageKind.RECEIPT)
def receipt_came_back(carried: Carried) -> list[Line]:
    """The partner has our package: its row says on which day that was known. Raises ``Unacceptable`` for another's."""
    told, row = carried.opened.payload(), carried.row
    if row.in_reply_to is None:
        raise Unacceptable("reply", "这份回执没有写明是哪个交换包的回执。")
    sent = ExchangePackage.objects.select_for_update(of=("self",)).filter(
        commission=row.commission,
        direction=Direction.OUT,
        owner=row.owner,
        partner=row.partner,
        package_id=row.in_reply_to,
    )
    found = sent.first()
    if found is None or not isinstance(told, dict) or told.get("digest") != found.digest:
        raise Unacceptable("reply", "这份回执所指的交换包不是本单位发给该单位的，或者内容不同。")
    if found.received_on is None:
        found.received_on = carried.on
        found.save(update_fields=["received_on"])
    return [Line(f"第{found.sequence}号{found.get_kind_display()}已由对方签收", Result.TAKEN)]
