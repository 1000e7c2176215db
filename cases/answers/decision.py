"""Answers to the gates of deliberation and decision (条例第三、十二条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import competence, gates, outcomes
from cases.enums import Relation, SittingResult
from cases.models import Case, Deliberation, InterimMeasure, Recusal
from wenze.workflow import approvals, offsystem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wenze.workflow.procedure import Occasion


def latest_deliberation(case: Case) -> Deliberation | None:
    """The meeting of the highest round."""
    return case.deliberations.order_by("-round").first()


@gates.DELIBERATION_RECORDED.answered_by
def meeting_not_recorded(case: Case, occasion: Occasion) -> Iterator[str]:
    meeting = latest_deliberation(case)
    if meeting is None:
        yield "尚未录入会议"
        return
    for field, name in (("agenda", "议题"), ("chair", "主持人"), ("recorder", "记录人"), ("conclusion", "结论")):
        if not getattr(meeting, field).strip():
            yield f"没有{name}"
    spoken = set(meeting.views.values_list("speaker", flat=True))
    silent = [name for name in meeting.present if name not in spoken]
    if silent:
        yield f"{'、'.join(silent)}的意见没有记录"


@gates.QUORUM.answered_by
def below_quorum(case: Case, occasion: Occasion) -> Iterator[str]:
    meeting = latest_deliberation(case)
    if meeting is not None and len(meeting.present) * 2 <= meeting.expected:
        yield f"应到{meeting.expected}人，实到{len(meeting.present)}人"


@gates.MAJORITY.answered_by
def not_carried(case: Case, occasion: Occasion) -> Iterator[str]:
    """民主集中制、少数服从多数: an outcome is settled by more than half of those who sat; a return needs no more than its minutes."""
    meeting = latest_deliberation(case)
    if meeting is None or meeting.result == SittingResult.RETURNED:
        return
    against = meeting.views.filter(agrees=False).count()
    present = len(meeting.present)
    if against and (present - against) * 2 <= present:
        yield f"到会{present}人，同意{present - against}人，不能形成处理意见，可以退回补充调查或者再行研究"


@gates.NOBODY_RECUSED_SAT.answered_by
def recused_person_sat(case: Case, occasion: Occasion) -> Iterator[str]:
    meeting = latest_deliberation(case)
    if meeting is None:
        return
    names = set(Recusal.objects.filter(case=case).values_list("user__name", flat=True)) | set(meeting.recused)
    names |= set(case.team.values_list("user__name", flat=True))
    for name in meeting.present:
        if name in names:
            yield f"{name}应当回避而到会"


@gates.MINUTES_SIGNED.answered_by
def minutes_not_signed(case: Case, occasion: Occasion) -> Iterator[str]:
    if approvals.completed(case, "deliberate") is None:
        yield "尚未签发"


@gates.NEEDS_COMMITTEE.decided_by
def a_subject_belongs_to_the_committee(case: Case) -> bool:
    return bool(case.subjects.pursued().filter(relation=Relation.SAME_COMMITTEE).exists())


@gates.COMMITTEE_APPROVED_DECISION.answered_by
def committee_has_not_approved(case: Case, occasion: Occasion) -> Iterator[str]:
    covered = {item for row in offsystem.in_force(case, "approve_by_committee") for item in row.covers}
    for subject in case.subjects.pursued().select_related("cadre", "organization", "post", "proposal"):
        proposal = getattr(subject, "proposal", None)
        if proposal is None or str(subject.pk) in covered:
            continue
        if competence.decision_needs_committee(subject, proposal.outcome, proposal.measures, on=occasion.on):
            yield f"{subject.name}的处理应报同级党委或其主要负责人批准"


@gates.MEASURES_LAWFUL.answered_by
def unlawful_measures(case: Case, occasion: Occasion) -> Iterator[str]:
    for subject in case.subjects.pursued().select_related(*outcomes.READ):
        yield from outcomes.faults_in(subject, getattr(subject, "proposal", None), on=occasion.on)


@gates.INTERIM_SETTLED.answered_by
def interim_measures_open(case: Case, occasion: Occasion) -> Iterator[str]:
    rows = InterimMeasure.objects.filter(subject__in=case.subjects.pursued(), ended_as="")
    for row in rows.select_related("subject__cadre", "subject__organization"):
        yield f"{row.subject.name}的{row}（{row.decided_by}）尚未处理"


@gates.DECISION_SIGNED.answered_by
def decision_not_signed(case: Case, occasion: Occasion) -> Iterator[str]:
    if approvals.completed(case, "decide") is None:
        yield "尚未签发"
