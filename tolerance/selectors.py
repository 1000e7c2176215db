"""Which filings a matter must answer (law.md §6.1 使用)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tolerance.models import Filing, FilingPerson, FilingVersion
from tolerance.models.filing import STANDING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.db.models import QuerySet


def filings_of(*, cadre_id: Any, organization_id: Any) -> QuerySet[Filing]:
    """Filings of a person or an organisation that came and were not refused, whenever they came: a late one is an explanation.

    A filing that names who is responsible is his; one that names nobody is the organisation's own.
    """
    who = Q(responsible_id=cadre_id) if cadre_id else Q(organization_id=organization_id, responsible__isnull=True)
    return Filing.objects.filter(who, state__in=STANDING).select_related("current").order_by("filed_on")


@dataclass(frozen=True)
class Match:
    """A filing that a matter comes upon, and by what: the responsible person, the unit, the period, the field."""

    filing: Filing
    grounds: tuple[str, ...]
    must_answer: bool
    in_advance: bool


def matches(
    *, cadre_id: Any, organization_id: Any, act_on: dt.date, words: Sequence[str] = (), unit_answers: bool = False
) -> list[Match]:
    """The filings of a person (``organization_id`` is then his unit) or of an organisation around an act (law.md §6.1).

    His own are answered by him, whenever they came. His unit's that names nobody is answered by the unit where it is a
    subject too (``unit_answers``), else by him where it covers the day of the act. Others of the unit are only shown.
    """
    his = Q(responsible_id=cadre_id) | Q(pk__in=_naming(cadre_id)) if cadre_id else Q(pk__in=())
    rows = Filing.objects.filter(his | Q(organization_id=organization_id), state__in=STANDING)
    found = []
    own = set(rows.filter(his).values_list("pk", flat=True)) if cadre_id else set()
    for filing in rows.select_related("current__item", "organization", "responsible").order_by("filed_on", "pk"):
        covers = _covers(filing, act_on)
        grounds = [
            word
            for word, holds in (
                ("责任人", filing.pk in own), ("单位", filing.organization_id == organization_id), ("期间", covers),
                ("领域", _in_field(filing, words)),
            )
            if holds
        ]  # fmt: skip
        of_unit = filing.responsible_id is None and (not cadre_id or (covers and not unit_answers))
        must = filing.pk in own or of_unit
        if must or covers:
            found.append(Match(filing, tuple(grounds), must, is_in_advance(filing, act_on)))
    return found


def _naming(cadre_id: Any) -> QuerySet[Any]:
    people = FilingPerson.objects.filter(cadre_id=cadre_id, version__submitted_at__isnull=False)
    return people.order_by().values("version__filing_id")


def _covers(filing: Filing, day: dt.date) -> bool:
    """Whether the undertaking, or the filing's validity, covers the day."""
    spans = [(filing.valid_from, filing.valid_until)]
    if filing.current is not None:
        spans.append((filing.current.starts_on, filing.current.ends_on))
    return any(first is not None and last is not None and first <= day <= last for first, last in spans)


def _in_field(filing: Filing, words: Sequence[str]) -> bool:
    version = filing.current
    text = filing.title if version is None else f"{filing.title}{version.item or ''}{version.background}"
    return any(word in text for word in words)


def is_in_advance(filing: Filing, act_on: dt.date) -> bool:
    """Only a filing before the act is a filing in advance; a later one is an explanation (law.md §6.1, L35)."""
    return filing.registered_on is not None and filing.filed_on < act_on


def version_on(filing: Filing, day: dt.date) -> FilingVersion | None:
    """What the filing said on a day: the last version that was handed in before it and was registered since."""
    rows: QuerySet[FilingVersion] = FilingVersion.objects.filter(
        filing=filing, submitted_on__lt=day, decided_on__isnull=False
    )
    return rows.order_by("-version").first()
