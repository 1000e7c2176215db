"""Units and HR see their own items and nothing of the case; HR what is sent to it of the cadres it keeps (design §4)."""

from __future__ import annotations

from django.db.models import Q

from cases.models import Subject
from followup.models import AppointmentCheck, ExecutionItem, PostFormality
from followup.personnel import SENT_TO_HR
from wenze.access import policy
from wenze.access.policy import Holding
from wenze.access.roles import Role
from wenze.documents.models import DocumentState, OfficialDocument
from wenze.people.models import Cadre


@policy.allows(ExecutionItem, Role.UNIT, Role.HR)
def items_of_their_own(holding: Holding) -> Q:
    return Q(responsible_id__in=holding.organizations)


@policy.allows(PostFormality, Role.HR)
def posts_of_their_own_items(holding: Holding) -> Q:
    return Q(item__responsible_id__in=holding.organizations)


@policy.allows(AppointmentCheck, Role.HR)
def checks_of_their_own(holding: Holding) -> Q:
    return Q(organization_id__in=holding.organizations)


@policy.allows(OfficialDocument, Role.HR)
def papers_sent_to_hr(holding: Holding) -> Q:
    """What the regulation sends to the personnel file of the cadres it keeps, while it stands; its own replies."""
    kept = Subject.objects.filter(cadre__in=Cadre.objects.visible_to(holding.user)).order_by().values("pk")
    own = AppointmentCheck.objects.filter(organization_id__in=holding.organizations).order_by().values("pk")
    return Q(kind__in=SENT_TO_HR, state=DocumentState.ISSUED, subject_id__in=kept) | Q(about_id__in=own)
