"""The two shapes of this room: what a row of a duty list says, and what a row of a problem list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from responsibility.enums import PostGroup, Responsibility
from responsibility.sheets import MOST, Fault, Shape, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from responsibility.models import Duty, Problem
    from wenze.people.models import Cadre, Organization, Post

COLUMNS = ("条号", "责任主体", "职务", "职责", "量化要求", "责任类别")
PROBLEM_COLUMNS = ("序号", "责任单位", "责任人", "责任人职务", "问题", "整改措施", "期限（月）", "到期日")
GROUPS = {group.label: group for group in PostGroup}
KINDS = {kind.label: kind for kind in Responsibility}
MOST_MONTHS = 60
__all__ = ["COLUMNS", "MOST", "PROBLEM_COLUMNS", "Fault", "ProblemRow", "Row", "duties", "problems", "read"]


@dataclass(frozen=True)
class Row:
    """One duty as it was written."""

    number: str
    group: str
    text: str
    responsibility: str
    quantity: str = ""
    post: Post | None = None


@dataclass(frozen=True)
class ProblemRow:
    """One problem as it was written: its term is so many months, or a day of its own, or the local term."""

    number: str
    organization: Organization
    text: str
    measure: str
    owner: Cadre | None = None
    owner_title: str = ""
    months: int | None = None
    due_on: dt.date | None = None


def duties(posts: Mapping[str, Post]) -> Shape[Row]:
    """A duty list; ``posts`` are those of the organisation by name."""

    def build(found: Mapping[str, str]) -> Row | dict[str, str]:
        wrong = {}
        if found["责任主体"] not in GROUPS:
            wrong["责任主体"] = f"应为{'、'.join(GROUPS)}"
        if found["责任类别"] not in KINDS:
            wrong["责任类别"] = f"应为{'、'.join(KINDS)}"
        post = posts.get(found["职务"])
        if found["职务"] and post is None:
            wrong["职务"] = "本组织没有登记这个职务"
        return wrong or Row(
            found["条号"], GROUPS[found["责任主体"]], found["职责"], KINDS[found["责任类别"]], found["量化要求"], post
        )

    longest = {"条号": 20, "职务": 80, "职责": 2000, "量化要求": 200}
    return Shape(COLUMNS, ("条号", "职责"), longest, "条号", build)


def problems(
    units: Mapping[str, Organization], cadres: Mapping[tuple[Any, str], Sequence[Cadre]], found_on: dt.date
) -> Shape[ProblemRow]:
    """A problem list; ``units`` by name and short name, ``cadres`` by unit and name (those who ever served there)."""

    def build(found: Mapping[str, str]) -> ProblemRow | dict[str, str]:
        wrong: dict[str, str] = {}
        unit = units.get(found["责任单位"])
        if unit is None and found["责任单位"]:
            wrong["责任单位"] = "没有登记这个单位"
        same = cadres.get((unit.pk, found["责任人"]), ()) if unit else ()
        if found["责任人"] and unit is not None and len(same) != 1:
            wrong["责任人"] = "该单位有几名同名的干部，请在页面上填写" if same else "该单位没有登记这名干部"
        if not found["责任人"] and not found["责任人职务"]:
            wrong["责任人"] = "责任人和责任人职务至少填写一项"
        months, due_on = _months(found["期限（月）"], wrong), _day(found["到期日"], found_on, wrong)
        if months and due_on:
            wrong["到期日"] = "期限和到期日只填一项"
        if wrong or unit is None:
            return wrong
        owner = same[0] if same else None
        return ProblemRow(
            found["序号"], unit, found["问题"], found["整改措施"], owner, found["责任人职务"], months, due_on
        )

    longest = {"序号": 20, "责任人职务": 120, "问题": 2000, "整改措施": 2000}
    required = ("序号", "责任单位", "问题", "整改措施")
    return Shape(PROBLEM_COLUMNS, required, longest, "序号", build)


def _months(text: str, wrong: dict[str, str]) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:4]) <= MOST_MONTHS:
        wrong["期限（月）"] = f"应为1至{MOST_MONTHS}的整数"
        return None
    return int(text)


def _day(text: str, found_on: dt.date, wrong: dict[str, str]) -> dt.date | None:
    """A day as a person or as Excel wrote it."""
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text.removesuffix(" 00:00:00").replace("/", "-"))
    except ValueError:
        wrong["到期日"] = "应为日期，如2026-03-31"
        return None
    if day <= found_on:
        wrong["到期日"] = "应在提出日之后"
    return day


def written(duty_rows: Sequence[Duty]) -> list[list[Any]]:
    """The rows of a duty list as they go out, without the heading; what is written is read again as it was."""
    return [
        [
            duty.number, duty.get_group_display(), duty.post.name if duty.post else "", duty.text, duty.quantity,
            duty.get_responsibility_display(),
        ]
        for duty in duty_rows
    ]  # fmt: skip


def problems_written(rows: Sequence[Problem]) -> list[list[Any]]:
    """The rows of a problem list as they go out; what is written is read again as it was, then how each stands."""
    return [
        [
            row.number, row.organization.name, row.owner.name if row.owner else "", row.owner_title, row.text, row.measure,
            row.months or "", "" if row.months else row.due_on.isoformat(), row.get_state_display(),
            row.written_off_on.isoformat() if row.written_off_on else "",
        ]
        for row in rows
    ]  # fmt: skip
