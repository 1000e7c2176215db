"""Answers to the gates of initiation (条例第五、六、九条), for the first subjects and for a later batch alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases import competence, gates, selectors, tolerance
from cases.enums import Relation, SubjectKind
from cases.models import Case
from wenze.workflow import approvals, offsystem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wenze.errors import Missing
    from wenze.workflow.procedure import Gate, Occasion

READ = ("cadre", "organization", "post", "case__commission")


def subjects_incomplete(about: Any, subjects: Any, occasion: Occasion) -> Iterator[str]:
    rows = list(subjects.select_related(*READ))
    if not rows:
        yield "没有问责对象"
    for subject in rows:
        if subject.act_on > occasion.on:
            yield f"{subject.name}的行为日晚于今日"
        if subject.kind == SubjectKind.CADRE and subject.post is None:
            yield f"{subject.name}没有行为时的职务"
        if subject.post is not None and not subject.post.is_leading:
            yield f"{subject.name}行为时不是领导干部，应转追责或第一种形态"


def organization_alone(about: Any, subjects: Any, occasion: Occasion) -> Iterator[str]:
    for subject in subjects.filter(kind=SubjectKind.ORGANIZATION).select_related("organization", "case"):
        if subject.without_leaders_reason.strip():
            continue
        if not selectors.leaders_among(subject.case, subject.organization_id).exists():
            yield f"{subject.name}没有同列责任人，也没有理由"


def subject_under_filed_review(about: Any, subjects: Any, occasion: Occasion) -> Iterator[str]:
    for subject in subjects.exclude(filed_review_number="").select_related("cadre", "organization"):
        yield f"{subject.name}已被立案审查（{subject.filed_review_number}），不再另行启动"


def commission_not_competent(about: Any, subjects: Any, occasion: Occasion) -> Iterator[str]:
    for subject in subjects.select_related(*READ):
        verdict = competence.judge_initiation(subject, on=occasion.on)
        if verdict.verdict == "refused":
            yield f"{subject.name}：{verdict.reason}"


def committee_has_not_approved(about: Any, subjects: Any, occasion: Occasion) -> Iterator[str]:
    step = "approve_initiation" if isinstance(about, Case) else "approve_supplement"
    covered = {subject for row in offsystem.in_force(about, step) for subject in row.covers}
    for subject in subjects.filter(relation=Relation.SAME_COMMITTEE).select_related(*READ):
        if competence.initiation_needs_committee(subject, on=occasion.on) and str(subject.pk) not in covered:
            yield f"{subject.name}由同级党委直接领导，尚无同级党委主要负责人批件"


def tolerance_not_searched(about: Any, subjects: Any, occasion: Occasion) -> Iterator[str]:
    case, batch = (about, None) if isinstance(about, Case) else (about.case, about)
    yield from tolerance.search_gaps(case, batch, subjects.select_related(*READ))


QUESTIONS: dict[Gate[Case], Callable[[Any, Any, Occasion], Iterator[str]]] = {
    gates.SUBJECTS_NAMED: subjects_incomplete,
    gates.ORGANIZATION_WITH_LEADERS: organization_alone,
    gates.NO_FILED_REVIEW: subject_under_filed_review,
    gates.INITIATION_COMPETENT: commission_not_competent,
    gates.TOLERANCE_SEARCHED: tolerance_not_searched,
    gates.COMMITTEE_APPROVED_INITIATION: committee_has_not_approved,
}
"""What is asked of a batch of subjects; ``about`` is what its approvals are on: the case, or the later batch."""


def _of_the_case(question: Callable[[Any, Any, Occasion], Iterator[str]]) -> Callable[[Case, Occasion], Iterator[str]]:
    def answer(case: Case, occasion: Occasion) -> Iterator[str]:
        return question(case, case.subjects.awaiting_initiation().filter(supplement=None), occasion)

    return answer


for gate, question in QUESTIONS.items():
    gate.answered_by(_of_the_case(question))


def missing_in_batch(batch: Any, occasion: Occasion, *, signing: bool) -> list[Missing]:
    """All gates that a later batch does not meet; the committee's approval is asked when it goes to be signed."""
    asked = [gate for gate in QUESTIONS if signing or gate != gates.COMMITTEE_APPROVED_INITIATION]
    subjects = batch.subjects.awaiting_initiation()
    told = (gate.told(batch.case, QUESTIONS[gate](batch, subjects, occasion)) for gate in asked)
    return [gap for gap in told if gap is not None]


@gates.INITIATION_SIGNED.answered_by
def principal_has_not_signed(case: Case, occasion: Occasion) -> Iterator[str]:
    if approvals.completed(case, "approve_initiation") is None:
        yield "尚未签完"
