"""门槛: 行为 + 后果 (条例第七条; law.md §1.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wenze.law import data
from wenze.law.citations import Citation

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable


@dataclass(frozen=True)
class Threshold:
    """``start``, ``start_with_reason`` (the catch-all), ``first_form`` or ``not_accountable``."""

    verdict: str
    basis: tuple[str, ...]


def judge(*, situation: str, act: bool, consequences: Iterable[str], on: dt.date | None = None) -> Threshold:
    """Whether act and consequence reach the threshold of that situation. Raises ``KeyError`` for an unknown one."""
    told = data.situation_rows()[situation]
    basis = (f"{Citation('TL', '7')}：{told.code} {told.name}",)
    if not act:
        return Threshold("not_accountable", basis)
    if told.catch_all:
        return Threshold("start_with_reason", (*basis, "兜底情形，须说明理由，并建议联审、提级"))
    found = set(consequences)
    if any(group <= found for group in told.requires):
        return Threshold("start", basis)
    return Threshold("first_form", (*basis, "行为在而后果不具备，转第一种形态处理"))
