"""Lamps: how much time is left, in working days, as colour, picture and words (never colour alone)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wenze.deadlines import workdays

if TYPE_CHECKING:
    import datetime as dt

    from wenze.terms.models import Clock

YELLOW_WITHIN = 3


@dataclass(frozen=True)
class Lamp:
    """What a lamp says."""

    color: str
    icon: str
    word: str
    workdays_left: int


def lamp_on(due_on: dt.date, on: dt.date) -> Lamp:
    """The lamp of a day that is due: red late, yellow within three working days, else green."""
    left = workdays.between(on, due_on)
    if due_on < on:
        late = max(-left, 1)
        return Lamp("red", "exclamation-triangle-fill", f"逾期 {late} 个工作日", -late)
    if due_on == on:
        return Lamp("yellow", "diamond-fill", "今日到期", 0)
    if left <= YELLOW_WITHIN:
        return Lamp("yellow", "diamond-fill", f"剩 {left} 个工作日", left)
    return Lamp("green", "circle-fill", f"剩 {left} 个工作日", left)


def lamp(clock: Clock, on: dt.date) -> Lamp:
    """The lamp of a clock."""
    if clock.state == "suspended":
        return Lamp("grey", "pause-circle", "已中止", 0)
    if clock.state == "met":
        return Lamp("grey", "check-circle", "已办结", 0)
    if clock.state == "void":
        return Lamp("grey", "dash-circle", "已取消", 0)
    return lamp_on(clock.due_on, on)
