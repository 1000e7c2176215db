"""The tables as a workbook and as a paper: the same cells as on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases.enums import Track
from wenze.deadlines import clock
from wenze.documents import render
from wenze.documents.paper import Block, Paper, heading, paragraphs, table
from wenze.pages import spreadsheet
from wenze.pages.templatetags.wenze import cn_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wenze.reporting.campaigns import Compared
    from wenze.reporting.report import Report
    from wenze.reporting.scope import Scope
    from wenze.reporting.tables import Cell, Table


def named(scope: Scope) -> str:
    """The days and the conditions, in words."""
    told = f"{scope.first.year}年" if scope.is_a_year else f"{cn_date(scope.first)}至{cn_date(scope.last)}"
    if scope.unit is not None:
        told += f"，单位：{scope.unit}"
    if scope.track:
        told += f"，轨道：{Track(scope.track).label}"
    if scope.campaign is not None:
        told += f"，专项：{scope.campaign}"
    return told


def _values(cells: Sequence[Cell]) -> list[Any]:
    return [cell.text if cell.number is None else cell.number for cell in cells]


def workbook(report: Report) -> bytes:
    """One sheet a table, numbers as numbers, and one with every figure's definition."""
    notes = [["统计期间", named(report.scope)], ["范围", report.horizon], *[["提示", text] for text in report.warnings]]
    notes += [[each.title, each.note] for each in report.tables if each.note]
    definitions: dict[str, list[Any]] = {}
    for each in report.tables:
        for row in each.rows:
            for name, cell in zip(each.head[1:], row.cells, strict=True):
                if cell.code:
                    definitions.setdefault(
                        cell.code, [cell.code, f"{each.title}：{row.label}（{name}）", cell.definition]
                    )
    sheets = [
        (each.title, each.head, [[row.label, *_values(row.cells)] for row in each.rows]) for each in report.tables
    ]
    return spreadsheet.workbook(
        [("说明", ["项目", "内容"], notes), *sheets, ("口径", ["代码", "指标", "定义"], list(definitions.values()))]
    )


def _block(each: Table) -> list[Block]:
    rows = [[row.label, *(cell.text for cell in row.cells)] for row in each.rows] or [
        ["（无）", *[""] * (len(each.head) - 1)]
    ]
    return [heading(each.title), *(paragraphs(each.note) if each.note else []), table(each.head, rows)]


def paper(report: Report) -> bytes:
    """All tables on A4 across, the head of each repeated on every page that it runs over."""
    blocks = paragraphs(report.horizon) + [block for text in report.warnings for block in paragraphs(text)]
    for each in report.tables:
        blocks += _block(each)
    return _printed(report.scope.user, f"问责统计表（{named(report.scope)}）", blocks)


def campaigns(compared: Compared, user: Any, kind: str) -> bytes:
    """Campaigns side by side, as a workbook or as a paper."""
    head = ["指标", *(str(row) for row in compared.campaigns)]
    if kind == "xlsx":
        rows = [[row.label, *_values(row.cells)] for row in compared.rows]
        return spreadsheet.workbook(
            [("专项比较", head, rows), ("口径", ["指标", "定义"], [[r.label, r.note] for r in compared.rows])]
        )
    told = [[row.label, *(cell.text for cell in row.cells)] for row in compared.rows]
    return _printed(user, "专项比较表", [table(head, told)])


def _printed(user: Any, title: str, blocks: list[Block]) -> bytes:
    today = clock.today()
    organ = user.commission.name
    made = Paper(organ=organ, title=title, blocks=blocks, date=cn_date(today))
    return render.sheet(made, mark="统计表", on=today, across=True).content
