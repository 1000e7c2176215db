"""Answers to the gates of initiation (条例第五、六、九条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import competence, gates, selectors
from cases.enums import Relation, SubjectKind
from cases.models import Case
from wenze.workflow import approvals, offsystem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wenze.workflow.procedure import Occasion


@gates.SUBJECTS_NAMED.answered_by
def subjects_incomplete(case: Case, occasion: Occasion) -> Iterator[str]:
    subjects = list(case.subjects.select_related("cadre", "organization", "post"))
    if not subjects:
        yield "没有问责对象"
    for subject in subjects:
        if subject.act_on > occasion.on:
            yield f"{subject.name}的行为日晚于今日"
        if subject.kind == SubjectKind.CADRE and subject.post is None:
            yield f"{subject.name}没有行为时的职务"
        if subject.post is not None and not subject.post.is_leading:
            yield f"{subject.name}行为时不是领导干部，应转追责或第一种形态"


@gates.ORGANIZATION_WITH_LEADERS.answered_by
def organization_alone(case: Case, occasion: Occasion) -> Iterator[str]:
    for subject in case.subjects.filter(kind=SubjectKind.ORGANIZATION).select_related("organization"):
        if subject.without_leaders_reason.strip():
            continue
        if not selectors.leaders_among(case, subject.organization_id).exists():
            yield f"{subject.name}没有同列责任人，也没有理由"


@gates.NO_FILED_REVIEW.answered_by
def subject_under_filed_review(case: Case, occasion: Occasion) -> Iterator[str]:
    for subject in case.subjects.exclude(filed_review_number=""):
        yield f"{subject.name}已被立案审查（{subject.filed_review_number}），不再另行启动"


@gates.INITIATION_COMPETENT.answered_by
def commission_not_competent(case: Case, occasion: Occasion) -> Iterator[str]:
    for subject in case.subjects.select_related("cadre", "organization", "post"):
        verdict = competence.judge_initiation(subject, on=occasion.on)
        if verdict.verdict == "refused":
            yield f"{subject.name}：{verdict.reason}"


@gates.COMMITTEE_APPROVED_INITIATION.answered_by
def committee_has_not_approved(case: Case, occasion: Occasion) -> Iterator[str]:
    covered = {covered for row in offsystem.in_force(case, "approve_initiation") for covered in row.covers}
    for subject in case.subjects.filter(relation=Relation.SAME_COMMITTEE).select_related(
        "cadre", "organization", "post"
    ):
        if competence.initiation_needs_committee(subject, on=occasion.on) and str(subject.pk) not in covered:
            yield f"{subject.name}由同级党委直接领导，尚无同级党委主要负责人批件"


@gates.INITIATION_SIGNED.answered_by
def principal_has_not_signed(case: Case, occasion: Occasion) -> Iterator[str]:
    if approvals.completed(case, "approve_initiation") is None:
        yield "尚未签完"
