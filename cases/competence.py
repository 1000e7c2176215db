"""Who may start and who may decide, asked of the law's tables for one subject (条例第四、五、九、十二条; law.md §1.4, §1.5).

Only translation stands here: the rules are ``wenze.law.competence``'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases.enums import Outcome, Relation, Track
from wenze.law import competence
from wenze.people.enums import OrganizationKind, PartyMembership

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from cases.models import ClueRespondent, Subject
    from wenze.law.competence import Verdict
    from wenze.people.models import Cadre, Organization, Post

OWN_APPROVAL = "body_principal"
COMMITTEE = "same_committee"
COMMITTEE_PRINCIPAL = "same_committee_principal"

BODIES = {Track.PARTY: "discipline_commission", Track.SUPERVISORY: "supervisory_commission"}
"""合署办公: the same people, two identities."""

ORGANIZATION_KINDS = {
    OrganizationKind.COMMISSION: "discipline_organ",
    OrganizationKind.ADMINISTRATIVE: "administrative",
    OrganizationKind.ENTERPRISE: "enterprise",
}
PARTY_MEMBER: dict[str, bool | str] = {
    PartyMembership.MEMBER: True,
    PartyMembership.PROBATIONARY: "probationary",
    PartyMembership.NONE: False,
}


def track_of(cadre: Cadre | None) -> str:
    """Organisations and Party members: the Party track; leading persons outside the Party: the supervisory one (law.md §2.1)."""
    if cadre is not None and cadre.party_membership == PartyMembership.NONE:
        return Track.SUPERVISORY
    return Track.PARTY


def relation_of(commission: Organization, *, cadre: Cadre | None, organization: Organization | None) -> str:
    """Where a person or an organisation stands to the commission: by who manages or leads it, never by rank."""
    owner = cadre.managed_by if cadre is not None else (organization.directly_led_by if organization else None)
    if owner is None:
        return Relation.LOWER
    if owner.pk == commission.pk:
        return Relation.OWN
    if owner.pk == commission.directly_led_by_id:
        return Relation.SAME_COMMITTEE
    ladder = ["town", "county", "city", "province", "central"]
    if ladder.index(owner.level) > ladder.index(commission.level):
        return Relation.HIGHER
    # An office or a unit of the same level that is led by the commission's own Party committee counts as its lower.
    return Relation.LOWER


def _object(
    *, cadre: Cadre | None, organization: Organization | None, relation: str, post: Post | None, on: dt.date
) -> dict[str, Any]:
    if cadre is None:
        kind = OrganizationKind(organization.kind) if organization else OrganizationKind.OTHER
        return {
            "type": "organization",
            "relation": relation,
            "organization_kind": ORGANIZATION_KINDS.get(kind, "party"),
        }
    leading = post is None or post.is_leading
    return {
        "type": "cadre" if leading else "non_leading",
        "relation": relation,
        "party_member": PARTY_MEMBER[cadre.party_membership],
        "principal": bool(post and post.is_principal),
        "retired": cadre.is_retired_on(on),
    }


def _judge(
    *, act: str, commission: Organization, target: dict[str, Any], on: dt.date, track: str = Track.PARTY,
    measures: Sequence[str] = (), approvals: Iterable[str] = (), flags: Iterable[str] = (),
) -> Verdict:  # fmt: skip
    return competence.judge(
        act=act,
        track=track,
        on=on,
        body={"type": BODIES[Track(track)], "level": commission.level},
        object=target,
        measures=list(measures),
        approvals=list(approvals),
        flags=list(flags),
    )


def why_not_initiate(commission: Organization, respondent: ClueRespondent, *, on: dt.date) -> str:
    """Why this commission may not start against a respondent of a clue; empty where it may (with approvals).

    Whether the track suits him (membership, kind of organisation) is the gate TRACK_CONSISTENT's question, not this one's.
    """
    relation = relation_of(commission, cadre=respondent.cadre, organization=respondent.organization)
    target = _object(cadre=respondent.cadre, organization=respondent.organization, relation=relation, post=None, on=on)
    of_the_track = {"party_member": True} if respondent.cadre else {"organization_kind": "party"}
    verdict = _judge(
        act="initiate", commission=commission, target=target | of_the_track, on=on, approvals=(OWN_APPROVAL,)
    )
    return f"{respondent}：{verdict.reason}" if verdict.verdict == "refused" else ""


def _subject(subject: Subject, on: dt.date) -> dict[str, Any]:
    return _object(
        cadre=subject.cadre, organization=subject.organization, relation=subject.relation, post=subject.post, on=on
    )


def judge_initiation(subject: Subject, *, on: dt.date, approvals: Iterable[str] = (OWN_APPROVAL,)) -> Verdict:
    """What the law says of starting against this subject, given these approvals."""
    return _judge(
        act="initiate", track=subject.track, commission=subject.case.commission, target=_subject(subject, on), on=on,
        approvals=approvals,
    )  # fmt: skip


def initiation_needs_committee(subject: Subject, *, on: dt.date) -> bool:
    """Whether 条例第九条 asks for the approval of the same-level Party committee's chief."""
    return COMMITTEE_PRINCIPAL in judge_initiation(subject, on=on).missing


def _decision(subject: Subject, measures: Sequence[str], on: dt.date, approvals: Iterable[str]) -> Verdict:
    flags = ["taken_over"] if subject.relation == Relation.LOWER else []
    return _judge(
        act="decide", track=subject.track, commission=subject.case.commission, target=_subject(subject, on), on=on,
        measures=measures, approvals=approvals, flags=flags,
    )  # fmt: skip


def has_died(subject: Subject, *, on: dt.date) -> bool:
    """Whether the subject is a person whose death is registered."""
    died_on = subject.cadre.died_on if subject.cadre is not None else None
    return died_on is not None and died_on <= on


def unlawful_measures(subject: Subject, measures: Sequence[str], *, on: dt.date) -> Iterator[str]:
    """What is unlawful in the measures of an accountability, with its reason; approvals still to come are not asked here."""
    if not measures:
        yield f"{subject.name}：问责须有措施"
        return
    verdict = _decision(subject, measures, on, (OWN_APPROVAL, COMMITTEE, COMMITTEE_PRINCIPAL))
    if verdict.verdict == "refused":
        yield f"{subject.name}：{verdict.reason}"


def decision_needs_committee(subject: Subject, outcome: str, measures: Sequence[str], *, on: dt.date) -> bool:
    """Whether 条例第十二条 asks for the approval of the same-level Party committee or its chief."""
    if outcome != Outcome.ACCOUNTABLE or not measures:
        return False
    return _decision(subject, measures, on, (OWN_APPROVAL,)).verdict == "needs_approval"


def grounds_of(subject: Subject, measures: Sequence[str], *, on: dt.date) -> tuple[str, ...]:
    """The provisions, in force on that day, on which the measures against this subject rest."""
    return _decision(subject, measures, on, (OWN_APPROVAL, COMMITTEE, COMMITTEE_PRINCIPAL)).basis
