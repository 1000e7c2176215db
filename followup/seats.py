"""Who stands aside from a row of the aftermath: whoever stands aside from its case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.seats import stands_aside_from_a_case
from wenze.workflow.seats import CONFLICTS

if TYPE_CHECKING:
    from followup.models import RecommendationLetter
    from wenze.people.models import User


@CONFLICTS.entry("followup.RecommendationLetter")
def stands_aside_from_a_letter(letter: RecommendationLetter, user: User, seat: str) -> str:
    return stands_aside_from_a_case(letter.case, user, seat)
