"""Who sees duty lists: the commission's people those of its units from their review on, a unit its own."""

from __future__ import annotations

from django.db.models import Q

from responsibility.enums import ListState
from responsibility.models import DutyList
from wenze.access import policy
from wenze.access.policy import Holding
from wenze.access.roles import Role


@policy.allows(
    DutyList, Role.INSPECTOR, Role.HEAD, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL, Role.LEADER, Role.PRINCIPAL
)
def lists_of_the_commission(holding: Holding) -> Q:
    """A draft is its drafter's until it is put forward."""
    own = Q(commission_id=holding.user.commission_id)
    return own & (~Q(state=ListState.DRAFT) | Q(drafted_by=holding.user))


@policy.allows(DutyList, Role.UNIT)
def lists_of_the_unit(holding: Holding) -> Q:
    return Q(organization_id__in=holding.organizations)
