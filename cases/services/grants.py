"""Exceptional, dated reading of one case (联审、提级): opened for a purpose, confirmed by another, closed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.db import transaction

from cases.models import Case, CaseGrant
from wenze.audit import ledger
from wenze.deadlines.arithmetic import add_months
from wenze.deadlines.workdays import ONE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from wenze.people.models import User

LONGEST_MONTHS = 6


@transaction.atomic
def open_grants(
    *, case: Case, users: Iterable[User], reason: str, granted_by: User, confirmed_by: User, on: dt.date
) -> list[CaseGrant]:
    """Let these users read the case from today, at the longest half a year; a second person confirms it."""
    permission = Permission.objects.get(content_type__app_label="cases", codename="view_case")
    found = []
    for user in users:
        row, _ = CaseGrant.objects.update_or_create(
            user=user, permission=permission, content_object=case,
            defaults={
                "from_on": on, "until_on": add_months(on, LONGEST_MONTHS), "reason": reason, "granted_by": granted_by,
                "confirmed_by": confirmed_by,
            },
        )  # fmt: skip
        ledger.record(
            "grant.opened", actor=confirmed_by, commission_id=case.commission_id, about=row, case_id=case.pk,
            detail={"to_whom": user.name, "reason": reason, "until": row.until_on.isoformat()},
        )  # fmt: skip
        found.append(row)
    return found


@transaction.atomic
def close_grants(*, case: Case, users: Iterable[User], actor: User, on: dt.date) -> None:
    """The purpose is served: the reading ends at once."""
    for row in CaseGrant.objects.filter(content_object=case, user__in=list(users), until_on__gte=on):
        row.until_on = on - ONE
        row.save(update_fields=["until_on"])
        ledger.record(
            "grant.closed", actor=actor, commission_id=case.commission_id, about=row, case_id=case.pk,
            detail={"to_whom": row.user.name},
        )  # fmt: skip


@transaction.atomic
def propose_grant(*, case: Case, user: User, reason: str, granted_by: User, on: dt.date) -> CaseGrant:
    """A reading that somebody asks for: it counts only once a second person confirms it (``confirm_grant``)."""
    permission = Permission.objects.get(content_type__app_label="cases", codename="view_case")
    row: CaseGrant
    row, _ = CaseGrant.objects.update_or_create(
        user=user, permission=permission, content_object=case,
        defaults={
            "from_on": on, "until_on": add_months(on, LONGEST_MONTHS), "reason": reason, "granted_by": granted_by,
            "confirmed_by": None,
        },
    )  # fmt: skip
    ledger.record(
        "grant.proposed", actor=granted_by, commission_id=case.commission_id, about=row, case_id=case.pk,
        detail={"to_whom": user.name, "reason": reason},
    )  # fmt: skip
    return row


@transaction.atomic
def confirm_grant(row: CaseGrant, *, actor: User, on: dt.date) -> CaseGrant:
    """Let the proposed reading begin today, at the longest half a year."""
    row.from_on, row.until_on, row.confirmed_by = on, add_months(on, LONGEST_MONTHS), actor
    row.save(update_fields=["from_on", "until_on", "confirmed_by"])
    case = row.content_object
    ledger.record(
        "grant.opened", actor=actor, commission_id=case.commission_id, about=row, case_id=case.pk,
        detail={"to_whom": row.user.name, "reason": row.reason, "until": row.until_on.isoformat()},
    )  # fmt: skip
    return row
