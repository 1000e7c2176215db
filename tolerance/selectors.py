"""Which filings a matter must answer (law.md §6.1 使用)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tolerance.models import Filing, FilingAnswer, FilingVersion
from tolerance.models.filing import STANDING

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet


def filings_of(*, cadre_id: Any, organization_id: Any) -> QuerySet[Filing]:
    """Filings of a person or an organisation that came and were not refused, whenever they came: a late one is an explanation.

    A filing that names who is responsible is his; one that names nobody is the organisation's own.
    """
    who = Q(responsible_id=cadre_id) if cadre_id else Q(organization_id=organization_id, responsible__isnull=True)
    return Filing.objects.filter(who, state__in=STANDING).select_related("current").order_by("filed_on")


def unanswered_filings(*, cadre_id: Any, organization_id: Any, subject_id: Any, act_on: dt.date) -> list[Filing]:
    """Filings that the subject's case has not answered in writing; silence blocks."""
    answered = FilingAnswer.objects.filter(subject_id=subject_id).values("filing_id")
    return list(filings_of(cadre_id=cadre_id, organization_id=organization_id).exclude(pk__in=answered))


def is_in_advance(filing: Filing, act_on: dt.date) -> bool:
    """Only a filing before the act is a filing in advance; a later one is an explanation (law.md §6.1, L35)."""
    return filing.registered_on is not None and filing.filed_on < act_on


def version_on(filing: Filing, day: dt.date) -> FilingVersion | None:
    """What the filing said on a day: the last version that was handed in before it and was registered since."""
    rows: QuerySet[FilingVersion] = FilingVersion.objects.filter(
        filing=filing, submitted_on__lt=day, decided_on__isnull=False
    )
    return rows.order_by("-version").first()
