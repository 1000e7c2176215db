"""Which organisations and cadres a person may choose and look up: those in the books of his commission."""

from __future__ import annotations

from django.db.models import Q

from wenze.access import policy
from wenze.access.policy import Holding
from wenze.access.roles import Role
from wenze.people.enums import OrganizationKind
from wenze.people.models import Cadre, Organization
from wenze.people.selectors import managed_by_office

STAFF = (
    Role.INSPECTOR, Role.HEAD, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL, Role.LEADER, Role.PRINCIPAL,
)  # fmt: skip
OTHERS = (Role.PARTY_COMMITTEE, Role.SUPERIOR, Role.UNIT)


@policy.allows(Organization, *STAFF, Role.HR, *OTHERS, Role.SYSADMIN, Role.SECADMIN)
def organizations_of_his_commission(holding: Holding) -> Q:
    own = holding.user.commission_id
    # Commissions and Party committees of every level are known to all: a letter must find its addressee.
    addressees = (OrganizationKind.COMMISSION, OrganizationKind.PARTY_COMMITTEE)
    return Q(commission_id=own) | Q(pk=own) | Q(kind__in=addressees)


@policy.allows(Cadre, *STAFF, Role.SYSADMIN)
def cadres_of_his_commission(holding: Holding) -> Q:
    return Q(commission_id=holding.user.commission_id)


@policy.allows(Cadre, Role.HR)
def cadres_his_body_manages(holding: Holding) -> Q:
    return managed_by_office(holding.organizations)
