"""Looking at the ruler and keeping what was seen; registering the settled outcomes of cases from before the system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from cases.enums import CaseState, SubjectKind, Track
from cases.models import CaseContent
from cases.services.moving import locked_case, require_seat, require_state
from review.enums import Position
from review.models import Comparison, SettledOutcome
from review.ruler import ladder
from review.ruler.alike import circumstance_key, consequence_key
from review.ruler.proposed import Proposed, proposed_of, tried
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.errors import Invalid, NotYours, Stale
from wenze.law import severity
from wenze.workflow import approvals, offsystem
from wenze.workflow.dossier import digest

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Mapping, Sequence
    from typing import Any

    from cases.models import Case
    from review.ruler.ladder import Reading
    from wenze.people.models import Organization, User

BEFORE_DECISION = (
    CaseState.INVESTIGATING,
    CaseState.REPORTED,
    CaseState.JOINTLY_REVIEWED,
    CaseState.ADJUDICATED,
    CaseState.PRE_REVIEWED,
)
SEATS = ("handler", "team", Role.HEAD, Role.CONDUCT, Role.CASEMGMT, Role.TRIAL, Role.LEADER, Role.PRINCIPAL)
SIGNED_WITH_IT = ("approve_report", "deliberate", "request_pre_review", "decide")
OUTSIDE = (Position.LIGHTER, Position.HEAVIER)
"""Only an outlier keeps a reason; what lies inside needs none."""
LONGEST = 3000


@dataclass(frozen=True)
class Trial:
    """Another outcome than the one proposed, looked at before the sitting settles it."""

    outcome: str
    measures: Sequence[str] = ()
    referred: bool = False


def _case_to_look_at(case_id: uuid.UUID, actor: User) -> Case:
    case = locked_case(case_id, actor)
    if not CaseContent.objects.visible_to(actor).filter(pk=case.pk).exists():
        raise NotYours("本案内容尚未送到您这里。")
    require_seat(case, actor, *SEATS)
    require_state(case, *BEFORE_DECISION)
    if approvals.waiting(case, *SIGNED_WITH_IT) or (
        case.state == CaseState.PRE_REVIEWED and offsystem.waiting_for(case, "approve_by_committee") is not None
    ):
        raise Stale("本案正在签批或者报批，所签的内容含有类案比较；签完以后再记。")
    return case


@transaction.atomic
def look(
    *, case_id: uuid.UUID, actor: User, on: dt.date, reasons: Mapping[Any, str] | None = None,
    trials: Mapping[Any, Trial] | None = None,
) -> list[Comparison]:  # fmt: skip
    """Keep what the ruler shows now beside each proposal, or beside the outcomes that are only tried, with the reasons of outliers.

    ``reasons`` and ``trials`` are by the subject's key; with ``trials`` only those subjects are looked at. The same look
    again finds the first one's rows. Raises ``Invalid`` where there is nothing to compare, ``Stale`` while it is signed.
    """
    case, told = _case_to_look_at(case_id, actor), dict(reasons or {})
    items = _items(case, dict(trials or {}))
    if not items:
        raise Invalid({"reason": "还没有可以比较的拟处理意见。"})
    if any(len(text) > LONGEST for text in told.values()):
        raise Invalid({"reason": f"理由不能超过{LONGEST}字。"})
    scope, apart = ladder.scope_of(case.commission), ladder.own_rows(case.pk)
    return [
        _keep(
            case, item, ladder.read(item.profile, scope, apart=apart), told.get(item.subject.pk, "").strip(), actor, on
        )
        for item in items
    ]


def _items(case: Case, trials: dict[Any, Trial]) -> list[Proposed]:
    subjects = ladder.subject_rows(case)
    if not trials:
        return [item for item in proposed_of(case, subjects) if item.is_comparable]
    return [
        item
        for row in subjects
        if (wanted := trials.get(row.pk)) is not None
        and (item := tried(case, row, wanted.outcome, wanted.measures, referred=wanted.referred)).is_comparable
    ]


def _keep(case: Case, item: Proposed, reading: Reading, reason: str, actor: User, on: dt.date) -> Comparison:
    position = reading.position(item.severity)
    seen = {
        "outcome": item.outcome, "measures": sorted(item.measures), "referred": item.referred, "severity": item.severity,
        "criteria": item.profile.values(), "dropped": list(reading.dropped), "count": reading.count,
        "distribution": [
            {"code": row.code, "severity": row.severity, "count": row.count, "percent": row.percent}
            for row in reading.shares
        ],
        "band_from": reading.band.low if reading.band else None, "band_to": reading.band.high if reading.band else None,
        "position": position.value, "reason": reason if position in OUTSIDE else "", "fingerprint": item.fingerprint,
    }  # fmt: skip
    mark = digest({**seen, "seen_by": str(actor.pk), "seen_on": on.isoformat()})
    row, made = Comparison.objects.get_or_create(
        subject=item.subject, content_hash=mark, defaults={**seen, "case": case, "seen_by": actor, "seen_on": on}
    )
    if made:
        ledger.record(
            "ruler.seen", actor=actor, commission_id=case.commission_id, about=row, case_id=case.pk,
            detail={
                "subject": item.subject.name, "proposed": item.words, "count": reading.count, "position": position.label,
                "reasoned": bool(row.reason), "hash": mark,
            },
        )  # fmt: skip
    return row


@dataclass(frozen=True)
class Past:
    """A settled outcome from before the system: what makes it alike, and how it ended. No name of anybody."""

    reference: str
    kind: str
    track: str
    tier: str
    situation: str
    consequences: Sequence[str]
    circumstances: Sequence[str]
    rank: int
    outcome: str
    measures: Sequence[str]
    decided_on: dt.date


def _wrong_in(past: Past, on: dt.date) -> str:
    if not past.reference.strip():
        return "请填写原文号或者案号。"
    if past.decided_on > on:
        return "决定日不能晚于今日。"
    if severity.heaviest(past.outcome, past.measures) is None:
        return "没有可以比较的处理。"
    organization = past.kind == SubjectKind.ORGANIZATION
    if organization != (past.tier == "FULL"):
        return "全面领导责任属于领导班子（党组织），主要、重要领导责任属于干部。"
    if organization and past.track == Track.SUPERVISORY:
        return "监察问责只问人。"
    return ""


@transaction.atomic
def register_past(*, commission: Organization, rows: Sequence[Past], actor: User, on: dt.date) -> int:
    """Case supervision enters what was decided before the system, so that the ruler does not begin with nothing.

    A reference that is there already is left as it is. Raises ``Invalid`` naming the first wrong row; nothing is then written.
    """
    if not actor.holds(Role.CASEMGMT) or actor.commission_id != commission.pk:
        raise NotYours("往案由案件监督管理室登记。")
    known = set(SettledOutcome.objects.past().filter(commission=commission).values_list("reference", flat=True))
    made = []
    for number, past in enumerate(rows, 1):
        if wrong := _wrong_in(past, on):
            raise Invalid({"reference": f"第{number}件：{wrong}" if len(rows) > 1 else wrong})
        heaviest = severity.heaviest(past.outcome, past.measures)
        if heaviest is None or past.reference.strip() in known:
            continue
        known.add(past.reference.strip())
        made.append(
            SettledOutcome(
                commission=commission, kind=past.kind, track=past.track, tier=past.tier, situation=past.situation,
                consequence=consequence_key(past.consequences), circumstance=circumstance_key(past.circumstances),
                rank=past.rank, severity=heaviest[0], measure=heaviest[1], measures=sorted(past.measures),
                decided_on=past.decided_on, reference=past.reference.strip(), registered_by=actor,
            )
        )  # fmt: skip
    SettledOutcome.objects.bulk_create(made, batch_size=500)
    if made:
        ledger.record(
            "ruler.past_registered", actor=actor, commission_id=commission.pk, about=made[0],
            detail={"count": len(made), "references": [row.reference for row in made[:20]]},
        )  # fmt: skip
    return len(made)


__all__ = ["LONGEST", "Past", "Trial", "look", "register_past"]
