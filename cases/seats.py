"""The seats that a case adds to the table's words, and what keeps a person out of a seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases.history import organizations_of_case, served_there
from cases.models import Case, Clue, Recusal, TeamMember
from wenze.workflow.seats import CONFLICTS, INVESTIGATING, SEATS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wenze.people.models import User


@SEATS.entry("handler")
def the_handler(about: Any) -> Iterable[User]:
    """承办人 of a clue or a case (or of the case that a row belongs to)."""
    handler = getattr(about, "handler", None)
    return [handler] if handler is not None else []


@SEATS.entry("team")
def the_team(case: Case) -> Iterable[User]:
    """Those on the investigation team now."""
    return [member.user for member in case.team.filter(until_on__isnull=True).select_related("user")]


@SEATS.entry("team_leader")
def the_team_leader(case: Case) -> Iterable[User]:
    """The team's leader; before there is a team, the handler."""
    leader = case.team.filter(until_on__isnull=True, is_leader=True).select_related("user").first()
    return [leader.user] if leader else [case.handler]


@CONFLICTS.entry("cases.Case")
def stands_aside_from_a_case(case: Case, user: User, seat: str) -> str:
    """回避, and 调查人员不得审批、审理自己调查的案件 — by the history of membership, not only by today's team."""
    if Recusal.objects.filter(case=case, user=user).exists():
        return "您在本案中已回避，不能办理。"
    if served := served_there([user], organizations_of_case(case)):
        return f"{served}，不能办理。"
    if seat not in INVESTIGATING and TeamMember.objects.filter(case=case, user=user).exists():
        return "您参加过本案调查，不能审批或者审理本案。"
    return ""


@CONFLICTS.entry("cases.Clue")
def stands_aside_from_a_clue(clue: Clue, user: User, seat: str) -> str:
    """The same for a clue: who verifies it does not approve it."""
    if Recusal.objects.filter(clue=clue, user=user).exists():
        return "您在本线索中已回避，不能办理。"
    if seat not in INVESTIGATING and clue.handler_id == user.pk:
        return "您是本线索的承办人，不能审批。"
    return ""


def _of_its_case(row: Any, user: User, seat: str) -> str:
    return stands_aside_from_a_case(row.case, user, seat)


for label in ("cases.Supplement", "cases.Extension", "cases.Suspension", "cases.EarlyEnd"):
    CONFLICTS.register(label, _of_its_case)
