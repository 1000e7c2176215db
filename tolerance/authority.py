"""To whom a filing goes: by who manages the responsible cadre, never by choice (law.md §6.1 向谁报)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tolerance.models import ResidentScope
from wenze.errors import Invalid
from wenze.people.enums import OrganizationKind
from wenze.people.models import Appointment, Cadre, Organization

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

HIGHEST = 6
"""So many bodies are asked upwards: village to centre."""


@dataclass(frozen=True)
class Receiver:
    """The body that takes a filing, in whose commission's books it stands, who gets a copy, and why."""

    body: Organization
    commission: Organization
    copy_to: Organization
    reason: str


def receiver_of(cadre: Cadre, organization: Organization) -> Receiver:
    """The resident office that supervises the organisation, else the commission of the committee that manages the cadre.

    Raises ``Invalid`` where the books name neither.
    """
    managing = cadre.managed_by
    copy_to = _personnel_of(managing)
    told = f"责任人{cadre.name}由{managing}管理"
    scope = _resident_scope(organization, managing)
    if scope is not None:
        reason = f"{told}；{scope.organization}在{scope.office}的派驻监督范围内，先报派驻机构。"
        return Receiver(scope.office, scope.commission, copy_to, reason)
    leading: Organization | None = managing
    for _ in range(HIGHEST):
        if leading is None:
            break
        found = Organization.objects.filter(
            kind=OrganizationKind.COMMISSION, directly_led_by=leading, is_active=True
        ).first()
        if found is not None:
            by = "" if leading == managing else f"，{managing}由{leading}领导"
            return Receiver(found, found, copy_to, f"{told}{by}，报同级的{found}。")
        leading = leading.directly_led_by
    raise Invalid({"responsible": f"{told}，组织名册里没有它的纪委监委，请系统管理员核对干部管理机关。"})


def _resident_scope(organization: Organization, managing: Organization) -> ResidentScope | None:
    """The resident office of the organisation, else that of the unit it belongs to, else that of the managing body."""
    for each in (organization, organization.parent, managing):
        row: ResidentScope | None = (
            ResidentScope.objects.filter(organization=each, office__is_active=True)
            .select_related("office", "organization", "commission")
            .first()
            if each is not None
            else None
        )
        if row is not None:
            return row
    return None


def _personnel_of(managing: Organization) -> Organization:
    """The personnel organ of the managing body; where it has none in the books, the body itself."""
    offices = Organization.objects.filter(kind=OrganizationKind.HR, is_active=True)
    own = offices.filter(Q(parent=managing) | Q(directly_led_by=managing)).order_by("pk").first()
    return own or managing


def cadres_of(organization: Organization, on: dt.date) -> QuerySet[Cadre]:
    """Who may be named as responsible: who holds a post in the organisation, or in the unit whose Party group it is."""
    held = Appointment.objects.in_force_on(on).filter(
        Q(post__organization=organization) | Q(post__organization_id=organization.parent_id)
    )
    return Cadre.objects.filter(pk__in=held.values("cadre_id")).select_related("managed_by__directly_led_by")


def post_of(cadre: Cadre, organization: Organization, on: dt.date) -> Any:
    """The post that he holds there on a day, the highest of several."""
    rows = Appointment.objects.in_force_on(on).filter(cadre=cadre).select_related("post__organization")
    here = Q(post__organization=organization) | Q(post__organization_id=organization.parent_id)
    return rows.filter(here).order_by("-post__rank", "pk").first() or rows.order_by("-post__rank", "pk").first()
