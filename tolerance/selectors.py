"""Which filings a matter must answer (law.md §6.1 使用)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tolerance.enums import FilingState
from tolerance.models import Filing, FilingAnswer

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet


def filings_of(*, cadre_id: Any, organization_id: Any) -> QuerySet[Filing]:
    """Submitted or registered filings of a person or an organisation, whenever they came: a late one is an explanation.

    A filing that names who is responsible is his; one that names nobody is the organisation's own.
    """
    who = Q(responsible_id=cadre_id) if cadre_id else Q(organization_id=organization_id, responsible__isnull=True)
    return Filing.objects.filter(
        who, state__in=(FilingState.SUBMITTED, FilingState.REGISTERED, FilingState.EXPIRED)
    ).order_by("filed_on")


def unanswered_filings(*, cadre_id: Any, organization_id: Any, subject_id: Any, act_on: dt.date) -> list[Filing]:
    """Filings that the subject's case has not answered in writing; silence blocks."""
    answered = FilingAnswer.objects.filter(subject_id=subject_id).values("filing_id")
    return list(filings_of(cadre_id=cadre_id, organization_id=organization_id).exclude(pk__in=answered))


def is_in_advance(filing: Filing, act_on: dt.date) -> bool:
    """Only a filing before the act is a filing in advance; a later one is an explanation (law.md §6.1, L35)."""
    return filing.registered_on is not None and filing.filed_on < act_on
