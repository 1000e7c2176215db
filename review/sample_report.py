"""What a sample says: grades by unit, re-checks and orders, and what may be concluded of all cases, with how uncertain it is.

Only a sample in which everybody had the same chance (全查, 随机, 分层) speaks of the whole; the cases added so that every
unit is looked at are left out of it. The interval is Wilson's at 95 %, with as many draws as the drawing from a finite
frame is worth; for a stratified sample it is on the careful side.
"""

from __future__ import annotations

from collections import defaultdict
from math import sqrt
from typing import TYPE_CHECKING, Any

from review.enums import DrawnAs, EvaluationState, Grade, OrderState, SampleMethod
from review.models import CorrectionOrder, Evaluation, OnSiteRecheck

if TYPE_CHECKING:
    from collections.abc import Sequence

    from review.models import Sample, SampleMember

Z = 1.96
LEAST = 5
"""Of fewer cases nothing is concluded."""
BY_LOT = (DrawnAs.ALL, DrawnAs.LOT, DrawnAs.STRATUM)
SPEAKS_OF_ALL = (SampleMethod.ALL, SampleMethod.RANDOM, SampleMethod.STRATIFIED)


def interval(hits: int, drawn: int, population: int) -> tuple[float, float]:
    """The rate in the population lies between these two, 95 times of 100."""
    if drawn >= population:
        return hits / drawn, hits / drawn
    worth = drawn * (population - 1) / (population - drawn)
    rate, square = hits / drawn, Z * Z
    middle = (rate + square / (2 * worth)) / (1 + square / worth)
    half = Z * sqrt(rate * (1 - rate) / worth + square / (4 * worth * worth)) / (1 + square / worth)
    seen_bad, seen_good = hits / population, 1 - (drawn - hits) / population
    return max(middle - half, seen_bad), min(middle + half, seen_good)


def evaluations_of(members: Sequence[SampleMember]) -> dict[Any, Evaluation]:
    """The latest evaluation of each member."""
    rows = Evaluation.objects.filter(sample_member_id__in=[member.pk for member in members])
    return {row.sample_member_id: row for row in rows.order_by("created_at", "pk")}


def is_graded(row: Evaluation | None) -> bool:
    return row is not None and row.state != EvaluationState.OPEN


def report_of(sample: Sample) -> dict[str, Any]:
    """As plain values, so that a finished sample keeps what it said."""
    members = list(sample.members.exclude(drawn_as="").order_by("position"))
    graded = {key: row.grade for key, row in evaluations_of(members).items() if is_graded(row)}
    rechecks = OnSiteRecheck.objects.filter(member__sample=sample, held_on__isnull=False)
    checked = {row.member_id: row.is_clean for row in rechecks}
    orders: dict[Any, list[str]] = defaultdict(list)
    for member_id, state in CorrectionOrder.objects.filter(member__sample=sample).values_list("member_id", "state"):
        orders[member_id].append(state)
    by_unit: dict[str, list[SampleMember]] = defaultdict(list)
    for member in members:
        by_unit[member.unit_name].append(member)
    units = []
    for name, own in sorted(by_unit.items()):
        states = [state for member in own for state in orders[member.pk]]
        grades = [graded[member.pk] for member in own if member.pk in graded]
        bad = sum(grade in (Grade.FLAWED, Grade.FAILED) for grade in grades)
        units.append(
            {
                "unit": name, "drawn": len(own), "graded": len(grades), "grades": [[grade.label, grades.count(grade)] for grade in Grade],
                "rate": round(100 * bad / len(grades)) if grades else None,
                "rechecked": sum(member.pk in checked for member in own),
                "unclean": sum(checked.get(member.pk) is False for member in own), "orders": len(states),
                "accepted": states.count(OrderState.ACCEPTED),
            }
        )  # fmt: skip
    return {
        "grades": list(Grade.labels), "units": units, "drawn": len(members), "graded": len(graded),
        "estimate": _estimate(sample, members, graded),
    }  # fmt: skip


def _estimate(sample: Sample, members: Sequence[SampleMember], graded: dict[Any, str]) -> dict[str, Any]:
    if sample.method not in SPEAKS_OF_ALL:
        return {"text": f"{sample.get_method_display()}抽取的不是随机样本，只说明所查案件，不推断总体。"}
    own = [member for member in members if member.drawn_as in BY_LOT]
    if any(member.pk not in graded for member in own):
        return {"text": "抽中的案件尚未全部评定，暂不推断总体。"}
    population = sample.members.count()
    bad = sum(graded[member.pk] in (Grade.FLAWED, Grade.FAILED) for member in own)
    if len(own) < min(LEAST, population):
        return {"text": f"按比例抽中的只有{len(own)}件，太少，不推断总体。"}
    low, high = interval(bad, len(own), population)
    rate = f"{100 * bad / len(own):.1f}%"
    if len(own) == population:
        return {"text": f"全查{population}件，瑕疵、不合格{bad}件，占{rate}。"}
    return {
        "text": f"按比例抽中{len(own)}件，瑕疵、不合格{bad}件，占{rate}；"
        f"据此推断总体{population}件中占{100 * low:.1f}%至{100 * high:.1f}%（95%置信）。每单位补抽的不计入。",
        "low": low,
        "high": high,
    }
