"""跟踪管理's own measures: care and its results, further visits, and the letter that recommends his use (D48)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cases.papers import day
from cases.services.moving import press_once, require_seat
from cases.standing import sanctions_of
from followup.enums import VisitConclusion, VisitRound
from followup.models import CareAction, Tracking, Visit, VisitPlan
from followup.tracking import run_visit
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.documents import services as documents
from wenze.documents.paper import Paper, paragraphs
from wenze.errors import Invalid, Stale
from wenze.law import cite
from wenze.law.standing import Standing
from wenze.notices import services as notices
from wenze.people.selectors import appointment_of, personnel_office_of
from wenze.terms import services as terms
from wenze.workflow import approvals
from wenze.workflow.seats import CONFLICTS

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from typing import Any

    from wenze.people.models import Cadre, User
    from wenze.workflow.models import Approval

RECOMMEND = "recommend_use"
WHO = ("handler", "team", Role.HEAD)


def _locked(tracking_id: uuid.UUID, actor: User) -> Tracking:
    row: Tracking = (
        Tracking.objects.select_for_update(of=("self",))
        .select_related("case__handler", "case__commission", "subject__cadre", "subject__organization")
        .get(pk=Tracking.objects.visible_to(actor).get(pk=tracking_id).pk)
    )
    return row


def _record(row: Any, action: str, actor: User, **detail: Any) -> None:
    ledger.record(action, actor=actor, commission_id=row.commission_id, about=row, case_id=row.case_id, detail=detail)


@press_once(CareAction, "opened_by")
def open_care(
    *, tracking_id: uuid.UUID, submission: uuid.UUID, kind: str, text: str, owner: str, due_on: dt.date, actor: User, on: dt.date,
    visit: Visit | None = None,
) -> CareAction:  # fmt: skip
    """Say what will be done for him, by whom, by when. Raises ``Invalid`` for what was typed."""
    row = _locked(tracking_id, actor)
    require_seat(row.case, actor, *WHO)
    wrong: dict[str, str] = {}
    if not text.strip():
        wrong["text"] = "请写明措施。"
    if not owner.strip():
        wrong["owner"] = "请写明由谁落实。"
    if due_on < on:
        wrong["due_on"] = "期限应在今日之后。"
    if wrong:
        raise Invalid(wrong)
    care = CareAction.objects.create(
        id=submission, case=row.case, tracking=row, visit=visit, kind=kind, text=text.strip(), owner=owner.strip(), due_on=due_on,
        opened_by=actor, opened_on=on,
    )  # fmt: skip
    terms.start(rule="care", about=care, on=on, actor=actor, due_on=due_on, title=str(care))
    notices.open_task(
        commission_id=care.commission_id, recipient=row.case.handler, title=str(care), url=care.get_absolute_url(), about=care,
        case_id=care.case_id, step="care", due_on=due_on, started_by=actor,
    )  # fmt: skip
    _record(care, "care.opened", actor, subject=row.subject.name, kind=kind)
    return care


@transaction.atomic
def finish_care(*, care_id: uuid.UUID, done_on: dt.date, result: str, actor: User, on: dt.date) -> CareAction:
    """What came of it. Raises ``Stale`` where that was said already."""
    care: CareAction = CareAction.objects.select_for_update(of=("self",)).get(
        pk=CareAction.objects.visible_to(actor).get(pk=care_id).pk
    )
    require_seat(care.case, actor, *WHO)
    if care.done_on is not None:
        raise Stale("该措施的落实情况已经登记。")
    wrong: dict[str, str] = {}
    if not care.opened_on <= done_on <= on:
        wrong["done_on"] = "落实日应在提出日之后、今日之前。"
    if not result.strip():
        wrong["result"] = "请写明落实情况。"
    if wrong:
        raise Invalid(wrong)
    care.done_on, care.result = done_on, result.strip()
    care.save(update_fields=["done_on", "result"])
    terms.meet(rule="care", about=care, on=done_on, actor=actor)
    notices.finish_tasks(about=care, step="care", by=actor)
    _record(care, "care.done", actor, on=done_on.isoformat())
    return care


@transaction.atomic
def plan_extra_visit(*, tracking_id: uuid.UUID, due_on: dt.date, reason: str, actor: User, on: dt.date) -> VisitPlan:
    """One more visit to somebody who needs it (law.md §8: 重点对象可加)."""
    row = _locked(tracking_id, actor)
    require_seat(row.case, actor, *WHO)
    wrong: dict[str, str] = {}
    if row.ended_on is not None:
        wrong["reason"] = "跟踪已经终止。"
    elif not reason.strip():
        wrong["reason"] = "请写明增加回访的事由。"
    if due_on <= on:
        wrong["due_on"] = "应访日应在今日之后。"
    if wrong:
        raise Invalid(wrong)
    plan, made = VisitPlan.objects.get_or_create(
        case=row.case, tracking=row, round=VisitRound.EXTRA, due_on=due_on,
        defaults={"reason": reason.strip(), "handler": row.case.handler},
    )  # fmt: skip
    if made:
        run_visit(plan, on, actor)
        _record(plan, "visit.planned", actor, due=due_on.isoformat(), reason=reason.strip())
    return plan


# --- the letter that recommends his use -------------------------------------------------------------------------------
def _visit(visit_id: uuid.UUID, actor: User) -> Visit:
    found: Visit = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("case__commission", "plan__tracking__subject__cadre")
        .get(pk=Visit.objects.visible_to(actor).get(pk=visit_id).pk)
    )
    return found


def why_not_recommend(visit: Visit, *, on: dt.date) -> str:
    """Why his use cannot be recommended now; empty where it can. Whoever is restricted is not recommended."""
    cadre: Cadre | None = visit.plan.tracking.subject.cadre
    if cadre is None or visit.conclusion != VisitConclusion.SUGGEST_USE:
        return "这次回访的结论不是“建议使用”。"
    if visit.recommendation_id is not None:
        return "使用建议函已经制发。"
    standing = Standing(tuple(sanctions_of([cadre.pk])[cadre.pk]), on)
    if standing.unknown:
        return "有处理的决定日期不详，须先查明。"
    if restricting := standing.restricting(on):
        return f"尚在影响期内（至{day(restricting[0].last_restricted_day)}），期满后才能提出使用建议。"
    return ""


@transaction.atomic
def ask_recommendation(*, visit_id: uuid.UUID, actor: User, on: dt.date) -> Approval:
    """Put the letter before the head and the leader in charge. A recommendation is not an appointment."""
    visit = _visit(visit_id, actor)
    require_seat(visit.case, actor, *WHO)
    if reason := why_not_recommend(visit, on=on):
        raise Invalid({"visit": reason})
    subject = visit.plan.tracking.subject
    return approvals.request(
        about=visit,
        step=RECOMMEND,
        title=f"建议使用：{subject.name}",
        chain=(Role.HEAD, Role.LEADER),
        actor=actor,
        on=on,
    )


def recommend_on_signature(approval: Approval, visit: Visit, actor: User, on: dt.date) -> None:
    """The leader has signed: the letter goes to the HR organ that keeps him."""
    if reason := why_not_recommend(visit, on=on):
        raise Invalid({"visit": reason})
    subject = visit.plan.tracking.subject
    cadre = subject.cadre
    if cadre is None:
        return
    now = appointment_of(cadre, on=on)
    office = personnel_office_of(cadre)
    blocks = [
        *paragraphs(
            f"{subject.name}同志（{now.post.full_name if now else subject.post_at_the_time}）受到问责处理的影响期已满。{day(visit.held_on)}，我委进行了回访。"
        ),
        *paragraphs(f"工作实绩：{visit.work or '表现稳定，认真履职'}。"),
        *paragraphs(f"依据{cite('TL', 22)}，建议你单位在符合条件的前提下予以正常使用。本建议不代替任用决定。"),
    ]
    paper = Paper(
        organ=visit.case.commission.name, title=f"关于{subject.name}同志使用的建议函", blocks=blocks, date=day(on),
        addressee=office.name if office else "组织人事部门", printed_by=visit.case.commission.short_name,
    )  # fmt: skip
    visit.recommendation = documents.issue(
        "D48", commission=visit.case.commission, about=visit.case, case_id=visit.case_id, paper=paper, on=on, actor=actor,
        subject_id=subject.pk,
    )  # fmt: skip
    visit.save(update_fields=["recommendation"])
    _record(visit, "visit.recommended", actor, subject=subject.name, number=visit.recommendation.number)


@CONFLICTS.entry("followup.Visit")
def nobody_signs_his_own_visit(visit: Visit, user: User, seat: str) -> str:
    """Who held the visit does not approve what came of it."""
    return "您是回访人，不能签批本件。" if visit.visitor_id == user.pk else ""


approvals.COMPLETIONS.register(f"followup.Visit:{RECOMMEND}", recommend_on_signature)
