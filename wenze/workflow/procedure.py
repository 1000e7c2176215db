"""The engine: a procedure is a table that can be read beside the regulation (design §2).

A room *names* a gate and lists it in a step; the room that knows *answers* it::

    HEARD = Gate["Case"]("heard", "事实材料已与全部对象见面", under=cite("TL", 11), where="hearing")

    @gates.HEARD.answered_by
    def subjects_not_heard(case: Case, occasion: Occasion) -> Iterable[str]: ...

An answer yields what is missing, in Chinese, one phrase each; nothing yielded means that the gate stands open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from wenze.errors import Missing
from wenze.registry import Registry

if TYPE_CHECKING:
    import datetime as dt

    from wenze.law import Citation

S = TypeVar("S")

Answer = Callable[[Any, "Occasion"], Iterable[str]]
Act = Callable[[Any, "Occasion"], None]

GATES: Registry[Answer] = Registry("gates")
EFFECTS: Registry[Act] = Registry("effects")
TRIGGERS: Registry[Callable[[Any], bool]] = Registry("triggers")
PROCEDURES: Registry[Procedure[Any]] = Registry("procedures")


@dataclass(frozen=True)
class Occasion:
    """Who takes a step, on which day, and on which completed approval (if the step asks for one)."""

    actor: Any
    on: dt.date
    approval: Any = None


@dataclass(frozen=True)
class Gate(Generic[S]):
    """A question that must be answered with nothing missing before a step may be taken."""

    code: str
    text: str
    under: Citation
    where: str = ""

    def __post_init__(self) -> None:
        GATES.expect(self.code)

    def answered_by(self, answer: Callable[[S, Occasion], Iterable[str]]) -> Callable[[S, Occasion], Iterable[str]]:
        """Register the answer; a second one raises ``ValueError``."""
        GATES.register(self.code, answer)
        return answer

    def missing(self, subject: S, occasion: Occasion) -> Missing | None:
        """What this gate misses, all of it in one line; ``None`` where it stands open."""
        return self.told(subject, GATES[self.code](subject, occasion))

    def told(self, subject: S, found: Iterable[str]) -> Missing | None:
        """These gaps as this gate's one line; ``None`` where there is none."""
        gaps = [gap for gap in found if gap]
        if not gaps:
            return None
        link = getattr(subject, "panel_url", None)
        return Missing(
            code=self.code,
            text=f"{self.text}：{'；'.join(gaps)}",
            article=self.under.on_screen,
            href=link(self.where) if link else "",
            title=self.text,
            gaps=tuple(gaps),
        )


@dataclass(frozen=True)
class Effect(Generic[S]):
    """An act that a step causes, in table order, inside the step's transaction."""

    code: str
    text: str

    def __post_init__(self) -> None:
        EFFECTS.expect(self.code)

    def performed_by(self, act: Callable[[S, Occasion], None]) -> Callable[[S, Occasion], None]:
        EFFECTS.register(self.code, act)
        return act

    def perform(self, subject: S, occasion: Occasion) -> None:
        EFFECTS[self.code](subject, occasion)


@dataclass(frozen=True)
class Trigger(Generic[S]):
    """What makes a conditional row of the table apply; where it did not fire, the row is passed over."""

    code: str
    text: str

    def __post_init__(self) -> None:
        TRIGGERS.expect(self.code)

    def decided_by(self, question: Callable[[S], bool]) -> Callable[[S], bool]:
        TRIGGERS.register(self.code, question)
        return question

    def fired(self, subject: S) -> bool:
        return TRIGGERS[self.code](subject)


@dataclass(frozen=True)
class Starts:
    """A term that a step starts: its T-code, and the attribute that holds the first day (else the day of the step)."""

    rule: str
    since: str = ""

    def __str__(self) -> str:
        return self.rule


@dataclass(frozen=True)
class Step(Generic[S]):
    """A row of the table. ``by`` takes the step; ``approval`` are the seats that sign before it is taken, in order."""

    code: str
    name: str
    sources: tuple[str, ...]
    target: str | None
    by: tuple[str, ...]
    under: Citation
    gates: tuple[Gate[S], ...] = ()
    approval: tuple[str, ...] = ()
    effects: tuple[Effect[S], ...] = ()
    documents: tuple[str, ...] = ()
    starts: tuple[Starts, ...] = ()
    stops: tuple[str, ...] = ()
    only_if: Trigger[S] | None = None
    todo: str = ""
    returns_to: str | None = None

    def missing(self, subject: S, occasion: Occasion) -> list[Missing]:
        """**All** unmet gates, in table order."""
        return [gap for gate in self.gates if (gap := gate.missing(subject, occasion)) is not None]

    def applies_to(self, subject: S) -> bool:
        return self.only_if is None or self.only_if.fired(subject)


@dataclass(frozen=True)
class Procedure(Generic[S]):
    """One table: its code and edition name it for ever; a row keeps the edition under which it began."""

    code: str
    name: str
    track: str
    since: dt.date
    states: tuple[tuple[str, str], ...]
    steps: tuple[Step[S], ...]
    about: str = ""
    _by_code: dict[str, Step[S]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_code.update({step.code: step for step in self.steps})
        PROCEDURES.register(self.edition, self)

    @property
    def edition(self) -> str:
        """The name a case keeps: code and first day in force."""
        return f"{self.code}@{self.since.isoformat()}"

    def step(self, code: str) -> Step[S]:
        """The row of that code. Raises ``KeyError`` for a code the table does not have."""
        return self._by_code[code]

    def open_from(self, subject: S) -> list[Step[S]]:
        """The rows that may be taken in the subject's state, conditional ones only where they apply."""
        state = subject.state  # type: ignore[attr-defined]
        return [step for step in self.steps if state in step.sources and step.applies_to(subject)]

    def next_of(self, subject: S) -> list[Step[S]]:
        """The rows that stand next: up to and including the first that moves the matter on."""
        found: list[Step[S]] = []
        for step in self.open_from(subject):
            found.append(step)
            if step.target is not None:
                break
        return found

    def state_name(self, state: str) -> str:
        return dict(self.states).get(state, state)
