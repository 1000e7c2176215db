"""How a value is written for the database at hand: a line of COPY on PostgreSQL, a literal of SQL on SQLite."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@cache
def copies() -> bool:
    """Whether rows go in by COPY: the database does not change while a process runs."""
    return connection.vendor == "postgresql"


def sealed(value: bytes) -> str:
    """Bytes in hexadecimal; their quotes stand in the template."""
    return value.hex()


def spelled(value: Any, *, is_json: bool = False) -> str:
    """One value, as it stands in a row."""
    if is_json:
        value = json.dumps(value, ensure_ascii=False)
    if copies():
        return _copied(value)
    if value is None:
        return "NULL"
    if isinstance(value, bool | int):
        return str(int(value))
    if isinstance(value, bytes):
        return f"X'{value.hex()}'"
    if isinstance(value, uuid.UUID):
        value = value.hex
    elif isinstance(value, dt.datetime):
        value = str(value.astimezone(dt.UTC).replace(tzinfo=None))
    return "'" + str(value).replace("'", "''") + "'"


def _copied(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, str):
        return value.translate(ESCAPES)
    if isinstance(value, int | dt.date | uuid.UUID | Decimal | float):
        return str(value)
    raise TypeError(value)


def bytes_with(gap: str) -> str:
    """The spelling of bytes that a gap brings."""
    return "\\\\x" + gap if copies() else f"X'{gap}'"


def row(values: Iterable[str]) -> str:
    return "\t".join(values) + "\n" if copies() else "(" + ",".join(values) + "),"


def write(table: str, columns: list[str], rows: list[str]) -> None:
    """Write rows of one table."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if copies():
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as out:
                for each in rows:
                    out.write(each)
            return
        for each in rows:
            cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES {each.rstrip(",")}')  # noqa: S608 -- our own tables, literals quoted above
