"""The proof of a filing as a file: its versions with their fingerprints and their way to the published root."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tolerance.models import FilingRoot, FilingVersion
from tolerance.sealing import content
from tolerance.sealing.verify_filing import FORMAT, path_of

if TYPE_CHECKING:
    from tolerance.models import Filing


def proof_of(filing: Filing) -> dict[str, Any]:
    """What stands in the database now, beside the fingerprints of then: whoever changed one shows it in the other."""
    versions = (
        FilingVersion.objects.submitted()
        .filter(filing=filing)
        .select_related(*content.READ)
        .prefetch_related("people", "files__file")
        .order_by("version")
    )
    roots = {row.pk: row for row in FilingRoot.objects.filter(pk__in=versions.values("root_id"))}
    return {
        "format": FORMAT,
        "number": filing.number,
        "title": filing.title,
        "commission": filing.commission.code,
        "versions": [_version(version, roots.get(version.root_id)) for version in versions],
        "note": "备案不是批准，不是免责决定。登记和有效期以受理机关的登记回执为准。",
    }


def _version(version: FilingVersion, root: FilingRoot | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "version": version.version, "kind": version.get_kind_display(), "fields": [list(row) for row in content.fields_of(version)],
        "digests": version.digests, "digest": version.digest, "root_key": root.key if root else "",
        "root": root.root if root else None, "path": [],
    }  # fmt: skip
    if root is not None:
        keys = [key for key, _ in root.leaves]
        if str(version.pk) in keys:
            told["path"] = path_of([digest for _, digest in root.leaves], keys.index(str(version.pk)))
    return told


def written(filing: Filing) -> bytes:
    """The file."""
    return json.dumps(proof_of(filing), ensure_ascii=False, indent=1, default=str).encode()
