"""Who answers for a package that a command carries; in whose name a thing was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wenze.access.roles import Role
from wenze.errors import Invalid
from wenze.exchange.enums import Direction, Result
from wenze.exchange.errors import Unacceptable
from wenze.exchange.models import ExchangePackage
from wenze.people.models import Organization, User
from wenze.people.selectors import assignments

if TYPE_CHECKING:
    import uuid


def carrier_of(commission: Organization, username: str = "") -> User:
    """The named account of the commission's case supervision, or the only one there is. Raises ``Invalid``."""
    people = User.objects.filter(
        is_active=True, commission=commission, pk__in=assignments(Role.CASEMGMT).values("user_id")
    ).order_by("pk")
    found = list(people.filter(username=username) if username else people[:2])
    if len(found) != 1:
        raise Invalid({"by": "请用 --by 写明案件监督管理室经办人的账号。"})
    return found[0]


def commission_addressed(code: str) -> Organization:
    """The commission in whose books the receiver of a package stands. Raises ``Unacceptable`` for one unknown here."""
    found: Organization | None = Organization.objects.filter(code=code).select_related("commission").first()
    if found is None:
        raise Unacceptable("receiver", f"这个交换包是发给 {code} 的，不是发给本单位的。")
    return found.commission or found


def carried_in(about_id: uuid.UUID) -> ExchangePackage | None:
    """The package in which a partner answered this row, if it was done by package."""
    rows = ExchangePackage.objects.filter(direction=Direction.IN, lines__about_id=about_id, lines__result=Result.TAKEN)
    return rows.select_related("partner").first()
