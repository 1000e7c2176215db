"""先期停职、免职 by the managing body: registered when heard of, settled before the decision (law.md §1.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from cases.enums import CaseState, InterimEnd
from cases.models import InterimMeasure
from cases.services.investigation import record
from cases.services.moving import locked_case, require_seat, require_state
from wenze.access.roles import Role
from wenze.errors import Invalid, Stale

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from wenze.people.models import User

BEFORE_DECISION = (
    CaseState.INVESTIGATING, CaseState.REPORTED, CaseState.JOINTLY_REVIEWED, CaseState.ADJUDICATED, CaseState.DELIBERATED,
    CaseState.PRE_REVIEWED,
)  # fmt: skip
SEATS = ("handler", "team_leader", Role.CASEMGMT)


@dataclass(frozen=True)
class Interim:
    """What the managing body did, as its paper tells it."""

    kind: str
    posts: str
    decided_by: str
    decided_on: dt.date
    number: str = ""


@transaction.atomic
def register(*, case_id: uuid.UUID, subject_id: uuid.UUID, told: Interim, actor: User, on: dt.date) -> InterimMeasure:
    """Register it. Raises ``Invalid`` for what was typed, ``Stale`` where one is still to be settled."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, *SEATS)
    require_state(case, *BEFORE_DECISION)
    subject = case.subjects.pursued().select_related("cadre", "organization").get(pk=subject_id)
    wrong: dict[str, str] = {}
    if subject.cadre is None:
        wrong["kind"] = "先期停职、免职只对个人。"
    if told.decided_on > on:
        wrong["decided_on"] = "决定日不能晚于今日。"
    wrong |= {name: "请填写。" for name in ("posts", "decided_by") if not getattr(told, name).strip()}
    if wrong:
        raise Invalid(wrong)
    if subject.interim_measures.filter(ended_as="").exists():
        raise Stale(f"{subject.name}的先期停职或者免职已经登记，尚未处理。")
    row = InterimMeasure.objects.create(
        subject=subject, kind=told.kind, posts=told.posts.strip(), decided_by=told.decided_by.strip(), decided_on=told.decided_on,
        number=told.number.strip(), registered_by=actor, registered_on=on,
    )  # fmt: skip
    record(case, "interim.registered", row, actor, subject=subject.name, kind=row.get_kind_display())
    return row


@transaction.atomic
def settle(
    *,
    case_id: uuid.UUID,
    subject_id: uuid.UUID,
    ended_as: str,
    ended_on: dt.date,
    reason: str,
    actor: User,
    on: dt.date,
) -> InterimMeasure:
    """With the decision it is confirmed, replaced by its measure, or lifted. Raises ``Invalid``, ``Stale``."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, *SEATS)
    require_state(case, *BEFORE_DECISION)
    row: InterimMeasure | None = (
        InterimMeasure.objects.select_for_update().filter(subject__case=case, subject=subject_id, ended_as="").first()
    )
    if row is None:
        raise Stale("没有待处理的先期停职、免职。")
    wrong: dict[str, str] = {}
    if ended_as not in InterimEnd:
        wrong["ended_as"] = "请选择确认、替换或者解除。"
    if not row.decided_on <= ended_on <= on:
        wrong["ended_on"] = "处理日应在先期决定之后、今日之前。"
    if not reason.strip():
        wrong["reason"] = "请写明理由；替换的，写明以何种处理替换。"
    if wrong:
        raise Invalid(wrong)
    row.ended_as, row.ended_on, row.ended_reason, row.ended_by = ended_as, ended_on, reason.strip(), actor
    row.save(update_fields=["ended_as", "ended_on", "ended_reason", "ended_by"])
    record(case, "interim.settled", row, actor, subject=row.subject.name, outcome=row.get_ended_as_display())
    return row
