"""The arithmetic of the ruler: smoothing and band over a distribution of outcomes. Pure: no rows, no request, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from review.enums import Position

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Band:
    """From which severity to which an outcome is as in like cases."""

    low: int
    high: int

    def position(self, severity: int) -> Position:
        if severity < self.low:
            return Position.LIGHTER
        return Position.HEAVIER if severity > self.high else Position.INSIDE


def smoothed(counts: Mapping[int, int], wider: Mapping[int, int], weight: float) -> dict[int, float]:
    """The shares of each severity, shrunk towards the wider group as if ``weight`` of its cases stood here too.

    Few cases lean on the wider group, many speak for themselves.
    """
    own, others = sum(counts.values()), sum(wider.values())
    lent = weight if others else 0.0
    whole = own + lent
    if not whole:
        return {}
    return {
        severity: (counts.get(severity, 0) + (lent * wider.get(severity, 0) / others if others else 0.0)) / whole
        for severity in sorted({*counts, *wider})
    }


def percentiles(shares: Mapping[int, float]) -> dict[int, float]:
    """The mid-rank percentile (半秩百分位) of each severity: the share below it and half of its own."""
    below, found = 0.0, {}
    for severity in sorted(shares):
        found[severity] = below + shares[severity] / 2
        below += shares[severity]
    return found


def middle(shares: Mapping[int, float]) -> int:
    """The severity at which half of the cases is reached. Raises ``ValueError`` for an empty distribution."""
    reached = 0.0
    for severity in sorted(shares):
        reached += shares[severity]
        if reached >= 0.5 - 1e-9:
            return severity
    raise ValueError("an empty distribution has no middle")


def band_of(
    shares: Mapping[int, float],
    *,
    within: tuple[float, float],
    crossing: tuple[float, float],
    rungs: Sequence[tuple[int, str]],
    free_steps: int,
) -> Band:
    """The severities whose mid-rank percentile lies ``within``, and what discretion leaves free around the middle.

    ``rungs`` are the severities on which the subject can stand, each with its class: a step more or less than the middle is
    no outlier, however rare it is; where it crosses into another class, only if its percentile lies within ``crossing``.
    """
    ranked = percentiles(shares)
    inside = [severity for severity, at in ranked.items() if shares[severity] > 0 and within[0] <= at <= within[1]]
    centre = middle(shares)
    kinds = dict(rungs)
    places = [severity for severity, _ in rungs]
    free = [centre]
    if centre in kinds:
        at = places.index(centre)
        for severity in places[max(at - free_steps, 0) : at + free_steps + 1]:
            at_rank = ranked.get(severity, sum(share for level, share in shares.items() if level < severity))
            if kinds[severity] == kinds[centre] or crossing[0] <= at_rank <= crossing[1]:
                free.append(severity)
    return Band(min(inside + free), max(inside + free))
