"""Deliberation, the Party committee's approval, the decision (条例第三、十二条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from cases import gates, outcomes
from cases.answers.effects import issue_minutes
from cases.enums import CaseState, SittingResult
from cases.models import Case, Deliberation, SpeakerView
from cases.papers import request_for_approval
from cases.procedure import procedure_of
from cases.services.initiation import committee_subjects, request_signatures
from cases.services.investigation import record
from cases.services.moving import locked_case, require_seat, require_state, return_to_investigation, take_case_step
from wenze.access.roles import Role
from wenze.documents import services as documents
from wenze.errors import Invalid, Missing, Refused, Stale
from wenze.law import cite
from wenze.workflow import approvals, offsystem
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Mapping, Sequence

    from wenze.people.models import User
    from wenze.workflow.models import Approval, OffSystemApproval

BEFORE_DELIBERATION = (
    CaseState.REPORTED,
    CaseState.JOINTLY_REVIEWED,
    CaseState.ADJUDICATED,
    CaseState.PRE_REVIEWED,
)


@dataclass(frozen=True)
class View:
    """What one member said."""

    speaker: str
    view: str
    agrees: bool = True


@transaction.atomic
def record_deliberation(
    *,
    case_id: uuid.UUID,
    held_on: dt.date,
    place: str,
    agenda: str,
    chair: str,
    recorder: str,
    expected: int,
    recused: Sequence[str],
    views: Sequence[View],
    conclusion: str,
    settled: Mapping[uuid.UUID, outcomes.Draft],
    actor: User,
    on: dt.date,
    result: str = SittingResult.SETTLED,
) -> Approval:
    """Case supervision records the sitting and asks the principal to sign the minutes (D18).

    A sitting that returns the case for more evidence settles no outcome; its conclusion is the reason of the return.

    Raises ``Invalid`` for what was typed, ``Refused`` with all unmet gates; nothing is then written.
    """
    case = locked_case(case_id, actor)
    require_seat(case, actor, Role.CASEMGMT)
    require_state(case, *BEFORE_DELIBERATION)
    if not procedure_of(case).step("deliberate").applies_to(case):
        raise Stale("上级同意原意见，不再集体研究。")
    wrong: dict[str, str] = {}
    if held_on > on:
        wrong["held_on"] = "会议日不能晚于今日。"
    if expected < 1:
        wrong["expected"] = "请填写应到人数。"
    views = [View(view.speaker.strip(), view.view, view.agrees) for view in views]
    speakers = [view.speaker for view in views]
    written_on = case.reports.order_by("-version").values_list("written_on", flat=True).first()
    if written_on is not None and held_on < written_on:
        wrong["held_on"] = f"会议日不能早于调查报告写成日（{written_on:%Y-%m-%d}）。"
    if len(views) > expected:
        wrong["views"] = "实到人数多于应到人数。"
    if twice := sorted({name for name in speakers if speakers.count(name) > 1}):
        wrong["views"] = f"{'、'.join(twice)}写了不止一次，一人一行。"
    if views and chair.strip() not in speakers:
        wrong["chair"] = "主持人应在到会人员中，请写下其意见。"
    if result == SittingResult.RETURNED and not conclusion.strip():
        wrong["conclusion"] = "退回补充调查的，请写明需要补充什么。"
    if wrong:
        raise Invalid(wrong)
    if result == SittingResult.SETTLED:
        _settle(case, settled, actor=actor, on=on)
    last = case.deliberations.aggregate(last=Max("round"))["last"] or 0
    standing = case.deliberations.filter(round=last, recorded_on=on, recorded_by=actor).first()
    if standing is not None and not approvals.is_signed(case, "deliberate"):
        standing.delete()
        last -= 1
    meeting = Deliberation.objects.create(
        case=case,
        round=last + 1,
        held_on=held_on,
        place=place.strip(),
        agenda=agenda.strip(),
        chair=chair.strip(),
        recorder=recorder.strip(),
        expected=expected,
        present=[view.speaker for view in views],
        recused=list(recused),
        result=result,
        conclusion=conclusion.strip(),
        recorded_by=actor,
        recorded_on=on,
    )
    SpeakerView.objects.bulk_create(
        SpeakerView(deliberation=meeting, position=number, speaker=view.speaker, view=view.view, agrees=view.agrees)
        for number, view in enumerate(views, 1)
        if view.view.strip()
    )
    record(case, "deliberation.recorded", meeting, actor, round=meeting.round, present=meeting.present)
    title = f"集体研究纪要：{case}"
    if result == SittingResult.SETTLED:
        return request_signatures(case, "deliberate", title, actor=actor, on=on)
    _require_a_proper_sitting(case, Occasion(actor, on))
    chain = procedure_of(case).step("deliberate").approval
    return approvals.request(about=case, step="deliberate", title=title, chain=chain, actor=actor, on=on)


def _require_a_proper_sitting(case: Case, occasion: Occasion) -> None:
    """What any sitting needs, whatever it came to; ``Refused`` with all that lacks."""
    step = procedure_of(case).step("deliberate")
    asked = {gate.code for gate in (gates.DELIBERATION_RECORDED, gates.QUORUM, gates.NOBODY_RECUSED_SAT)}
    if lacking := [gap for gap in step.missing(case, occasion) if gap.code in asked]:
        raise Refused(step.name, lacking)


def _settle(case: Case, settled: Mapping[uuid.UUID, outcomes.Draft], *, actor: User, on: dt.date) -> None:
    """The meeting may settle another outcome than was proposed; it must be lawful and complete too."""
    for subject in case.subjects.pursued().select_related(*outcomes.READ):
        draft = settled.get(subject.pk)
        proposal = getattr(subject, "proposal", None)
        if draft is None or proposal is None or draft == outcomes.drafted(proposal):
            continue
        unlawful = list(outcomes.unlawful_in(subject, draft, on=on))
        if unlawful:
            raise Refused("集体研究", [Missing("measures_lawful", text, str(cite("TL", 12))) for text in unlawful])
        if wrong := outcomes.wrong_in(subject, draft, on=on):
            raise Invalid({f"{name}_{subject.position}": text for name, text in wrong.items()})
        row = outcomes.write(subject, draft, actor=actor, on=on)
        record(
            case, "outcome.settled", row, actor, subject=subject.name, outcome=draft.outcome, measures=list(draft.measures)
        )  # fmt: skip


def deliberate_on_signature(approval: Approval, case: Case, actor: User, on: dt.date) -> None:
    """The principal has signed the minutes: the case goes on, or back to its investigation."""
    meeting = case.deliberations.order_by("-round").first()
    if meeting is not None and meeting.result == SittingResult.RETURNED:
        occasion = Occasion(actor, on, approval)
        _require_a_proper_sitting(case, occasion)
        issue_minutes(case, occasion)
        return_to_investigation(
            case_id=case.pk, reason=f"集体研究退回：{meeting.conclusion}"[:300], actor=actor, on=on, step="deliberate"
        )
        return
    take_case_step(case_id=case.pk, code="deliberate", actor=actor, on=on, approval=approval)


@transaction.atomic
def request_committee(*, case_id: uuid.UUID, step: str, actor: User, on: dt.date) -> OffSystemApproval:
    """Issue the request (D04) to the same-level Party committee for initiation (第九条) or decision (第十二条)."""
    case = locked_case(case_id, actor)
    if step == "approve_initiation":
        require_seat(case, actor, "handler", Role.CASEMGMT)
        require_state(case, CaseState.INITIATING)
    else:
        require_seat(case, actor, Role.CASEMGMT)
        require_state(case, CaseState.DELIBERATED, CaseState.PRE_REVIEWED)
    subjects = committee_subjects(case, step, on=on)
    if not subjects:
        raise Invalid({"step": "本案没有须报同级党委批准的对象。"})
    authority = case.commission.directly_led_by
    if authority is None:
        raise Invalid({"step": "没有设定同级党委，请系统管理员先设定。"})
    covers = [str(subject.pk) for subject in subjects]
    waiting = offsystem.waiting_for(case, step)
    if waiting is not None and sorted(waiting.covers) == sorted(covers):
        return waiting
    document = documents.issue(
        "D04",
        commission=case.commission,
        about=case,
        case_id=case.pk,
        paper=request_for_approval(case, step, subjects, authority, on=on),
        on=on,
        actor=actor,
    )
    return offsystem.request(
        about=case,
        step=step,
        authority=authority,
        covers=covers,
        document=document,
        actor=actor,
        on=on,
    )


@transaction.atomic
def approve_by_committee(*, case_id: uuid.UUID, actor: User, on: dt.date) -> Case:
    """The committee's instruction is in: close the step 报批."""
    return take_case_step(case_id=case_id, code="approve_by_committee", actor=actor, on=on)


@transaction.atomic
def prepare_decision(*, case_id: uuid.UUID, actor: User, on: dt.date) -> Approval:
    """Case supervision puts the decisions, one a subject, before the principal for signature."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, Role.CASEMGMT)
    return request_signatures(case, "decide", f"签发问责决定：{case}", actor=actor, on=on)


def decide_on_signature(approval: Approval, case: Case, actor: User, on: dt.date) -> None:
    """The principal has signed: the decisions are made and their documents issued."""
    take_case_step(case_id=case.pk, code="decide", actor=actor, on=on, approval=approval)


approvals.COMPLETIONS.register("cases.Case:deliberate", deliberate_on_signature)
approvals.COMPLETIONS.register("cases.Case:decide", decide_on_signature)
