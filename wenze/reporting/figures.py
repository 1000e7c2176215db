"""A figure is a named query: its number, its definition, its cell and the list behind it are one and the same.

``Figure.condition`` stands over the rows of its source; a figure counts rows, or the different cadres that they lead to
(人 beside 人次: the same cadre twice in a year is one person). Persons may be counted over several sources at once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from wenze.people.models import Cadre
from wenze.reporting.sources import CADRE, SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wenze.reporting.scope import Scope


EVERY = Q()


@dataclass(frozen=True)
class Part:
    """Rows of one source that meet a condition."""

    source: str
    condition: Q = EVERY

    def rows(self, scope: Scope) -> QuerySet[Any]:
        return SOURCES[self.source](scope).filter(self.condition)

    def cadres(self, scope: Scope) -> QuerySet[Any, Any]:
        """The keys of the cadres that the rows lead to, each once: a union of which only one part is left joins nothing."""
        path = CADRE[self.source]
        found = SOURCES[self.source](scope).filter(self.condition, **{f"{path}__isnull": False})
        return found.order_by().values_list(path, flat=True).distinct()


@dataclass(frozen=True)
class Figure:
    """``unit``: what it counts, as the page says it (个、人、人次、件、条). ``persons``: different cadres, not rows."""

    code: str
    title: str
    definition: str
    parts: tuple[Part, ...]
    unit: str = "个"
    persons: bool = False

    @property
    def source(self) -> str:
        return self.parts[0].source

    def rows(self, scope: Scope) -> QuerySet[Any]:
        """What the number counts: the rows of its source, or the cadres."""
        if not self.persons:
            return self.parts[0].rows(scope)
        first, *others = (part.cadres(scope) for part in self.parts)
        return Cadre.objects.filter(pk__in=first.union(*others) if others else first)


def numbers(figures: Iterable[Figure], scope: Scope) -> dict[str, int]:
    """The numbers of these figures: one query a source, and one for each count of persons over several sources."""
    found: dict[str, int] = {}
    by_source: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if len(figure.parts) > 1:
            first, *others = (part.cadres(scope) for part in figure.parts)
            found[figure.code] = first.union(*others).count()
        else:
            by_source[figure.source].append(figure)
    for source, members in by_source.items():
        counts = {
            f"figure_{place}": Count(
                CADRE[source] if figure.persons else "pk",
                filter=figure.parts[0].condition or None,
                distinct=figure.persons,
            )
            for place, figure in enumerate(members)
        }
        told = SOURCES[source](scope).aggregate(**counts)
        found |= {figure.code: told[f"figure_{place}"] for place, figure in enumerate(members)}
    return found
