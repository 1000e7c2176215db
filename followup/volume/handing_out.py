"""Handing a case file volume out: written first, then on the ledger, and only then given to anybody."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from django.db import transaction

from followup.volume import compose
from followup.volume.extract import EXPORT
from wenze.audit import ledger

if TYPE_CHECKING:
    import datetime as dt

    from cases.models import Case
    from followup.volume.compose import Exported
    from wenze.people.models import User


def export_volume(*, case: Case, out: IO[bytes], reason: str, actor: User | str, on: dt.date) -> Exported:
    """Write the volume of a case to ``out``; who took it, why, and the manifest's hash are on the ledger on return.

    The ledger's own entries of exports are no part of a volume, so that two of an unchanged case are the same.
    Raises ``Unfit`` where the volume cannot be put together.
    """
    made = compose.write(case=case, out=out, on=on)
    with transaction.atomic():
        ledger.record(
            EXPORT, actor=actor, commission_id=case.commission_id, about=case, case_id=case.pk,
            detail={"reason": reason, "manifest": made.manifest, "files": made.files, "on": on.isoformat()},
        )  # fmt: skip
    return made
