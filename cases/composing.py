"""Texts composed from the data of a case: the fact statement (D09) and the seven parts of the report (D12, 条例第十一条).

What was composed is marked, so that a text that was shown or signed is known to be older than the findings it speaks of.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from cases import outcomes
from cases.enums import FactKind
from cases.models import Attribution, Case, CauseFinding, Fact
from cases.models.hearing import part_name
from wenze.law import cite

if TYPE_CHECKING:
    from cases.models import Report, Subject

BOUND = ("respondents", "facts", "attitude", "opinion")
"""The parts of the report that say what was found; the others tell of the inquiry itself and the law."""


def mark(text: str) -> str:
    """A short mark by which a text is known again."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def findings_of(case: Case) -> dict[Any, list[str]]:
    """What each subject is to check before the report: the facts that concern him, and what he failed; no word of a measure.

    A responsibility fact concerns those to whom it is attributed, a cause that names subjects those whom it names.
    """
    named: dict[Any, set[Any]] = {}
    for fact_id, subject_id in CauseFinding.objects.filter(fact__case=case).values_list("fact_id", "subject_id"):
        named.setdefault(fact_id, set()).add(subject_id)
    facts = list(Fact.objects.standing().filter(case=case))
    shared = [fact for fact in facts if fact.kind != FactKind.RESPONSIBILITY]
    standing = Attribution.objects.standing().filter(subject__case=case, event__withdrawn_on__isnull=True)
    attributed: dict[Any, list[Attribution]] = {}
    for row in standing.select_related("event"):
        attributed.setdefault(row.subject_id, []).append(row)
    found = {}
    for pk in case.subjects.investigated().values_list("pk", flat=True):
        own = attributed.get(pk, [])
        failed = {row.fact_id for row in own}
        lines = [fact.text for fact in shared if pk in named.get(fact.pk, {pk})]
        lines += [fact.text for fact in facts if fact.kind == FactKind.RESPONSIBILITY and fact.pk in failed]
        lines += [f"{row.event.on:%Y年%-m月%-d日}，{row.event.actor_name}{row.event.text}" for row in own]
        found[pk] = list(dict.fromkeys(lines))
    return found


def marks_shown(lines: list[str]) -> list[str]:
    """The marks to keep of what was shown; where nothing was found yet, that is kept too, so that all is news later."""
    return [mark(line) for line in lines] or [mark("")]


def draft_fact_statement(subject: Subject) -> str:
    """The fact statement (D09) as it would be composed now."""
    return "\n".join(findings_of(subject.case).get(subject.pk, []))


def unshown_to(case: Case) -> dict[Any, list[str]]:
    """What was found after a subject had his fact statement, by subject; what was taken back since is not asked."""
    found = findings_of(case)
    late = {}
    for subject in case.subjects.investigated().filter(hearing__isnull=False).select_related("hearing"):
        seen = set(subject.hearing.shown)
        lines = [line for line in found.get(subject.pk, []) if mark(line) not in seen]
        if seen and lines:
            late[subject.pk] = lines
    return late


def compose_report(case: Case) -> dict[str, str]:
    """The seven parts of 条例第十一条 composed from the data; the team edits them before it signs."""
    subjects = list(
        case.subjects.pursued().select_related(*outcomes.READ, "hearing").prefetch_related("hearing__points")
    )
    team = "、".join(str(member) for member in case.team.filter(until_on__isnull=True).select_related("user"))
    return {
        "respondents": "\n".join(map(_respondent, subjects)),
        "basis": f"根据{cite('TL', 9)}，经本机关主要负责人于{case.approved_on:%Y年%-m月%-d日}批准启动调查。"
        if case.approved_on
        else "",
        "course": f"调查组由{team}组成，调取证据{case.evidence.filter(withdrawn_on__isnull=True).count()}件。",
        "facts": "\n".join(_facts(case, subjects)),
        "attitude": "\n".join(filter(None, map(_attitude, subjects))),
        "opinion": "\n".join(filter(None, map(_opinion, subjects))),
        "legal_basis": f"{cite('TL', 6)}、{cite('TL', 7)}、{cite('TL', 8)}。",
    }


def marks_of(case: Case) -> dict[str, str]:
    """The marks of what the report would say if it were composed now."""
    parts = compose_report(case)
    return {part: mark(parts[part]) for part in BOUND}


def moved_since(report: Report) -> list[str]:
    """The headings of the parts whose data changed after the version was written."""
    if not report.composed:
        return []
    now = marks_of(report.case)
    return [part_name(part) for part in BOUND if now[part] != report.composed.get(part)]


def _respondent(subject: Subject) -> str:
    if subject.cadre is None:
        return f"{subject.name}。"
    born = f"，{subject.cadre.born_on:%Y年%-m月}出生" if subject.cadre.born_on else ""
    return (
        f"{subject.name}，{subject.cadre.gender}{born}，{subject.cadre.get_party_membership_display()}，"
        f"行为时任{subject.post_at_the_time}。"
    )


def _facts(case: Case, subjects: list[Subject]) -> list[str]:
    told = [
        f"{fact.get_kind_display()}：{fact.text}（{'、'.join(f'证{piece.serial}' for piece in fact.evidence.all() if piece.withdrawn_on is None) or '无证据'}）"
        for fact in case.facts.standing().prefetch_related("evidence")
    ]
    rows: dict[Any, list[Attribution]] = {}
    for row in Attribution.objects.standing().filter(subject__in=subjects).select_related("duty"):
        rows.setdefault(row.subject_id, []).append(row)
    return told + [
        f"{subject.name}：{item.duty.text if item.duty else item.outside_list}；{item.reasoning}，负{item.get_tier_display()}"
        f"（{item.get_power_display()}、{item.get_liability_display()}、{item.get_failure_display()}）。"
        for subject in subjects
        for item in rows.get(subject.pk, [])
    ]


def _attitude(subject: Subject) -> str:
    hearing = getattr(subject, "hearing", None)
    if hearing is None or not hearing.met_on:
        return ""
    answers = [f"第{p.position}点{'采纳' if p.adopted else '不采纳'}（{p.answer}）" for p in hearing.points.all()]
    return (
        f"{hearing.met_on:%Y年%-m月%-d日}与{subject.name}见面，签署意见：{hearing.get_opinion_display()}。"
        + "".join(answers)
    )


def _opinion(subject: Subject) -> str:
    proposal = getattr(subject, "proposal", None)
    if proposal is None:
        return ""
    told = outcomes.in_words(proposal)
    return f"{subject.name}：{proposal.get_outcome_display()}{'（' + '、'.join(told) + '）' if told else ''}。{proposal.reason}"
