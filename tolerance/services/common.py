"""What every use-case of a filing begins and ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tolerance.models import Filing
from tolerance.models.filing import OPEN
from tolerance.rules import RECEIVERS
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.errors import NotYours
from wenze.notices import services as notices
from wenze.people.models import Organization, User
from wenze.people.selectors import assignments

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Iterable

    from tolerance.models import FilingVersion

REVIEW, SUPPLEMENT, EXPIRY = "filing_review", "filing_supplement", "filing_expiry"


def record(row: Filing, action: str, actor: Any, **detail: object) -> None:
    """The act's entry."""
    ledger.record(action, actor=actor, commission_id=row.commission_id, about=row, detail=detail)


def may_file(user: User, organization: Organization) -> bool:
    """The unit its own; the conduct office of the commission in whose books it stands, for one without an account."""
    if user.holds(Role.UNIT, organization.pk):
        return True
    return user.holds(Role.CONDUCT) and organization.commission_id == user.commission_id


def may_receive(user: User, row: Filing) -> bool:
    """Who takes it in, asks, registers: the receiving commission's conduct office or case supervision, never who filed it."""
    held = any(user.holds(role) for role in RECEIVERS)
    return held and row.commission_id == user.commission_id and row.filed_by_id != user.pk


def receivers_of(row: Filing) -> list[User]:
    """To whom it is given: the conduct office, else case supervision, without who filed it."""
    for role in RECEIVERS:
        held = assignments(role).filter(user__commission_id=row.commission_id)
        found = list(User.objects.filter(is_active=True, pk__in=held.values("user_id")).exclude(pk=row.filed_by_id))
        if found:
            return found
    return []


def locked(filing_id: uuid.UUID, actor: User) -> Filing:
    """The row, locked; 404 for who does not see it."""
    seen = Filing.objects.visible_to(actor).get(pk=filing_id)
    row: Filing = (
        Filing.objects.select_for_update(of=("self",))
        .select_related("organization", "body", "responsible", "commission", "filed_by", "current")
        .get(pk=seen.pk)
    )
    return row


def own(filing_id: uuid.UUID, actor: User) -> Filing:
    """The row of somebody who may file for that organisation. Raises ``NotYours``."""
    row = locked(filing_id, actor)
    if not may_file(actor, row.organization):
        raise NotYours("备案由申报单位办理，或者由党风政风监督室代为办理。")
    return row


def to_receive(filing_id: uuid.UUID, actor: User) -> Filing:
    """The row of somebody who may take it in. Raises ``NotYours``; who filed does not register (两人)."""
    row = locked(filing_id, actor)
    if row.filed_by_id == actor.pk:
        raise NotYours("报送人不能受理自己报送的备案，请由另一人办理。")
    if not may_receive(actor, row):
        raise NotYours("备案由受理机关的党风政风监督室、案件监督管理室办理。")
    return row


def open_version(row: Filing) -> FilingVersion | None:
    """The version that is being written or looked at."""
    found: FilingVersion | None = (
        row.versions.filter(state__in=OPEN)
        .select_related("item__edition", "submitted_by", "filing__organization", "filing__body")
        .first()
    )
    return found


def ask(people: Iterable[User], row: Filing, *, step: str, title: str, due_on: dt.date | None, actor: User) -> None:
    """A to-do for each of them."""
    for person in people:
        notices.open_task(
            commission_id=row.commission_id, recipient=person, title=title, url=row.get_absolute_url(), about=row, step=step,
            due_on=due_on, started_by=actor,
        )  # fmt: skip


def tell(row: Filing, text: str) -> None:
    """A notice to who filed it."""
    notices.notify(user=row.filed_by, text=text, url=row.get_absolute_url(), kind="filing")
