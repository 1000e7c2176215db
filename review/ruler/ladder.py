"""Reading the ruler: like cases, by a documented ladder of relaxation when too few are alike (``parameters/ruler.yaml``).

The first rung asks that everything be alike; each further one gives up one criterion more. The picture says which rung it
stands on and how many cases stand behind it; with too few there is no band.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from cases.models import Subject
from review.enums import Position
from review.models.ruler import CRITERIA, SettledOutcome
from review.ruler import band as arithmetic
from review.ruler.alike import NAMES, Profile
from review.selectors import superior_of
from wenze.law import data, severity
from wenze.law.severity import outcome_name
from wenze.people.enums import OrganizationKind
from wenze.people.models import Organization

if TYPE_CHECKING:
    from collections.abc import Sequence

    from review.ruler.band import Band


@dataclass(frozen=True)
class Share:
    """One line of the distribution."""

    code: str
    severity: int
    count: int
    percent: float

    @property
    def name(self) -> str:
        return outcome_name(self.code)


@dataclass(frozen=True)
class Reading:
    """The ruler laid beside one profile: how many are alike, how they ended, and the band (``None``: too few)."""

    profile: Profile
    dropped: tuple[str, ...]
    counts: dict[tuple[int, str], int]
    band: Band | None
    scope: tuple[Any, ...] = field(default=(), repr=False)

    @property
    def count(self) -> int:
        return sum(self.counts.values())

    @property
    def is_small(self) -> bool:
        return self.count < int(data.ruler_settings()["few"])

    @property
    def shares(self) -> list[Share]:
        """The distribution from light to heavy."""
        whole = self.count or 1
        return [
            Share(code, level, number, round(100 * number / whole, 1))
            for (level, code), number in sorted(self.counts.items())
        ]

    def position(self, level: int) -> Position:
        return self.band.position(level) if self.band else Position.NO_BAND

    @property
    def kept_words(self) -> list[tuple[str, str]]:
        """The criteria that the like cases share, as the screens say them."""
        told = self.profile.words()
        return [(NAMES[name], told[name]) for name in CRITERIA if name not in self.dropped]

    @property
    def profile_words(self) -> list[tuple[str, str]]:
        """Every criterion of the one who is compared."""
        told = self.profile.words()
        return [(NAMES[name], told[name]) for name in CRITERIA]

    @property
    def dropped_words(self) -> list[str]:
        return [NAMES[name] for name in self.dropped]

    @property
    def band_words(self) -> str:
        """From what to what, in the names of the scale."""
        if self.band is None:
            return "没有区间"
        low, high = severity.rung(self.band.low).name, severity.rung(self.band.high).name
        return low if low == high else f"{low}至{high}"

    @property
    def said(self) -> str:
        """How many cases stand behind the picture, and on which terms."""
        given_up = f"已放宽{'、'.join(self.dropped_words)}" if self.dropped else "全部条件相同"
        if self.count == 0:
            return "没有同类案件，不作比较。"
        text = f"同类案件{self.count}件（{given_up}）"
        if self.band is None:
            return f"{text}，件数太少，不给区间。"
        return f"{text}，件数较少，仅供参考。" if self.is_small else f"{text}。"


def scope_of(commission: Organization) -> tuple[Any, ...]:
    """Whose settled outcomes are counted: its own, its subordinates', its superior's — in numbers only."""
    found = {commission.pk}
    if (above := superior_of(commission)) is not None:
        found.add(above.pk)
    if commission.directly_led_by_id is not None:
        below = Organization.objects.filter(
            kind=OrganizationKind.COMMISSION, directly_led_by__directly_led_by=commission.directly_led_by_id
        )
        found.update(below.order_by().values_list("pk", flat=True))
    return tuple(sorted(found))


def conditions(profile: Profile, dropped: Sequence[str]) -> dict[str, Any]:
    """The filter of one rung of the ladder."""
    return {name: value for name, value in profile.values().items() if name not in dropped}


def _counted(
    scope: Sequence[Any], wanted: dict[str, Any], apart: Counter[tuple[Any, ...]]
) -> dict[tuple[int, str], int]:
    rows = SettledOutcome.objects.counted(list(scope)).filter(**wanted).values_list("severity", "measure")
    found = Counter({(level, code): number for level, code, number in rows.annotate(number=Count("*"))})
    for key, number in apart.items():
        own, level, code = dict(zip(CRITERIA, key, strict=False)), key[-2], key[-1]
        if all(own[name] == value for name, value in wanted.items()):
            found[level, code] -= number
    return {key: number for key, number in found.items() if number > 0}


def own_rows(case_id: Any) -> Counter[tuple[Any, ...]]:
    """The outcomes of a case itself: they are not among its like cases."""
    rows = SettledOutcome.objects.order_by().filter(case=case_id)
    return Counter(rows.values_list(*CRITERIA, "severity", "measure"))


def read(profile: Profile, scope: Sequence[Any], *, apart: Counter[tuple[Any, ...]] | None = None) -> Reading:
    """Lay the ruler beside a profile; ``apart`` are rows that are not counted: those of the case that is being judged.

    A handful of index-only counts: the ladder stops as soon as enough are alike, and one rung more is read to lean on.
    """
    told = data.ruler_settings()
    relax, enough = list(told["relax"]), int(told["enough"])
    apart = apart or Counter()
    step, counts = 0, _counted(scope, conditions(profile, ()), apart)
    while sum(counts.values()) < enough and step < len(relax):
        step += 1
        counts = _counted(scope, conditions(profile, relax[:step]), apart)
    wider = counts if step == len(relax) else _counted(scope, conditions(profile, relax[: step + 1]), apart)
    return Reading(profile, tuple(relax[:step]), counts, _band(profile, counts, wider), tuple(scope))


def by_hand(profile: Profile, scope: Sequence[Any], *, dropped: Sequence[str]) -> Reading:
    """The ruler with the criteria that somebody chose: nothing is relaxed for him."""
    counts = _counted(scope, conditions(profile, dropped), Counter())
    return Reading(profile, tuple(dropped), counts, _band(profile, counts, counts), tuple(scope))


def _levels(counts: dict[tuple[int, str], int]) -> Counter[int]:
    found: Counter[int] = Counter()
    for (level, _), number in counts.items():
        found[level] += number
    return found


def _band(profile: Profile, counts: dict[tuple[int, str], int], wider: dict[tuple[int, str], int]) -> Band | None:
    told = data.ruler_settings()
    if sum(counts.values()) < int(told["least"]):
        return None
    shares = arithmetic.smoothed(_levels(counts), _levels(wider), float(told["shrinkage"]))
    rungs = [(each.severity, each.kind) for each in severity.rungs_for(profile.kind, profile.track)]
    return arithmetic.band_of(
        shares, within=tuple(told["band"]), crossing=tuple(told["crossing"]), rungs=rungs, free_steps=int(told["free_steps"])
    )  # fmt: skip


def nearest(reading: Reading, user: Any, *, apart_from: Any = None) -> tuple[list[SettledOutcome], Counter[str]]:
    """The nearest cases, newest first within the same nearness: those that the reader may see; the others only counted."""
    told = data.ruler_settings()
    most, relax = int(told["nearest"]), list(told["relax"])
    picked: list[Any] = []
    for step in range(len(reading.dropped) + 1):
        if len(picked) >= most:
            break
        rows = SettledOutcome.objects.counted(list(reading.scope)).filter(**conditions(reading.profile, relax[:step]))
        if apart_from is not None:
            rows = rows.exclude(case__isnull=False, case=apart_from)
        fresh = rows.exclude(pk__in=picked).order_by("-decided_on", "-pk").values_list("pk", flat=True)
        picked.extend(fresh[: most - len(picked)])
    return _as_far_as_seen(picked, user)


def _as_far_as_seen(picked: list[Any], user: Any) -> tuple[list[SettledOutcome], Counter[str]]:
    """Those of these rows that the reader may see; of the others only how many ended how."""
    seen = {
        row.pk: row
        for row in SettledOutcome.objects.visible_to(user)
        .filter(pk__in=picked)
        .select_related("case", "subject__cadre", "subject__organization", "external__cadre", "external__organization")
    }
    hidden = SettledOutcome.objects.order_by().filter(pk__in=set(picked) - set(seen)).values_list("measure", flat=True)
    return [seen[pk] for pk in picked if pk in seen], Counter(outcome_name(code) for code in hidden)


def nearest_by_hand(reading: Reading, user: Any) -> tuple[list[SettledOutcome], Counter[str]]:
    """The newest of those that somebody asked for, as far as he may see."""
    rows = SettledOutcome.objects.counted(list(reading.scope)).filter(**conditions(reading.profile, reading.dropped))
    most = int(data.ruler_settings()["nearest"])
    return _as_far_as_seen(list(rows.order_by("-decided_on", "-pk").values_list("pk", flat=True)[:most]), user)


def subject_rows(case: Any) -> list[Subject]:
    """The subjects that are compared, read once."""
    related = ("cadre", "organization", "post__organization", "proposal__refer_to", "proposal__to_organization", "case")
    return list(case.subjects.pursued().select_related(*related))
