"""What this room asks of the rooms above it: what became of a problem that was not put right.

A clue exists above (``cases``); a problem only knows that there may be one. Named here, answered there, once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wenze.registry import Registry

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping

    from responsibility.models import Problem
    from wenze.people.models import User


@dataclass(frozen=True)
class HandedOn:
    """The clue that a problem became; without an address where the reader may not see it."""

    number: str = ""
    url: str = ""


@dataclass(frozen=True)
class Handing:
    """How a problem becomes a clue, and which ones did."""

    raise_clue: Callable[..., HandedOn]
    """``raise_clue(problem=…, actor=…, on=…)``; called twice it is the same clue."""
    clues_of: Callable[[Iterable[Any], User], Mapping[Any, HandedOn]]
    """By the problem's key, as far as the reader may see them."""


HANDINGS: Registry[Handing] = Registry("what becomes of a problem")
HANDINGS.expect("clue")


def raise_clue(problem: Problem, *, actor: User, on: dt.date) -> HandedOn:
    """Hand it on as a clue."""
    return HANDINGS["clue"].raise_clue(problem=problem, actor=actor, on=on)


def clue_of(problem: Problem, user: User) -> HandedOn | None:
    """The clue that it became."""
    return HANDINGS["clue"].clues_of([problem.pk], user).get(problem.pk)
