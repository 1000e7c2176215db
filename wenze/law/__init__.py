"""The law as data with its articles: regulations by edition, terms, measures, who may do what (design §3, law.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wenze.deadlines.arithmetic import Unit
from wenze.law import data
from wenze.law.citations import Citation, chinese, cite, parse
from wenze.law.data import Measure, Named, Situation, TermRule

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

__all__ = [
    "Citation", "Measure", "Named", "Situation", "TermRule", "accountability_measures", "circumstances", "cite",
    "consequence_name", "consequences", "extension_of", "first_form_measures", "measure_name", "measures", "situation_cited", "situation_name", "situations", "term", "weights",
]  # fmt: skip


def term(code: str, *, on: dt.date | None = None) -> TermRule:
    """The rule of a term. Raises ``KeyError`` for a code that the table does not have."""
    row = data.terms()[code]
    return TermRule(
        code,
        row["name"],
        row["amount"],
        Unit(row["unit"]),
        parse(row["article"]),
        row["roll_forward"],
        row["configurable"],
    )


def extension_of(code: str) -> tuple[int, str]:
    """By how much a term may be extended, once. Raises ``KeyError`` for a term that may not (law.md §4)."""
    row = data.terms()[code]["extension"]
    return row["amount"], row["unit"]


def situations() -> list[Situation]:
    """The situations of 条例第七条, in order."""
    return list(data.situation_rows().values())


def situation_name(code: str) -> str:
    found = data.situation_rows().get(code)
    return f"{code} {found.name}" if found else code


def situation_cited(code: str) -> str:
    """A situation as a document cites it: 《中国共产党问责条例》第七条第四项（党的组织建设薄弱）."""
    number = list(data.situation_rows()).index(code) + 1
    return f"{Citation('TL', '7')}第{chinese(number)}项（{data.situation_rows()[code].name}）"


def consequences() -> tuple[Named, ...]:
    """恶劣影响、严重后果、重大损失."""
    return data.consequence_rows()


def consequence_name(code: str) -> str:
    return next((each.name for each in data.consequence_rows() if each.code == code), code)


def measures() -> dict[str, Measure]:
    """Every measure by its code."""
    return data.measure_rows()


def measure_name(code: str) -> str:
    found = data.measure_rows().get(code)
    return found.name if found else code


def first_form_measures(target: str = "") -> list[Named]:
    """What stands below accountability (第一种形态), for an organisation, a cadre or both."""
    fitting = (target, "both") if target else ("organization", "cadre", "both")
    return [
        Named(m.code, m.name, m.kind) for m in measures().values() if m.kind == "first_form" and m.target in fitting
    ]


def accountability_measures(target: str, track: str = "party") -> list[Named]:
    """What a commission may decide or propose for an organisation or a cadre on a track (条例第八条; 监察法)."""
    own = ("accountability", "administrative") if track == "supervisory" else ("accountability",)
    proposed = ("organizational",) if track == "supervisory" else ("organizational", "discipline", "administrative")
    found = []
    for m in measures().values():
        if m.target not in (target, "both") or m.code == "reorganization":
            continue
        if m.kind in own:
            found.append(Named(m.code, m.name, m.kind))
        elif m.kind in proposed:
            found.append(Named(f"propose:{m.code}", f"建议{m.name}", m.kind))
    return found


def circumstances() -> tuple[Named, ...]:
    """条例第十七至十九条 in codes."""
    return data.circumstance_rows()


def weights(codes: Iterable[str]) -> list[int]:
    """How heavy a set of measures is, the heaviest first: lists compare as the sets do (the table runs from light to heavy)."""
    order = list(measures())
    return sorted((order.index(code) for code in codes), reverse=True)
