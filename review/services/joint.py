"""联审会商: convene, write down each office's opinion unseen, open the meeting, revise, conclude with the minutes (D15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from cases.history import organizations_of_case, served_there
from cases.models import Case, Recusal, TeamMember
from cases.services.grants import close_grants, open_grants
from cases.services.moving import (
    RETURNED,
    locked_case,
    require_seat,
    require_state,
    return_to_investigation,
    take_case_step,
)
from review import selectors
from review.enums import JointChoice, JointOffice
from review.models import JointOpinion, JointReview, JointSeat
from review.papers import joint_minutes
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.documents import services as documents
from wenze.errors import Invalid, Missing, NotYours, Refused, Stale
from wenze.law import cite
from wenze.notices import services as notices
from wenze.terms import services as terms
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Mapping

    from wenze.people.models import User


def _record(row: JointReview, action: str, actor: User, **detail: Any) -> None:
    ledger.record(action, actor=actor, commission_id=row.commission_id, about=row, case_id=row.case_id, detail=detail)


def unfit(case: Case, office: str, user: User) -> str:
    """Why this person may not take that seat; empty where he may."""
    if TeamMember.objects.filter(case=case, user=user).exists() or case.handler_id == user.pk:
        return f"{user}参加过本案调查，不得参加联审"
    if Recusal.objects.filter(case=case, user=user).exists():
        return f"{user}在本案中已回避"
    if served := served_there([user], organizations_of_case(case)):
        return served
    if user.commission_id != case.commission_id:
        return f"{user}不是本机关人员"
    if office == JointOffice.HANDLING:
        belongs = user.holds(Role.INSPECTOR, case.office_id) or user.holds(Role.HEAD, case.office_id)
        return "" if belongs else f"{user}不是承办室人员"
    return "" if user.holds(office) else f"{user}不是{JointOffice(office).label}人员"


def unfit_seats(row: JointReview) -> list[tuple[JointSeat, str]]:
    """The seats whose people may no longer sit, each with the reason."""
    seats = row.seats.select_related("user")
    return [(seat, reason) for seat in seats if (reason := unfit(row.case, seat.office, seat.user))]


def _all_fit(row: JointReview, what: str) -> None:
    if gone := unfit_seats(row):
        raise Refused(
            what,
            [
                Missing(f"joint_{seat.office}", f"{reason}，请另行召集", str(cite("LOCAL", "联审会商")))
                for seat, reason in gone
            ],
        )


def _give_up(row: JointReview, why: str, actor: User, on: dt.date) -> None:
    """A meeting that cannot open makes room for another; what was written stays."""
    row.conclusion = why
    row.concluded_on = on
    row.save(update_fields=["conclusion", "concluded_on"])
    notices.finish_tasks(about=row.case, step="joint_opinion", by=actor)
    handling = [seat.user for seat in row.seats.select_related("user") if seat.office == JointOffice.HANDLING]
    close_grants(case=row.case, users=handling, actor=actor, on=on)
    _record(row, "joint.given_up", actor, reason=row.conclusion)


@RETURNED.entry("joint review")
def give_up_what_was_convened(case: Case, occasion: Occasion) -> None:
    """The report of which the meeting was to speak was sent back by another step."""
    row = selectors.joint_review_of(case)
    if row is not None and row.concluded_on is None:
        _give_up(row, "案件已退回补充调查", occasion.actor, occasion.on)


@transaction.atomic
def convene(
    *, case_id: uuid.UUID, people: Mapping[str, User], papers_complete_on: dt.date, actor: User, on: dt.date
) -> JointReview:
    """The conduct office names who speaks for each office; the term (T12) runs from the day the papers are complete."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, Role.CONDUCT)
    require_state(case, "reported")
    if not any(fired.key_case for fired in selectors.fired_on(case)):
        raise Invalid({"papers_complete_on": "本案没有命中重点案件条件，不须联审。"})
    standing = selectors.joint_review_of(case)
    if standing is not None and standing.concluded_on is None:
        if standing.is_open or not unfit_seats(standing):
            raise Stale("联审已经召集。")
        why = "席位人员应当回避，另行召集：" + "；".join(reason for _, reason in unfit_seats(standing))
        _give_up(standing, why, actor, on)
    wrong = {office: reason for office, user in people.items() if (reason := unfit(case, office, user))}
    wrong |= {office: "必须到会。" for office in JointOffice if office not in people}
    if len({user.pk for user in people.values()}) < len(people):
        wrong["handling"] = "一人只占一席。"
    if papers_complete_on > on:
        wrong["papers_complete_on"] = "材料送齐日不能晚于今日。"
    if wrong:
        raise Invalid(wrong)
    last = case.joint_reviews.aggregate(last=Max("round"))["last"] or 0
    row = JointReview.objects.create(
        case=case, round=last + 1, report_version=selectors.report_version(case), convened_by=actor, convened_on=on,
        papers_complete_on=papers_complete_on,
    )  # fmt: skip
    terms.start(rule="T12", about=case, on=papers_complete_on, actor=actor)
    for office, user in people.items():
        JointSeat.objects.create(joint_review=row, office=office, user=user)
        notices.open_task(
            commission_id=case.commission_id, recipient=user, title=f"联审：先写下意见：{case}", url=row.get_absolute_url(),
            about=case, case_id=case.pk, step="joint_opinion", started_by=actor,
        )  # fmt: skip
    open_grants(
        case=case,
        users=[people[JointOffice.HANDLING]],
        reason="联审会商",
        granted_by=case.handler,
        confirmed_by=actor,
        on=on,
    )
    _record(row, "joint.convened", actor, people=[user.name for user in people.values()])
    return row


def _locked(joint_id: uuid.UUID, actor: User) -> JointReview:
    seen = JointReview.objects.visible_to(actor).get(pk=joint_id)
    locked_case(seen.case_id, actor)
    row: JointReview = JointReview.objects.select_for_update().get(pk=seen.pk)
    if row.concluded_on is not None:
        raise Stale("本次联审已经形成纪要。")
    return row


@transaction.atomic
def give(*, joint_id: uuid.UUID, choice: str, reason: str, actor: User, on: dt.date) -> JointOpinion:
    """A seat writes down its opinion; again after the meeting opened it is a revision, and both are kept."""
    row = _locked(joint_id, actor)
    seat: JointSeat | None = row.seats.filter(user=actor).first()
    if seat is None:
        raise NotYours("您不在本次联审的席位上。")
    if unfit(row.case, seat.office, actor):
        raise NotYours(unfit(row.case, seat.office, actor))
    if not reason.strip():
        raise Invalid({"reason": "请写明理由。"})
    last = seat.opinions.aggregate(last=Max("version"))["last"] or 0
    opinion = JointOpinion(seat=seat, version=last + 1, choice=choice, given_on=on)
    opinion.reason = reason.strip()
    opinion.save()
    notices.finish_tasks(about=row.case, step="joint_opinion", by=actor)
    _record(row, "joint.opinion", actor, office=seat.get_office_display(), version=opinion.version)
    return opinion


@transaction.atomic
def open_meeting(*, joint_id: uuid.UUID, held_on: dt.date, place: str, actor: User, on: dt.date) -> JointReview:
    """Open the meeting: only when every seat has written; from now on each reads what the others wrote."""
    row = _locked(joint_id, actor)
    require_seat(row.case, actor, Role.CONDUCT)
    if row.is_open:
        raise Stale("会议已经开始。")
    silent = [seat for seat in row.seats.select_related("user").prefetch_related("opinions") if seat.latest is None]
    if silent:
        raise Refused(
            "联审开会",
            [Missing(f"joint_{s.office}", f"{s}还没有写下意见", str(cite("LOCAL", "联审会商"))) for s in silent],
        )
    _all_fit(row, "联审开会")
    if held_on > on or held_on < row.papers_complete_on:
        raise Invalid({"held_on": "会商日应在材料送齐之后、今日之前。"})
    row.held_on, row.place = held_on, place.strip()
    row.save(update_fields=["held_on", "place"])
    _record(row, "joint.opened", actor, on=held_on.isoformat())
    return row


@transaction.atomic
def conclude(*, joint_id: uuid.UUID, conclusion: str, sent_back: bool, actor: User, on: dt.date) -> Case:
    """Write the minutes (D15) with every difference by name; the case goes on, or back to the investigation."""
    row = _locked(joint_id, actor)
    require_seat(row.case, actor, Role.CONDUCT)
    if not row.is_open:
        raise Invalid({"conclusion": "会议尚未开始。"})
    if not conclusion.strip():
        raise Invalid({"conclusion": "请写明综合意见。"})
    _all_fit(row, "形成纪要")
    seats = list(row.seats.select_related("user").prefetch_related("opinions"))
    row.divergence = "；".join(
        f"{seat.get_office_display()}{latest.get_choice_display()}：{latest.reason}"
        for seat in seats
        if (latest := seat.latest) is not None and latest.choice != JointChoice.AGREE
    )
    row.conclusion, row.concluded_on, row.sent_back = conclusion.strip(), on, sent_back
    row.save()
    case = row.case
    documents.issue(
        "D15", commission=case.commission, about=case, case_id=case.pk, paper=joint_minutes(row, seats, on=on), on=on,
        actor=actor,
    )  # fmt: skip
    _record(row, "joint.concluded", actor, sent_back=sent_back)
    close_grants(
        case=case, users=[seat.user for seat in seats if seat.office == JointOffice.HANDLING], actor=actor, on=on
    )
    if sent_back:
        terms.meet(rule="T12", about=case, on=on, actor=actor)
        return return_to_investigation(
            case_id=case.pk,
            reason=f"联审退回：{conclusion.strip()}"[:300],
            actor=actor,
            on=on,
            step="conclude_joint_review",
        )
    return take_case_step(case_id=case.pk, code="conclude_joint_review", actor=actor, on=on)
