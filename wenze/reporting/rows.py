"""The list behind a figure: the same rows that its number counts, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from cases.models import Subject
from wenze.law import measure_name
from wenze.pages import listing
from wenze.reporting.sources import CADRE, SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from wenze.reporting.figures import Figure
    from wenze.reporting.scope import Scope


@dataclass(frozen=True)
class Link:
    text: str
    href: str = ""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, under which head."""

    links: list[Link]
    label: str


@dataclass(frozen=True)
class Columns:
    """How the rows of a source are listed: what to read with them, their heads, their cells."""

    related: tuple[str, ...]
    head: tuple[str, ...]
    cells: Callable[[Any], list[Link]]


def _subject(row: Subject) -> list[Link]:
    post = row.post_at_the_time or (str(row.post) if row.post else "")
    return [
        Link(row.name, row.get_absolute_url()), Link(post), Link(row.case.number, row.case.get_absolute_url()),
        Link(row.get_outcome_display()), Link(row.get_tier_display()), Link(str(_day_of(row) or "")),
    ]  # fmt: skip


def _day_of(row: Subject) -> Any:
    decision = getattr(row, "decision", None)
    return decision.decided_on if decision is not None else row.decided_on


def _measure(row: Any) -> list[Link]:
    subject = row.decision.subject
    return [
        Link(subject.name, subject.get_absolute_url()), Link(measure_name(row.code)), Link(subject.case.number, subject.case.get_absolute_url()),
        Link(row.decided_by_name), Link(str(row.decided_on or "")),
    ]  # fmt: skip


def _decision(row: Any) -> list[Link]:
    told = "、".join(measure_name(code) for code in row.measures)
    place = row.dispatch.get_absolute_url() if row.dispatch else reverse("elsewhere", args=(row.pk,))
    return [
        Link(str(row.person), place),
        Link(told),
        Link(row.decided_by),
        Link(row.number),
        Link(str(row.decided_on or "不详")),
    ]


def _first_form(row: Any) -> list[Link]:
    return [
        Link(str(row.respondent), row.clue.get_absolute_url()), Link(measure_name(row.measure)), Link(row.clue.number, row.clue.get_absolute_url()),
        Link(str(row.due_on)), Link(str(row.done_on or "未完成")),
    ]  # fmt: skip


def _referral(row: Any) -> list[Link]:
    return [
        Link(row.clue.number, row.clue.get_absolute_url()),
        Link(row.to_name),
        Link(str(row.sent_on)),
        Link(str(row.replied_on or "未反馈")),
    ]


def _matter(row: Any) -> list[Link]:
    return [
        Link(row.number, row.get_absolute_url()),
        Link(row.title),
        Link(row.get_state_display()),
        Link(str(row.office or "")),
    ]


def _clock(row: Any) -> list[Link]:
    return [
        Link(row.full_title, row.url), Link(row.rule), Link(str(row.started_on)), Link(str(row.due_on)),
        Link(str(row.met_on or "")), Link(row.lamp.word),
    ]  # fmt: skip


def _filing(row: Any) -> list[Link]:
    return [
        Link(row.number),
        Link(row.title),
        Link(str(row.organization)),
        Link(row.get_state_display()),
        Link(str(row.filed_on)),
    ]


def _answer(row: Any) -> list[Link]:
    return [
        Link(row.filing.number), Link(row.filing.title), Link(row.get_effect_display()), Link("案件", reverse("case", args=(row.case_id,))),
        Link(str(row.answered_on)),
    ]  # fmt: skip


SUBJECT = ("case", "cadre", "organization", "post__organization", "decision")
COLUMNS = {
    "respondents": Columns(SUBJECT, ("对象", "行为时职务", "案号", "结果", "责任", "决定日"), _subject),
    "measures": Columns(
        ("decision__subject__case", "decision__subject__cadre", "decision__subject__organization"),
        ("对象", "措施", "案号", "决定机关", "决定日"), _measure),
    "answered": Columns(("cadre", "organization", "dispatch"), ("对象", "措施", "决定机关", "文号", "决定日"), _decision),
    "elsewhere": Columns(("cadre", "organization", "dispatch"), ("对象", "措施", "决定机关", "文号", "决定日"), _decision),
    "first_forms": Columns(
        ("clue", "respondent__cadre", "respondent__organization"), ("对象", "措施", "线索", "整改期限", "完成"), _first_form),
    "transferred": Columns(("clue",), ("线索", "接收机关", "送出", "反馈"), _referral),
    "clues": Columns(("office",), ("编号", "名称", "状态", "承办室"), _matter),
    "cases": Columns(("office",), ("编号", "名称", "状态", "承办室"), _matter),
    "terms": Columns((), ("期限", "代码", "起算", "到期", "办结", "现状"), _clock),
    "filings": Columns(("organization",), ("编号", "事项", "申报组织", "状态", "报送日"), _filing),
    "answers": Columns(("filing",), ("备案", "事项", "结论", "案件", "答复日"), _answer),
}  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """The page of a list as a template draws it."""

    head: tuple[str, ...]
    lines: list[list[Cell]]
    page: listing.Page[Any]


def listed(request: HttpRequest, figure: Figure, scope: Scope) -> Listed:
    """The rows behind a figure; a person with all that counts him."""
    if figure.persons:
        return _persons(request, figure, scope)
    columns = COLUMNS[figure.source]
    counted = figure.rows(scope)
    rows = counted.model._default_manager.filter(pk__in=counted.order_by().values("pk")).select_related(
        *columns.related
    )
    page = listing.page(request, rows, order=("-pk",))
    return Listed(columns.head, _named(columns.head, [columns.cells(row) for row in page]), page)


def _persons(request: HttpRequest, figure: Figure, scope: Scope) -> Listed:
    page = listing.page(request, figure.rows(scope), order=("pinyin", "pk"))
    keys = [cadre.pk for cadre in page]
    counted: dict[Any, list[Link]] = defaultdict(list)
    for part in figure.parts:
        columns = COLUMNS[part.source]
        found = SOURCES[part.source](scope).filter(part.condition, **{f"{CADRE[part.source]}__in": keys})
        for row in found.model._default_manager.filter(pk__in=found.values("pk")).select_related(*columns.related):
            counted[_person_of(row, part.source)].append(_why(row, columns))
    head = ("姓名", "人次", "计入的事项")
    lines = [
        [
            Cell([Link(cadre.name)], head[0]),
            Cell([Link(str(len(counted[cadre.pk])))], head[1]),
            Cell(counted[cadre.pk], head[2]),
        ]
        for cadre in page
    ]
    return Listed(head, lines, page)


def _person_of(row: Any, source: str) -> Any:
    for name in CADRE[source].split("__"):
        row = getattr(row, name)
    return row.pk


def _why(row: Any, columns: Columns) -> Link:
    """What counts the person: the matter and what became of it, leading to its page."""
    cells = columns.cells(row)
    place = cells[2] if cells[2].href else cells[0]
    said = "，".join(cell.text for cell in cells[1:4] if cell.text)
    return Link(said, place.href or cells[0].href)


def _named(head: tuple[str, ...], lines: list[list[Link]]) -> list[list[Cell]]:
    return [[Cell([link], label) for link, label in zip(line, head, strict=True)] for line in lines]
