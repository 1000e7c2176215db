"""The chain 职责→行为→责任→因果→结果 of every subject, and where it does not hold (mechanism 10).

A link that was withdrawn carries nothing: exactly the places that rested on it are named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from cases.enums import CircumstanceKind, FactKind
from cases.models import Attribution, Case, CauseFinding, Fact, KnownProblem, Subject, TrailEvent
from cases.selectors import facts_without_evidence

if TYPE_CHECKING:
    from typing import Any


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold; ``code`` is stable, so that a reason can be kept for it."""

    code: str
    text: str
    panel: str
    gate: str = "chain_closed"
    """The gate that asks for it; a gap that another gate names is not named a second time by the chain's."""

    @property
    def may_be_explained(self) -> bool:
        """Only where the chain's own gate asks: a missing fact, a bare fact, a subject without attribution is made good."""
        return self.gate == "chain_closed"


@dataclass(frozen=True)
class Chain:
    """Everything the chain of a case is made of, read in a handful of queries."""

    subjects: list[Subject]
    attributions: dict[Any, list[Attribution]]
    bare_events: set[Any]
    bare_facts: dict[Any, Fact]
    causes: list[Fact]
    results: list[Fact]
    findings: list[CauseFinding]
    known: dict[Any, list[KnownProblem]]
    """What each subject is proved to have known from a problem list."""
    excused: set[Any]
    """Subjects for whom 条例第十七条 was found: nothing is laid at their door, so no cause is asked."""

    def findings_on(self, subject: Subject) -> list[CauseFinding]:
        return [found for found in self.findings if found.subject_id == subject.pk]

    def rests_on(self, subject: Subject, cause: Fact) -> bool:
        """Whether the subject's act is tied to a result by that cause."""
        if subject.pk in self.excused:
            return False
        named = [found for found in self.findings if found.fact_id == cause.pk]
        return not named or any(found.subject_id == subject.pk and found.is_causal for found in named)

    def lacks_cause(self, subject: Subject) -> bool:
        """Whether no standing cause fact speaks for the subject."""
        if subject.pk in self.excused:
            return False
        naming = {found.fact_id for found in self.findings}
        speaks_for_all = any(fact.pk not in naming for fact in self.causes)
        return not speaks_for_all and not self.findings_on(subject)


def chain_of(case: Case) -> Chain:
    """Read the chain of a case as it stands."""
    subjects = list(case.subjects.investigated().select_related("cadre", "organization"))
    attributions: dict[Any, list[Attribution]] = {subject.pk: [] for subject in subjects}
    rows = Attribution.objects.standing().filter(subject__in=subjects).select_related("event", "fact", "duty")
    for row in rows:
        attributions[row.subject_id].append(row)
    bare_events = set(
        TrailEvent.objects.filter(case=case)
        .annotate(pieces=Count("evidence", filter=Q(evidence__withdrawn_on__isnull=True)))
        .filter(Q(pieces=0) | Q(withdrawn_on__isnull=False))
        .values_list("pk", flat=True)
    )
    facts = list(Fact.objects.standing().filter(case=case).select_related("leads_to"))
    known: dict[Any, list[KnownProblem]] = {}
    taken = KnownProblem.objects.standing().filter(subject__in=subjects).select_related("event", "fact")
    for told in taken:
        known.setdefault(told.subject_id, []).append(told)
    excusing = CircumstanceKind.EXEMPTING
    return Chain(
        subjects=subjects,
        attributions=attributions,
        bare_events=bare_events,
        bare_facts={fact.pk: fact for fact in facts_without_evidence(case)},
        causes=[fact for fact in facts if fact.kind == FactKind.CAUSE],
        results=[fact for fact in facts if fact.kind == FactKind.RESULT],
        findings=list(
            CauseFinding.objects.filter(fact__case=case, fact__withdrawn_on__isnull=True).select_related("fact")
        ),
        known=known,
        excused=set(
            case.subjects.filter(circumstances__kind=excusing, circumstances__adopted=True).values_list("pk", flat=True)
        ),
    )


def breaks_of(case: Case) -> list[Break]:
    """Every break of the chain of a case as it stands."""
    return breaks_in(chain_of(case))


def breaks_in(chain: Chain) -> list[Break]:
    """Every break of a chain: subjects in order, then the facts that all of them share."""
    found: list[Break] = []
    broken_events: dict[Any, tuple[TrailEvent, list[str]]] = {}
    broken_facts: dict[Any, tuple[Fact, list[str]]] = {}
    for subject in chain.subjects:
        own = chain.attributions[subject.pk]
        if not own:
            found.append(Break(f"subject:{subject.pk}", f"{subject.name}没有责任认定，职责到行为断开", "responsibility", "responsibility_attributed"))  # fmt: skip
        for item in own:
            if item.event_id in chain.bare_events:
                broken_events.setdefault(item.event_id, (item.event, []))[1].append(subject.name)
            if item.fact.withdrawn_on is not None or item.fact_id in chain.bare_facts:
                broken_facts.setdefault(item.fact_id, (item.fact, []))[1].append(subject.name)
    for event, names in broken_events.values():
        why = "已撤回，责任无行为" if event.withdrawn_on else "没有证据"
        whose = "、".join(dict.fromkeys(names))
        found.append(Break(f"event:{event.pk}", f"{whose}的行为（{event}）{why}", "responsibility"))
    for fact, names in broken_facts.values():
        why, gate = ("已撤回", "chain_closed") if fact.withdrawn_on else ("没有证据", "facts_on_evidence")
        found.append(Break(f"fact:{fact.pk}", f"{'、'.join(dict.fromkeys(names))}的责任事实{why}", "facts", gate))
    for cause in chain.causes:
        if cause.leads_to is not None and cause.leads_to.withdrawn_on is not None:
            whose = "、".join(subject.name for subject in chain.subjects if chain.rests_on(subject, cause))
            if whose and chain.results:
                found.append(
                    Break(f"led:{cause.pk}", f"{whose}的行为所致的结果（{cause.leads_to.text[:20]}）已撤回", "facts")
                )
    if not chain.results:
        found.append(Break("result", "没有结果事实，行为不知导致了什么", "facts", "four_facts_stand"))
    if not chain.causes:
        found.append(Break("cause", "没有因果事实，行为与结果之间断开", "facts", "four_facts_stand"))
    else:
        found.extend(
            Break(f"cause:{subject.pk}", f"{subject.name}的行为与结果之间没有因果", "facts")
            for subject in chain.subjects
            if chain.lacks_cause(subject)
        )
    found.extend(
        Break(f"fact:{fact.pk}", f"{fact.get_kind_display()}没有证据：{fact.text[:30]}", "facts", "facts_on_evidence")
        for fact in chain.bare_facts.values()
        if fact.kind in (FactKind.RESULT, FactKind.CAUSE)
    )
    return list({item.code: item for item in found}.values())


def open_breaks_of(case: Case) -> list[Break]:
    """Breaks that nobody has explained in writing."""
    explained = set(case.break_explanations.values_list("code", flat=True))
    return [item for item in breaks_of(case) if item.code not in explained]
