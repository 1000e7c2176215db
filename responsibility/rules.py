"""Who sees duty lists and problems: the commission's people those of its units (a list from its review on), a unit its own."""

from __future__ import annotations

from django.db.models import Q

from responsibility.enums import ListState
from responsibility.models import DutyList, ImportJob, Problem, ProblemList
from wenze.access import policy
from wenze.access.policy import Holding
from wenze.access.roles import Role


@policy.allows(
    DutyList, Role.INSPECTOR, Role.HEAD, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL, Role.LEADER, Role.PRINCIPAL
)
def lists_of_the_commission(holding: Holding) -> Q:
    """A draft is its unit's and its drafter's until it is put forward."""
    own = Q(commission_id=holding.user.commission_id)
    return own & (~Q(state=ListState.DRAFT) | Q(drafted_by=holding.user))


@policy.allows(DutyList, Role.UNIT)
def lists_of_the_unit(holding: Holding) -> Q:
    return Q(organization_id__in=holding.organizations)


@policy.allows(Problem, Role.INSPECTOR, Role.HEAD, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL, Role.LEADER, Role.PRINCIPAL)
def problems_of_the_commission(holding: Holding) -> Q:
    return Q(commission_id=holding.user.commission_id)


@policy.allows(Problem, Role.UNIT)
def problems_of_the_unit(holding: Holding) -> Q:
    """One by one: the paper that they stand in speaks of other units too."""
    return Q(organization_id__in=holding.organizations)


policy.allows(
    ProblemList, Role.INSPECTOR, Role.HEAD, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL, Role.LEADER, Role.PRINCIPAL
)(problems_of_the_commission)


@policy.allows(ImportJob, Role.UNIT, Role.CONDUCT, Role.CASEMGMT)
def imports_of_his_own(holding: Holding) -> Q:
    return Q(started_by=holding.user)
