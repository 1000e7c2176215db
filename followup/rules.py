"""Units and HR see their own items and nothing of the case (design §4)."""

from __future__ import annotations

from django.db.models import Q

from followup.models import ExecutionItem
from wenze.access import policy
from wenze.access.policy import Holding
from wenze.access.roles import Role


@policy.allows(ExecutionItem, Role.UNIT, Role.HR)
def items_of_their_own(holding: Holding) -> Q:
    return Q(responsible_id__in=holding.organizations)
