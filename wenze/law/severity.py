"""How heavy an outcome is: one scale over outcomes and measures, from 不予问责 to 开除 (``parameters/ruler.yaml``, 本级设置)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from wenze.law import data

if TYPE_CHECKING:
    from collections.abc import Iterable

PROPOSE = "propose:"
OUTCOME_NAMES = {
    "not_accountable": "不予问责", "exempted": "免予问责", "first_form": "第一种形态处理", "referred": "转立案",
}  # fmt: skip


@dataclass(frozen=True)
class Rung:
    """A step of the scale; ``kind`` is the class within which a step more or less is discretion."""

    severity: int
    name: str
    kind: str
    outcomes: tuple[str, ...]
    measures: tuple[str, ...]


@lru_cache(maxsize=1)
def scale() -> tuple[Rung, ...]:
    """Every rung, from light to heavy."""
    return tuple(
        Rung(row["severity"], row["name"], row["class"], tuple(row.get("outcomes", ())), tuple(row.get("measures", ())))
        for row in data.ruler_settings()["scale"]
    )


@lru_cache(maxsize=1)
def _by_code() -> dict[str, int]:
    return {code: rung.severity for rung in scale() for code in (*rung.outcomes, *rung.measures)}


def rung(severity: int) -> Rung:
    """The rung of that severity. Raises ``StopIteration`` for none."""
    return next(each for each in scale() if each.severity == severity)


def heaviest(outcome: str, measures: Iterable[str] = (), *, referred: bool = False) -> tuple[int, str] | None:
    """The heaviest thing in an outcome with its severity; ``None`` where there is nothing to compare (移交, 死亡).

    A proposal counts as what it proposes; who is to be filed as well counts at least as the lightest sanction.
    """
    codes = [code.removeprefix(PROPOSE) for code in measures]
    codes += [outcome] if outcome in _by_code() else []
    codes += ["referred"] if referred else []
    known = [(_by_code()[code], code) for code in codes if code in _by_code()]
    return max(known, default=None)


def outcome_name(code: str) -> str:
    """What stands in a distribution: a measure, or an outcome without one."""
    plain = code.removeprefix(PROPOSE)
    return OUTCOME_NAMES.get(plain) or data.measure_rows()[plain].name


def rungs_for(kind: str, track: str) -> list[Rung]:
    """The rungs on which a subject of that kind can stand at all: between them one counts the steps."""
    target = "organization" if kind == "organization" else "cadre"
    rows = data.measure_rows()
    other = "party_" if track == "supervisory" else "admin_"

    def fits(each: Rung) -> bool:
        own = [code for code in each.measures if rows[code].target in (target, "both") and not code.startswith(other)]
        return each.kind == "none" or bool(own)

    return [each for each in scale() if fits(each)]
