"""The yearly table: which figures stand in which row. Page, workbook and paper are made from the same tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cases.enums import Tier, Track
from tolerance.enums import FilingEffect
from wenze.law import measures, situations
from wenze.people.enums import PostRank
from wenze.reporting.catalogue import FORMS, KEPT, RESULTS, term_figure, unit_figures, yearly

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wenze.reporting.figures import Figure


@dataclass(frozen=True)
class Cell:
    """A number with the figure behind it, or only words."""

    text: str
    number: int | None = None
    code: str = ""
    definition: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Cell]
    note: str = ""


@dataclass(frozen=True)
class Table:
    """``bars``: which column the picture beside it is drawn from, if any."""

    code: str
    title: str
    head: list[str]
    rows: list[Row]
    note: str = ""
    bars: int | None = None

    def drawn(self) -> list[tuple[dict[str, Any], int | None]]:
        """The rows as the page draws them: cells under their heads, and the length of the bar out of a hundred."""
        told = [row.cells[self.bars].number or 0 if self.bars is not None else 0 for row in self.rows]
        most = max(told, default=0)
        return [
            (
                {"label": row.label, "note": row.note, "named": list(zip(self.head[1:], row.cells, strict=True))},
                None if self.bars is None else round(100 * number / most) if most else 0,
            )
            for row, number in zip(self.rows, told, strict=True)
        ]


@dataclass(frozen=True)
class Told:
    """The numbers of figures, and cells made of them."""

    numbers: Mapping[str, int]
    before: Mapping[str, int]

    def cell(self, figure: Figure, number: int | None = None) -> Cell:
        told = self.numbers[figure.code] if number is None else number
        return Cell(str(told), told, figure.code, figure.definition)

    def of(self, *codes: str) -> list[Cell]:
        return [self.cell(yearly()[code]) for code in codes]

    def row(self, label: str, *codes: str, note: str = "") -> Row:
        return Row(label, self.of(*codes), note)

    def compared(self, code: str) -> Row:
        """A figure, the same of the year before, and the difference."""
        figure = yearly()[code]
        now, before = self.numbers[code], self.before[code]
        return Row(
            figure.title,
            [self.cell(figure), Cell(str(before), before), Cell(f"{now - before:+d}", now - before), Cell(figure.unit)],
            figure.definition,
        )


TOTALS = ("intake.clues", "intake.cases", "total.article8", "total.published", "total.first_form", "held.organizations", "held.times", "held.persons",
          "elsewhere.organizations", "elsewhere.times", "elsewhere.persons")  # fmt: skip
"""What is compared with the year before."""


def _any(rows: Iterator[Row] | Sequence[Row]) -> list[Row]:
    """Without the rows that say nothing."""
    return [row for row in rows if any(cell.number for cell in row.cells)]


def known(told: Told) -> list[Table]:
    """The tables whose rows are known beforehand."""
    by_person = ["党组织", "干部（人次）", "干部（人）"]
    results = [f"track.{track.value}" for track in Track] + [f"outcome.{outcome.value}" for outcome in RESULTS]
    outside = (
        "proposed",
        "revoked",
        "changed",
        "clue.first_form",
        "clue.style",
        "clue.transferred",
        "elsewhere.undated",
    )
    catalogue = yearly()
    return [
        Table("totals", "总数和口径", ["指标", "本期", "上年同期", "增减", "单位"], [told.compared(code) for code in TOTALS],
            "“人”把同一干部在期内的几次算作一人，“人次”不合并；两种口径并列，不相加。"),
        Table("results", "对象的结果", ["结果", "对象"], [told.row(catalogue[code].title, code, note=catalogue[code].definition) for code in ("all", *results)],
            "每个对象只在一行里；党内问责、监察问责两行合计为被问责的对象，其余各行不计入问责数。", bars=0),
        Table("outside", "不计入的和待定的", ["项目", "件次"], [told.row(catalogue[code].title, code, note=catalogue[code].definition) for code in outside]),
        Table("forms", "四种形态（干部）", ["形态", "人", "其中问责（人次）"], [told.row(name, f"form.{place}", f"form.{place}.accountable") for place, name in FORMS],
            "按有效措施中最重的一项归入一种形态，每个结果只计一次；第一列含第一种形态处理、并入立案和登记的其他机关决定。", bars=0),
        Table("ranks", "被问责干部：职务层次", ["行为时职务层次", "人次", "人"], _any(
            [told.row(rank.label, f"rank.{rank.value}.times", f"rank.{rank.value}.persons") for rank in reversed(PostRank)]
            + [told.row("职务层次不详", "rank.unknown.times", "rank.unknown.persons")]), bars=0),
        Table("situations", "问责情形（条例第七条）", ["情形", *by_person], _any(
            [told.row(f"{each.code} {each.name}", *(f"situation.{each.code}.{tail}" for tail in ("organizations", "times", "persons"))) for each in situations()])),
        Table("methods", "问责方式", ["方式", *by_person, "其他机关依建议、责成作出（件）", "其他机关自行作出（件）"], _any(
            [told.row(row.name, *(f"method.{code}.{tail}" for tail in ("organizations", "times", "persons", "answered", "elsewhere")))
             for code, row in measures().items() if row.kind != "first_form"]), "一人有几项措施的，各行各计一次，总数只计一人。"),
        Table("tiers", "责任（条例第六条）", ["责任", *by_person], [
            told.row(tier.label, *(f"tier.{tier.value}.{tail}" for tail in ("organizations", "times", "persons"))) for tier in Tier]),
        Table("tolerance", "容错", ["项目", "件、份"], [
            *(told.row(catalogue[code].title, code, note=catalogue[code].definition) for code in ("filing.all", "filing.registered", "filing.refused", "answer.all")),
            *(told.row(f"答复：{effect.label}", f"answer.{effect.value}") for effect in FilingEffect),
            told.row("免予问责的对象", "outcome.exempted"), told.row("不予问责的对象", "outcome.not_accountable")],
            "备案按报送日，答复按答复日；答复只数您能看到案件内容的。"),
    ]  # fmt: skip


def of_terms(rows: Sequence[Mapping[str, object]], names: Mapping[str, str]) -> Table:
    """Terms by T-code: how many fell due, were kept, were late, are open."""
    found = []
    for row in rows:
        rule = str(row["rule"])
        cells = []
        for kept in KEPT:
            figure = term_figure(rule, kept, names.get(rule, ""))
            number = int(str(row[kept]))
            cells.append(
                Cell(str(number), number, figure.code, figure.definition, "late" if kept == "late" and number else "")
            )
        done = (cells[1].number or 0) + (cells[2].number or 0)
        kept_share = f"{100 * (cells[1].number or 0) / done:.0f}%" if done else "—"
        found.append(Row(f"{rule} {names.get(rule, '')}", [*cells, Cell(kept_share)]))
    head = ["期限", *(title for title, _, _ in KEPT.values()), "按期率"]
    return Table(
        "terms",
        "期限",
        head,
        found,
        "按到期日在期内的期限；按期率 = 按期÷（按期 + 逾期办结）。轨道、单位的条件不限定本表。",
    )


def of_units(rows: Sequence[Mapping[str, object]], names: Mapping[object, str], shown: int) -> Table:
    """The units with the most respondents called to account."""
    found = []
    for row in rows:
        name = names.get(row["unit"], "")
        cells = [
            Cell(str(row[tail]), int(str(row[tail])), figure.code, figure.definition)
            for figure, tail in zip(unit_figures(row["unit"], name), ("organizations", "times", "persons"), strict=True)
        ]
        found.append(Row(name, cells))
    note = f"行为时任职的单位；列出对象最多的{shown}个。" if len(rows) >= shown else "行为时任职的单位。"
    return Table("units", "单位", ["单位", "党组织", "干部（人次）", "干部（人）"], found, note, bars=1)
