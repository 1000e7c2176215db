"""What an official paper says, free of any case: organ, title, addressee, blocks, signature (GB/T 9704)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from wenze.errors import Invalid

LONGEST_BLOCK = 20_000
MOST_BLOCKS = 2_000


@dataclass(frozen=True)
class Block:
    """A piece of the body: ``h1`` 一、 ``h2`` （一） ``p`` paragraph, ``pairs`` label → value, ``table`` (first row is the head).

    ``widths`` are the columns' parts of a hundred, those that ``forms.css`` names (``col.c7``); without them all are equal.
    """

    kind: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Paper:
    """The frozen context of one document; every value is plain text."""

    organ: str
    title: str
    blocks: list[Block]
    date: str
    addressee: str = ""
    signed_by: str = ""
    attachments: list[str] = field(default_factory=list)
    signatures: list[list[str]] = field(default_factory=list)
    copies: str = ""
    printed_by: str = ""
    secrecy: str = "内部"
    urgency: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def texts(self) -> list[str]:
        """Every text of the paper, for the check of glyphs and lengths."""
        found = [self.organ, self.title, self.addressee, self.signed_by, self.date, self.copies, self.printed_by]
        found += self.attachments + [text for row in self.signatures for text in row]
        for block in self.blocks:
            found.append(block.text)
            found += [cell for row in block.rows for cell in row]
        return found


def heading(text: str) -> Block:
    return Block("h1", text)


def subheading(text: str) -> Block:
    return Block("h2", text)


def paragraphs(text: str) -> list[Block]:
    """Each line of a text as a paragraph of its own."""
    return [Block("p", line.strip()) for line in text.splitlines() if line.strip()]


def pairs(rows: list[tuple[str, Any]]) -> Block:
    return Block("pairs", rows=[[label, str(value) if value not in (None, "") else "（无）"] for label, value in rows])


def table(head: list[str], rows: list[list[Any]], widths: list[int] | None = None) -> Block:
    return Block("table", rows=[head, *[[str(cell) for cell in row] for row in rows]], widths=widths or [])


def check_size(paper: Paper) -> None:
    """Refuse what a renderer should not be asked for. Raises ``Invalid``."""
    if len(paper.blocks) > MOST_BLOCKS or any(len(text) > LONGEST_BLOCK for text in paper.texts()):
        raise Invalid({"paper": "文书内容过长，请分件制作或者改为附件。"})
