"""The chain as a picture: a row an attribution, 职责 → 行为 → 责任 → 因果 → 结果, each box a link, each break dashed red."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cases.chain import chain_of

if TYPE_CHECKING:
    from typing import Any

    from cases.chain import Chain
    from cases.models import Attribution, Case, KnownProblem, Subject

NAME_W, BOX_W, BOX_H, GAP_X, GAP_Y, TOP = 92, 128, 58, 18, 12, 34
LINE, LINES = 9, 3
CLOSING = "，。、；：）》”！？"
"""How many Chinese characters stand in one line of a box."""
COLUMNS = ("职责", "行为", "责任事实", "因果", "结果")


@dataclass(frozen=True)
class Box:
    """One link of the chain: where it stands, what it says in three lines, where it leads."""

    x: int
    y: int
    lines: tuple[str, ...]
    full: str
    href: str
    is_broken: bool

    @property
    def texts(self) -> list[tuple[int, str]]:
        """Each line with its height, so that the lines stand in the middle of the box."""
        top = self.y + (BOX_H - 16 * len(self.lines)) // 2 + 12
        return [(top + 16 * number, line) for number, line in enumerate(self.lines)]

    @property
    def middle(self) -> int:
        return self.y + BOX_H // 2

    @property
    def left(self) -> int:
        """Where the line that leads to it begins."""
        return self.x - GAP_X


@dataclass(frozen=True)
class Row:
    """A subject's name beside the first of its attributions."""

    name: str
    y: int
    height: int
    href: str

    @property
    def texts(self) -> list[tuple[int, str]]:
        """The name in lines of seven."""
        lines = [self.name[at : at + 7] for at in range(0, len(self.name), 7)][:3]
        return [(self.y + 16 + 16 * number, line) for number, line in enumerate(lines)]


def fold(text: str) -> tuple[str, ...]:
    """The text in at most three lines of nine characters, a Latin one counted half; no line begins with a closing mark.

    What does not fit is in the tooltip and in the table below.
    """
    lines, line, width = [], "", 0.0
    for char in text:
        wide = 1.0 if unicodedata.east_asian_width(char) in "WF" else 0.55
        if line and width + wide > LINE and char not in CLOSING:
            lines.append(line)
            line, width = "", 0.0
        line, width = line + char, width + wide
    lines.append(line)
    if len(lines) <= LINES:
        return tuple(lines)
    return (*lines[: LINES - 1], lines[LINES - 1][:-1] + "…")


def picture(case: Case) -> dict[str, Any]:
    """Boxes, names and measures of the picture, from the chain as it stands."""
    chain = chain_of(case)
    boxes: list[Box] = []
    names: list[Row] = []
    y = TOP
    for subject in chain.subjects:
        own: list[Attribution | None] = [*chain.attributions[subject.pk]] or [None]
        known = chain.known.get(subject.pk, [])
        rows = len(own) + len(known)
        names.append(Row(subject.name, y, rows * (BOX_H + GAP_Y) - GAP_Y, case.panel_url("subjects")))
        for number, item in enumerate(own):
            boxes.extend(_row(case, chain, subject, item, y, first=number == 0))
            y += BOX_H + GAP_Y
        for told in known:
            boxes.extend(_known(case, chain, told, y))
            y += BOX_H + GAP_Y
    table = [
        {"name": row.name, "texts": texts}
        for row in names
        for at in range(row.y, row.y + row.height, BOX_H + GAP_Y)
        if (texts := [box for box in boxes if box.y == at])
    ]
    width = NAME_W + len(COLUMNS) * (BOX_W + GAP_X)
    heads = [{"x": _x(number) + BOX_W // 2, "text": text} for number, text in enumerate(COLUMNS)]
    return {
        "boxes": boxes, "names": names, "heads": heads, "table": table, "width": width, "height": y + 4, "box_w": BOX_W, "box_h": BOX_H,
        "gap": GAP_X, "broken": sum(box.is_broken for box in boxes),
    }  # fmt: skip


def _x(column: int) -> int:
    return NAME_W + GAP_X + column * (BOX_W + GAP_X)


def _row(case: Case, chain: Chain, subject: Subject, item: Attribution | None, y: int, *, first: bool) -> list[Box]:
    """The boxes of one attribution; cause and result stand once, beside the subject's first."""
    links: list[tuple[str, str, bool]] = []
    if item is None:
        links.append(("没有责任认定", "responsibility", True))
    else:
        links = [
            (item.duty.text if item.duty else f"清单外：{item.outside_list}", "responsibility", False),
            (f"{item.event.on} {item.event.text}", "responsibility", item.event_id in chain.bare_events),
            (item.fact.text, "facts", item.fact.withdrawn_on is not None or item.fact_id in chain.bare_facts),
        ]
    told = [_box(case, column, y, *link) for column, link in enumerate(links)]
    if first and item is not None:
        told.extend(_box(case, 3 + number, y, *link) for number, link in enumerate(_ends(chain, subject)))
    return told


def _known(case: Case, chain: Chain, told: KnownProblem, y: int) -> list[Box]:
    """What he is proved to have known: the day on which it was found, and the fact that he knew."""
    bare = told.event_id in chain.bare_events
    return [
        _box(case, 1, y, f"{told.event.on} {told.event.text}", "responsibility", bare),
        _box(case, 2, y, told.fact.text, "facts", told.fact_id in chain.bare_facts),
    ]


def _ends(chain: Chain, subject: Subject) -> list[tuple[str, str, bool]]:
    findings = chain.findings_on(subject)
    if subject.pk in chain.excused:
        return [("认定第十七条情形，不归责", "responsibility", False)]
    if findings and not any(found.is_causal for found in findings):
        return [(f"查明无因果：{findings[0].question}", "facts", False)]
    causes = [found.fact for found in findings if found.is_causal] or chain.causes
    if not causes or chain.lacks_cause(subject):
        return [("没有因果", "facts", True)]
    ends = [(causes[0].text, "facts", any(fact.pk in chain.bare_facts for fact in causes))]
    result = causes[0].leads_to or (chain.results[0] if chain.results else None)
    if result is not None and result.withdrawn_on is not None:
        return [*ends, ("结果已撤回", "facts", True)]
    ends.append((result.text, "facts", result.pk in chain.bare_facts) if result else ("没有结果事实", "facts", True))
    return ends


def _box(case: Case, column: int, y: int, text: str, panel: str, is_broken: bool) -> Box:
    return Box(_x(column), y, fold(text), text, case.panel_url(panel), is_broken)


__all__ = ["Box", "Row", "fold", "picture"]
