"""Words that every document of a case shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wenze.documents.paper import Block, Paper
from wenze.law import measure_name

if TYPE_CHECKING:
    import datetime as dt

    from wenze.people.models import Organization


def day(value: dt.date | None) -> str:
    """2026年11月24日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else "（无）"


def measures_in_words(codes: list[str]) -> str:
    """Measures in one line; a proposed one says so."""
    return "、".join(
        f"建议{measure_name(code.removeprefix('propose:'))}" if code.startswith("propose:") else measure_name(code)
        for code in codes
    )


def form(organ: Organization, title: str, blocks: list[Block], on: dt.date, **more: Any) -> Paper:
    return Paper(organ=organ.name, title=title, blocks=blocks, date=day(on), **more)
