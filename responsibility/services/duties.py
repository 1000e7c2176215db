"""责任清单: drafted by the unit, reviewed by the conduct office, published; another takes its place, none is rewritten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max

from responsibility.enums import ListState
from responsibility.models import Duty, DutyList
from responsibility.rows import Row
from responsibility.selectors import office_people
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.deadlines.workdays import ONE
from wenze.errors import Invalid, NotYours, Stale
from wenze.notices import services as notices
from wenze.people.models import Organization, User

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence

BATCH = 500
REVIEW = "review_duty_list"


@dataclass(frozen=True)
class Head:
    """What a list says of itself."""

    organization: Organization
    year: int
    source: str
    source_document: str
    in_force_from: dt.date


def _record(row: DutyList, action: str, actor: User, **detail: object) -> None:
    ledger.record(action, actor=actor, commission_id=row.commission_id, about=row, detail=detail)


def may_draft(user: User, organization: Organization) -> bool:
    """The unit its own; the conduct office for any unit of the commission (one without an account, or on another network)."""
    if user.holds(Role.UNIT, organization.pk):
        return True
    return user.holds(Role.CONDUCT) and organization.commission_id == user.commission_id


def reviewers_of(row: DutyList) -> list[User]:
    """The conduct office's people; who drafted a list does not review it."""
    return [person for person in office_people(row.commission_id, Role.CONDUCT) if person.pk != row.drafted_by_id]


def _locked(list_id: uuid.UUID, actor: User) -> DutyList:
    seen = DutyList.objects.visible_to(actor).get(pk=list_id)
    row: DutyList = DutyList.objects.select_for_update(of=("self",)).select_related("organization").get(pk=seen.pk)
    return row


def own_draft(list_id: uuid.UUID, actor: User) -> DutyList:
    """The draft, locked, while the actor may change it. Raises ``NotYours``, ``Stale``."""
    row = _locked(list_id, actor)
    if not may_draft(actor, row.organization):
        raise NotYours("清单由本单位起草，或者由党风政风监督室代为起草。")
    if not row.may_be_changed:
        raise Stale(f"清单{row.get_state_display()}，不能再改；须改的，另起草新一版。")
    return row


@transaction.atomic
def draft(*, submission: uuid.UUID, head: Head, rows: Sequence[Row], actor: User, on: dt.date) -> DutyList:
    """Begin a list with these rows, all or none; its version follows the last of that year. Pressed twice, it is one.

    Raises ``Invalid`` for what was typed, ``NotYours`` for another's unit.
    """
    made: DutyList | None = DutyList.objects.filter(pk=submission, drafted_by=actor).first()
    if made is not None:
        return made
    organization = head.organization
    if not may_draft(actor, organization):
        raise NotYours("只能起草本单位的清单。")
    wrong: dict[str, str] = {}
    if not head.source_document.strip():
        wrong["source_document"] = "请填写来源文件的名称或者文号。"
    if abs(head.in_force_from.year - head.year) > 1:
        wrong["in_force_from"] = "施行日与年份不符。"
    if wrong:
        raise Invalid(wrong)
    same = DutyList.objects.filter(organization=organization, year=head.year)
    version = (same.aggregate(last=Max("version"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            row = DutyList.objects.create(
                pk=submission, commission=organization.commission or organization, organization=organization, year=head.year,
                version=version, source=head.source, source_document=head.source_document.strip(),
                in_force_from=head.in_force_from, drafted_by=actor, drafted_on=on,
            )  # fmt: skip
    except IntegrityError as taken:
        raise Stale("另一人刚起草了同一年的清单，请刷新后再办。") from taken
    _write(row, rows)
    _record(row, "duties.drafted", actor, organization=organization.name, year=head.year, rows=len(rows))
    return row


def _write(row: DutyList, rows: Sequence[Row]) -> None:
    Duty.objects.bulk_create(
        [
            Duty(
                duty_list=row, position=position, number=each.number, group=each.group, post=each.post, text=each.text,
                quantity=each.quantity, responsibility=each.responsibility,
            )
            for position, each in enumerate(rows, 1)
        ],
        batch_size=BATCH,
    )  # fmt: skip


@transaction.atomic
def rewrite(*, list_id: uuid.UUID, rows: Sequence[Row], actor: User) -> DutyList:
    """Put other rows in the place of a draft's, all or none."""
    row = own_draft(list_id, actor)
    row.duties.all().delete()
    _write(row, rows)
    _record(row, "duties.rewritten", actor, rows=len(rows))
    return row


@transaction.atomic
def discard(*, list_id: uuid.UUID, actor: User) -> None:
    """Take a draft away that nobody was shown."""
    row = own_draft(list_id, actor)
    if row.state != ListState.DRAFT:
        raise Stale("退回修改的清单不能撤销，请修改后再提请审核。")
    _record(row, "duties.discarded", actor, year=row.year, version=row.version)
    row.duties.all().delete()
    row.delete()


@transaction.atomic
def submit(*, list_id: uuid.UUID, actor: User, on: dt.date) -> DutyList:
    """Put it before the conduct office. Raises ``Invalid`` for an empty list, or where nobody is there to review it."""
    row = own_draft(list_id, actor)
    if not row.duties.exists():
        raise Invalid({"rows": "清单还没有一条职责。"})
    reviewers = reviewers_of(row)
    if not reviewers:
        raise Invalid({"rows": "没有可审核的党风政风监督室人员（起草人不能审核自己起草的清单）。"})
    row.state, row.submitted_on, row.returned_reason = ListState.SUBMITTED, on, ""
    row.save(update_fields=["state", "submitted_on", "returned_reason"])
    for reviewer in reviewers:
        notices.open_task(
            commission_id=row.commission_id, recipient=reviewer, title=f"审核：{row}", url=row.get_absolute_url(), about=row,
            step=REVIEW, started_by=actor,
        )  # fmt: skip
    _record(row, "duties.submitted", actor)
    return row


def _to_review(list_id: uuid.UUID, actor: User) -> DutyList:
    row = _locked(list_id, actor)
    if not actor.holds(Role.CONDUCT) or row.commission_id != actor.commission_id:
        raise NotYours("清单由党风政风监督室审核。")
    if row.drafted_by_id == actor.pk:
        raise NotYours("不能审核自己起草的清单。")
    if row.state != ListState.SUBMITTED:
        raise Stale(f"清单{row.get_state_display()}，不在审核中。")
    return row


@transaction.atomic
def publish(*, list_id: uuid.UUID, actor: User, on: dt.date) -> DutyList:
    """Publish it: it binds from its day; the list that stood until then ends the day before, and stays on record."""
    row = _to_review(list_id, actor)
    Organization.objects.select_for_update().get(pk=row.organization_id)  # two lists of a unit are published one by one
    standing = DutyList.objects.select_for_update().filter(
        organization=row.organization, state=ListState.PUBLISHED
    ).exclude(pk=row.pk)  # fmt: skip
    for earlier in standing:
        if earlier.in_force_from >= row.in_force_from:
            raise Invalid(
                {"in_force_from": f"施行日应在现行清单（{earlier}，{earlier.in_force_from:%Y-%m-%d}施行）之后。"}
            )
        ends = row.in_force_from - ONE
        if earlier.in_force_until is None or earlier.in_force_until > ends:
            earlier.in_force_until = ends
        earlier.state = ListState.SUPERSEDED
        earlier.save(update_fields=["in_force_until", "state"])
        _record(earlier, "duties.superseded", actor, by=str(row), until=earlier.in_force_until.isoformat())
    row.state, row.published_on, row.reviewed_by = ListState.PUBLISHED, on, actor
    row.save(update_fields=["state", "published_on", "reviewed_by"])
    notices.finish_tasks(about=row, step=REVIEW, by=actor)
    _record(row, "duties.published", actor, since=row.in_force_from.isoformat())
    return row


@transaction.atomic
def send_back(*, list_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> DutyList:
    """Send it back to its drafter with the reason."""
    row = _to_review(list_id, actor)
    if not reason.strip():
        raise Invalid({"reason": "请写明退回的理由。"})
    row.state, row.returned_reason = ListState.RETURNED, reason.strip()
    row.save(update_fields=["state", "returned_reason"])
    notices.finish_tasks(about=row, step=REVIEW, by=actor)
    if row.drafted_by is not None:
        notices.notify(
            user=row.drafted_by,
            text=f"“{row}”被退回：{reason.strip()}"[:400],
            url=row.get_absolute_url(),
            kind="returned",
        )
    _record(row, "duties.returned", actor, reason=reason.strip())
    return row
