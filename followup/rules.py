"""Units and HR see their own rows and nothing of the case (design §4); HR what is sent to it of the cadres it keeps."""

from __future__ import annotations

from django.db.models import Q

from followup import personnel
from followup.models import (
    AppointmentCheck,
    EducationUnit,
    ExecutionItem,
    NameClearing,
    PostFormality,
    RecommendationLetter,
    RectifyReport,
    ReformItem,
    ReformReport,
)
from responsibility.models import Problem
from responsibility.papers import letters_of
from responsibility.rules import problems_of_the_unit
from wenze.access import policy
from wenze.access.policy import Holding
from wenze.access.roles import Role
from wenze.documents.models import OfficialDocument
from wenze.people.models import Cadre


def _of_their_own(holding: Holding) -> Q:
    return Q(responsible_id__in=holding.organizations)


policy.allows(ExecutionItem, Role.UNIT, Role.HR)(_of_their_own)
policy.allows(ReformItem, Role.UNIT, Role.HR)(_of_their_own)


@policy.allows(PostFormality, Role.HR)
def posts_of_their_own_items(holding: Holding) -> Q:
    return Q(item__responsible_id__in=holding.organizations)


@policy.allows(ReformReport, Role.UNIT, Role.HR)
def reports_on_items_of_their_own(holding: Holding) -> Q:
    return Q(item__responsible_id__in=holding.organizations)


@policy.allows(RectifyReport, Role.UNIT, Role.HR)
def reports_on_rectifications_of_their_own(holding: Holding) -> Q:
    return Q(item__responsible_id__in=holding.organizations)


@policy.allows(EducationUnit, Role.UNIT, Role.HR)
def education_of_their_own(holding: Holding) -> Q:
    return Q(organization_id__in=holding.organizations)


@policy.allows(AppointmentCheck, Role.HR)
def checks_of_their_own(holding: Holding) -> Q:
    return Q(organization_id__in=holding.organizations)


@policy.allows(RecommendationLetter, Role.UNIT, Role.HR)
def letters_issued_to_them(holding: Holding) -> Q:
    """Of letters only those that were issued, never a draft."""
    return Q(to_organization_id__in=holding.organizations, issued_on__isnull=False)


@policy.allows(OfficialDocument, Role.UNIT)
def papers_of_letters_issued_to_them(holding: Holding) -> Q:
    letters = RecommendationLetter.objects.filter(letters_issued_to_them(holding)).order_by()
    cleared = NameClearing.objects.filter(to_unit_id__in=holding.organizations, issued_on__isnull=False).order_by()
    filed = Q(pk__in=letters.values("document_id")) | Q(pk__in=cleared.values("document_id"))
    return filed | letters_of(Problem.objects.filter(problems_of_the_unit(holding)))


@policy.allows(OfficialDocument, Role.HR)
def papers_sent_to_hr(holding: Holding) -> Q:
    """What the regulation sends to the personnel file of the cadres it keeps, while it stands; letters; its own replies."""
    filed = personnel.papers_filed(Cadre.objects.visible_to(holding.user))
    return filed | personnel.replies_to(holding.organizations) | papers_of_letters_issued_to_them(holding)
