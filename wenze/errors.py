"""What the system says when it will not do a thing: every refusal carries the facts, not only a sentence.

``Refused`` is the answer of a gate (something must stand first), ``Invalid`` of a form field,
``Stale`` of a page that is older than the record, ``NotYours`` of a person who may not act.
Rows that a person may not see do not raise: they are absent (404).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class WenzeError(Exception):
    """An anticipated refusal; its text is Chinese and may be shown to the user as it stands."""

    status = 422


@dataclass(frozen=True)
class Missing:
    """One thing that must stand before a step may be taken; ``gaps`` are its parts, where there are many."""

    code: str
    text: str
    article: str = ""
    href: str = ""
    title: str = ""
    gaps: tuple[str, ...] = ()


class Refused(WenzeError):
    """A step cannot be taken yet: **all** that is missing, each with its article and where to mend it."""

    def __init__(self, step: str, missing: Iterable[Missing]) -> None:
        self.step = step
        self.missing: Sequence[Missing] = tuple(missing)
        super().__init__(f"“{step}”还差{len(self.missing)}项：" + "；".join(m.text for m in self.missing))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the unmet gates, in the order of the table."""
        return tuple(m.code for m in self.missing)


class Invalid(WenzeError):
    """What was typed cannot be accepted; ``fields`` maps a field's name to what is wrong with it."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__("；".join(self.fields.values()))


class Stale(WenzeError):
    """The record has moved on since the page was shown; nothing was written."""

    status = 409

    def __init__(self, text: str = "页面已过期：在您打开之后，记录已有变动。本次没有写入，请核对后再办。") -> None:
        super().__init__(text)


class NotYours(WenzeError):
    """The row is visible, the act is another role's."""

    status = 403


class Recused(NotYours):
    """A recused person may not act, whatever else he holds (回避)."""


def wanting(**typed: tuple[str, str]) -> dict[str, str]:
    """Which of the texts are empty, by field: ``name=(what was typed, what to ask for)``."""
    return {name: f"请写明{asked}。" for name, (text, asked) in typed.items() if not text.strip()}
