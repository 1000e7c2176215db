"""启动: the clue, the threshold, who may begin and who approved it (条例第五、六、七、九、十七条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import competence
from cases.enums import Relation, SubjectKind
from review.evaluation.book import Flaw, rule
from wenze.access.roles import Role
from wenze.law import threshold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from review.evaluation.record import Record

TWO = 2


@rule("QD01", "overview", ends_early=True)
def source_missing(record: Record) -> Iterator[Flaw]:
    if not record.clues:
        yield Flaw("案件没有线索来源")
    for clue in record.clues:
        if not clue.source or clue.received_on > clue.registered_on:
            yield Flaw(f"线索{clue.number}的收到日晚于登记日", clue.received_on)


@rule("QD02", "documents", ends_early=True)
def registration_form_missing(record: Record) -> Iterator[str]:
    held = {paper.about_id for paper in record.papers if paper.kind == "D01"}
    for clue in record.clues:
        if clue.pk not in held:
            yield f"线索{clue.number}没有登记表（D01）"


@rule("QD03", "approvals", ends_early=True)
def assignment_unsigned(record: Record) -> Iterator[str]:
    for clue in record.clues:
        if record.signed(clue.pk, "assign_clue") is None:
            yield f"线索{clue.number}的分办意见没有签批完毕"


@rule("QD04", "overview", ends_early=True)
def verified_by_one(record: Record) -> Iterator[str]:
    for clue in record.clues:
        if hasattr(clue, "verification") and len(set(record.verifiers[clue.pk])) < TWO:
            yield f"线索{clue.number}的初步核实只有{len(set(record.verifiers[clue.pk]))}人"


@rule("QD05", "overview", ends_early=True)
def verification_before_its_plan(record: Record) -> Iterator[Flaw]:
    for clue in record.leading:
        row = getattr(clue, "verification", None)
        if row is None:
            yield Flaw(f"线索{clue.number}没有初步核实")
        elif row.approved_on is None:
            yield Flaw(f"线索{clue.number}的初核方案没有批准")
        elif row.reported_on is not None and row.reported_on < row.approved_on:
            yield Flaw(f"线索{clue.number}的初核报告早于方案批准日", row.reported_on)


@rule("QD06", "overview", ends_early=True)
def threshold_without_basis(record: Record) -> Iterator[str]:
    for clue in record.leading:
        row = getattr(clue, "threshold", None)
        if row is None:
            yield f"线索{clue.number}没有门槛判定"
        elif not row.act_basis.strip() or (row.consequences and not row.consequence_basis.strip()):
            yield f"线索{clue.number}的门槛判定没有写明依据"


@rule("QD07", "overview", ends_early=True)
def below_the_threshold(record: Record) -> Iterator[str]:
    """The law's own judgement is asked again of what was answered; one clue that reaches it is enough."""
    tests = [clue.threshold for clue in record.clues if hasattr(clue, "threshold")]
    verdicts = [
        threshold.judge(situation=row.situation, act=row.act, consequences=row.consequences).verdict for row in tests
    ]
    if tests and not any(verdict in ("start", "start_with_reason") for verdict in verdicts):
        yield "门槛判定的行为和后果达不到启动的门槛"


@rule("QD08", "approvals", ends_early=True)
def assessment_unsigned(record: Record) -> Iterator[str]:
    for clue in record.leading:
        if record.signed(clue.pk, "assess_clue") is None:
            yield f"线索{clue.number}的研判意见没有签批"


@rule("QD09", "subjects", ends_early=True)
def post_or_day_wrong(record: Record) -> Iterator[Flaw]:
    for subject in record.pursued:
        if subject.act_on > record.case.applied_on and subject.supplement_id is None:
            yield Flaw(f"{subject.name}的行为日晚于提请启动日", subject.act_on)
        if subject.kind == SubjectKind.CADRE and subject.post is None:
            yield Flaw(f"{subject.name}没有行为时的职务")


@rule("QD10", "subjects", ends_early=True)
def unfit_subject(record: Record) -> Iterator[str]:
    for subject in record.pursued:
        if subject.post is not None and not subject.post.is_leading:
            yield f"{subject.name}行为时不是领导干部，不是问责对象"


@rule("QD11", "subjects", ends_early=True)
def not_competent(record: Record) -> Iterator[str]:
    """The same table that the gate asked; who was not a leading cadre is named by his own rule."""
    for subject in record.pursued:
        if subject.post is not None and not subject.post.is_leading:
            continue
        if subject.track != competence.track_of(subject.cadre):
            continue
        verdict = competence.judge_initiation(subject, on=record.case.applied_on)
        if verdict.verdict == "refused":
            yield f"{subject.name}：{verdict.reason}"


@rule("QD12", "subjects", ends_early=True)
def organization_alone(record: Record) -> Iterator[str]:
    for subject in record.every_subject:
        if subject.kind != SubjectKind.ORGANIZATION or subject.without_leaders_reason.strip():
            continue
        own = {subject.organization_id}
        leaders = [
            each
            for each in record.every_subject
            if each.cadre_id and (each.post is None or each.post.organization_id in own)
        ]
        if not leaders:
            yield f"{subject.name}没有同列负有责任的领导班子成员，也没有理由"


@rule("QD13", "subjects", ends_early=True)
def filed_already(record: Record) -> Iterator[str]:
    for subject in record.investigated:
        if subject.filed_review_number and not _joined(subject):
            yield f"{subject.name}已被立案审查（{subject.filed_review_number}），仍另行启动"


def _joined(subject: object) -> bool:
    return getattr(subject, "outcome", "") == "joined_filed_review"


@rule("QD14", "approvals", ends_early=True)
def initiation_unsigned(record: Record) -> Iterator[str]:
    signed = record.signed(record.case.pk, "approve_initiation")
    if signed is None:
        yield "启动没有签批完毕"
    elif not any(row.seat == Role.PRINCIPAL for row in record.signatures[signed.pk]):
        yield "启动没有主要负责人的签批"


@rule("QD15", "approvals", ends_early=True)
def began_before_it_was_approved(record: Record) -> Iterator[Flaw]:
    case = record.case
    signed = record.signed(case.pk, "approve_initiation")
    if case.approved_on is None:
        yield Flaw("没有启动批准日")
    elif case.approved_on < case.applied_on:
        yield Flaw("启动批准日早于提请日", case.approved_on)
    elif signed is not None and any(row.signed_on > case.approved_on for row in record.signatures[signed.pk]):
        yield Flaw("启动批准日早于签批日", case.approved_on)


@rule("QD16", "approvals", ends_early=True)
def committee_not_asked(record: Record) -> Iterator[Flaw]:
    for subject in record.investigated:
        if subject.relation != Relation.SAME_COMMITTEE:
            continue
        step = "approve_supplement" if subject.supplement_id else "approve_initiation"
        told = record.instructed(subject, step)
        batch = next((row for row in record.supplements if row.pk == subject.supplement_id), None)
        began_on = batch.approved_on if batch else record.case.approved_on
        if told is None and competence.initiation_needs_committee(subject, on=record.case.applied_on):
            yield Flaw(f"启动对{subject.name}的问责没有同级党委主要负责人的批件")
        elif told is not None and told.approved_on and began_on and told.approved_on > began_on:
            yield Flaw(f"同级党委对{subject.name}的批准晚于启动", told.approved_on)


@rule("QD17", "documents", ends_early=True)
def initiation_form_missing(record: Record) -> Iterator[str]:
    if "D03" not in record.kinds_of():
        yield "缺启动问责调查审批表（D03）"


def _late(record: Record, *codes: str) -> Iterator[Flaw]:
    for clock in record.late(*codes):
        if clock.met_on is None:
            yield Flaw(f"{clock.title}应于{clock.due_on}办结，至今没有办结", clock.due_on)
        else:
            yield Flaw(f"{clock.title}应于{clock.due_on}办结，{clock.met_on}才办结", clock.met_on)


@rule("QD18", "terms", ends_early=True)
def clue_late(record: Record) -> Iterator[Flaw]:
    yield from _late(record, "T01")


@rule("QD19", "terms", ends_early=True)
def verification_late(record: Record) -> Iterator[Flaw]:
    yield from _late(record, "T04")


@rule("QD20", "terms", ends_early=True)
def initiation_late(record: Record) -> Iterator[Flaw]:
    yield from _late(record, "T05")


@rule("QD21", "tolerance")
def filing_unanswered(record: Record) -> Iterator[str]:
    """Asked of what had come before the report: a filing that came afterwards could not be answered in it."""
    answered = {(row.filing_id, row.subject_id) for row in record.answers}
    until = record.report.written_on if record.report else record.on
    for subject in record.investigated:
        for filing in record.filings_of(subject):
            if filing.filed_on <= until and (filing.pk, subject.pk) not in answered:
                yield f"{subject.name}的备案{filing.number}没有书面答复"


@rule("QD22", "approvals", ends_early=True)
def batch_unapproved(record: Record) -> Iterator[str]:
    used = {subject.supplement_id for subject in record.investigated}
    for batch in record.supplements:
        if batch.pk in used and batch.approved_on is None:
            yield f"第{batch.number}批补充启动没有批准"
