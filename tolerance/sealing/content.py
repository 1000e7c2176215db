"""What a version says, field by field, in one form: of this the digests are made."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from tolerance.sealing.verify_filing import field_digest, leaf_digest

if TYPE_CHECKING:
    from tolerance.models import FilingVersion

TEXTS = (
    "change_reason", "title", "background", "gap", "practice", "risks", "meeting", "minutes", "dissent", "legality", "expert",
    "prejudgement", "secrecy", "signed_by", "organization_name", "body_name",
)  # fmt: skip
DAYS = ("starts_on", "ends_on", "met_on", "submitted_on")
READ = ("filing__organization", "filing__body", "item__edition", "submitted_by")
"""What a queryset must bring with it so that the content costs no query a version (and ``people``, ``files__file``)."""


def fields_of(version: FilingVersion) -> list[tuple[str, str, Any]]:
    """``(name, label, value)`` of everything that was submitted; values are texts, numbers, lists."""
    label = {field.name: str(field.verbose_name) for field in version._meta.concrete_fields}
    filing, item = version.filing, version.item
    body = filing.body
    found: list[tuple[str, str, Any]] = [
        ("filing", "备案", str(filing.pk)),
        ("version", label["version"], version.version),
        ("kind", label["kind"], version.kind),
        ("organization", "申报组织代码", filing.organization.code),
        ("body", "受理机关代码", body.code if body else ""),
        *((name, label[name], getattr(version, name)) for name in TEXTS),
        *((name, label[name], _day(getattr(version, name))) for name in DAYS),
        ("item", label["item"], [str(item.edition.in_force_from), item.code, item.text] if item else []),
        (
            "loss_ceiling",
            label["loss_ceiling"],
            f"{version.loss_ceiling:.2f}" if version.loss_ceiling is not None else "",
        ),
        ("no_private_gain", label["no_private_gain"], version.no_private_gain),
        ("distinctions", label["distinctions"], version.distinctions),
        ("self_check", label["self_check"], version.self_check),
        ("people", "责任人", [[p.name, p.post, p.rank, p.managed_by, str(p.cadre_id)] for p in version.people.all()]),
        ("files", "附件", [[f.kind, f.file.name, f.file.size, f.file.plain_sha256] for f in version.files.all()]),
        ("submitted_by", "报送人账号", str(version.submitted_by_id)),
        ("submitted_at", label["submitted_at"], instant(version.submitted_at)),
    ]
    return found


def _day(value: dt.date | None) -> str:
    return value.isoformat() if value else ""


def instant(value: dt.datetime | None) -> str:
    """An instant to the microsecond, in one time zone."""
    return value.astimezone(dt.UTC).isoformat(timespec="microseconds") if value else ""


def digests_of(version: FilingVersion) -> dict[str, str]:
    """The fingerprint of every field, by its name."""
    return {name: field_digest(name, value) for name, _, value in fields_of(version)}


def close(version: FilingVersion) -> None:
    """Set the fingerprints of a version that is being submitted; afterwards it is never written again."""
    version.digests = digests_of(version)
    version.digest = leaf_digest(version.digests)
