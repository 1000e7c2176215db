"""Writing the flat table: one rule for what is counted, used by the services and by ``rebuild_ruler`` alike.

Counted is what is settled and stands: a subject when the last of his outcomes is there, by the heaviest of them; what an
appeal, a correction or the other body took back is not; who was joined to a filed review counts once, by that body's
decision; who was handed over or died is not counted; a decision elsewhere that answers no letter of ours counts by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases import effects
from cases.enums import DecisionStanding, Outcome, SubjectKind, Tier
from cases.models import Case, Decision, ExternalDecision, Measure, Subject
from review.models import SettledOutcome
from review.ruler.alike import LEVELS, profiles_of
from wenze.law import measures as law_measures
from wenze.law import severity
from wenze.people.enums import Level
from wenze.people.selectors import appointment_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wenze.workflow.procedure import Occasion

WITHOUT_MEASURE = (Outcome.NOT_ACCOUNTABLE, Outcome.EXEMPTED, Outcome.FIRST_FORM)
READ = ("cadre", "organization", "post", "decision", "case__commission")


def standing_codes(subjects: Iterable[Any]) -> dict[Any, list[str]]:
    """What stands against each of these subjects: our own measures, and what other bodies decided on our letters."""
    found: dict[Any, list[str]] = {}
    own = Measure.objects.own().filter(decision__subject__in=subjects)
    for pk, code in own.exclude(decision__standing=DecisionStanding.REVOKED).values_list("decision__subject", "code"):
        found.setdefault(pk, []).append(code)
    theirs = ExternalDecision.objects.filter(dispatch__subject__in=subjects, ended_on__isnull=True)
    for pk, codes in theirs.values_list("dispatch__subject", "measures"):
        found.setdefault(pk, []).extend(codes)
    return found


def _of_subject(subject: Subject, codes: list[str], profile: Any) -> dict[str, Any] | None:
    """The row of one subject, or ``None`` where he does not count."""
    joined = subject.outcome == Outcome.JOINED_FILED_REVIEW
    if subject.outcome in (Outcome.HANDED_OVER, Outcome.NOT_PURSUED_DEATH, "") or not (subject.decided_on or joined):
        return None
    made: Decision | None = getattr(subject, "decision", None)
    revoked = made is not None and made.standing == DecisionStanding.REVOKED
    outcome = subject.outcome if subject.outcome in WITHOUT_MEASURE and not revoked else ""
    heaviest = severity.heaviest(outcome, codes)
    if heaviest is None:
        return None
    level, code = heaviest
    day = made.decided_on if made is not None else subject.decided_on
    if day is None:
        return None
    return {
        **profile.values(), "commission_id": subject.case.commission_id, "case_id": subject.case_id, "severity": level,
        "measure": code, "measures": sorted(codes), "decided_on": day,
    }  # fmt: skip


def rows_of_case(case: Case) -> dict[Any, dict[str, Any] | None]:
    """The row of every subject of a case, ``None`` for who does not count."""
    subjects = list(case.subjects.select_related(*READ))
    codes, profiles = standing_codes([row.pk for row in subjects]), profiles_of(case, subjects)
    return {row.pk: _of_subject(row, codes.get(row.pk, []), profiles[row.pk]) for row in subjects}


def row_of_external(made: ExternalDecision) -> dict[str, Any] | None:
    """The row of another body's own decision: what it does not say (情形、责任) stays empty and matches only a wide rung."""
    heaviest = severity.heaviest("", made.measures)
    if made.dispatch_id is not None or made.ended_on is not None or heaviest is None:
        return None
    level, code = heaviest
    rank, day = 0, made.decided_on or made.registered_on
    if made.organization is not None:
        rank = LEVELS.index(Level(made.organization.level)) + 1
    elif made.cadre is not None and (held := appointment_of(made.cadre, on=day)) is not None:
        rank = held.post.rank
    administrative = all(law_measures()[each].kind == "administrative" for each in made.measures)
    return {
        "kind": SubjectKind.ORGANIZATION if made.organization_id else SubjectKind.CADRE,
        "track": "supervisory" if administrative else "party",
        "tier": Tier.FULL if made.organization_id else "", "consequence": "", "circumstance": "", "situation": "",
        "rank": rank, "commission_id": made.commission_id, "case_id": made.case_id, "severity": level, "measure": code,
        "measures": sorted(made.measures), "decided_on": day,
    }  # fmt: skip


def _write(values: dict[str, Any] | None, **key: Any) -> None:
    if values is None:
        SettledOutcome.objects.filter(**key).delete()
    else:
        SettledOutcome.objects.update_or_create(**key, defaults=values)


def recount_case(case: Case) -> None:
    """Write the rows of a case anew from what now stands."""
    for pk, values in rows_of_case(case).items():
        _write(values, subject_id=pk)


@effects.COUNT_OUTCOMES.performed_by
def count_outcomes(case: Case, occasion: Occasion) -> None:
    recount_case(case)


@effects.COUNT_REDRESS.performed_by
def count_redress(row: Any, occasion: Occasion) -> None:
    recount_case(row.case)


@effects.COUNT_ELSEWHERE.performed_by
def count_elsewhere(made: ExternalDecision, occasion: Occasion) -> None:
    if made.dispatch is not None:
        recount_case(made.dispatch.case)
    else:
        _write(row_of_external(made), external_id=made.pk)


def live_rows() -> Iterator[tuple[tuple[str, Any], dict[str, Any]]]:
    """Every row that the table should hold of cases and of decisions elsewhere, with its key."""
    for case in Case.objects.filter(subjects__outcome__gt="").distinct().order_by("pk").iterator(chunk_size=500):
        for pk, values in rows_of_case(case).items():
            if values is not None:
                yield ("subject_id", pk), values
    for made in (
        ExternalDecision.objects.filter(dispatch__isnull=True).select_related("cadre", "organization").iterator()
    ):
        values = row_of_external(made)
        if values is not None:
            yield ("external_id", made.pk), values


def stored_rows() -> dict[tuple[str, Any], dict[str, Any]]:
    """What the table holds of cases and decisions elsewhere; the past outcomes have no other record than their row."""
    names = ("commission_id", "case_id", "kind", "track", "tier", "consequence", "circumstance", "situation", "rank",
             "severity", "measure", "measures", "decided_on")  # fmt: skip
    rows = SettledOutcome.objects.exclude(subject__isnull=True, external__isnull=True).values(
        "subject_id", "external_id", *names
    )
    return {
        ("subject_id", row["subject_id"]) if row["subject_id"] else ("external_id", row["external_id"]): {
            name: row[name] for name in names
        }
        for row in rows.iterator()
    }


def rebuild(*, write: bool = True) -> tuple[int, int, int]:
    """Compare the table with the live rows and mend it; how many should stand, were wrong or missing, were too many."""
    stored, count, wrong = stored_rows(), 0, 0
    for key, values in live_rows():
        count += 1
        if stored.pop(key, None) != values:
            wrong += 1
            if write:
                _write(values, **{key[0]: key[1]})
    if write:
        for name, pk in stored:
            SettledOutcome.objects.filter(**{name: pk}).delete()
    return count, wrong, len(stored)
