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
    """One restriction: what, how long, until when."""

    measure: str
    months: int
    last_restricted_day: dt.date
    release_date: dt.date
    restriction: str


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
    return tuple(Part(measure, months, *influence_end(on, months), restriction) for months, restriction in told.parts)


def reckon(sanctions: Sequence[tuple[str, dt.date]], policy: str = "") -> Influence:
    """Several measures of one person, merged by policy.

    A sanction of the same kind within a running period is reckoned by ``policy``:
    ``sum_remaining`` (the new months follow the old release date) or ``max`` (each by itself).
    """
    policy = policy or data.settings()["merge_policy"]
    found: list[Part] = []
    running: dict[str, dt.date] = {}
    basis: list[str] = []
    for measure, on in sorted(sanctions, key=lambda pair: pair[1]):
        told = data.measure_rows()[measure]
        article = parse(told.article)
        if article not in basis:
            basis.append(article)
        release = running.get(told.kind)
        merges = (
            policy == "sum_remaining" and told.kind in MERGED and release is not None and on < release and told.parts
        )
        if merges and release is not None:
            months, restriction = told.parts[0]
            end = add_months(release, months)
            found.append(Part(measure, months, end - dt.timedelta(days=1), end, restriction))
        else:
            found.extend(parts_of(measure, on))
        ends = [part.release_date for part in found if data.measure_rows()[part.measure].kind == told.kind]
        if ends and told.kind in MERGED:
            running[told.kind] = max(ends)
    return Influence(tuple(found), tuple(basis))
