"""Shares of small groups, drawn towards the mean of all (empirical Bayes, Beta-Binomial): two of two are not 100 per cent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRMEST = 1000.0
FEWEST_GROUPS = 3


@dataclass(frozen=True)
class Counted:
    """Of ``total`` in a group, so many are ``below``."""

    below: int
    total: int

    @property
    def share(self) -> float:
        return self.below / self.total if self.total else 0.0


@dataclass(frozen=True)
class Prior:
    """The mean of all, and how many respondents it weighs against a group's own."""

    mean: float
    strength: float

    def shrunk(self, group: Counted) -> float:
        """The group's share, drawn towards the mean: the fewer the respondents, the nearer."""
        return (group.below + self.strength * self.mean) / (group.total + self.strength)


def prior_of(groups: Sequence[Counted], *, default_strength: float) -> Prior:
    """Mean and strength from how far the groups lie apart (method of moments); the default where they are too few to tell."""
    groups = [group for group in groups if group.total]
    total = sum(group.total for group in groups)
    if not total:
        return Prior(0.0, default_strength)
    mean = sum(group.below for group in groups) / total
    spread = mean * (1 - mean)
    room = total - sum(group.total**2 for group in groups) / total - (len(groups) - 1)
    if len(groups) < FEWEST_GROUPS or spread == 0 or room <= 0:
        return Prior(mean, default_strength)
    apart = sum(group.total * (group.share - mean) ** 2 for group in groups)
    likeness = (apart - spread * (len(groups) - 1)) / (spread * room)
    if likeness <= 0:  # no farther apart than chance would have them
        return Prior(mean, FIRMEST)
    return Prior(mean, min(max(1 / likeness - 1, 1.0), FIRMEST))
