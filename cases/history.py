"""回避 by history: who once served where a matter's subjects answer for (监督执纪工作规则; law.md §7.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wenze.people.models import Appointment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cases.models import Case, Clue
    from wenze.people.models import User


def organizations_of_case(case: Case) -> set[Any]:
    """The organisations of a case's subjects: they themselves, and those in which they held their posts."""
    found: set[Any] = set()
    for pair in case.subjects.values_list("organization_id", "post__organization_id"):
        found.update(pair)
    return found - {None}


def organizations_of_clue(clue: Clue) -> set[Any]:
    """The same for a clue: its organisations, and those in which its cadres ever held a post."""
    found = set(clue.respondents.exclude(organization=None).values_list("organization_id", flat=True))
    cadres = clue.respondents.exclude(cadre=None).values("cadre_id")
    return found | set(Appointment.objects.filter(cadre_id__in=cadres).values_list("post__organization_id", flat=True))


def served_there(users: Iterable[User], organizations: set[Any]) -> str:
    """The first of them who once held a post in one of these organisations, and where; empty where none did."""
    by_cadre = {user.cadre_id: user for user in users if user.cadre_id is not None}
    served = Appointment.objects.filter(cadre_id__in=by_cadre, post__organization_id__in=organizations)
    row = served.select_related("post__organization").order_by("from_on", "pk").first()
    return f"{by_cadre[row.cadre_id]}曾任{row.post.full_name}，应当回避" if row is not None else ""
