"""Who sees filings: the unit its own; the commission that receives them, and the one in whose books the unit stands."""

from __future__ import annotations

from django.db.models import Q

from tolerance.enums import FilingState
from tolerance.models import Filing
from wenze.access import policy
from wenze.access.policy import Holding
from wenze.access.roles import Role
from wenze.terms.models import Clock

RECEIVERS = (Role.CONDUCT, Role.CASEMGMT)
"""Who takes filings in, asks for supplements, registers."""
READERS = (Role.INSPECTOR, Role.HEAD, Role.TRIAL, Role.LEADER, Role.PRINCIPAL)


@policy.allows(Filing, *RECEIVERS, *READERS)
def filings_with_the_commission(holding: Holding) -> Q:
    """A draft is its drafter's until it is handed in."""
    own = holding.user.commission_id
    theirs = Q(commission_id=own) | Q(organization__commission_id=own)
    return theirs & (~Q(state=FilingState.DRAFT) | Q(filed_by=holding.user))


@policy.allows(Filing, Role.UNIT)
def filings_of_the_unit(holding: Holding) -> Q:
    return Q(organization_id__in=holding.organizations)


@policy.allows(Clock, Role.UNIT)
def terms_of_its_filings(holding: Holding) -> Q:
    """What it has to supplement or renew by a day."""
    return Q(handler=holding.user, about_label=Filing._meta.label)
