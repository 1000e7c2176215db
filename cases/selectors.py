"""Reads that span the tables of a case, named by what they return."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from cases.enums import FactKind, SubjectKind
from cases.models import Case, Circumstance, Clue, Fact, FactEvidence, Subject

if TYPE_CHECKING:
    from typing import Any

    from django.db.models import QuerySet

LIKE_CLUES_WITHIN = timedelta(days=730)


def standing_links() -> Q:
    """The condition under which a link to evidence counts: the evidence was not withdrawn."""
    return Q(links__evidence__withdrawn_on__isnull=True)


def facts_without_evidence(case: Case) -> QuerySet[Fact]:
    """Facts that rest on nothing (every piece withdrawn counts as nothing)."""
    found: QuerySet[Fact] = (
        Fact.objects.standing()
        .filter(case=case)
        .annotate(standing=Count("links", filter=standing_links()))
        .filter(standing=0)
    )
    return found


def circumstances_without_evidence(case: Case) -> QuerySet[Circumstance]:
    """Circumstances that were found and rest on nothing that stands."""
    found: QuerySet[Circumstance] = (
        Circumstance.objects.filter(subject__case=case, adopted=True)
        .annotate(standing=Count("evidence", filter=Q(evidence__withdrawn_on__isnull=True)))
        .filter(standing=0)
    )
    return found


def fact_kinds_missing(case: Case) -> list[str]:
    """Which of the four facts the case does not state at all."""
    stated = set(Fact.objects.standing().filter(case=case).values_list("kind", flat=True))
    return [kind.label for kind in FactKind if kind not in stated]


def facts_on_one_piece(case: Case) -> list[Fact]:
    """孤证: facts that rest on a single piece of evidence; a warning, not a break."""
    rows = (
        FactEvidence.objects.filter(
            fact__case=case, fact__withdrawn_on__isnull=True, evidence__withdrawn_on__isnull=True
        )
        .values("fact")
        .annotate(pieces=Count("pk"))
        .filter(pieces=1)
    )
    return list(Fact.objects.filter(pk__in=[row["fact"] for row in rows]))


def leaders_among(case: Case, organization: Any) -> QuerySet[Subject]:
    """Subjects of the case who held a post in that organisation when they acted (条例第六条)."""
    return Subject.objects.filter(case=case, kind=SubjectKind.CADRE, post__organization=organization)


def _alike(clue: Clue) -> QuerySet[Clue]:
    respondents = list(clue.respondents.all())
    cadres = [row.cadre_id for row in respondents if row.cadre_id]
    organizations = [row.organization_id for row in respondents if row.organization_id]
    same = Q(respondents__cadre__in=cadres) | Q(respondents__organization__in=organizations) | Q(title=clue.title)
    own = Clue.objects.filter(commission_id=clue.commission_id, received_on__gte=clue.received_on - LIKE_CLUES_WITHIN)
    return own.filter(pk__in=Clue.objects.filter(same).order_by().values("pk")).exclude(pk=clue.pk)


def like_clues(clue: Clue, user: Any) -> QuerySet[Clue]:
    """Clues of the commission like this one (same respondent or title, two years back), as far as the user sees them."""
    return _alike(clue).filter(pk__in=Clue.objects.visible_to(user).order_by().values("pk"))


def like_clues_beyond(clue: Clue, user: Any) -> int:
    """How many like clues the user may not see: he is not told; case supervision is."""
    return _alike(clue).exclude(pk__in=Clue.objects.visible_to(user).order_by().values("pk")).count()
