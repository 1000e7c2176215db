"""审理: accept a reported case, give the opinion, move the case or send it back (D16, T10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from cases.history import organizations_of_case, served_there
from cases.models import Case, Recusal, TeamMember
from cases.papers import day
from cases.services.moving import locked_case, require_seat, require_state, return_to_investigation, take_case_step
from review import selectors
from review.enums import AdjudicationOpinion
from review.models import Adjudication
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.documents import services as documents
from wenze.documents.paper import Paper, pairs
from wenze.errors import Invalid
from wenze.notices import services as notices
from wenze.terms import services as terms

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence

    from wenze.people.models import User


def _record(case: Case, action: str, row: Adjudication, actor: User, **detail: object) -> None:
    ledger.record(
        action, actor=actor, commission_id=case.commission_id, about=row, case_id=case.pk, detail=dict(detail)
    )


@transaction.atomic
def accept(*, case_id: uuid.UUID, adjudicators: Sequence[User], actor: User, on: dt.date) -> Adjudication:
    """The trial office accepts the case with two or more adjudicators, none of whom ever investigated it. Starts T10."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, Role.TRIAL)
    require_state(case, "reported", "jointly_reviewed")
    wrong: dict[str, str] = {}
    people = {person.pk: person for person in adjudicators}
    if len(people) < 2:  # noqa: PLR2004 -- two adjudicators
        wrong["adjudicators"] = "审理须两人以上。"
    member = TeamMember.objects.filter(case=case, user__in=people).select_related("user").first()
    if member is not None:
        wrong["adjudicators"] = f"{member.user}参加过本案调查，调查人员不得审理。"
    recused = Recusal.objects.filter(case=case, user__in=people).select_related("user").first()
    if recused is not None:
        wrong["adjudicators"] = f"{recused.user}在本案中已回避。"
    if served := served_there(people.values(), organizations_of_case(case)):
        wrong["adjudicators"] = f"{served}。"
    if wrong:
        raise Invalid(wrong)
    row = selectors.adjudication_of(case)
    if row is None or row.given_on is not None:
        last = case.adjudications.aggregate(last=Max("round"))["last"] or 0
        row = Adjudication.objects.create(
            case=case, round=last + 1, accepted_on=on, report_version=selectors.report_version(case)
        )
    row.adjudicators.set(people.values())
    terms.start(rule="T10", about=case, on=on, actor=actor)
    for person in people.values():
        notices.open_task(
            commission_id=case.commission_id,
            recipient=person,
            title=f"出具审理意见：{case}",
            url=case.panel_url("review"),
            about=case,
            case_id=case.pk,
            step="adjudicate",
            started_by=actor,
        )
    _record(case, "adjudication.accepted", row, actor, adjudicators=[person.name for person in people.values()])
    return row


@transaction.atomic
def give_opinion(
    *,
    case_id: uuid.UUID,
    opinion: str,
    facts: str,
    character: str,
    outcome: str,
    procedure: str,
    actor: User,
    on: dt.date,
) -> Case:
    """One of the adjudicators gives the opinion; it moves the case, or sends it back with its words."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, Role.TRIAL)
    row = selectors.adjudication_of(case)
    if row is None or row.given_on is not None:
        raise Invalid({"opinion": "审理室尚未受理本案。"})
    if not row.adjudicators.filter(pk=actor.pk).exists():
        raise Invalid({"opinion": "您不是本案的审理人员。"})
    texts = {"facts": facts, "character": character, "outcome": outcome, "procedure": procedure}
    wrong = {name: "请写明意见。" for name, text in texts.items() if not text.strip()}
    if wrong:
        raise Invalid(wrong)
    row.opinion, row.given_on, row.given_by = opinion, on, actor
    row.facts_opinion, row.character_opinion = facts.strip(), character.strip()
    row.outcome_opinion, row.procedure_opinion = outcome.strip(), procedure.strip()
    row.save()
    people = "、".join(row.adjudicators.order_by("pinyin").values_list("name", flat=True))
    paper = Paper(
        organ=case.commission.name,
        title=f"关于{case.title}的审理意见",
        blocks=[
            pairs(
                [
                    ("案号", case.number), ("受理日", day(row.accepted_on)), ("审理人员", people), ("事实证据", facts),
                    ("定性", character), ("处理", outcome), ("程序", procedure), ("意见", row.get_opinion_display()),
                ]
            )
        ],
        date=day(on),
        signed_by="案件审理室",
    )  # fmt: skip
    documents.issue("D16", commission=case.commission, about=case, case_id=case.pk, paper=paper, on=on, actor=actor)
    _record(case, "adjudication.given", row, actor, opinion=row.get_opinion_display())
    if opinion == AdjudicationOpinion.SUPPLEMENT:
        terms.meet(rule="T10", about=case, on=on, actor=actor)
        return return_to_investigation(
            case_id=case.pk, reason=f"审理退回：{facts.strip()}"[:300], actor=actor, on=on, step="adjudicate"
        )
    return take_case_step(case_id=case.pk, code="adjudicate", actor=actor, on=on)
