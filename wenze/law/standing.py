"""How a person stands on a day: what restricts him, of what is known by then (条例第二十、二十一、二十二条; law.md §3.1).

A proposal restricts nothing. What another body decided counts from that body's day; without a day its period is
unknown, never over. A changed or revoked measure is void from the start, once that was confirmed by hand; until then
it binds. What took its place counts from the day of the original decision.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wenze.law import data, influence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wenze.law.influence import Part


@dataclass(frozen=True)
class Sanction:
    """A measure as it stands on record, every fact with its day.

    ``on``: decided (approved) on; ``None`` where nobody knows. ``counts_from``: where it took another's place, the
    day of the original decision. ``confirmed_on``: since when what took another's place counts. ``ended_on``,
    ``void_from``: changed or revoked on, and since when that is confirmed. ``by``, ``number``: who decided, under what.
    """

    measure: str
    on: dt.date | None
    proposed: bool = False
    counts_from: dt.date | None = None
    replaces: bool = False
    confirmed_on: dt.date | None = None
    ended_on: dt.date | None = None
    ended_as: str = ""
    void_from: dt.date | None = None
    by: str = ""
    number: str = ""

    @property
    def since(self) -> dt.date | None:
        """The first day of its period."""
        return self.counts_from or self.on

    def is_known(self, day: dt.date) -> bool:
        """Whether it was decided by that day; a decision without a day is known to be one."""
        return not self.proposed and (self.on is None or self.on <= day)

    def is_void(self, day: dt.date) -> bool:
        return self.void_from is not None and self.void_from <= day

    def counts(self, day: dt.date) -> bool:
        """Whether its period is reckoned by what is known on that day."""
        confirmed = not self.replaces or (self.confirmed_on is not None and self.confirmed_on <= day)
        return self.is_known(day) and self.on is not None and confirmed and not self.is_void(day)


@dataclass(frozen=True)
class Standing:
    """What is on record of a person, asked on a day (``known_on``)."""

    sanctions: tuple[Sanction, ...]
    known_on: dt.date
    policy: str = ""

    @cached_property
    def counted(self) -> tuple[Sanction, ...]:
        """Those whose periods are reckoned."""
        return tuple(each for each in self.sanctions if each.counts(self.known_on))

    @cached_property
    def influence(self) -> influence.Influence:
        pairs = [(each.measure, each.since) for each in self.counted]
        return influence.reckon([(measure, since) for measure, since in pairs if since is not None], self.policy)

    @property
    def unknown(self) -> tuple[Sanction, ...]:
        """Decided on a day that nobody registered: whoever asks is told whom to ask, never "clear"."""
        return tuple(
            each for each in self.sanctions if each.on is None and not each.proposed and not each.is_void(self.known_on)
        )

    @property
    def unconfirmed(self) -> tuple[Sanction, ...]:
        """Changed or revoked, but not yet confirmed by hand (law.md §3.1): they still bind."""
        return tuple(
            each
            for each in self.counted
            if each.ended_on is not None and each.ended_on <= self.known_on and not each.is_void(self.known_on)
        )

    @property
    def voided(self) -> tuple[Sanction, ...]:
        """Void from the start."""
        return tuple(each for each in self.sanctions if each.is_known(self.known_on) and each.is_void(self.known_on))

    @property
    def stays(self) -> tuple[str, ...]:
        """What is said of him for good: 党籍已开除, 人事关系已解除."""
        rows = data.measure_rows()
        return tuple(dict.fromkeys(rows[each.measure].stays for each in self.counted if rows[each.measure].stays))

    def restricting(self, on: dt.date, limits: Iterable[str] | None = None) -> tuple[Part, ...]:
        """The parts that restrict on a day, the longest first; of these ``limits`` only, where given."""
        wanted = None if limits is None else frozenset(limits)
        found = [
            part
            for part in self.influence.parts
            if part.since is not None
            and part.since <= on <= part.last_restricted_day
            and (wanted is None or part.limit in wanted)
        ]
        return tuple(sorted(found, key=lambda part: part.release_date, reverse=True))

    @property
    def last_restricted_day(self) -> dt.date | None:
        last = self.influence.last
        return last.last_restricted_day if last else None

    @property
    def release_date(self) -> dt.date | None:
        last = self.influence.last
        return last.release_date if last else None
