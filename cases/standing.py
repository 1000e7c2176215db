"""What is on record against a subject or a cadre, here and with other bodies, as the law's own words (law.md §3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.models import ExternalDecision, Measure
from wenze.law.standing import Sanction, Standing

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Iterable

    from cases.models import Subject


def _of_ours(row: Measure) -> Sanction:
    return Sanction(
        measure=row.code, on=row.decided_on, proposed=row.decided_on is None, counts_from=row.counts_from,
        replaces=row.replaces_id is not None, confirmed_on=row.confirmed_on, ended_on=row.ended_on, ended_as=row.ended_as,
        void_from=row.void_from, by=row.decided_by_name, number=row.reference,
    )  # fmt: skip


def _of_theirs(row: ExternalDecision) -> list[Sanction]:
    """Another body's own change of its decision is that body's word: it needs no confirmation of ours."""
    return [
        Sanction(
            measure=code, on=row.decided_on, by=row.decided_by, number=row.number, ended_on=row.ended_on, ended_as=row.ended_as,
            void_from=row.ended_on, counts_from=row.replaces.decided_on if row.replaces else None,
        )
        for code in row.measures
    ]  # fmt: skip


def _sanctions(ours: Iterable[Measure], theirs: Iterable[ExternalDecision]) -> list[Sanction]:
    """Ours that are decided here; a proposal counts as what the other body decided on it, not a second time."""
    found = [_of_ours(row) for row in ours]
    for row in theirs:
        found.extend(_of_theirs(row))
    return found


def sanctions_on(subject: Subject) -> list[Sanction]:
    """What was decided on a subject, here and by others on our letters."""
    ours = Measure.objects.filter(decision__subject=subject, proposed_only=False)
    return _sanctions(ours, ExternalDecision.objects.filter(dispatch__subject=subject).select_related("replaces"))


def sanctions_of(cadres: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Sanction]]:
    """Everything on record of these cadres, whatever the case; two queries, however many they are."""
    wanted = list(cadres)
    found: dict[uuid.UUID, list[Sanction]] = {pk: [] for pk in wanted}
    ours = Measure.objects.filter(decision__subject__cadre__in=wanted, proposed_only=False)
    for row in ours.select_related("decision__subject"):
        cadre_id = row.decision.subject.cadre_id
        if cadre_id is not None:
            found[cadre_id].append(_of_ours(row))
    for made in ExternalDecision.objects.filter(cadre__in=wanted).select_related("replaces"):
        if made.cadre_id is not None:
            found[made.cadre_id].extend(_of_theirs(made))
    return found


def standing_of(subject: Subject, *, on: dt.date) -> Standing:
    """How the subject stands by what is known on that day."""
    return Standing(tuple(sanctions_on(subject)), on)
