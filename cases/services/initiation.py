"""From an assessed clue to an approved inquiry (条例第五、六、九条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from cases import competence, papers
from cases.enums import CaseState, DispatchKind, Exit, Outcome, Relation, SubjectKind
from cases.models import Case, Clue, Dispatch, Subject
from cases.procedure import PARTY
from cases.services import recusal, tolerance
from cases.services.moving import locked_case, locked_clue, press_once, require_seat, require_state, take_case_step
from wenze.crypto.models import DataKey
from wenze.documents import numbering
from wenze.documents import services as documents
from wenze.errors import Invalid, Missing, Refused
from wenze.people.selectors import appointment_of
from wenze.search.services import reindex
from wenze.workflow import approvals, steps
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence

    from cases.models import Supplement
    from wenze.people.models import Cadre, Organization, Post, User
    from wenze.workflow.models import Approval


@dataclass(frozen=True)
class SubjectDraft:
    """A subject as it was typed; the post at the time of the act is looked up where it is not named."""

    act_on: dt.date
    act: str
    tier: str
    cadre: Cadre | None = None
    organization: Organization | None = None
    post: Post | None = None
    without_leaders_reason: str = ""
    filed_review_number: str = ""
    handed_to: Organization | None = None
    """Where he is filed for review: with it he is listed, his material goes there, and he is not initiated."""
    track: str = ""
    situation: str = ""


@press_once(Case, "handler")
def apply_initiation(
    *,
    clue_id: uuid.UUID,
    submission: uuid.UUID,
    title: str,
    brief: str,
    subjects: Sequence[SubjectDraft],
    public_attention: bool,
    is_sensitive: bool,
    actor: User,
    on: dt.date,
) -> Case:
    """Make the case with its number and its subjects from an assessed clue, and put it before the principal.

    Raises ``Refused`` with all that stands against it; nothing is then written.
    """
    clue = locked_clue(clue_id, actor)
    require_seat(clue, actor, "handler")
    if clue.exit != Exit.START or clue.state != "assessed":
        raise Refused("提请启动", [Missing("state", "线索须经研判，出口为启动问责调查")])
    if clue.case_id is not None:
        raise Refused("提请启动", [Missing("case", f"该线索已并入{clue.case}")])
    if not title.strip():
        raise Invalid({"title": "请填写案件名称。"})
    case = Case(
        pk=submission,
        commission=clue.commission,
        year=on.year,
        serial=numbering.take(commission=clue.commission, series="case", year=on.year),
        title=title.strip(),
        track=clue.threshold.track,
        procedure=PARTY.edition,
        situation=clue.threshold.situation,
        field=clue.field,
        campaign=clue.campaign,
        brief=brief.strip(),
        office=clue.office,
        handler=actor,
        data_key=DataKey.objects.create_for(commission_id=clue.commission_id, about=f"cases.Case:{submission}"),
        applied_on=on,
        public_attention=public_attention,
        is_sensitive=is_sensitive,
        superior_order=clue.source_reference if clue.source == "superior_order" else "",
    )
    case.save()
    write_subjects(case, subjects)
    tolerance.keep_search(case, actor=actor, on=on)
    Clue.objects.filter(pk=clue.pk).update(case=case)
    recusal.carry_over(clue=clue, case=case, on=on)
    steps.take_step(PARTY, "apply_initiation", case, Occasion(actor, on))
    reindex(case)
    return case


def write_subjects(case: Case, drafts: Sequence[SubjectDraft], supplement: Supplement | None = None) -> None:
    """The subjects as drafted; the post is that of the day of the act, the track follows from who he is."""
    first = (case.subjects.aggregate(last=Max("position"))["last"] or 0) + 1
    for position, draft in enumerate(drafts, first):
        post, at_the_time = draft.post, ""
        if draft.cadre is not None:
            held = appointment_of(draft.cadre, on=draft.act_on)
            post = post or (held.post if held else None)
            at_the_time = post.full_name if post else ""
        joins = draft.handed_to is not None and bool(draft.filed_review_number.strip())
        Subject.objects.create(
            case=case,
            supplement=supplement,
            position=position,
            kind=SubjectKind.CADRE if draft.cadre else SubjectKind.ORGANIZATION,
            cadre=draft.cadre,
            organization=draft.organization,
            track=draft.track or competence.track_of(draft.cadre),
            situation=draft.situation if draft.situation != case.situation else "",
            act_on=draft.act_on,
            post=post,
            post_at_the_time=at_the_time,
            relation=competence.relation_of(case.commission, cadre=draft.cadre, organization=draft.organization),
            tier=draft.tier,
            act=draft.act.strip(),
            without_leaders_reason=draft.without_leaders_reason.strip(),
            filed_review_number=draft.filed_review_number.strip(),
            filed_review_at=draft.handed_to,
            state=CaseState.ENDED if joins else CaseState.INITIATING,
            outcome=Outcome.JOINED_FILED_REVIEW if joins else "",
        )


def tell_joined(case: Case, *, actor: User, on: dt.date) -> None:
    """Those already filed for review: their material goes to the body that reviews them (条例第九条第三款)."""
    rows = case.subjects.filter(outcome=Outcome.JOINED_FILED_REVIEW, dispatches__isnull=True)
    for subject in rows.select_related("cadre", "organization", "filed_review_at"):
        dispatch = Dispatch(
            case=case, subject=subject, kind=DispatchKind.JOINED, to_organization=subject.filed_review_at,
            matter_text=subject.act, sent_on=on,
        )  # fmt: skip
        dispatch.document = documents.issue(
            "D25", commission=case.commission, about=case, case_id=case.pk,
            paper=papers.departure_letter(case, subject, dispatch, on=on), on=on, actor=actor, subject_id=subject.pk,
        )  # fmt: skip
        dispatch.save()


@transaction.atomic
def amend_initiation(
    *, case_id: uuid.UUID, title: str, brief: str, subjects: Sequence[SubjectDraft], actor: User, on: dt.date
) -> Case:
    """Correct what was applied for while it is not yet approved; an open approval is voided by the change."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, "handler")
    require_state(case, CaseState.INITIATING)
    case.title, case.brief = title.strip(), brief.strip()
    case.save(update_fields=["title", "brief"])
    case.subjects.all().delete()
    write_subjects(case, subjects)
    tolerance.keep_search(case, actor=actor, on=on)
    missing = PARTY.step("apply_initiation").missing(case, Occasion(actor, on))
    if missing:
        raise Refused("提请启动", missing)
    reindex(case)
    return case


@transaction.atomic
def request_initiation(*, case_id: uuid.UUID, actor: User, on: dt.date) -> Approval:
    """Put the initiation before the leader in charge and the principal (条例第九条).

    Raises ``Refused`` where the approval of the same-level Party committee's chief is still wanting.
    """
    case = locked_case(case_id, actor)
    require_seat(case, actor, "handler")
    return request_signatures(case, "approve_initiation", f"批准启动：{case}", actor=actor, on=on)


def request_signatures(case: Case, code: str, title: str, *, actor: User, on: dt.date) -> Approval:
    """Ask a step's chain to sign, once everything but the signatures stands."""
    step = PARTY.step(code)
    signed = {
        gate.code for gate in step.gates if gate.where == "approvals" and gate.code.endswith(("_signed", "_approved"))
    }
    occasion = Occasion(actor, on)
    missing = [gap for gap in steps.unmet(PARTY, code, case, occasion) if gap.code not in signed]
    if missing:
        raise Refused(step.name, missing)
    return approvals.request(about=case, step=code, title=title, chain=step.approval, actor=actor, on=on)


def committee_subjects(case: Case, step: str, *, on: dt.date) -> list[Subject]:
    """The subjects whose initiation or decision needs the same-level Party committee's approval."""
    rows = (
        case.subjects.pursued()
        .filter(relation=Relation.SAME_COMMITTEE)
        .select_related("cadre", "organization", "post", "proposal")
    )
    if step == "approve_initiation":
        rows = rows.awaiting_initiation()
        return [row for row in rows if competence.initiation_needs_committee(row, on=on)]
    return [
        row
        for row in rows
        if (proposal := getattr(row, "proposal", None))
        and competence.decision_needs_committee(row, proposal.outcome, proposal.measures, on=on)
    ]


def initiate_on_signature(approval: Approval, case: Case, actor: User, on: dt.date) -> None:
    """The principal has signed: the inquiry begins."""
    take_case_step(case_id=case.pk, code="approve_initiation", actor=actor, on=on, approval=approval)
    tell_joined(case, actor=actor, on=on)


approvals.COMPLETIONS.register("cases.Case:approve_initiation", initiate_on_signature)
