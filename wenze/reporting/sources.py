"""Where figures come from: one query a source, bounded by the reader's horizon, the days and the conditions of the scope.

A respondent counts on the day of his decision (of the last answer, where the decision is another body's), with what stands
today: a revoked measure does not count, a changed one counts as changed. ``form`` is the gravest of the four forms that his
standing measures belong to (law.md §5), zero where a measure stands that belongs to none, below zero where none stands.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Max, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest
from django.db.models.lookups import Contains

from cases.enums import DispatchKind, Exit, Outcome
from cases.models import Case as Matter
from cases.models import CaseContent, Clue, ExternalDecision, FirstForm, Measure, Referral, Subject
from tolerance.enums import FilingState
from tolerance.models import Filing, FilingAnswer
from wenze.law import data
from wenze.terms.models import Clock, ClockState

if TYPE_CHECKING:
    from wenze.reporting.scope import Scope

NONE = -1
UNDATED = Q(effective_on__isnull=True)


def _listed(form: str) -> list[str]:
    codes: list[str] = data.statistics_settings()["forms"][form]
    return codes


def names_any(path: str, codes: list[str]) -> Q:
    """That the list of codes in a JSON column names one of these; in the same words on every database."""
    found = Q()
    for code in codes:
        found |= Q(Contains(Cast(path, TextField()), f'"{code}"'))
    return found


def names_something(path: str) -> Q:
    return Q(Contains(Cast(path, TextField()), '"'))


def _gravest(standing: Q, names: Callable[[list[str]], Q], handed_over: Q | None = None) -> Case:
    """The form of one row of measures: the gravest it names."""
    whens = []
    if handed_over is not None:
        whens.append(When(standing & names(_listed("fourth")) & handed_over, then=4))
    whens += [
        When(standing & names(_listed(form)), then=place) for place, form in ((3, "third"), (2, "second"), (1, "first"))
    ]
    return Case(*whens, When(standing, then=0), output_field=IntegerField())


def _within(scope: Scope, path: str) -> Q:
    return Q(**{f"{path}__range": scope.period})


def _of_case(scope: Scope, path: str = "case") -> Q:
    """The condition of a campaign, for what hangs on a case."""
    return Q(**{f"{path}__campaign": scope.campaign}) if scope.campaign is not None else Q()


def _of_subject(scope: Scope, path: str = "") -> Q:
    """The conditions of unit and track, for what hangs on a respondent."""
    found = Q()
    if scope.unit is not None:
        found &= Q(**{f"{path}post__organization": scope.unit}) | Q(**{f"{path}organization": scope.unit})
    if scope.track:
        found &= Q(**{f"{path}track": scope.track})
    return found


def counted(scope: Scope) -> QuerySet[Subject]:
    """Respondents whose result is there within the days."""
    there = _within(scope, "decision__decided_on") | Q(decision__isnull=True) & _within(scope, "decided_on")
    rows: QuerySet[Subject] = Subject.objects.visible_to(scope.user)
    return rows.filter(there, _of_case(scope), _of_subject(scope)).order_by()


def respondents(scope: Scope) -> QuerySet[Subject]:
    """The same, with ``form``; what other bodies decided on our letters counts with what was decided here."""
    ours = Q(decision__measures__proposed_only=False, decision__measures__ended_on__isnull=True)
    theirs = Q(dispatches__decisions__ended_on__isnull=True) & names_something("dispatches__decisions__measures")
    away = Q(dispatches__kind=DispatchKind.HANDED_OVER)
    rows: QuerySet[Subject] = (
        counted(scope)
        .annotate(
            own=Max(_gravest(ours, lambda codes: Q(decision__measures__code__in=codes), away)),
            others=Max(_gravest(theirs, lambda codes: names_any("dispatches__decisions__measures", codes), away)),
        )
        .annotate(form=Greatest(Coalesce("own", Value(NONE)), Coalesce("others", Value(NONE))))
    )
    return rows


def measures(scope: Scope) -> QuerySet[Measure]:
    """Measures decided here that stand, of decisions within the days."""
    rows: QuerySet[Measure] = Measure.objects.visible_to(scope.user).own()
    return rows.filter(
        _within(scope, "decision__decided_on"),
        _of_case(scope, "decision__subject__case"),
        _of_subject(scope, "decision__subject__"),
        decision__outcome__in=(Outcome.ACCOUNTABLE, Outcome.FIRST_FORM),
    ).order_by()


def elsewhere(scope: Scope) -> QuerySet[ExternalDecision]:
    """Decisions of other bodies that nobody here asked for, that stand; a changed one counts from its original day."""
    rows: QuerySet[ExternalDecision] = ExternalDecision.objects.visible_to(scope.user).filter(
        dispatch__isnull=True, ended_on__isnull=True
    )
    if scope.unit is not None:
        rows = rows.filter(organization=scope.unit)
    if scope.track or scope.campaign is not None:
        rows = rows.none()
    standing = names_something("measures")
    return (
        rows.annotate(effective_on=Coalesce("replaces__decided_on", "decided_on"))
        .annotate(form=Coalesce(_gravest(standing, lambda codes: names_any("measures", codes)), Value(NONE)))
        .filter(_within(scope, "effective_on") | UNDATED)
        .order_by()
    )


def answered(scope: Scope) -> QuerySet[ExternalDecision]:
    """Decisions of other bodies on our letters, that stand, on respondents counted within the days."""
    rows: QuerySet[ExternalDecision] = ExternalDecision.objects.visible_to(scope.user).filter(ended_on__isnull=True)
    return rows.filter(dispatch__subject__in=counted(scope).values("pk")).order_by()


def first_forms(scope: Scope) -> QuerySet[FirstForm]:
    """What ended below the threshold at the clue (law.md §5): never in the number of article 8."""
    rows: QuerySet[FirstForm] = FirstForm.objects.visible_to(scope.user)
    if scope.campaign is not None:
        rows = rows.filter(clue__campaign=scope.campaign)
    if scope.track:
        rows = rows.filter(clue__threshold__track=scope.track)
    if scope.unit is not None:
        rows = rows.filter(respondent__organization=scope.unit)
    return rows.filter(_within(scope, "clue__threshold__assessed_on")).order_by()


def transferred(scope: Scope) -> QuerySet[Referral]:
    """Whom a clue sent to be pursued for what he did himself (追责): no respondent, not counted (law.md §2.2)."""
    rows: QuerySet[Referral] = Referral.objects.visible_to(scope.user)
    if scope.campaign is not None:
        rows = rows.filter(clue__campaign=scope.campaign)
    return rows.filter(_within(scope, "sent_on"), exit=Exit.TRANSFERRED).order_by()


def clues(scope: Scope) -> QuerySet[Clue]:
    """Clues received within the days."""
    rows: QuerySet[Clue] = Clue.objects.visible_to(scope.user)
    if scope.campaign is not None:
        rows = rows.filter(campaign=scope.campaign)
    return rows.filter(_within(scope, "received_on")).order_by()


def cases(scope: Scope) -> QuerySet[Matter]:
    """Cases applied for within the days."""
    rows: QuerySet[Matter] = Matter.objects.visible_to(scope.user)
    if scope.campaign is not None:
        rows = rows.filter(campaign=scope.campaign)
    return rows.filter(_within(scope, "applied_on")).order_by()


def terms(scope: Scope) -> QuerySet[Clock]:
    """Procedural terms (T-codes) that fall due within the days; influence periods and visits are no terms."""
    rows: QuerySet[Clock] = Clock.objects.visible_to(scope.user).filter(rule__startswith="T")
    if scope.campaign is not None:
        rows = rows.filter(case_id__in=Matter.objects.filter(campaign=scope.campaign).values("pk"))
    return rows.filter(_within(scope, "due_on")).exclude(state=ClockState.VOID).order_by()


def filings(scope: Scope) -> QuerySet[Filing]:
    """Filings in advance handed in within the days."""
    rows: QuerySet[Filing] = Filing.objects.visible_to(scope.user)
    if scope.unit is not None:
        rows = rows.filter(organization=scope.unit)
    return rows.filter(_within(scope, "filed_on")).exclude(state=FilingState.DRAFT).order_by()


def answers(scope: Scope) -> QuerySet[FilingAnswer]:
    """What cases made of filings, as far as the reader reads the content of the case."""
    contents = CaseContent.objects.visible_to(scope.user)
    if scope.campaign is not None:
        contents = contents.filter(campaign=scope.campaign)
    rows: QuerySet[FilingAnswer] = FilingAnswer.objects.filter(case_id__in=contents.order_by().values("pk"))
    return rows.filter(_within(scope, "answered_on")).order_by()


SOURCES: dict[str, Callable[[Scope], QuerySet[Any]]] = {
    "respondents": respondents, "measures": measures, "elsewhere": elsewhere, "answered": answered, "first_forms": first_forms,
    "transferred": transferred, "clues": clues, "cases": cases, "terms": terms, "filings": filings, "answers": answers,
}  # fmt: skip

CADRE = {
    "respondents": "cadre", "measures": "decision__subject__cadre", "elsewhere": "cadre", "answered": "cadre",
    "first_forms": "respondent__cadre",
}  # fmt: skip
"""By which path a row leads to its person."""
