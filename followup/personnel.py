"""What HR may read of a cadre its body manages, and nothing more (design §4; 条例第十三、二十二条).

Issued decisions that stand with their file-transfer lists, influence periods, when he was visited and with what
conclusion, letters that recommend his use. Never a case, evidence, a talk or a draft: what is not a field here does not
leave the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from cases.models import Subject
from cases.standing import sanctions_of
from followup.models import AppointmentCheck, NameClearing, Tracking, Visit
from wenze.documents.models import DocumentState, OfficialDocument
from wenze.law import measure_name
from wenze.law.standing import Standing

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Iterable, Sequence

    from wenze.law.influence import Part
    from wenze.law.standing import Sanction
    from wenze.people.models import Cadre, User

SENT_TO_HR = ("D19", "D20", "D30", "D31C", "D35", "D36", "D37", "D47", "D48")
"""The kinds that go to the personnel file or to HR by the regulation; a voided one is withdrawn from it."""


def papers_filed(cadres: Any) -> Q:
    """What the regulation sends to the personnel files of these cadres, while it stands."""
    subjects = Subject.objects.filter(cadre__in=cadres).order_by().values("pk")
    return Q(kind__in=SENT_TO_HR, state=DocumentState.ISSUED, subject_id__in=subjects)


def replies_to(offices: Iterable[uuid.UUID]) -> Q:
    """The replies to what these HR offices asked."""
    return Q(about_id__in=AppointmentCheck.objects.filter(organization_id__in=offices).order_by().values("pk"))


@dataclass(frozen=True)
class Restriction:
    """One measure on record: who decided it, and what restricts him until when."""

    name: str
    by: str
    number: str
    on: dt.date | None
    status: str
    parts: Sequence[Part] = ()


@dataclass(frozen=True)
class Visited:
    """That he was visited, and what came of it; nothing of the talk."""

    held_on: dt.date
    way: str
    conclusion: str


@dataclass(frozen=True)
class Cleared:
    """That his name was cleared: by which letter, when, in which scope."""

    number: str
    on: dt.date
    scope: str


@dataclass(frozen=True)
class PersonnelRecord:
    """All that HR reads of one person."""

    cadre: Cadre
    standing: Standing
    restrictions: Sequence[Restriction]
    documents: Sequence[OfficialDocument]
    visits: Sequence[Visited]
    cleared: Sequence[Cleared] = ()

    @property
    def until_on(self) -> dt.date | None:
        """The last restricted day of what runs on the day it is asked."""
        running = self.standing.restricting(self.standing.known_on)
        return running[0].last_restricted_day if running else None

    @property
    def percent(self) -> int | None:
        """How much of the longest running period is over."""
        running = self.standing.restricting(self.standing.known_on)
        if not running or running[0].since is None:
            return None
        whole = max((running[0].release_date - running[0].since).days, 1)
        return min(max(round((self.standing.known_on - running[0].since).days * 100 / whole), 0), 100)


def _status(sanction: Sanction, standing: Standing) -> str:
    words = {"changed": "已变更", "revoked": "已撤销"}
    if sanction.is_void(standing.known_on):
        return f"{words.get(sanction.ended_as, '已变更')}，影响期自始不存在"
    if sanction.ended_on is not None and sanction.ended_on <= standing.known_on:
        return f"{words.get(sanction.ended_as, '已变更')}，影响期待确认"
    return "有效"


def record_of(cadre: Cadre, user: User, *, on: dt.date) -> PersonnelRecord:
    """The record of a cadre whom the user may see (the caller took him from ``Cadre.objects.visible_to``)."""
    known = [each for each in sanctions_of([cadre.pk])[cadre.pk] if each.is_known(on)]
    standing = Standing(tuple(known), on)
    restrictions = [
        Restriction(
            name=measure_name(each.measure), by=each.by, number=each.number, on=each.on, status=_status(each, standing),
            parts=[p for p in standing.influence.parts if p.measure == each.measure and p.since == each.since and each.counts(on)],
        )
        for each in known
    ]  # fmt: skip
    papers = OfficialDocument.objects.visible_to(user).filter(subject_id__in=cadre.subjects.values("pk"))
    visits = Visit.objects.filter(plan__tracking__subject__cadre=cadre, held_on__lte=on).order_by("-held_on")
    letters = NameClearing.objects.filter(decision__subject__cadre=cadre, cleared_on__lte=on).select_related("document")
    return PersonnelRecord(
        cadre=cadre, standing=standing, restrictions=restrictions, documents=list(papers.order_by("-issued_on", "-pk")),
        visits=[Visited(v.held_on, v.get_way_display(), v.get_conclusion_display()) for v in visits.only("held_on", "way", "conclusion")],
        cleared=[Cleared(row.document.number if row.document else "", row.cleared_on, row.scope) for row in letters if row.cleared_on],
    )  # fmt: skip


def running_periods(cadres: Any) -> Any:
    """The trackings of these cadres whose influence period runs or is to be announced, for the list of HR's page."""
    rows = Tracking.objects.filter(subject__cadre__in=cadres, last_restricted_day__isnull=False, ended_on__isnull=True)
    return rows.select_related("subject__cadre__managed_by")
