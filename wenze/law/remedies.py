"""What a respondent may do against a decision, by the track on which it was made (条例第二十条; 监察法)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wenze.deadlines.arithmetic import Term, reckon
from wenze.law import data, term
from wenze.law.citations import parse

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True)
class Remedy:
    """One level of remedy; ``rule`` is its term, counted from the day on which the decision was received."""

    name: str
    rule: str
    to: str
    article: str
    then: str = ""

    def until(self, received_on: dt.date) -> dt.date:
        """The last day on which it may be sought."""
        told = term(self.rule)
        return reckon(Term(told.amount, told.unit), received_on).due

    @property
    def told(self) -> str:
        """As a decision tells it; the last day is reckoned from delivery, so it stands in the receipt (D26)."""
        text = f"如对本决定不服，可以自收到本决定之日起一个月内，向{self.to}提出{self.name}。{self.then}"
        return f"{text}{self.name}期间，不停止本决定的执行。"


def remedy_of(track: str) -> Remedy:
    """The remedy against a decision of that track. Raises ``KeyError`` where the table has none."""
    row = data.remedy_rows()[track]
    return Remedy(row["name"], row["term"], row["to"], parse(row["article"]), row.get("then", ""))
