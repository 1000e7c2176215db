"""提级预审: ask the superior under the principal's signature (D13), be answered (D14), follow it or be allowed not to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from cases import outcomes
from cases.models import Case, Subject
from cases.services.grants import close_grants, open_grants
from cases.services.leaving import hand_over
from cases.services.moving import locked_case, require_seat, require_state, return_to_investigation, take_case_step
from review import selectors
from review.enums import PreReviewOpinion
from review.models import PreReview, PreReviewChange
from review.papers import pre_review_opinion, pre_review_request
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.documents import services as documents
from wenze.errors import Invalid, NotYours, Stale
from wenze.notices import services as notices
from wenze.people.models import Organization, User
from wenze.people.selectors import assignments
from wenze.terms import services as terms
from wenze.workflow import approvals
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence

    from wenze.workflow.models import Approval

STEP = "request_pre_review"


@dataclass(frozen=True)
class Change:
    """What the superior would have otherwise for one subject."""

    subject: Subject
    outcome: str
    measures: Sequence[str]
    reason: str


def _record(row: PreReview, action: str, actor: User, **detail: Any) -> None:
    ledger.record(action, actor=actor, commission_id=row.commission_id, about=row, case_id=row.case_id, detail=detail)


def reviewers_of(commission: Organization) -> list[User]:
    """The accounts that look at subordinates' cases for a commission."""
    held = assignments(Role.SUPERIOR).filter(organization=commission)
    return list(User.objects.filter(is_active=True, pk__in=held.values("user_id")))


@transaction.atomic
def ask(*, case_id: uuid.UUID, actor: User, on: dt.date) -> Approval:
    """Case supervision asks the principal to sign the request to the superior commission."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, Role.CASEMGMT)
    require_state(case, "deliberated")
    if not selectors.needs_pre_review(case):
        raise Invalid({"case": "本案没有命中提级条件，或者预审意见已到。"})
    if selectors.standing_request(case) is not None:
        raise Stale("已经提请预审，等候上级意见。")
    if selectors.superior_of(case.commission) is None:
        raise Invalid({"case": "没有设定上级纪委监委，请系统管理员先设定。"})
    return approvals.request(
        about=case, step=STEP, title=f"提请提级预审：{case}", chain=(Role.PRINCIPAL,), actor=actor, on=on
    )


def send_on_signature(approval: Approval, case: Case, actor: User, on: dt.date) -> None:
    """The principal has signed: the request goes out (D13), the superior may read the case, the term (T11) runs."""
    superior = selectors.superior_of(case.commission)
    if superior is None:
        raise Invalid({"case": "没有设定上级纪委监委。"})
    fired = selectors.fired_on(case)
    document = documents.issue(
        "D13", commission=case.commission, about=case, case_id=case.pk, paper=pre_review_request(case, superior, fired, on=on),
        on=on, actor=actor,
    )  # fmt: skip
    last = case.pre_reviews.aggregate(last=Max("round"))["last"] or 0
    row = PreReview.objects.create(
        case=case, round=last + 1, report_version=selectors.report_version(case), reviewing=superior,
        triggers=[f"{each.text}（{each.on}）" for each in fired], requested_by=approval.requested_by, requested_on=on,
        request=document, sent=selectors.outcomes_now(case),
    )  # fmt: skip
    terms.start(rule="T11", about=case, on=on, actor=actor)
    reviewers = reviewers_of(superior)
    open_grants(
        case=case, users=reviewers, reason="提级预审", granted_by=approval.requested_by, confirmed_by=actor, on=on
    )
    for reviewer in reviewers:
        notices.open_task(
            commission_id=superior.pk, recipient=reviewer, title=f"提级预审：{case.number} {case.title}",
            url=row.get_absolute_url(), about=case, case_id=case.pk, step="pre_review", started_by=actor,
        )  # fmt: skip
    _record(row, "pre.requested", actor, reviewing=superior.name)


def _asked(pre_review_id: uuid.UUID, actor: User) -> PreReview:
    """The row, locked, if the actor answers for the commission that was asked."""
    seen = PreReview.objects.visible_to(actor).get(pk=pre_review_id)
    Case.objects.select_for_update().get(pk=seen.case_id)
    row: PreReview = PreReview.objects.select_for_update().get(pk=seen.pk)
    if not actor.holds(Role.SUPERIOR, row.reviewing_id):
        raise NotYours("预审意见由上级纪委监委出具。")
    return row


@transaction.atomic
def answer(
    *, pre_review_id: uuid.UUID, opinion: str, reason: str, changes: Sequence[Change], actor: User, on: dt.date
) -> PreReview:
    """The superior's opinion (D14); its reading of the case ends with it. Raises ``Invalid``, ``Stale``, ``NotYours``."""
    row = _asked(pre_review_id, actor)
    if row.given_on is not None:
        raise Stale("预审意见已经出具。")
    case = row.case
    wrong: dict[str, str] = {}
    if not reason.strip():
        wrong["reason"] = "请写明理由。"
    if opinion in (PreReviewOpinion.MODIFY, PreReviewOpinion.REJECT) and not changes:
        wrong["opinion"] = "变更处理或者不予问责的，须写明对哪个对象怎样变更。"
    if opinion not in (PreReviewOpinion.MODIFY, PreReviewOpinion.REJECT) and changes:
        wrong["opinion"] = "写了变更的，意见应选变更处理或者不予问责。"
    unlawful = [
        text
        for change in changes
        for text in outcomes.unlawful_in(change.subject, outcomes.Draft(change.outcome, change.measures), on=on)
    ]
    if unlawful:
        wrong["opinion"] = "；".join(unlawful)
    if any(not change.reason.strip() for change in changes):
        wrong["reason"] = "每处变更都要写理由。"
    if wrong:
        raise Invalid(wrong)
    row.opinion, row.reason, row.given_by, row.given_on = opinion, reason.strip(), actor, on
    kept = [
        PreReviewChange.objects.create(
            pre_review=row,
            subject=each.subject,
            outcome=each.outcome,
            measures=list(each.measures),
            reason=each.reason.strip(),
        )
        for each in changes
    ]
    row.answer = documents.issue(
        "D14", commission=row.reviewing, about=case, case_id=case.pk, paper=pre_review_opinion(row, kept, on=on), on=on,
        actor=actor,
    )  # fmt: skip
    row.save()
    terms.meet(rule="T11", about=case, on=on, actor=actor)
    notices.finish_tasks(about=case, step="pre_review", by=actor)
    if opinion != PreReviewOpinion.TAKE_OVER:  # who takes the case over reads it on, as long as the grant runs
        close_grants(case=case, users=reviewers_of(row.reviewing), actor=actor, on=on)
    notices.open_task(
        commission_id=case.commission_id, recipient=row.requested_by, title=f"登记预审意见：{case}", url=case.panel_url("review"),
        about=case, case_id=case.pk, step="obtain_pre_review", started_by=actor,
    )  # fmt: skip
    _record(row, "pre.given", actor, opinion=row.get_opinion_display())
    return row


@transaction.atomic
def receive(*, case_id: uuid.UUID, actor: User, on: dt.date) -> Case:
    """Case supervision takes the opinion in: the case goes on, back for more evidence, or over to the superior."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, Role.CASEMGMT)
    row = selectors.pre_review_of(case)
    if row is not None and row.given_on and row.opinion == PreReviewOpinion.SUPPLEMENT and case.state == "deliberated":
        return return_to_investigation(
            case_id=case.pk,
            reason=f"提级预审退回补充：{row.reason}"[:300],
            actor=actor,
            on=on,
            step="obtain_pre_review",
        )
    if row is not None and row.given_on and row.opinion == PreReviewOpinion.TAKE_OVER:
        require_state(case, "deliberated")
        hand_over(
            case,
            to=row.reviewing,
            reason=f"{row.reviewing}决定提级办理：{row.reason}"[:300],
            occasion=Occasion(actor, on),
        )
        return case
    return take_case_step(case_id=case.pk, code="obtain_pre_review", actor=actor, on=on)


@transaction.atomic
def ask_departure(*, case_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> PreReview:
    """The commission asks not to follow the opinion; without the superior's consent it decides nothing else."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, Role.CASEMGMT)
    row = selectors.pre_review_of(case)
    if row is None or row.given_on is None or not selectors.unfollowed(case):
        raise Invalid({"reason": "没有不采纳的预审意见。"})
    if not reason.strip():
        raise Invalid({"reason": "不采纳预审意见，须书面说明理由。"})
    row.departure_reason, row.departure_asked_on = reason.strip(), on
    row.departing, row.consented_by, row.consented_on = selectors.outcomes_now(case), None, None
    row.save(update_fields=["departure_reason", "departure_asked_on", "departing", "consented_by", "consented_on"])
    reviewers = reviewers_of(row.reviewing)
    for reviewer in reviewers:
        notices.open_task(
            commission_id=row.reviewing_id, recipient=reviewer, title=f"请示不采纳预审意见：{case.number}",
            url=row.get_absolute_url(), about=case, case_id=case.pk, step="pre_review_departure", started_by=actor,
        )  # fmt: skip
    _record(row, "pre.departure_asked", actor, reason=reason.strip())
    return row


@transaction.atomic
def consent(*, pre_review_id: uuid.UUID, actor: User, on: dt.date) -> PreReview:
    """The superior consents in writing to another outcome than it advised, before the decision."""
    row = _asked(pre_review_id, actor)
    if row.departure_asked_on is None:
        raise Invalid({"reason": "下级没有请示不采纳。"})
    if row.consented_on is not None:
        raise Stale("已经同意。")
    row.consented_by, row.consented_on = actor, on
    row.save(update_fields=["consented_by", "consented_on"])
    notices.finish_tasks(about=row.case, step="pre_review_departure", by=actor)
    _record(row, "pre.consented", actor)
    return row


approvals.COMPLETIONS.register(f"cases.Case:{STEP}", send_on_signature)
