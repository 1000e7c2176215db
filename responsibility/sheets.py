"""A list as a table: its columns, what a row must say, every fault by row and cell; all or nothing.

The same rows come from a workbook, from a CSV file (UTF-8 or GB18030) and go out again as a workbook. Rows are read one
by one, so that a large table can be checked in stages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Row = TypeVar("Row")
MOST = 5000


@dataclass(frozen=True)
class Fault:
    """What is wrong in a cell; ``row`` counts as the sheet does, its heading being the first."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"第{self.row}行“{self.column}”：{self.text}"


@dataclass(frozen=True)
class Shape(Generic[Row]):
    """What a kind of list looks like: its columns, which must be filled, how long each may be, what makes a row of them.

    ``build`` is given the cells by column and returns the row, or what is wrong with it by column.
    """

    columns: Sequence[str]
    required: Sequence[str]
    longest: Mapping[str, int]
    key: str
    build: Callable[[Mapping[str, str]], Row | dict[str, str]]


@dataclass
class Sheet(Generic[Row]):
    """What was read: the rows that hold, and every fault of the others."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class Reader(Generic[Row]):
    """Reads a table row by row; remembers the keys it has seen."""

    def __init__(self, shape: Shape[Row]) -> None:
        self.shape = shape
        self.sheet: Sheet[Row] = Sheet()
        self.seen: dict[str, int] = {}

    def begin(self, table: Sequence[Sequence[str]]) -> bool:
        """Whether the table has this shape's heading and not too many rows."""
        shape, faults = self.shape, self.sheet.faults
        if not table or tuple(cell.strip() for cell in table[0][: len(shape.columns)]) != tuple(shape.columns):
            faults.append(Fault(1, "表头", f"表头应依次为：{'、'.join(shape.columns)}"))
        elif len(table) - 1 > MOST:
            faults.append(Fault(MOST + 2, shape.key, f"一份清单最多{MOST}条"))
        return not faults

    def take(self, number: int, cells: Sequence[str]) -> None:
        """Read one row; an empty one is passed over."""
        if not any(cell.strip() for cell in cells):
            return
        shape = self.shape
        found = {name: cells[place].strip() if place < len(cells) else "" for place, name in enumerate(shape.columns)}
        wrong = {name: f"不能超过{most}字" for name, most in shape.longest.items() if len(found[name]) > most}
        wrong |= {name: "没有填写" for name in shape.required if not found[name]}
        key = found[shape.key]
        if key in self.seen:
            wrong.setdefault(shape.key, f"与第{self.seen[key]}行重复")
        elif key:
            self.seen[key] = number
        if any(cells[len(shape.columns) :]):
            wrong["多余的列"] = f"只有{len(shape.columns)}列"
        made = shape.build(found)
        if isinstance(made, dict):
            wrong = made | wrong
        elif not wrong:
            self.sheet.rows.append(made)
        self.sheet.faults.extend(Fault(number, name, text) for name, text in wrong.items())

    def end(self) -> Sheet[Row]:
        """The whole; a table without a row is at fault too."""
        if not self.sheet.rows and not self.sheet.faults:
            self.sheet.faults.append(Fault(2, self.shape.key, "没有内容"))
        return self.sheet


def read(table: Sequence[Sequence[str]], shape: Shape[Row]) -> Sheet[Row]:
    """Read a table whose first row is the heading, at once."""
    reader = Reader(shape)
    if reader.begin(table):
        for number, cells in enumerate(table[1:], 2):
            reader.take(number, cells)
    return reader.end()
