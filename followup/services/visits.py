"""回访 by the commission that decided (谁问责谁回访): two visitors, four ways, a sealed talk (D46, law.md §8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from cases.papers import day
from cases.services.moving import require_seat
from followup.models import Visit, VisitPlan
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.documents import services as documents
from wenze.documents.paper import Paper, pairs
from wenze.errors import Invalid, Stale
from wenze.law import data
from wenze.notices import services as notices
from wenze.people.names import is_another
from wenze.terms import services as terms

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from wenze.people.models import User


@dataclass(frozen=True)
class VisitRecord:
    """What the visitors wrote down."""

    held_on: dt.date
    place: str
    way: str
    second_visitor: str
    talk: str
    mood: str
    conclusion: str
    unit_view: str = ""
    public_view: str = ""
    work: str = ""
    difficulties: str = ""
    care: str = ""


@transaction.atomic
def hold_visit(*, plan_id: uuid.UUID, record: VisitRecord, actor: User, on: dt.date) -> Visit:
    """Write up a held visit. Raises ``Invalid``, ``NotYours``, ``Stale`` where it was written up already."""
    plan = VisitPlan.objects.select_for_update().get(pk=VisitPlan.objects.visible_to(actor).get(pk=plan_id).pk)
    require_seat(plan.case, actor, "handler", "team", Role.HEAD)
    if Visit.objects.filter(plan=plan).exists():
        raise Stale("这次回访已经登记。")
    wrong: dict[str, str] = {}
    if record.held_on > on or record.held_on < plan.tracking.started_on:
        wrong["held_on"] = "回访日应在决定之后、今日之前。"
    if not is_another(record.second_visitor, actor):
        wrong["second_visitor"] = "回访须两人，请填写另一名回访人。"
    if not record.talk.strip():
        wrong["talk"] = "请记录谈话情况。"
    if wrong:
        raise Invalid(wrong)
    visit = Visit(
        case=plan.case, plan=plan, held_on=record.held_on, place=record.place.strip(), way=record.way, visitor=actor,
        second_visitor=record.second_visitor.strip(), mood=record.mood, unit_view=record.unit_view.strip(),
        public_view=record.public_view.strip(), work=record.work.strip(), difficulties=record.difficulties.strip(),
        care=record.care.strip(), conclusion=record.conclusion,
    )  # fmt: skip
    visit.talk = record.talk.strip()
    visit.save()
    terms.meet(rule="visit", about=plan, on=record.held_on, actor=actor)
    notices.finish_tasks(about=plan, step="visit", by=actor)
    subject = plan.tracking.subject
    rows: list[tuple[str, object]] = [
        ("案号", plan.case.number), ("对象", subject.name), ("次别", plan.get_round_display()), ("回访日", day(visit.held_on)),
        ("地点", visit.place), ("方式", visit.get_way_display()), ("回访人", f"{actor.name}、{visit.second_visitor}"),
        ("影响期至", day(plan.tracking.last_restricted_day)), ("谈话情况", visit.talk), ("思想动态", visit.get_mood_display()),
        ("单位负责人评价", visit.unit_view), ("群众评价", visit.public_view), ("工作实绩", visit.work),
        ("困难诉求", visit.difficulties), ("关心关爱措施", visit.care), ("结论", visit.get_conclusion_display()),
    ]  # fmt: skip
    paper = Paper(organ=plan.case.commission.name, title="回访记录表", blocks=[pairs(rows)], date=day(on))
    documents.issue(
        "D46", commission=plan.case.commission, about=plan.case, case_id=plan.case_id, paper=paper, on=on, actor=actor,
        subject_id=subject.pk,
    )  # fmt: skip
    ledger.record(
        "visit.held", actor=actor, commission_id=plan.commission_id, about=visit, case_id=plan.case_id,
        detail={"subject": subject.name, "opinion": visit.get_conclusion_display()},
    )  # fmt: skip
    return visit


def visits_in_year(plan: VisitPlan) -> tuple[int, int]:
    """How many visits the subject had in the plan's year, and the local limit (a hint, never a refusal)."""
    held = Visit.objects.filter(
        plan__tracking__subject__cadre=plan.tracking.subject.cadre, held_on__year=plan.due_on.year
    )
    return held.count(), int(data.review_settings()["visits_a_year"])
