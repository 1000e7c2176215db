"""The book of rules: what a rule says, how rooms add their own, and which rules a case's stage already asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from cases.enums import CaseState
from review.evaluation.indicators import editions
from wenze.registry import Registry

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cases.models import Case
    from review.evaluation.record import Record

Question = TypeVar("Question", bound="Callable[..., Iterable[Any]]")
S = CaseState
ORDER = (
    S.INITIATING, S.INVESTIGATING, S.REPORTED, S.JOINTLY_REVIEWED, S.ADJUDICATED, S.DELIBERATED, S.PRE_REVIEWED, S.DECIDED,
    S.EXECUTING, S.CLOSED,
)  # fmt: skip
"""The stages in their order, for the self-check: a rule speaks from its stage on."""


@dataclass(frozen=True)
class Flaw:
    """One defect: what, about whom or which paper, and on which day."""

    text: str
    on: dt.date | None = None


@dataclass(frozen=True)
class Rule:
    """A rule of the book: its question, the panel of the case where the place is, the stage from which it is asked."""

    code: str
    question: Callable[[Record], Iterable[Flaw]]
    panel: str
    since: str
    ends_early: bool = False
    """Whether it is asked of a case that ended before its decision too."""


@dataclass(frozen=True)
class Found:
    """A defect with the rule that found it."""

    rule: Rule
    flaw: Flaw


RULES: Registry[Rule] = Registry("evaluation rules")
PARTS: Registry[Callable[[Sequence[Case]], dict[Any, dict[str, Any]]]] = Registry("parts of an evaluation's record")
"""Reads something for many cases at once: case id → name → rows. Bounded queries, whatever the number of cases."""

for _edition in editions().values():
    for _code in _edition.rules:
        RULES.expect(_code)


def rule(
    code: str, panel: str = "", since: str = S.INVESTIGATING, *, ends_early: bool = False
) -> Callable[[Question], Question]:
    """Register a rule: a generator of flaws, or of plain sentences, over a record."""

    def register(question: Question) -> Question:
        def asked(record: Record) -> Iterator[Flaw]:
            for each in question(record):
                yield each if isinstance(each, Flaw) else Flaw(each)

        RULES.register(code, Rule(code, asked, panel, since, ends_early))
        return question

    return register


def reached(state: str, since: str) -> bool:
    """Whether a case in that state has reached the stage from which a rule is asked."""
    return state in ORDER and ORDER.index(CaseState(state)) >= ORDER.index(CaseState(since))


def asked_of(state: str) -> list[Rule]:
    """The rules for a case in that state, in the order of their codes; of a case that ended early, those of its beginning."""
    if state == S.ENDED:
        return [each for each in ordered() if each.ends_early]
    return [each for each in ordered() if reached(state, each.since)]


def ordered() -> list[Rule]:
    """All rules, phase by phase in the order of the data."""
    places = {code: place for place, code in enumerate(next(reversed(editions().values())).rules)}
    return sorted(RULES, key=lambda each: places.get(each.code, len(places)))


def evaluate(record: Record) -> list[Found]:
    """Everything that the rules find in one case."""
    return [Found(each, flaw) for each in asked_of(record.case.state) for flaw in each.question(record)]
