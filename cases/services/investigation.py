"""The investigation: team, plan, evidence, facts, trail, attribution, circumstances (条例第六、十、十七至十九条)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from cases.enums import CaseState, FactKind
from cases.history import organizations_of_case, served_there
from cases.models import (
    Attribution,
    Case,
    CaseContent,
    Circumstance,
    Evidence,
    Fact,
    FactEvidence,
    InvestigationPlan,
    Recusal,
    Subject,
    TeamMember,
    TrailEvent,
)
from cases.services.moving import locked_case, require_seat, require_state
from responsibility.models import Duty
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.errors import Invalid, Stale
from wenze.notices import services as notices
from wenze.people.selectors import appointment_of
from wenze.search.services import reindex
from wenze.workflow import approvals

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence

    from wenze.people.models import Cadre, User
    from wenze.workflow.models import Approval


def record(case: Case, action: str, about: Any, actor: User, **detail: Any) -> None:
    """The ledger's entry of an act in a case."""
    ledger.record(action, actor=actor, commission_id=case.commission_id, about=about, case_id=case.pk, detail=detail)


def reindex_content(case: Case) -> None:
    """Write the words of a case's facts and evidence anew."""
    reindex(CaseContent.objects.get(pk=case.pk))


def working_case(case_id: uuid.UUID, actor: User) -> Case:
    """The case, locked, while it is under investigation and the actor is on its team (or handles it)."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, "team", "team_leader", "handler")
    require_state(case, CaseState.INVESTIGATING)
    return case


@transaction.atomic
def form_team(
    *, case_id: uuid.UUID, leader: User, members: Sequence[User], actor: User, on: dt.date
) -> list[TeamMember]:
    """Set the team: a leader and at least one more; those left out leave today, their part stays on record."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, "handler", Role.HEAD)
    require_state(case, CaseState.INVESTIGATING)
    people = {leader.pk: leader, **{member.pk: member for member in members}}
    wrong: dict[str, str] = {}
    if len(people) < 2:  # noqa: PLR2004 -- 两人以上
        wrong["members"] = "调查组须两人以上。"
    recused = Recusal.objects.filter(case=case, user__in=people).select_related("user").first()
    if recused is not None:
        wrong["members"] = f"{recused.user}在本案中已回避。"
    cadres = set(case.subjects.exclude(cadre=None).values_list("cadre_id", flat=True))
    if served := served_there(people.values(), organizations_of_case(case)):
        wrong["members"] = f"{served}。"
    own = [person.name for person in people.values() if person.cadre_id in cadres]
    if own:
        wrong["members"] = f"{own[0]}是本案对象。"
    if wrong:
        raise Invalid(wrong)
    case.team.filter(until_on__isnull=True).exclude(user__in=people).update(until_on=on)
    case.team.filter(until_on__isnull=True).update(is_leader=False)
    for person in people.values():
        TeamMember.objects.update_or_create(
            case=case,
            user=person,
            until_on=None,
            defaults={"is_leader": person.pk == leader.pk},
            create_defaults={"is_leader": person.pk == leader.pk, "from_on": on, "case_created_at": case.created_at},
        )
        notices.open_task(
            commission_id=case.commission_id,
            recipient=person,
            title=f"作回避声明：{case}",
            url=case.panel_url("team"),
            about=case,
            case_id=case.pk,
            step="declare",
            started_by=actor,
        )
    record(case, "case.team", case, actor, team=[person.name for person in people.values()], leader=leader.name)
    return list(case.team.filter(until_on__isnull=True))


@transaction.atomic
def declare(*, case_id: uuid.UUID, statement: str, actor: User, on: dt.date) -> TeamMember:
    """A member declares that nothing calls for his recusal."""
    case = locked_case(case_id, actor)
    member: TeamMember | None = case.team.select_for_update().filter(user=actor, until_on__isnull=True).first()
    if member is None:
        raise Invalid({"statement": "您不在本案调查组中。"})
    if not statement.strip():
        raise Invalid({"statement": "请填写回避声明。"})
    member.statement = statement.strip()
    member.save(update_fields=["statement"])
    notices.finish_tasks(about=case, step="declare", by=actor)
    record(case, "case.declared", member, actor, on=on.isoformat())
    return member


@transaction.atomic
def draft_plan(*, case_id: uuid.UUID, scope: str, steps: str, safety: str, actor: User, on: dt.date) -> Approval:
    """Draft the investigation plan (D05) and put it before the leader in charge."""
    case = working_case(case_id, actor)
    wrong = {
        name: "请填写。" for name, text in (("scope", scope), ("steps", steps), ("safety", safety)) if not text.strip()
    }
    if wrong:
        raise Invalid(wrong)
    InvestigationPlan.objects.update_or_create(
        case=case,
        defaults={
            "scope": scope.strip(), "steps": steps.strip(), "safety": safety.strip(), "drafted_by": actor,
            "drafted_on": on, "approved_on": None,
        },
    )  # fmt: skip
    return approvals.request(
        about=case, step="approve_plan", title=f"调查方案：{case}", chain=(Role.LEADER,), actor=actor, on=on
    )


@transaction.atomic
def state_fact(
    *,
    case_id: uuid.UUID,
    kind: str,
    text: str,
    evidence: Sequence[Evidence],
    actor: User,
    fact_id: uuid.UUID | None = None,
    leads_to: Fact | None = None,
) -> Fact:
    """State (or restate) one of the four facts and what it rests on; a cause says to which result it led."""
    case = working_case(case_id, actor)
    if leads_to is not None and (
        kind != FactKind.CAUSE or leads_to.kind != FactKind.RESULT or leads_to.case_id != case.pk
    ):
        raise Invalid({"leads_to": "只有因果事实写所致结果，结果须是本案的结果事实。"})
    if not text.strip():
        raise Invalid({"text": "请写明事实。"})
    if any(piece.withdrawn_on is not None for piece in evidence):
        raise Invalid({"evidence": "撤回的证据不能再用来证明事实。"})
    if fact_id is None:
        last = case.facts.aggregate(last=Max("position"))["last"] or 0
        fact = Fact.objects.create(case=case, kind=kind, position=last + 1, text=text.strip(), leads_to=leads_to)
    else:
        fact = case.facts.get(pk=fact_id)
        if fact.withdrawn_on is not None:
            raise Stale("该事实已经撤回，不能再改。")
        fact.kind, fact.text, fact.leads_to = kind, text.strip(), leads_to
        fact.save(update_fields=["kind", "text", "leads_to"])
        fact.links.exclude(evidence__in=evidence).delete()
    for piece in evidence:
        if piece.case_id == case.pk:
            FactEvidence.objects.get_or_create(fact=fact, evidence=piece)
    record(case, "fact.stated", fact, actor, kind=kind)
    reindex_content(case)
    return fact


@transaction.atomic
def record_event(
    *,
    case_id: uuid.UUID,
    happened_on: dt.date,
    kind: str,
    text: str,
    document: str,
    evidence: Sequence[Evidence],
    actor: User,
    on: dt.date,
    subject: Subject | None = None,
    cadre: Cadre | None = None,
    actor_name: str = "",
) -> TrailEvent:
    """Put an event on the trail of power, with the post that the person held **that day**."""
    case = working_case(case_id, actor)
    wrong: dict[str, str] = {}
    if happened_on > on:
        wrong["happened_on"] = "日期不能晚于今日。"
    if not text.strip():
        wrong["text"] = "请写明做了什么。"
    person = cadre or (subject.cadre if subject else None)
    held = appointment_of(person, on=happened_on) if person else None
    name = actor_name.strip() or (
        f"{held.post if held else ''}{person.name}" if person else (subject.name if subject else "")
    )
    if not name:
        wrong["actor_name"] = "请写明是谁。"
    if wrong:
        raise Invalid(wrong)
    event = TrailEvent.objects.create(
        case=case,
        on=happened_on,
        kind=kind,
        subject=subject,
        cadre=person,
        post=held.post if held else None,
        actor_name=name,
        document=document.strip(),
        text=text.strip(),
    )
    event.evidence.set([piece for piece in evidence if piece.case_id == case.pk])
    record(case, "trail.recorded", event, actor, kind=kind)
    return event


@transaction.atomic
def attribute(
    *,
    case_id: uuid.UUID,
    subject: Subject,
    event: TrailEvent,
    fact: Fact,
    power: str,
    tier: str,
    liability: str,
    failure: str,
    reasoning: str,
    actor: User,
    duty: Duty | None = None,
    outside_list: str = "",
) -> Attribution:
    """Attribute responsibility: this subject failed this duty by this event (条例第六条、第十条)."""
    case = working_case(case_id, actor)
    wrong: dict[str, str] = {}
    if duty is None and not outside_list.strip():
        wrong["duty"] = "请选择职责；清单之外的，写明职责来源。"
    elif duty is not None and not Duty.objects.in_force_on(event.on).filter(pk=duty.pk).exists():
        wrong["duty"] = (
            f"行为日（{event.on:%Y-%m-%d}）该清单不在施行期内，请选当日有效的清单，或者按清单外写明职责来源。"
        )
    if (subject.kind == "organization") != (tier == "FULL"):
        wrong["tier"] = "全面领导责任由领导班子（党组织）承担，主要、重要领导责任由个人承担（条例第六条）。"
    if not reasoning.strip():
        wrong["reasoning"] = "请写明认定理由。"
    if case.pk not in (subject.case_id, event.case_id, fact.case_id) or {
        subject.case_id,
        event.case_id,
        fact.case_id,
    } != {case.pk}:
        wrong["event"] = "对象、行为和事实须是本案的。"
    if wrong:
        raise Invalid(wrong)
    row = Attribution.objects.create(
        subject=subject,
        duty=duty,
        outside_list=outside_list.strip(),
        event=event,
        fact=fact,
        power=power,
        tier=tier,
        liability=liability,
        failure=failure,
        reasoning=reasoning.strip(),
    )
    record(case, "responsibility.attributed", row, actor, subject=subject.name, tier=tier)
    return row


@transaction.atomic
def note_circumstance(
    *, case_id: uuid.UUID, subject: Subject, kind: str, code: str, text: str, evidence: Sequence[Evidence], actor: User
) -> Circumstance:
    """Note what speaks for or against a subject (条例第十七至十九条) or an objective condition, with its evidence."""
    case = working_case(case_id, actor)
    wrong: dict[str, str] = {}
    pieces = [piece for piece in evidence if piece.case_id == case.pk and piece.withdrawn_on is None]
    if not text.strip():
        wrong["text"] = "请写明情况。"
    if not pieces:
        wrong["evidence"] = "情节和客观条件都须有证据，请选择。"
    if wrong:
        raise Invalid(wrong)
    row = Circumstance.objects.create(subject=subject, kind=kind, code=code, text=text.strip())
    row.evidence.set(pieces)
    record(case, "circumstance.noted", row, actor, kind=kind)
    return row


def plan_on_signature(approval: Approval, case: Case, actor: User, on: dt.date) -> None:
    """The leader in charge has signed the plan."""
    InvestigationPlan.objects.filter(case=case).update(approved_on=on)


approvals.COMPLETIONS.register("cases.Case:approve_plan", plan_on_signature)
