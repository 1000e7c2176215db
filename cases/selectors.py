"""Reads that span the tables of a case, named by what they return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from cases.enums import FactKind, SubjectKind
from cases.models import Case, Clue, Fact, FactEvidence, Subject, TrailEvent

if TYPE_CHECKING:
    from typing import Any

    from django.db.models import QuerySet

LIKE_CLUES_WITHIN = timedelta(days=730)


@dataclass(frozen=True)
class Break:
    """A place where the chain 职责→行为→结果→因果 does not hold; ``code`` is stable, so that a reason can be kept for it."""

    code: str
    text: str
    panel: str
    gate: str = "chain_closed"
    """The gate that asks for it; a gap that another gate names is not named a second time by the chain's."""


def standing_links() -> Q:
    """The condition under which a link to evidence counts: the evidence was not withdrawn."""
    return Q(links__evidence__withdrawn_on__isnull=True)


def facts_without_evidence(case: Case) -> QuerySet[Fact]:
    """Facts that rest on nothing (every piece withdrawn counts as nothing)."""
    found: QuerySet[Fact] = (
        Fact.objects.filter(case=case).annotate(standing=Count("links", filter=standing_links())).filter(standing=0)
    )
    return found


def fact_kinds_missing(case: Case) -> list[str]:
    """Which of the four facts the case does not state at all."""
    stated = set(Fact.objects.filter(case=case).values_list("kind", flat=True))
    return [kind.label for kind in FactKind if kind not in stated]


def breaks_of(case: Case) -> list[Break]:
    """Every break of the chain, in the order of subjects, then facts (mechanism 10)."""
    found: list[Break] = []
    subjects = Subject.objects.filter(case=case).prefetch_related("attributions__event", "attributions__fact")
    bare_events = set(
        TrailEvent.objects.filter(case=case)
        .annotate(standing=Count("evidence", filter=Q(evidence__withdrawn_on__isnull=True)))
        .filter(standing=0)
        .values_list("pk", flat=True)
    )
    bare_facts = {fact.pk: fact for fact in facts_without_evidence(case)}
    causes = Fact.objects.filter(case=case, kind=FactKind.CAUSE).exists()
    results = Fact.objects.filter(case=case, kind=FactKind.RESULT).exists()
    for subject in subjects:
        attributions = list(subject.attributions.all())
        if not attributions:
            found.append(
                Break(
                    f"subject:{subject.pk}",
                    f"{subject.name}没有责任认定，职责到行为断开",
                    "responsibility",
                    "responsibility_attributed",
                )
            )
        found.extend(
            Break(f"event:{item.event_id}", f"{subject.name}的行为（{item.event}）没有证据", "responsibility")
            for item in attributions
            if item.event_id in bare_events
        )
        found.extend(
            Break(f"fact:{item.fact_id}", f"{subject.name}的责任事实没有证据", "facts", "facts_on_evidence")
            for item in attributions
            if item.fact_id in bare_facts
        )
    if not results:
        found.append(Break("result", "没有结果事实，行为不知导致了什么", "facts", "four_facts_stand"))
    if not causes:
        found.append(Break("cause", "没有因果事实，行为与结果之间断开", "facts", "four_facts_stand"))
    found.extend(
        Break(f"fact:{fact.pk}", f"{fact.get_kind_display()}没有证据：{fact.text[:30]}", "facts", "facts_on_evidence")
        for fact in bare_facts.values()
        if fact.kind in (FactKind.RESULT, FactKind.CAUSE)
    )
    return list({item.code: item for item in found}.values())


def open_breaks_of(case: Case) -> list[Break]:
    """Breaks that nobody has explained in writing."""
    explained = set(case.break_explanations.values_list("code", flat=True))
    return [item for item in breaks_of(case) if item.code not in explained]


def facts_on_one_piece(case: Case) -> list[Fact]:
    """孤证: facts that rest on a single piece of evidence; a warning, not a break."""
    rows = (
        FactEvidence.objects.filter(fact__case=case, evidence__withdrawn_on__isnull=True)
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
