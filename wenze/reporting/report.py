"""The whole yearly report of a scope, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from cases.enums import SubjectKind
from cases.forms.clue import FIELDS
from cases.models import Subject
from wenze.access.roles import Role
from wenze.law import data
from wenze.people.models import Organization
from wenze.reporting import tables
from wenze.reporting.catalogue import BELOW, HELD, KEPT, yearly
from wenze.reporting.figures import numbers
from wenze.reporting.shares import Counted, prior_of
from wenze.reporting.sources import respondents, terms
from wenze.reporting.tables import Cell, Row, Table, Told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from wenze.reporting.scope import Scope

WHOLE = (Role.PRINCIPAL, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL)
REGISTERED = (Role.PRINCIPAL, Role.CASEMGMT)
GROUPS = {"place": "直接领导的党委", "field": "领域", "office": "承办室"}
"""By what the shares are told apart."""
PATHS = {"office": "case__office", "field": "case__field"}


@dataclass(frozen=True)
class Report:
    """What page, workbook and paper show; ``warnings`` are the sentences that stand above the tables."""

    scope: Scope
    tables: list[Table]
    warnings: list[str]
    horizon: str


def _held(scope: Scope) -> QuerySet[Subject]:
    """Those called to account, free of the grouping by which their forms are found."""
    return Subject.objects.filter(pk__in=respondents(scope).filter(HELD).values("pk")).order_by()


def _terms(scope: Scope) -> Table:
    counts = {code: Count("pk", filter=condition or None) for code, (_, _, condition) in KEPT.items()}
    rows = list(terms(scope).values("rule").annotate(**counts).order_by("rule"))
    return tables.of_terms(rows, {code: str(row["name"]) for code, row in data.terms().items()})


def _units(scope: Scope) -> Table:
    shown = int(data.statistics_settings()["units_shown"])
    rows: list[Any] = list(
        _held(scope)
        .values(unit=Coalesce("post__organization", "organization"))
        .annotate(
            organizations=Count("pk", filter=Q(kind=SubjectKind.ORGANIZATION)),
            times=Count("pk", filter=Q(kind=SubjectKind.CADRE)),
            persons=Count("cadre", distinct=True),
            every=Count("pk"),
        )
        .filter(unit__isnull=False)
        .order_by("-every", "unit")[:shown]
    )
    names = Organization.objects.filter(pk__in=[row["unit"] for row in rows]).in_bulk()
    return tables.of_units(rows, {pk: str(unit) for pk, unit in names.items()}, shown)


def _shares(scope: Scope) -> tuple[list[Table], list[str]]:
    """属地、基层一线 among all called to account, by group, with the small groups drawn towards the mean."""
    told = data.statistics_settings()
    limit, small = int(told["below_warning_percent"]), int(told["small_group"])
    rows: list[Any] = list(
        _held(scope)
        .values("case__office", "case__field", place=Coalesce(
            "post__organization__directly_led_by", "organization__directly_led_by"))
        .annotate(total=Count("pk"), below=Count("pk", filter=BELOW))
    )  # fmt: skip
    keys = {row[name] for row in rows for name in ("place", "case__office")}
    names: dict[Any, str] = {
        pk: str(row) for pk, row in Organization.objects.in_bulk([key for key in keys if key]).items()
    }
    names |= dict(FIELDS)
    whole = Counted(sum(row["below"] for row in rows), sum(row["total"] for row in rows))
    found, warnings = [], []
    if whole.total >= small and 100 * whole.share >= limit:
        warnings.append(
            f"责任偏在下级：被问责的{whole.total}个对象中，属地、基层一线{whole.below}个，占{whole.share:.0%}，达到提示线{limit}%。"
        )
    for group, title in GROUPS.items():
        by: dict[Any, Counted] = {}
        for row in rows:
            key = row[PATHS.get(group, group)]
            so_far = by.get(key, Counted(0, 0))
            by[key] = Counted(so_far.below + row["below"], so_far.total + row["total"])
        prior = prior_of(list(by.values()), default_strength=float(told["prior_strength"]))
        lines = []
        for key, counted in sorted(by.items(), key=lambda pair: (-pair[1].total, str(pair[0]))):
            shrunk, few = prior.shrunk(counted), counted.total < small
            late = 100 * shrunk >= limit
            code = f"share.{group}.{key or ''}"
            said = "样本少，仅供参考" if few else "责任偏在下级" if late else ""
            lines.append(Row(names.get(key, "（未登记）"), [
                Cell(str(counted.total), counted.total, code, "该组被问责的对象。"),
                Cell(str(counted.below), counted.below, f"{code}.below", yearly()["below"].definition),
                Cell(f"{counted.share:.0%}"), Cell(f"{shrunk:.0%}", kind="late" if late and not few else ""), Cell(said),
            ]))  # fmt: skip
        found.append(Table(
            f"shares_{group}", f"属地、基层一线占比：按{title}", [title, "对象", "其中属地、基层一线", "占比", "收缩后", "提示"], lines,
            f"收缩后的占比 = （该组属地、基层一线数 + {prior.strength:.0f}×全部的占比{prior.mean:.0%}）÷（该组对象数 + {prior.strength:.0f}）："
            f"对象越少越靠近全部的平均，免得两人中两人就成了百分之百；不足{small}个的注明样本少。",
        ))  # fmt: skip
    return found, warnings


def report_of(scope: Scope) -> Report:
    """Everything of the yearly table, by the reader's horizon."""
    catalogue = yearly()
    now: Mapping[str, int] = numbers(catalogue.values(), scope)
    before = numbers([catalogue[code] for code in tables.TOTALS], scope.a_year_before())
    told = Told(now, before)
    known = tables.known(told)
    shares, warnings = _shares(scope)
    place = [table.code for table in known].index("tolerance")
    every = [*known[:place], _units(scope), *shares, _terms(scope), *known[place:]]
    return Report(scope, every, warnings, horizon_of(scope.user))


def horizon_of(user: Any) -> str:
    """Whose rows these are, in a sentence."""
    whole = any(user.holds(role) for role in WHOLE)
    said = (
        "统计范围：本机关的全部案件（须回避的除外）。"
        if whole
        else "统计范围：您看得见的案件（所在室、所分管的），不是本机关的全部。"
    )
    if not any(user.holds(role) for role in REGISTERED):
        said += "其他机关自行作出并登记的决定不在您的可见范围，相应各数为零。"
    return said
