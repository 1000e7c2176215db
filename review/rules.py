"""Who sees the reviews: with the case; a pre-review for good by the commission that was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from review.models import PreReview
from wenze.access import policy
from wenze.access.roles import Role

if TYPE_CHECKING:
    from wenze.access.policy import Holding


@policy.allows(PreReview, Role.SUPERIOR)
def what_his_commission_was_asked(holding: Holding) -> Q:
    return Q(reviewing_id__in=holding.organizations)
