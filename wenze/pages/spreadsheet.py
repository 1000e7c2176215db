"""Reading a workbook that somebody uploads: bounded before it is opened, values only, nothing of it is kept."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from wenze.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 50 * 1024 * 1024
MOST_ENTRIES = 200
HIGHEST_RATIO = 100


def _refuse(text: str) -> Invalid:
    return Invalid({"workbook": text})


def opened(upload: Any) -> Any:
    """The workbook, read-only. Raises ``Invalid`` for one that is too large, packed too tight, or none at all."""
    content: bytes = upload.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise _refuse("表格超过5兆字节。")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            packed = max(sum(entry.compress_size for entry in entries), 1)
    except zipfile.BadZipFile as error:
        raise _refuse("打不开，请另存为 .xlsx 再上传。") from error
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or unpacked / packed > HIGHEST_RATIO:
        raise _refuse("表格的内部结构异常，请另存为新文件再上传。")
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


def _text(value: Any) -> str:
    """A cell as text; a number that Excel made of an ID number is written out."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}"
    return str(value).strip()
