"""Who is who on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.people.enums import OrganizationKind
from wenze.people.models import Appointment, Cadre, Organization, RoleAssignment, User

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Iterable

    from django.db.models import QuerySet


def assignments(role: str, on: dt.date | None = None) -> Any:
    """Confirmed assignments of a role in force on a day (today, if none is named)."""
    rows = RoleAssignment.objects.in_force_on(on or clock.today())
    return rows.filter(role=role, confirmed_at__isnull=False)


def users_with(role: str, organization: Organization | None) -> QuerySet[User]:
    """Active accounts that hold a role for an organisation today."""
    rows = assignments(role).filter(organization=organization)
    return User.objects.filter(is_active=True, pk__in=rows.values("user_id"))


def heads_of(office: Organization | None) -> QuerySet[User]:
    """室主任."""
    return users_with(Role.HEAD, office)


def leaders_of(office: Organization | None) -> QuerySet[User]:
    """分管领导."""
    return users_with(Role.LEADER, office)


def principals_of(commission: Organization) -> QuerySet[User]:
    """主要负责人."""
    return users_with(Role.PRINCIPAL, commission)


def appointment_of(cadre: Cadre, *, on: dt.date) -> Appointment | None:
    """The post a person held on a day; the highest, where he held several (终身问责, 条例第十六条)."""
    rows = Appointment.objects.in_force_on(on).filter(cadre=cadre)
    return rows.select_related("post__organization").order_by("-post__rank", "-from_on", "pk").first()


def cadre_choices(user: Any, *, empty: str = "（无）") -> list[tuple[Any, str]]:
    """The cadres a user may choose, each with his post of today or his last: people of one name must be told apart."""
    today = clock.today()
    cadres = Cadre.objects.visible_to(user)
    held: dict[Any, str] = {}
    rows = Appointment.objects.filter(cadre__in=cadres.order_by().values("pk"), from_on__lte=today)
    for row in rows.select_related("post__organization").order_by("-from_on", "-post__rank", "pk"):
        now = row.until_on is None or row.until_on >= today
        held.setdefault(row.cadre_id, f"{'' if now else '原'}{row.post}")
    named = [(cadre.pk, f"{cadre.name}（{held.get(cadre.pk, '无任职登记')}）") for cadre in cadres]
    return [("", empty), *named]


def personnel_office_of(cadre: Cadre) -> Organization | None:
    """The HR organ of the body that manages him: who keeps his personnel file and carries out what changes it.

    Where the managing body has none in the books, the one of the commission's own Party committee.
    """
    offices = Organization.objects.filter(kind=OrganizationKind.HR, is_active=True)
    own = offices.filter(Q(parent_id=cadre.managed_by_id) | Q(directly_led_by_id=cadre.managed_by_id))
    at_home = offices.filter(commission_id=cadre.commission_id, parent_id=cadre.commission.directly_led_by_id)
    return own.order_by("pk").first() or at_home.order_by("pk").first()


def managed_by_office(offices: Iterable[uuid.UUID]) -> Q:
    """The cadres whose personnel these HR organs keep: managed by themselves or by the body they belong to."""
    held = Organization.objects.filter(pk__in=list(offices))
    return (
        Q(managed_by_id__in=list(offices))
        | Q(managed_by_id__in=held.exclude(parent=None).values("parent_id"))
        | Q(managed_by_id__in=held.exclude(directly_led_by=None).values("directly_led_by_id"))
    )
