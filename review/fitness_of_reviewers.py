"""Who may not look at a sampled case: who handled, approved or adjudicated it, stood aside, or sits where it was handled."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from cases.models import Appeal, Correction, Recusal, TeamMember
from review.models import Adjudication, JointSeat, PreReview
from wenze.access.roles import Role
from wenze.workflow.models import OffSystemApproval, Signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from review.models import SampleMember
    from wenze.people.models import User


def stands_against(members: Iterable[SampleMember], users: Sequence[User]) -> dict[tuple[Any, Any], str]:
    """``(member, user)`` → why not; always the same number of queries."""
    listed = list(members)
    people = {user.pk for user in users}
    took_part = _took_part([member.case_id for member in listed if member.case_id], people)
    found: dict[tuple[Any, Any], str] = {}
    for member in listed:
        for user in users:
            reason = took_part.get((member.case_id, user.pk), "")
            if not reason and member.case is not None and member.case.handler_id == user.pk:
                reason = "承办本案"
            if not reason and _of_the_office(user, member):
                reason = f"是办案单位（{member.unit_name}）的人"
            if not reason and not _may_read(user, member):
                reason = "不是本机关或者上级机关的评查人员"
            if reason:
                found[member.pk, user.pk] = f"{user}{reason}"
    return found


def _of_the_office(user: User, member: SampleMember) -> bool:
    """He works there, or heads or leads it."""
    where = {member.unit_id, member.case.office_id if member.case else member.unit_id}
    of_it = any(user.holds(role, office) for role in (Role.INSPECTOR, Role.HEAD, Role.LEADER) for office in where)
    return user.organization_id in where or user.commission_id in where or of_it


def _may_read(user: User, member: SampleMember) -> bool:
    """A subordinate's case is read by the superior's people only, under a grant; our own by our own."""
    commission = member.sample.commission_id
    if user.commission_id != commission:
        return False
    outside = member.case is not None and member.case.commission_id != commission
    return user.holds(Role.SUPERIOR, commission) if outside else True


def _took_part(cases: Sequence[Any], people: set[Any]) -> dict[tuple[Any, Any], str]:
    asked: tuple[tuple[str, Any, str, str], ...] = (
        ("已回避", Recusal.objects.filter(case__in=cases), "case_id", "user_id"),
        ("参加过本案调查", TeamMember.objects.filter(case__in=cases), "case_id", "user_id"),
        ("签批过本案", Signature.objects.filter(approval__case_id__in=cases), "approval__case_id", "signer_id"),
        ("审理过本案", Adjudication.objects.filter(case__in=cases), "case_id", "adjudicators"),
        ("参加过本案联审", JointSeat.objects.filter(joint_review__case__in=cases), "joint_review__case_id", "user_id"),
        ("办理过本案预审", PreReview.objects.filter(case__in=cases), "case_id", "given_by_id"),
        ("办理过本案申诉", Appeal.objects.filter(case__in=cases), "case_id", "reviewer_id"),
        ("办理过本案纠正", Correction.objects.filter(case__in=cases), "case_id", "proposed_by_id"),
        ("办理过本案报批", OffSystemApproval.objects.filter(case_id__in=cases), "case_id", "requested_by_id"),
    )
    found: dict[tuple[Any, Any], str] = {}
    for reason, rows, case, user in asked:
        for case_id, user_id in rows.order_by().values_list(case, user):
            if user_id in people:
                found.setdefault((case_id, user_id), reason)
    return found


def shared_out(
    members: Sequence[Any], reviewers: Sequence[Any], against: Mapping[tuple[Any, Any], str]
) -> tuple[dict[Any, Any], list[Any]]:
    """Each member to one reviewer, the loads as even as the bars allow; and the members that nobody is left for.

    The members with the fewest possible reviewers choose first; afterwards whoever has two more than another who could
    take one of his gives it up, along a chain of hand-overs, until nobody has.
    """
    possible = {m: [r for r in reviewers if (m, r) not in against] for m in members}
    given: dict[Any, Any] = {}
    load: dict[Any, int] = dict.fromkeys(reviewers, 0)
    for m in sorted((m for m in members if possible[m]), key=lambda m: (len(possible[m]), members.index(m))):
        chosen = min(possible[m], key=lambda r: (load[r], reviewers.index(r)))
        given[m] = chosen
        load[chosen] += 1
    while chain := _lighter(given, possible, load):
        for m, to in chain:
            load[given[m]] -= 1
            load[to] += 1
            given[m] = to
    return given, [m for m in members if m not in given]


def _lighter(given: dict[Any, Any], possible: dict[Any, list[Any]], load: dict[Any, int]) -> list[tuple[Any, Any]]:
    """A chain of hand-overs from somebody to somebody with at least two fewer."""
    held: dict[Any, list[Any]] = defaultdict(list)
    for m, r in given.items():
        held[r].append(m)
    for start in sorted(load, key=lambda r: -load[r]):
        came: dict[Any, tuple[Any, Any]] = {}
        waiting, seen = [start], {start}
        while waiting:
            here = waiting.pop(0)
            if load[here] <= load[start] - 2:
                chain = []
                while here != start:
                    m, before = came[here]
                    chain.append((m, here))
                    here = before
                return chain[::-1]
            for m in held[here]:
                for to in possible[m]:
                    if to not in seen:
                        seen.add(to)
                        came[to] = (m, here)
                        waiting.append(to)
    return []
