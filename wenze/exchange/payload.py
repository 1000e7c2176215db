"""Reading what a partner wrote: plain text, days, lists; nothing that a database or a page would choke on."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

from wenze.exchange.errors import Unacceptable

LONGEST = 20_000
MOST_ROWS = 500


UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters but line ends and tabs; halves of characters."""


def text_of(row: dict[str, Any], name: str, *, most: int = LONGEST) -> str:
    """The text of that name, empty where there is none. Raises ``Unacceptable``."""
    value = row.get(name, "")
    if not isinstance(value, str) or len(value) > most or UNPRINTABLE.search(value):
        raise Unacceptable("payload", f"“{name}”不是文字、过长，或者含有不能显示的字符。")
    return value.strip()


def rows_of(told: Any, name: str) -> list[dict[str, Any]]:
    """The rows of that name. Raises ``Unacceptable`` where it is no list of records, or too long a one."""
    rows = told.get(name, []) if isinstance(told, dict) else None
    if not isinstance(rows, list) or len(rows) > MOST_ROWS or not all(isinstance(row, dict) for row in rows):
        raise Unacceptable("payload", f"内容文件里的“{name}”写法不对，或者超过{MOST_ROWS}条。")
    return rows


def names_of(row: dict[str, Any], name: str) -> list[str]:
    """A list of short texts. Raises ``Unacceptable``."""
    values = row.get(name, [])
    if not isinstance(values, list):
        raise Unacceptable("payload", f"“{name}”应当是名单。")
    return [text_of({name: value}, name, most=LONGEST) for value in values]


def id_of(row: dict[str, Any], name: str) -> uuid.UUID | None:
    """The identifier, or ``None`` where it is none."""
    try:
        return uuid.UUID(text_of(row, name, most=40))
    except (ValueError, Unacceptable):
        return None


def day_of(row: dict[str, Any], name: str) -> dt.date | None:
    """The day, or ``None`` where it is none."""
    try:
        return dt.date.fromisoformat(text_of(row, name, most=10))
    except (ValueError, Unacceptable):
        return None
