"""Citations: what a gate, a deadline or a measure rests on, printable, and checked against the library at start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wenze.law import data

if TYPE_CHECKING:
    import datetime as dt

DIGITS = "零一二三四五六七八九"
ALL: set[Citation] = set()


def chinese(number: int) -> str:
    """1 to 999 in Chinese numerals: 二十七."""
    if number < 10:  # noqa: PLR2004 -- a digit
        return DIGITS[number]
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


@dataclass(frozen=True)
class Citation:
    """A provision of a regulation: ``str()`` is its citation in Chinese."""

    code: str
    number: str
    paragraph: int | None = None

    @property
    def title(self) -> str:
        return next((regulation.title for regulation in data.regulations() if regulation.code == self.code), self.code)

    def __str__(self) -> str:
        if not self.number.isdigit():
            return f"{self.title}（{self.number}）" if self.code == "LOCAL" else f"《{self.title}》"
        text = f"《{self.title}》第{chinese(int(self.number))}条"
        return f"{text}第{chinese(self.paragraph)}款" if self.paragraph else text

    @property
    def on_screen(self) -> str:
        """The citation with its mark where nobody has yet compared our wording with the official text; paper prints plain."""
        return f"{self}〔待核〕" if self.code != "LOCAL" and not self.is_checked() else str(self)

    def is_in_force(self, on: dt.date) -> bool:
        """Whether an edition that holds this provision was in force on that day."""
        return any(
            regulation.code == self.code and self.number in regulation.provisions and regulation.is_in_force(on)
            for regulation in data.regulations()
        )

    def exists(self) -> bool:
        return any(r.code == self.code and self.number in r.provisions for r in data.regulations())

    def is_checked(self) -> bool:
        """Whether somebody compared our wording with the official text (else it is marked 待核)."""
        return any(
            r.code == self.code and (found := r.provisions.get(self.number)) is not None and found[1] is not None
            for r in data.regulations()
        )


def cite(code: str, number: int | str, paragraph: int | None = None) -> Citation:
    """The citation of a provision; a system check (``law.E001``) finds those that the library does not have."""
    citation = Citation(code, str(number), paragraph)
    ALL.add(citation)
    return citation


def parse(text: str) -> str:
    """``"TL 13"`` of the data as a citation in Chinese; ``"LOCAL"`` alone is local practice."""
    code, _, number = text.partition(" ")
    return str(Citation(code, number)) if number else "本级制度"
