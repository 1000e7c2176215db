"""The frame of a sample: the cases of its commissions and period, as they stand now; the paper ones are entered by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from cases.enums import CaseState, Outcome, RedressResult, RedressState
from cases.models import Appeal, Case, Correction, Decision
from review.enums import SampleMeasure, SamplePeriod, SampleScope, SampleStage
from review.models import SampleMember
from tolerance.models import FilingAnswer
from wenze.law import data, measures
from wenze.people.enums import OrganizationKind
from wenze.people.models import Organization

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from review.models import Sample

HEAVIEST = list(SampleMeasure)
STAGES = {
    CaseState.DECIDED: SampleStage.DECIDED,
    CaseState.EXECUTING: SampleStage.EXECUTING,
    CaseState.CLOSED: SampleStage.CLOSED,
}
KINDS = {"probation": SampleMeasure.DISCIPLINE}
OWN_UNITS = (OrganizationKind.OFFICE, OrganizationKind.RESIDENT_OFFICE)


def subordinates_of(commission: Organization) -> QuerySet[Organization]:
    """The commissions one level down: those of the Party committees that ours leads."""
    return Organization.objects.filter(
        kind=OrganizationKind.COMMISSION,
        directly_led_by__directly_led_by=commission.directly_led_by_id or commission.pk,
        is_active=True,
    )


def commissions_of(sample: Sample) -> Q:
    """Whose cases the frame holds."""
    own, lower = Q(pk=sample.commission_id), Q(pk__in=subordinates_of(sample.commission).values("pk"))
    return {SampleScope.OWN: own, SampleScope.SUBORDINATES: lower}.get(SampleScope(sample.scope), own | lower)


def units_of(sample: Sample) -> QuerySet[Organization]:
    """办案单位: offices and resident offices of the own commission; a subordinate commission as a whole."""
    own = Q(commission_id=sample.commission_id, kind__in=OWN_UNITS)
    lower = Q(pk__in=subordinates_of(sample.commission).values("pk"))
    wanted = {SampleScope.OWN: own, SampleScope.SUBORDINATES: lower}.get(SampleScope(sample.scope), own | lower)
    return Organization.objects.filter(wanted, is_active=True)


def cases_of(sample: Sample) -> QuerySet[Case]:
    """The electronic cases of the frame."""
    day = "closed_on" if sample.period_by == SamplePeriod.CLOSED else "decided_on"
    commissions = Organization.objects.filter(commissions_of(sample))
    found: QuerySet[Case] = Case.objects.filter(
        commission__in=commissions, **{f"{day}__gte": sample.since_on, f"{day}__lte": sample.until_on}
    )
    return found


def candidates(sample: Sample) -> list[SampleMember]:
    """The electronic members as they stand now, unsaved; always the same number of queries."""
    cases = list(
        cases_of(sample)
        .select_related("commission", "office")
        .prefetch_related("subjects")
        .order_by("commission__code", "year", "serial")
    )
    ids = [case.pk for case in cases]
    heaviest = _measures(ids)
    flags = _flags(cases, ids)
    weights = data.sampling_settings()["weights"]
    found = []
    for case in cases:
        is_own = case.commission_id == sample.commission_id
        unit = case.office if is_own else case.commission
        measure = heaviest.get(case.pk, SampleMeasure.NONE)
        found.append(
            SampleMember(
                sample=sample, key=f"{case.commission.code}:{case.year}-{case.serial:04d}", case=case, number=case.number,
                title=case.title, unit=unit, unit_name=str(unit), measure=measure,
                stage=STAGES.get(CaseState(case.state), SampleStage.OTHERWISE), decided_on=case.decided_on,
                closed_on=case.closed_on, flags=flags[case.pk], weight=weights.get(measure, 1),
            )
        )  # fmt: skip
    return found


def _measures(ids: Sequence[Any]) -> dict[Any, SampleMeasure]:
    """The heaviest kind of what was decided in each case."""
    found: dict[Any, SampleMeasure] = {}
    rows = Decision.objects.filter(subject__case__in=ids).values_list("subject__case_id", "outcome", "measures__code")
    for case_id, outcome, code in rows.iterator():
        measure = SampleMeasure.FIRST_FORM if outcome == Outcome.FIRST_FORM else SampleMeasure.NONE
        if code:
            kind = measures()[code.removeprefix("propose:")].kind
            measure = KINDS.get(kind) or SampleMeasure(kind)
        found[case_id] = max(found.get(case_id, SampleMeasure.NONE), measure, key=HEAVIEST.index)
    return found


def _flags(cases: Iterable[Case], ids: Sequence[Any]) -> dict[Any, list[str]]:
    """What makes a case mandatory in a risk-weighted sample (law.md §7.3), for every case."""
    changed = ~Q(result=RedressResult.UPHELD) & Q(state=RedressState.DECIDED)
    by_flag = {
        "appeal": set(Appeal.objects.filter(case__in=ids).values_list("case_id", flat=True)),
        "changed": set(Correction.objects.filter(changed, case__in=ids).values_list("case_id", flat=True))
        | set(Appeal.objects.filter(changed, case__in=ids).values_list("case_id", flat=True)),
        "tolerance": set(FilingAnswer.objects.filter(case_id__in=ids).values_list("case_id", flat=True))
        | set(
            Decision.objects.filter(subject__case__in=ids, outcome=Outcome.EXEMPTED).values_list(
                "subject__case_id", flat=True
            )
        ),
    }
    many = data.review_settings()["many_subjects"]
    wanted = data.sampling_settings()["mandatory"]
    found: dict[Any, list[str]] = {}
    for case in cases:
        subjects = list(case.subjects.all())
        own = {flag for flag, matters in by_flag.items() if case.pk in matters}
        if case.situation == "S11" or any(each.situation == "S11" for each in subjects):
            own.add("catch_all")
        if sum(each.cadre_id is not None for each in subjects) >= many:
            own.add("many_subjects")
        found[case.pk] = [flag for flag in wanted if flag in own]
    return found


@dataclass(frozen=True)
class Count:
    """How many of the frame are of one unit or stratum, and how many of them were drawn."""

    name: str
    number: int
    mandatory: int
    drawn: int


def counts(members: Iterable[SampleMember]) -> tuple[list[Count], list[Count]]:
    """By unit, and by stratum (unit × measure × stage)."""
    units: Counter[str] = Counter()
    strata: Counter[str] = Counter()
    mandatory: Counter[str] = Counter()
    drawn: Counter[str] = Counter()
    for member in members:
        stratum = f"{member.unit_name}，{member.get_measure_display()}，{member.get_stage_display()}"
        units[member.unit_name] += 1
        strata[stratum] += 1
        for name in (member.unit_name, stratum):
            mandatory[name] += bool(member.flags)
            drawn[name] += bool(member.drawn_as)
    return tuple(  # type: ignore[return-value]
        [Count(name, number, mandatory[name], drawn[name]) for name, number in sorted(group.items())]
        for group in (units, strata)
    )


def flag_words(flags: Iterable[str]) -> str:
    told = data.sampling_settings()["mandatory"]
    return "、".join(str(told.get(flag, flag)) for flag in flags)
