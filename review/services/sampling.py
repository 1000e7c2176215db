"""抽查: plan, enter paper cases, freeze the frame, promise the seed, draw (law.md §7.3). None of it can be turned round."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cases.services.moving import press_once
from review import drawing_of_samples as drawing
from review import sample_checks, sampling_frames
from review.enums import SampleMethod, SampleScope, SampleState
from review.models import Sample, SampleMember
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.crypto.models import DataKey
from wenze.documents import numbering
from wenze.errors import Invalid, Missing, NotYours, Refused, Stale
from wenze.law import cite, data

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Collection

    from wenze.people.models import Organization, User

BATCH = 500
MOST = 20_000
"""So many cases one sample may have in its frame."""


@dataclass(frozen=True)
class Planned:
    """What a sample is to be."""

    title: str
    scope: str
    period_by: str
    since_on: dt.date
    until_on: dt.date
    method: str
    percent: int
    reason: str = ""


@dataclass(frozen=True)
class Paper:
    """A case that is on paper only (线下案卷), as it was typed."""

    number: str
    title: str
    unit: Organization
    measure: str
    stage: str
    decided_on: dt.date
    closed_on: dt.date | None = None


def record(sample: Sample, action: str, actor: User, about: Any = None, **detail: Any) -> Any:
    """The entry in the ledger of the commission that samples."""
    return ledger.record(
        action, actor=actor, commission_id=sample.commission_id, about=about or sample,
        case_id=getattr(about, "ledger_case_id", None), detail=detail,
    )  # fmt: skip


def may_organise(user: User, scope: str) -> bool:
    """The conduct office and case supervision at home; the superior's people for subordinates."""
    at_home = user.holds(Role.CONDUCT) or user.holds(Role.CASEMGMT)
    above = user.holds(Role.SUPERIOR, user.commission_id)
    return {SampleScope.OWN: at_home, SampleScope.SUBORDINATES: above}.get(SampleScope(scope), at_home and above)


def organises(user: User, sample: Sample) -> bool:
    """Whether he may act on this sample."""
    return user.commission_id == sample.commission_id and may_organise(user, sample.scope)


def locked_sample(sample_id: uuid.UUID, actor: User, *states: str) -> Sample:
    """The sample, locked, if the actor organises it and it stands where it must."""
    seen = Sample.objects.visible_to(actor).get(pk=sample_id)
    row: Sample = Sample.objects.select_for_update(of=("self",)).select_related("commission").get(pk=seen.pk)
    if not organises(actor, row):
        raise NotYours("抽查由党风政风监督室、案件监督管理室组织；抽查下级的，由上级纪委监委的人员组织。")
    if states and row.state not in states:
        raise Stale(f"{row.number}现为“{row.get_state_display()}”，不能办理此事。")
    return row


@press_once(Sample, "planned_by")
def plan(*, submission: uuid.UUID, planned: Planned, actor: User, on: dt.date) -> Sample:
    """Say what is to be sampled and how; the frame can still be looked at and the paper cases entered."""
    if not may_organise(actor, planned.scope):
        raise NotYours("本机关的抽查由党风政风监督室、案件监督管理室组织，下级的由上级纪委监委的人员组织。")
    wrong: dict[str, str] = {}
    if planned.until_on < planned.since_on:
        wrong["until_on"] = "止日不能早于起日。"
    elif planned.until_on > on:
        wrong["until_on"] = "期间应当已经过去。"
    if not planned.title.strip():
        wrong["title"] = "请填写名称。"
    if not 1 <= planned.percent <= 100:  # noqa: PLR2004 -- a percent
        wrong["percent"] = "比例为1到100。"
    if wrong:
        raise Invalid(wrong)
    key = DataKey.objects.create_for(commission_id=actor.commission_id, about=f"review.Sample:{submission}")
    row = Sample.objects.create(
        pk=submission, commission=actor.commission, year=on.year,
        serial=numbering.take(commission=actor.commission, series="sample", year=on.year), title=planned.title.strip(),
        reason=planned.reason.strip(), scope=planned.scope, period_by=planned.period_by, since_on=planned.since_on,
        until_on=planned.until_on, method=planned.method, percent=planned.percent,
        one_a_unit=planned.method != SampleMethod.TARGETED and bool(data.sampling_settings()["one_a_unit"]), data_key=key,
        planned_by=actor, planned_on=on,
    )  # fmt: skip
    record(row, "sample.planned", actor, number=row.number, method=row.get_method_display(), percent=row.percent)
    return row


@press_once(SampleMember, "entered_by")
def enter_paper(*, sample_id: uuid.UUID, submission: uuid.UUID, paper: Paper, actor: User, on: dt.date) -> SampleMember:
    """Enter a paper case into the frame, before it is frozen."""
    row = locked_sample(sample_id, actor, SampleState.FRAMING)
    wrong: dict[str, str] = {}
    number = paper.number.strip()
    if not number or not paper.title.strip():
        wrong["number"] = "请填写案号和案件名称。"
    elif row.members.filter(key=f"纸:{number}").exists():
        wrong["number"] = "该案卷已经录入。"
    elif sampling_frames.cases_of(row).filter(title=paper.title.strip()).exists():
        wrong["title"] = "系统内已有同名案件，不必另录。"
    if not sampling_frames.units_of(row).filter(pk=paper.unit.pk).exists():
        wrong["unit"] = "不在本次抽查的范围内。"
    if paper.decided_on > on or (paper.closed_on and paper.closed_on < paper.decided_on):
        wrong["decided_on"] = "决定日应在今日之前、结案日之前。"
    day = paper.closed_on if row.period_by == "closed" else paper.decided_on
    if day is None or not row.since_on <= day <= row.until_on:
        wrong.setdefault("decided_on", f"{row.get_period_by_display()}不在本次抽查的期间内。")
    if wrong:
        raise Invalid(wrong)
    weights = data.sampling_settings()["weights"]
    made = SampleMember.objects.create(
        pk=submission, sample=row, key=f"纸:{number}", number=number, title=paper.title.strip(), unit=paper.unit,
        unit_name=str(paper.unit), measure=paper.measure, stage=paper.stage, decided_on=paper.decided_on,
        closed_on=paper.closed_on, weight=max(weights.get("paper", 1), weights.get(paper.measure, 1)),
        named=row.method == SampleMethod.TARGETED, entered_by=actor,
    )  # fmt: skip
    record(row, "sample.paper_entered", actor, made, number=number)
    return made


@transaction.atomic
def freeze(*, sample_id: uuid.UUID, actor: User, on: dt.date, named: Collection[uuid.UUID] = ()) -> Sample:
    """Fix who can be drawn, and how: from now on no case comes in and none goes out."""
    row = locked_sample(sample_id, actor, SampleState.FRAMING)
    members = [*sampling_frames.candidates(row), *row.members.select_related("unit").order_by("key")]
    wrong: dict[str, str] = {}
    if not members:
        wrong["since_on"] = "这一期间没有案件。"
    if len(members) > MOST:
        wrong["since_on"] = f"总体有{len(members)}件，一次最多{MOST}件，请缩短期间。"
    if row.method == SampleMethod.TARGETED:
        if not row.reason:
            wrong["reason"] = "定向抽查须写明事由。"
        for member in members:
            member.named = member.is_paper or member.case_id in named
        if not any(member.named for member in members):
            wrong["named"] = "请选定案件。"
    if wrong:
        raise Invalid(wrong)
    for position, member in enumerate(members, 1):
        member.position = position
        member.mac = sample_checks.member_mac(member)
    SampleMember.objects.bulk_create([each for each in members if not each.is_paper], batch_size=BATCH)
    SampleMember.objects.bulk_update([each for each in members if each.is_paper], ["position", "mac", "named"])
    row.frame_hash = drawing.frame_hash([each.as_member() for each in members], row.plan)
    row.state, row.frozen_on = SampleState.FROZEN, on
    row.frozen_entry = record(row, "sample.frozen", actor, frame=row.frame_hash, members=len(members)).pk
    row.save()
    return row


@transaction.atomic
def commit(*, sample_id: uuid.UUID, actor: User, on: dt.date) -> Sample:
    """Make the seed and promise it: its hash goes into the ledger now, and outside with the sealer's next round."""
    row = locked_sample(sample_id, actor, SampleState.FROZEN)
    seed = secrets.token_bytes(32)
    row.sealed_seed = seed.hex()
    row.commitment = drawing.commitment(str(row.pk), row.frame_hash, seed)
    row.state, row.committed_on = SampleState.COMMITTED, on
    row.committed_entry = record(
        row, "sample.committed", actor, frame=row.frame_hash, commitment=row.commitment
    ).pk  # fmt: skip
    row.save()
    return row


@transaction.atomic
def draw(*, sample_id: uuid.UUID, actor: User, on: dt.date) -> Sample:
    """Reveal the seed and draw. Raises ``Refused`` with everything that is not as it was promised."""
    row = locked_sample(sample_id, actor, SampleState.COMMITTED)
    if not sample_checks.is_published(row):
        said = "种子的承诺尚未对外公布（封账后随外部锚点公布，约一秒一次），请稍候再抽取"
        raise Refused("抽取", [Missing("sample_promise", said, str(cite("LOCAL", "抽查核查")))])
    if broken := sample_checks.differences(row):
        told = [Missing("sample_changed", each.rstrip("。"), str(cite("LOCAL", "抽查核查"))) for each in broken]
        raise Refused("抽取", told)
    members = list(row.members.select_for_update().order_by("position"))
    row.seed = row.sealed_seed
    drawn = drawing.draw(bytes.fromhex(row.seed), [each.as_member() for each in members], row.plan)
    for member in members:
        member.drawn_as = drawn.get(member.key, "")
    SampleMember.objects.bulk_update([each for each in members if each.drawn_as], ["drawn_as"], batch_size=BATCH)
    row.result_hash = sample_checks.result_hash(drawn)
    row.state, row.drawn_by, row.drawn_on = SampleState.DRAWN, actor, on
    row.drawn_entry = record(
        row, "sample.drawn", actor, seed=row.seed, result=row.result_hash, drawn=len(drawn)
    ).pk  # fmt: skip
    row.save()
    return row


@transaction.atomic
def void(*, sample_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> Sample:
    """Give a sample up, with the reason; its number and what was promised stay on record for everybody to see."""
    row = locked_sample(
        sample_id, actor, SampleState.FRAMING, SampleState.FROZEN, SampleState.COMMITTED, SampleState.DRAWN
    )
    if not reason.strip():
        raise Invalid({"reason": "请写明作废的理由。"})
    if row.members.filter(loan__state="held").exists():
        raise Invalid({"reason": "还有案卷在调，归还以后才能作废。"})
    row.state, row.void_reason = SampleState.VOID, reason.strip()[:300]
    row.save(update_fields=["state", "void_reason"])
    record(row, "sample.void", actor, reason=reason.strip(), was_drawn=bool(row.seed))
    return row
