"""Workbooks: what somebody uploads is bounded before it is opened, values only, nothing of it is kept; what goes out is text."""

from __future__ import annotations

import csv
import re
import zipfile
from io import BytesIO, StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from wenze.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 50 * 1024 * 1024
MOST_ENTRIES = 200
HIGHEST_RATIO = 100
_NOT_IN_A_NAME = re.compile(r"[\\\[\]:*?/]")


def _refuse(text: str) -> Invalid:
    return Invalid({"workbook": text})


def is_csv(upload: Any) -> bool:
    return (getattr(upload, "name", "") or "").lower().endswith(".csv")


def bounded(upload: Any) -> bytes:
    """What was uploaded, weighed by the archive's own table and not unpacked: nothing of a bomb is parsed.

    Raises ``Invalid`` for what is too large, packed too tight, or no workbook at all.
    """
    content: bytes = upload.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise _refuse("表格超过5兆字节。")
    if is_csv(upload):
        return content
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            packed = max(sum(entry.compress_size for entry in entries), 1)
    except zipfile.BadZipFile as error:
        raise _refuse("打不开，请另存为 .xlsx 再上传。") from error
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or unpacked / packed > HIGHEST_RATIO:
        raise _refuse("表格的内部结构异常，请另存为新文件再上传。")
    return content


def opened(upload: Any) -> Any:
    """The workbook, read-only. Raises ``Invalid`` for one that is too large, packed too tight, or none at all."""
    content = bounded(upload)
    try:
        return load_workbook(BytesIO(content), read_only=True, data_only=True)
    except Exception as error:
        raise _refuse("打不开，请另存为 .xlsx 再上传。") from error


def first_column(upload: Any, *, most: int, headings: Sequence[str] = ()) -> list[str]:
    """The texts of the first sheet's first column, without a heading; at the most so many. Raises ``Invalid``."""
    sheet = opened(upload).worksheets[0]
    found: list[str] = []
    for number, (value,) in enumerate(sheet.iter_rows(max_col=1, values_only=True)):
        text = _text(value)
        if not text or (number == 0 and text in headings):
            continue
        found.append(text)
        if len(found) >= most:
            break
    if not found:
        raise _refuse("表格的第一列没有内容。")
    return found


def table(upload: Any, *, columns: int, most: int) -> list[list[str]]:
    """The rows of a workbook's first sheet, or of a CSV file (UTF-8 or GB18030), as texts; one row more than ``most`` at most.

    Raises ``Invalid`` for what cannot be opened or read.
    """
    if is_csv(upload):
        return _rows_of_csv(upload, columns, most)
    sheet = opened(upload).worksheets[0]
    rows = sheet.iter_rows(max_row=most + 1, max_col=columns + 1, values_only=True)
    return [[_text(value) for value in row] for row in rows]


def _rows_of_csv(upload: Any, columns: int, most: int) -> list[list[str]]:
    content = bounded(upload)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise _refuse("文字编码不认识，请另存为 UTF-8 或者 GB18030 的 CSV。")
    if "\0" in text:
        raise _refuse("打不开，不是文本的 CSV。")
    try:
        rows = islice(csv.reader(StringIO(text, newline=""), strict=True), most + 1)
        return [[cell.strip() for cell in row[: columns + 1]] for row in rows]
    except csv.Error as error:
        raise _refuse("CSV 的引号或者换行不成对，请检查后再上传。") from error


def written(title: str, head: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int] = ()) -> bytes:
    """A workbook of one sheet. Every cell is text: what begins with ``=`` is shown and never reckoned."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for place, width in enumerate(widths):
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
    sheet.freeze_panes = "A2"
    for row in (head, *rows):
        sheet.append([_cell(sheet, str(value)) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(sheets: Iterable[tuple[str, Sequence[Any], Iterable[Sequence[Any]]]]) -> bytes:
    """A workbook of several sheets: integers are numbers to reckon with, everything else is text and never reckoned."""
    book = Workbook(write_only=True)
    for title, head, rows in sheets:
        sheet = book.create_sheet(_NOT_IN_A_NAME.sub(" ", title)[:31])
        sheet.column_dimensions["A"].width = 44
        sheet.freeze_panes = "B2"
        for row in (head, *rows):
            sheet.append([_cell(sheet, value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    cell.data_type = "s"
    return cell


def _text(value: Any) -> str:
    """A cell as text; a number that Excel made of an ID number or of an ordinal is written out."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value).strip()
