"""Units and HR see their own rows and nothing of the case (design §4); of letters only those that were issued to them."""

from __future__ import annotations

from django.db.models import Q

from followup.models import EducationUnit, ExecutionItem, RecommendationLetter, ReformItem, ReformReport
from wenze.access import policy
from wenze.access.policy import Holding
from wenze.access.roles import Role
from wenze.documents.models import OfficialDocument


def _of_their_own(holding: Holding) -> Q:
    return Q(responsible_id__in=holding.organizations)


policy.allows(ExecutionItem, Role.UNIT, Role.HR)(_of_their_own)
policy.allows(ReformItem, Role.UNIT, Role.HR)(_of_their_own)


@policy.allows(ReformReport, Role.UNIT, Role.HR)
def reports_on_items_of_their_own(holding: Holding) -> Q:
    return Q(item__responsible_id__in=holding.organizations)


@policy.allows(EducationUnit, Role.UNIT, Role.HR)
def education_of_their_own(holding: Holding) -> Q:
    return Q(organization_id__in=holding.organizations)


@policy.allows(RecommendationLetter, Role.UNIT, Role.HR)
def letters_issued_to_them(holding: Holding) -> Q:
    return Q(to_organization_id__in=holding.organizations, issued_on__isnull=False)


@policy.allows(OfficialDocument, Role.UNIT, Role.HR)
def papers_of_letters_issued_to_them(holding: Holding) -> Q:
    return Q(pk__in=RecommendationLetter.objects.filter(letters_issued_to_them(holding)).values("document_id"))
