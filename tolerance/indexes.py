"""By which words filings are found: title, number, unit, who is responsible."""

from __future__ import annotations

from tolerance.models import Filing
from wenze.search.registry import INDEXES, Index


def _names(row: Filing) -> list[str]:
    return [str(row.organization), *([row.responsible.name] if row.responsible else [])]


INDEXES.register(
    "tolerance.Filing",
    Index(
        Filing,
        title=lambda row: row.title,
        subtitle=lambda row: f"{row.number or '未编号'} · {row.get_state_display()}",
        url=lambda row: row.get_absolute_url(),
        texts=lambda row: (row.number,),
        names=_names,
    ),
)
