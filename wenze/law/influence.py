"""Influence periods (law.md §3): to the day, per measure, merged by policy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wenze.deadlines.arithmetic import add_months, influence_end
from wenze.law import data
from wenze.law.citations import parse

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Part:
    """One restriction: what, from which day, how long, until when, and which ``limit`` it sets."""

    measure: str
    months: int
    last_restricted_day: dt.date
    release_date: dt.date
    restriction: str
    limit: str = ""
    since: dt.date | None = None


@dataclass(frozen=True)
class Influence:
    """All parts, and the one that binds last; no part: nothing restricts."""

    parts: tuple[Part, ...]
    basis: tuple[str, ...]

    @property
    def last(self) -> Part | None:
        return max(self.parts, key=lambda part: part.release_date, default=None)


MERGED = ("discipline", "administrative")


def parts_of(measure: str, on: dt.date) -> tuple[Part, ...]:
    """The restrictions of one measure decided on a day; the first day counts, nothing rolls."""
    told = data.measure_rows()[measure]
    return tuple(
        Part(measure, period.months, *influence_end(on, period.months), period.restriction, period.limit, on)
        for period in told.parts
    )


@dataclass
class _Running:
    """The period of a kind that runs on: when it ends, and until when it is 察看期 (nothing is added to that)."""

    release: dt.date
    on_probation_until: dt.date


def reckon(sanctions: Sequence[tuple[str, dt.date]], policy: str = "") -> Influence:
    """Several measures of one person, merged by policy.

    A sanction of the same kind within a running period is reckoned by ``policy``: ``sum_remaining`` (the new months
    follow the old release date) or ``max`` (each by itself). Within a 察看期 nothing is added: such an act asks for
    expulsion, which is not this table's to say (law.md §3.1).
    """
    policy = policy or data.settings()["merge_policy"]
    found: list[Part] = []
    running: dict[str, _Running] = {}
    basis: list[str] = []
    for measure, on in sorted(sanctions, key=lambda pair: pair[1]):
        told = data.measure_rows()[measure]
        article = parse(told.article)
        if article not in basis:
            basis.append(article)
        before = running.get(told.kind)
        merges = before is not None and before.on_probation_until <= on < before.release and policy == "sum_remaining"
        if merges and before is not None and told.parts:
            period = told.parts[0]
            end = add_months(before.release, period.months)
            found.append(
                Part(measure, period.months, end - dt.timedelta(days=1), end, period.restriction, period.limit, on)
            )
        else:
            found.extend(parts_of(measure, on))
        if told.kind in MERGED:
            ends = [part.release_date for part in found if data.measure_rows()[part.measure].kind == told.kind]
            probation = add_months(on, told.probation) if told.probation else dt.date.min
            if before is not None:
                probation = max(probation, before.on_probation_until)
            if ends:
                running[told.kind] = _Running(max(ends), probation)
    return Influence(tuple(found), tuple(basis))
