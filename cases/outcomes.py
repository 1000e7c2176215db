"""What may become of a subject: one outcome with all that it asks for, and what is wrong in it (条例第七、八、九、十二、十五、十七条).

The report proposes it, the sitting settles it, the superior may advise another: the same value, the same rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cases import competence, tolerance
from cases.enums import CircumstanceKind, DispatchKind, Outcome, Relation
from cases.models import Proposal
from wenze.law import measures as law_measures

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from cases.models import Subject
    from wenze.people.models import Organization, User

SENT_AWAY = {
    Outcome.REFERRED: DispatchKind.REFERRED,
    Outcome.ORDERED: DispatchKind.ORDERED,
    Outcome.HANDED_OVER: DispatchKind.HANDED_OVER,
}
"""Outcomes that are another body's to decide, and how they go to it."""

READ = ("cadre", "organization", "post", "case__commission", "proposal__to_organization", "proposal__refer_to")
"""What to read with a subject before its outcome is judged."""

WITH_TERM = (Outcome.FIRST_FORM, Outcome.ORDERED)
"""Outcomes that ask something of somebody by a day; what an exemption asks is set by its own 纠错通知."""
CONFIRMED_OUTSIDE = ("propose:removal", "propose:ordered_resignation", "propose:demotion", "propose:post_adjustment")
"""Proposals that touch a post: the posts are named one by one (law.md §1.3)."""


SANCTIONS = ("discipline", "administrative")
"""Kinds of measures that have their own road: filed, tried and decided by the body that files (条例第八条第二款第四项)."""


def sanctions_in(codes: Sequence[str]) -> list[str]:
    """The sanctions that are only proposed: they go to be filed (转立案), never by a letter of proposal."""
    return [
        code
        for code in codes
        if code.startswith("propose:") and law_measures()[code.removeprefix("propose:")].kind in SANCTIONS
    ]


@dataclass(frozen=True)
class Draft:
    """An outcome as it was typed: ``refer_to`` sends the person to be filed as well (转立案), whatever else is decided."""

    outcome: str
    measures: Sequence[str] = ()
    reason: str = ""
    removed_posts: str = ""
    to_organization: Organization | None = None
    refer_to: Organization | None = None
    requirement: str = ""
    due_on: dt.date | None = None


def drafted(proposal: Proposal) -> Draft:
    """The outcome that a proposal holds."""
    return Draft(
        proposal.outcome, list(proposal.measures), proposal.reason, proposal.removed_posts, proposal.to_organization,
        proposal.refer_to, proposal.requirement, proposal.due_on,
    )  # fmt: skip


def write(subject: Subject, draft: Draft, *, actor: User, on: dt.date) -> Proposal:
    """Keep it as the subject's proposal."""
    row, _ = Proposal.objects.update_or_create(
        subject=subject,
        defaults={
            "outcome": draft.outcome, "measures": list(draft.measures), "reason": draft.reason.strip(),
            "removed_posts": draft.removed_posts.strip(), "to_organization": draft.to_organization,
            "refer_to": draft.refer_to, "requirement": draft.requirement.strip(), "due_on": draft.due_on,
            "drafted_by": actor, "drafted_on": on,
        },
    )  # fmt: skip
    return row


def wrong_in(subject: Subject, draft: Draft, *, on: dt.date) -> dict[str, str]:
    """What must be put right, by field; empty where the outcome may be proposed."""
    wrong: dict[str, str] = {}
    if not draft.reason.strip():
        wrong["reason"] = "请写明理由。"
    if unlawful := list(unlawful_in(subject, draft, on=on)):
        wrong["measures"] = "；".join(unlawful)
    if any(code in CONFIRMED_OUTSIDE for code in draft.measures) and not draft.removed_posts.strip():
        wrong["removed_posts"] = "涉及职务的组织处理须逐个列明所免、所调职务。"
    if draft.outcome in SENT_AWAY and draft.to_organization is None:
        wrong["to_organization"] = "请选择接收机关。"
    if sanctions_in(draft.measures) and draft.refer_to is None:
        wrong["refer_to"] = "建议党纪、政务处分的，须另行立案审查，请选择立案机关。"
    if draft.refer_to is not None and draft.outcome == Outcome.REFERRED:
        wrong["refer_to"] = "结果已是转立案，不必另选。"
    asks = draft.outcome in WITH_TERM
    if asks and not draft.requirement.strip():
        wrong["requirement"] = "请写明整改或者办理要求。"
    if asks and draft.due_on is None:
        wrong["due_on"] = "请填写期限。"
    elif draft.due_on is not None and draft.due_on < on:
        wrong["due_on"] = "期限不能早于今日。"
    return wrong


def unlawful_in(subject: Subject, draft: Draft, *, on: dt.date) -> Iterator[str]:
    """What the law forbids in it, each with its reason; approvals still to come are not asked here."""
    outcome, codes = draft.outcome, draft.measures
    kinds = {law_measures()[code.removeprefix("propose:")].kind for code in codes}
    if competence.has_died(subject, on=on) != (outcome == Outcome.NOT_PURSUED_DEATH):
        yield (
            f"{subject.name}已去世，不再追究"
            if outcome != Outcome.NOT_PURSUED_DEATH
            else f"{subject.name}没有去世的登记，不能以此了结"
        )
        return
    if outcome == Outcome.ACCOUNTABLE:
        yield from competence.unlawful_measures(subject, codes, on=on)
    elif outcome == Outcome.FIRST_FORM:
        if kinds - {"first_form"}:
            yield f"{subject.name}：第一种形态不带问责措施"
    elif outcome == Outcome.ORDERED:
        if subject.relation != Relation.LOWER:
            yield f"{subject.name}不由下级管理，不能责成下级办理"
        if not codes or any(code.startswith("propose:") for code in codes) or "first_form" in kinds:
            yield f"{subject.name}：责成下级办理须写明责成的措施"
    elif codes:
        yield f"{subject.name}：{Outcome(outcome).label}不带问责措施"
    exempting = subject.circumstances.filter(kind=CircumstanceKind.EXEMPTING, adopted=True)
    if outcome == Outcome.EXEMPTED and not exempting.exists() and not tolerance.may_be_exempted(subject):
        yield f"{subject.name}没有认定第十七条的情形，容错核查的结论也不是免予问责，不能免予问责"


def faults_in(subject: Subject, proposal: Proposal | None, *, on: dt.date) -> Iterator[str]:
    """What a gate says of a subject's proposal as it stands."""
    if proposal is None:
        yield f"{subject.name}没有处理意见"
        return
    draft = drafted(proposal)
    yield from unlawful_in(subject, draft, on=on)
    for field, text in wrong_in(subject, draft, on=proposal.drafted_on).items():
        if field != "measures":
            yield f"{subject.name}：{text.rstrip('。')}"


def in_words(proposal: Proposal) -> list[str]:
    """What is to be done, item by item, as every screen and paper says it."""
    told = []
    for code in proposal.measures:
        name = law_measures()[code.removeprefix("propose:")].name
        prefix = "建议" if code.startswith("propose:") else "责成" if proposal.outcome == Outcome.ORDERED else ""
        told.append(prefix + name)
    if proposal.refer_to is not None:
        told.append(f"转立案（{proposal.refer_to}）")
    elif proposal.outcome in SENT_AWAY and proposal.to_organization is not None:
        told.append(f"{proposal.get_outcome_display()}（{proposal.to_organization}）")
    return told
