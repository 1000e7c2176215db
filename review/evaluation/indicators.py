"""The indicators as data: phases, weights, rules, items and grades of one edition (law.md §7.3)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from review.enums import Grade
from wenze.deadlines.arithmetic import Term, Unit
from wenze.law import data
from wenze.law.citations import Citation

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable


@dataclass(frozen=True)
class Phase:
    code: str
    name: str
    weight: Decimal


@dataclass(frozen=True)
class Indicator:
    """A part of a phase; what is deducted in it never exceeds its weight."""

    code: str
    phase: str
    name: str
    weight: Decimal
    article: str


@dataclass(frozen=True)
class Item:
    """A rule, or what a reviewer judges: against which indicator, how many points at the most, and whether it vetoes."""

    code: str
    indicator: Indicator
    points: Decimal
    veto: bool
    name: str
    article: str


@dataclass(frozen=True)
class Extra:
    """What is added: 有效整改、提出纪检监察建议."""

    code: str
    most: Decimal
    name: str
    article: str


@dataclass(frozen=True)
class Edition:
    """One edition of the indicators, by which an evaluation is made from its day on."""

    code: str
    since: str
    phases: tuple[Phase, ...]
    indicators: dict[str, Indicator]
    rules: dict[str, Item]
    human: dict[str, Item]
    bonus: dict[str, Extra]
    grades: dict[str, Decimal]
    repeat_factor: Decimal
    bonus_most: Decimal
    team_least: int
    rectify: Term

    def item(self, code: str) -> Item:
        """A rule or a reviewer's item by its code. Raises ``KeyError``."""
        return self.rules.get(code) or self.human[code]

    def grade_of(self, score: Decimal, *, vetoed: bool) -> Grade:
        """优秀, 合格, 瑕疵 by the thresholds; below them, or with a veto, 不合格."""
        if not vetoed:
            for grade in (Grade.EXCELLENT, Grade.QUALIFIED, Grade.FLAWED):
                if score >= self.grades[grade.value]:
                    return grade
        return Grade.FAILED


def cited(told: str) -> str:
    """The citation in Chinese of what the data names (``TL 7``, ``LOCAL 回访``)."""
    code, _, article = told.partition(" ")
    return str(Citation(code, article))


def _item(row: dict[str, Any], indicators: dict[str, Indicator], points: str) -> Item:
    return Item(
        row["code"], indicators[row["indicator"]], Decimal(str(row[points])), bool(row.get("veto")), row["name"],
        cited(row["article"]),
    )  # fmt: skip


def _edition(told: dict[str, Any]) -> Edition:
    indicators = {
        row["code"]: Indicator(row["code"], row["phase"], row["name"], Decimal(row["weight"]), cited(row["article"]))
        for row in told["indicators"]
    }
    return Edition(
        code=told["edition"],
        since=str(told["since"]),
        phases=tuple(Phase(row["code"], row["name"], Decimal(row["weight"])) for row in told["phases"]),
        indicators=indicators,
        rules={row["code"]: _item(row, indicators, "points") for row in told["rules"]},
        human={row["code"]: _item(row, indicators, "most") for row in told["human"]},
        bonus={
            row["code"]: Extra(row["code"], Decimal(row["most"]), row["name"], cited(row["article"]))
            for row in told["bonus"]
        },
        grades={grade: Decimal(least) for grade, least in told["grades"].items()},
        repeat_factor=Decimal(str(told["repeat_factor"])),
        bonus_most=Decimal(told["bonus_most"]),
        team_least=int(told["team_least"]),
        rectify=Term(int(told["rectify"]["amount"]), Unit(told["rectify"]["unit"])),
    )


@lru_cache(maxsize=1)
def editions() -> dict[str, Edition]:
    """Every edition by its name, the oldest first."""
    return {told["edition"]: _edition(told) for told in data.evaluation_editions()}


def edition_on(day: dt.date) -> Edition:
    """The edition by which an evaluation begun on that day is made."""
    fit = [found for found in editions().values() if found.since <= day.isoformat()]
    return fit[-1] if fit else next(iter(editions().values()))


@dataclass(frozen=True)
class Score:
    """What an evaluation comes to: by phase and indicator what is left, the bonus, the total, and whether it is vetoed."""

    by_indicator: dict[str, Decimal]
    by_phase: dict[str, Decimal]
    bonus: Decimal
    total: Decimal
    vetoed: bool
    grade: Grade


def reckon(edition: Edition, findings: Iterable[Any], bonuses: Iterable[Any]) -> Score:
    """Points are taken within each indicator's weight; a defect that came again after it was told costs more."""
    taken: dict[str, Decimal] = dict.fromkeys(edition.indicators, Decimal(0))
    vetoed = False
    for row in findings:
        if row.set_aside:
            continue
        taken[row.indicator] += row.points * (edition.repeat_factor if row.earlier else 1)
        vetoed = vetoed or row.is_veto
    left = {code: max(Decimal(0), each.weight - taken[code]) for code, each in edition.indicators.items()}
    by_phase = {
        phase.code: sum(
            (left[code] for code, each in edition.indicators.items() if each.phase == phase.code), Decimal(0)
        )
        for phase in edition.phases
    }
    bonus = min(edition.bonus_most, sum((row.points for row in bonuses), Decimal(0)))
    total = min(Decimal(100), sum(by_phase.values(), bonus))
    return Score(left, by_phase, bonus, total, vetoed, edition.grade_of(total, vetoed=vetoed))
