"""Who sees a sample: the commission that samples, and whoever was given one of its cases.

Of the commission the process offices, the principal and its people who look at subordinates' cases; a loan and an order
are also seen by those they are addressed to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from cases.models import Recusal
from review.models import CorrectionOrder, OnSiteRecheck, Sample, SampleLoan, SampleMember
from wenze.access import policy
from wenze.access.roles import Role

if TYPE_CHECKING:
    from wenze.access.policy import Holding

SAMPLERS = (Role.CONDUCT, Role.CASEMGMT, Role.TRIAL, Role.PRINCIPAL)
STAFF = (Role.INSPECTOR, Role.HEAD)


def _given_to(user: Any) -> Q:
    """The members that he reviews or checks on the spot."""
    checks = OnSiteRecheck.objects.filter(Q(checker=user) | Q(second_checker=user))
    return Q(reviewer=user) | Q(pk__in=checks.order_by().values("member_id"))


def _given_samples(user: Any) -> Any:
    return SampleMember.objects.filter(_given_to(user)).order_by().values("sample_id")


policy.allows(Sample, *SAMPLERS)(lambda holding: Q(commission_id=holding.user.commission_id))
policy.allows(Sample, Role.SUPERIOR)(lambda holding: Q(commission_id__in=holding.organizations))
policy.allows(Sample, *STAFF)(lambda holding: Q(pk__in=_given_samples(holding.user)))
policy.allows(SampleMember, *SAMPLERS)(lambda holding: Q(sample__commission_id=holding.user.commission_id))
policy.allows(SampleMember, Role.SUPERIOR)(lambda holding: Q(sample__commission_id__in=holding.organizations))
policy.allows(SampleMember, *STAFF)(lambda holding: _given_to(holding.user))


@policy.denies(SampleMember)
def cases_he_is_recused_from(user: Any) -> Q:
    return Q(case_id__in=Recusal.objects.filter(user=user, case__isnull=False).values("case_id"))


@policy.allows(SampleLoan, Role.CASEMGMT)
def loans_asked_by_or_of_his_commission(holding: Holding) -> Q:
    commission = holding.user.commission_id
    return Q(sample__commission_id=commission) | Q(holder_id=commission)


policy.allows(SampleLoan, Role.CONDUCT, Role.TRIAL, Role.PRINCIPAL)(
    lambda holding: Q(sample__commission_id=holding.user.commission_id)
)
policy.allows(SampleLoan, Role.SUPERIOR)(lambda holding: Q(sample__commission_id__in=holding.organizations))


@policy.allows(SampleLoan, *STAFF)
def loans_of_his_office_or_for_him(holding: Holding) -> Q:
    own = Q(holder_id__in=holding.organizations) if holding.role == Role.HEAD else Q(pk__in=[])
    return own | Q(pk__in=SampleMember.objects.filter(reviewer=holding.user, loan__isnull=False).values("loan_id"))


@policy.allows(CorrectionOrder, Role.CASEMGMT)
def orders_by_or_to_his_commission(holding: Holding) -> Q:
    commission = holding.user.commission_id
    return Q(member__sample__commission_id=commission) | Q(to_organization_id=commission)


policy.allows(CorrectionOrder, Role.CONDUCT, Role.TRIAL, Role.PRINCIPAL)(
    lambda holding: Q(member__sample__commission_id=holding.user.commission_id)
)
policy.allows(CorrectionOrder, Role.SUPERIOR)(
    lambda holding: Q(member__sample__commission_id__in=holding.organizations)
)


@policy.allows(CorrectionOrder, *STAFF)
def orders_to_his_office_or_on_his_findings(holding: Holding) -> Q:
    own = Q(to_organization_id__in=holding.organizations) if holding.role == Role.HEAD else Q(pk__in=[])
    return own | Q(member__in=SampleMember.objects.filter(_given_to(holding.user)).order_by().values("pk"))
