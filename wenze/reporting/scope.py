"""What a table speaks of: whose eyes, which days, and the conditions that stand in the address."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from wenze.access.roles import Role

if TYPE_CHECKING:
    from cases.models import Campaign
    from wenze.people.models import Organization


READERS = frozenset({Role.LEADER, Role.PRINCIPAL, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL, Role.HEAD})
"""Who reads statistics. Outside offices and the superior commission do not: no provision names figures owed to them."""


def may_read(user: Any) -> bool:
    return any(user.holds(role) for role in READERS)


@dataclass(frozen=True)
class Scope:
    """The reader, the days from and to (both included), and what narrows the rows further."""

    user: Any
    first: dt.date
    last: dt.date
    unit: Organization | None = None
    track: str = ""
    campaign: Campaign | None = None

    @property
    def period(self) -> tuple[dt.date, dt.date]:
        return self.first, self.last

    @property
    def is_a_year(self) -> bool:
        return self.period == year_of(self.first.year)

    @property
    def query(self) -> str:
        """The conditions as they stand in an address."""
        told = {"year": str(self.first.year)} if self.is_a_year else {"from": str(self.first), "until": str(self.last)}
        if self.unit is not None:
            told["unit"] = str(self.unit.pk)
        if self.track:
            told["track"] = self.track
        if self.campaign is not None:
            told["campaign"] = str(self.campaign.pk)
        return urlencode(told)

    def a_year_before(self) -> Scope:
        """The same days of the year before, for the comparison."""
        return replace(self, first=_shifted(self.first), last=_shifted(self.last))


def year_of(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _shifted(day: dt.date) -> dt.date:
    """The same day a year earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
