"""A duty list as rows of a table: what its columns are, what a row must say, every fault by row and cell.

The same rows come from a workbook, from a CSV file (UTF-8 or GB18030) and go out again as a workbook.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from responsibility.enums import PostGroup, Responsibility

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from responsibility.models import Duty
    from wenze.people.models import Post

COLUMNS = ("条号", "责任主体", "职务", "职责", "量化要求", "责任类别")
LONGEST = {"条号": 20, "职务": 80, "职责": 2000, "量化要求": 200}
MOST = 5000
GROUPS = {group.label: group for group in PostGroup}
KINDS = {kind.label: kind for kind in Responsibility}


@dataclass(frozen=True)
class Fault:
    """What is wrong in a cell; ``row`` counts as the sheet does, its heading being the first."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"第{self.row}行“{self.column}”：{self.text}"


@dataclass(frozen=True)
class Row:
    """One duty as it was written."""

    number: str
    group: str
    text: str
    responsibility: str
    quantity: str = ""
    post: Post | None = None


@dataclass
class Sheet:
    """What was read: the rows that hold, and every fault of the others."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(table: Sequence[Sequence[str]], posts: Mapping[str, Post]) -> Sheet:
    """Read a table whose first row is the heading; ``posts`` are those of the organisation by name."""
    sheet = Sheet()
    if not table or tuple(cell.strip() for cell in table[0][: len(COLUMNS)]) != COLUMNS:
        sheet.faults.append(Fault(1, "表头", f"表头应依次为：{'、'.join(COLUMNS)}"))
        return sheet
    if len(table) - 1 > MOST:
        sheet.faults.append(Fault(MOST + 2, "条号", f"一份清单最多{MOST}条"))
        return sheet
    seen: dict[str, int] = {}
    for number, cells in enumerate(table[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        _read_row(sheet, number, cells, posts, seen)
    if not sheet.rows and not sheet.faults:
        sheet.faults.append(Fault(2, "条号", "没有内容"))
    return sheet


def _read_row(sheet: Sheet, number: int, cells: Sequence[str], posts: Mapping[str, Post], seen: dict[str, int]) -> None:
    found = {name: cells[place].strip() if place < len(cells) else "" for place, name in enumerate(COLUMNS)}
    faults = [Fault(number, name, f"不能超过{most}字") for name, most in LONGEST.items() if len(found[name]) > most]
    faults += [Fault(number, name, "没有填写") for name in ("条号", "职责") if not found[name]]
    if found["条号"] in seen:
        faults.append(Fault(number, "条号", f"与第{seen[found['条号']]}行重复"))
    elif found["条号"]:
        seen[found["条号"]] = number
    if found["责任主体"] not in GROUPS:
        faults.append(Fault(number, "责任主体", f"应为{'、'.join(GROUPS)}"))
    if found["责任类别"] not in KINDS:
        faults.append(Fault(number, "责任类别", f"应为{'、'.join(KINDS)}"))
    post = posts.get(found["职务"])
    if found["职务"] and post is None:
        faults.append(Fault(number, "职务", "本组织没有登记这个职务"))
    if any(len(cell) and place >= len(COLUMNS) for place, cell in enumerate(cells)):
        faults.append(Fault(number, "多余的列", "清单只有六列"))
    if faults:
        sheet.faults.extend(faults)
        return
    sheet.rows.append(
        Row(found["条号"], GROUPS[found["责任主体"]], found["职责"], KINDS[found["责任类别"]], found["量化要求"], post)
    )


def written(duties: Sequence[Duty]) -> list[list[Any]]:
    """The rows of a list as they go out, without the heading; what is written is read again as it was."""
    return [
        [
            duty.number, duty.get_group_display(), duty.post.name if duty.post else "", duty.text, duty.quantity,
            duty.get_responsibility_display(),
        ]
        for duty in duties
    ]  # fmt: skip
