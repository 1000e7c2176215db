"""The law as data: YAML read once into frozen values. No number of the law stands in Python."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from wenze.deadlines.arithmetic import Unit

ROOM = Path(__file__).parent


@dataclass(frozen=True)
class Regulation:
    """An edition of a regulation: in force from a day to a day (inclusive, or open)."""

    code: str
    edition: int
    title: str
    issuer: str
    level: str
    track: str
    in_force_from: dt.date
    in_force_to: dt.date | None
    provisions: dict[str, tuple[str, str | None]]

    def is_in_force(self, on: dt.date) -> bool:
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


@dataclass(frozen=True)
class TermRule:
    """A procedural term (law.md §4); ``article`` is its citation."""

    code: str
    name: str
    amount: int
    unit: Unit
    article: str
    roll_forward: bool
    configurable: bool


@dataclass(frozen=True)
class Named:
    """A code with its Chinese name."""

    code: str
    name: str
    kind: str = ""


@dataclass(frozen=True)
class Situation:
    """One of the situations of 条例第七条; ``requires``: any of these sets of consequences."""

    code: str
    name: str
    requires: tuple[frozenset[str], ...]
    catch_all: bool


@dataclass(frozen=True)
class Period:
    """One restriction of a measure: so many calendar months, what it says, which ``limit`` it sets (law.md §3)."""

    months: int
    restriction: str
    limit: str = ""


@dataclass(frozen=True)
class Measure:
    """A measure; ``who`` is its column in the table of who may decide (law.md §1.5).

    ``probation``: the months of 察看期 within its period; ``stays``: what is said of it for good (开除 is never "released").
    """

    code: str
    name: str
    target: str
    article: str
    kind: str
    parts: tuple[Period, ...]
    who: tuple[str, ...]
    probation: int = 0
    stays: str = ""


def _yaml(*parts: str) -> Any:
    return yaml.safe_load(ROOM.joinpath(*parts).read_text(encoding="utf-8"))


def _date(value: Any) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    return dt.date.fromisoformat(str(value))


@lru_cache(maxsize=1)
def regulations() -> tuple[Regulation, ...]:
    """Every edition in the library."""
    found = []
    for file in sorted((ROOM / "library").glob("*.yaml")):
        told = yaml.safe_load(file.read_text(encoding="utf-8"))
        start = _date(told["in_force_from"])
        assert start is not None  # noqa: S101 -- the library is ours
        found.append(
            Regulation(
                told["code"], int(told["edition"]), told["title"], told["issuer"], told["level"], told["track"], start,
                _date(told["in_force_to"]),
                {str(p["number"]): (p["text"], p["checked_on"]) for p in told["provisions"]},
            )
        )  # fmt: skip
    return tuple(found)


@lru_cache(maxsize=1)
def terms() -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in _yaml("parameters", "terms.yaml")}


@lru_cache(maxsize=1)
def situation_rows() -> dict[str, Situation]:
    return {
        row["code"]: Situation(
            row["code"], row["name"], tuple(frozenset(group) for group in row["requires"]), bool(row.get("catch_all"))
        )
        for row in _yaml("parameters", "situations.yaml")["situations"]
    }


@lru_cache(maxsize=1)
def consequence_rows() -> tuple[Named, ...]:
    return tuple(Named(row["code"], row["name"]) for row in _yaml("parameters", "situations.yaml")["consequences"])


@lru_cache(maxsize=1)
def settings() -> dict[str, Any]:
    """What the law leaves to local practice, with our defaults."""
    found: dict[str, Any] = _yaml("parameters", "measures.yaml")["settings"]
    return found


@lru_cache(maxsize=1)
def measure_rows() -> dict[str, Measure]:
    found = {}
    for row in _yaml("parameters", "measures.yaml")["measures"]:
        parts = tuple(Period(part["months"], part["restriction"], part["limit"]) for part in row.get("parts", ()))
        if row.get("months"):
            parts = (Period(row["months"], row.get("restriction", ""), row.get("limit", "")),)
        if row["code"] == "circulation" and settings()["circulation_months"]:
            parts = (Period(settings()["circulation_months"], "影响期内从严（本级规定）", "no_promotion"),)
        found[row["code"]] = Measure(
            row["code"], row["name"], row["target"], row["article"], row["kind"], parts, tuple(row.get("who", ())),
            row.get("probation", 0), row.get("stays", ""),
        )  # fmt: skip
    return found


@lru_cache(maxsize=1)
def circumstance_rows() -> tuple[Named, ...]:
    return tuple(
        Named(row["code"], row["name"], row["kind"]) for row in _yaml("parameters", "measures.yaml")["circumstances"]
    )


@lru_cache(maxsize=1)
def review_settings() -> dict[str, Any]:
    """提级、联审、审理、回访 by local practice (law.md §7.1, §8)."""
    found: dict[str, Any] = _yaml("parameters", "reviews.yaml")
    return found


@lru_cache(maxsize=1)
def tolerance_settings() -> dict[str, Any]:
    """Terms and limits of filings in advance by local practice (law.md §6.1)."""
    found: dict[str, Any] = _yaml("parameters", "tolerance.yaml")
    return found


@lru_cache(maxsize=1)
def statistics_settings() -> dict[str, Any]:
    """Which form a measure belongs to (law.md §5), and what local practice calls below, small, too much."""
    found: dict[str, Any] = _yaml("parameters", "statistics.yaml")
    return found


@lru_cache(maxsize=1)
def sampling_settings() -> dict[str, Any]:
    """抽查核查 by local practice (law.md §7.3)."""
    found: dict[str, Any] = _yaml("parameters", "sampling.yaml")
    return found


@lru_cache(maxsize=1)
def check_rows() -> dict[str, Any]:
    """What bars whom from what in the appointment check (law.md §3, §8)."""
    found: dict[str, Any] = _yaml("parameters", "checks.yaml")
    return found


@lru_cache(maxsize=1)
def remedy_rows() -> dict[str, dict[str, str]]:
    """What a respondent may do against a decision, by track (law.md §2.1)."""
    return {row["track"]: row for row in _yaml("parameters", "remedies.yaml")["remedies"]}


@lru_cache(maxsize=1)
def evaluation_editions() -> tuple[dict[str, Any], ...]:
    """The indicators of 案件质量评查 by edition, the oldest first (law.md §7.3)."""
    found: list[dict[str, Any]] = _yaml("parameters", "evaluation.yaml")["editions"]
    return tuple(sorted(found, key=lambda row: str(row["since"])))


@lru_cache(maxsize=1)
def ruler_settings() -> dict[str, Any]:
    """量纪平衡 by local practice: how heavy an outcome is, what makes cases alike, what lies outside the band."""
    found: dict[str, Any] = _yaml("parameters", "ruler.yaml")
    return found
