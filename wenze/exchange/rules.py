"""Packages are case supervision's: it carries them out and in for its commission."""

from __future__ import annotations

from django.db.models import Q

from wenze.access import policy
from wenze.access.policy import Holding
from wenze.access.roles import Role
from wenze.exchange.models import ExchangePackage


@policy.allows(ExchangePackage, Role.CASEMGMT)
def packages_of_his_commission(holding: Holding) -> Q:
    return Q(commission_id=holding.user.commission_id)
