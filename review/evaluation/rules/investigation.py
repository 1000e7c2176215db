"""调查: the team, the plan, the evidence, the meeting on the facts, the report (条例第六、十、十一条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.chain import breaks_in
from cases.enums import CaseState, FactKind, SignedOpinion
from cases.models.hearing import Report, part_name
from review.evaluation.book import Flaw, rule
from review.evaluation.rules.initiation import TWO, _late
from wenze.people.names import is_another, plain
from wenze.workflow.seats import INVESTIGATING, seat_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from review.evaluation.record import Record

S = CaseState


@rule("DC01", "team")
def team_of_one(record: Record) -> Iterator[str]:
    if len(record.current_team()) < TWO:
        yield f"调查组只有{len(record.current_team())}人"


@rule("DC02", "team")
def team_without_leader(record: Record) -> Iterator[str]:
    if record.current_team() and not any(each.is_leader for each in record.current_team()):
        yield "调查组没有组长"


@rule("DC03", "team")
def undeclared(record: Record) -> Iterator[str]:
    for each in record.current_team():
        if not each.statement.strip():
            yield f"{each.user}没有作回避声明"


@rule("DC04", "team")
def recused_investigated(record: Record) -> Iterator[str]:
    for each in record.current_team():
        if each.user_id in record.recused:
            yield f"{each.user}应当回避而参加调查"


@rule("DC05", "approvals")
def investigator_approved(record: Record) -> Iterator[Flaw]:
    members = {each.user_id for each in record.team}
    for approval in record.approvals:
        if approval.about_id != record.case.pk or approval.state != "complete":
            continue
        for row in record.signatures.get(approval.pk, ()):
            if row.seat not in INVESTIGATING and {row.signer_id, row.on_behalf_of_id} & members:
                yield Flaw(f"{row.signer}参加过调查，又以{seat_name(row.seat)}签批“{approval.title}”", row.signed_on)


@rule("DC06", "team")
def plan_unapproved(record: Record) -> Iterator[str]:
    plan = getattr(record.case, "plan", None)
    if plan is None:
        yield "没有调查方案"
    elif plan.approved_on is None:
        yield "调查方案没有批准"


@rule("DC07", "team")
def plan_after_the_facts(record: Record) -> Iterator[Flaw]:
    plan = getattr(record.case, "plan", None)
    sent = [subject.hearing.issued_on for subject in record.investigated if hasattr(subject, "hearing")]
    if plan is not None and plan.approved_on is not None and sent and plan.approved_on > min(sent):
        yield Flaw(f"方案{plan.approved_on}才批准，事实材料{min(sent)}已送出", plan.approved_on)


@rule("DC08", "documents")
def plan_paper_missing(record: Record) -> Iterator[str]:
    if "D05" not in record.kinds_of():
        yield "缺调查组成立暨调查方案（D05）"


@rule("DC09", "documents")
def notification_missing(record: Record) -> Iterator[str]:
    for subject in record.investigated:
        if subject.supplement_id is None and "D06" not in record.kinds_of(subject):
            yield f"{subject.name}没有问责调查通知书（D06）"


@rule("DC10", "terms")
def inquiry_late(record: Record) -> Iterator[Flaw]:
    yield from _late(record, "T06")


@rule("DC11", "facts")
def facts_missing(record: Record) -> Iterator[str]:
    held = {fact.kind for fact in record.standing_facts()}
    for kind in FactKind:
        if kind not in held:
            yield f"没有{kind.label}"


@rule("DC12", "facts")
def facts_bare(record: Record) -> Iterator[str]:
    for fact in record.bare_facts():
        yield f"“{fact.text[:30]}”没有证据"


@rule("DC13", "evidence")
def taken_by_one(record: Record) -> Iterator[Flaw]:
    for row in record.evidence:
        if not is_another(row.second_taker_name, row.taker):
            yield Flaw(f"证{row.serial}（{row.title}）由{row.taker}一人取得", row.taken_on)


@rule("DC14", "evidence")
def taken_after_the_report(record: Record) -> Iterator[Flaw]:
    report = record.report
    for row in record.evidence:
        if report is not None and row.withdrawn_on is None and row.taken_on > report.written_on:
            yield Flaw(
                f"证{row.serial}（{row.title}）在{row.taken_on}取得，报告{report.written_on}已写成", row.taken_on
            )


@rule("DC15", "facts")
def circumstances_bare(record: Record) -> Iterator[str]:
    for row in record.circumstances:
        if row.adopted and row.pk not in record.proven:
            yield f"情节“{row.text[:30]}”没有证据"


@rule("DC16", "talks")
def talked_alone(record: Record) -> Iterator[Flaw]:
    for row in record.talks:
        if not is_another(row.second_talker, row.talker):
            yield Flaw(f"与{row.person}谈话只有{row.talker}一人", row.began_at.date())


@rule("DC17", "documents", S.REPORTED)
def catalogue_missing(record: Record) -> Iterator[str]:
    if "D08" not in record.kinds_of():
        yield "缺证据目录和责任链条表（D08）"


@rule("DC18", "responsibility")
def no_attribution(record: Record) -> Iterator[str]:
    for subject in record.investigated:
        if not record.attributed(subject):
            yield f"{subject.name}没有责任认定"


@rule("DC19", "responsibility")
def chain_broken(record: Record) -> Iterator[str]:
    """The one judgement of the chain; what another gate names has its own rule."""
    for item in breaks_in(record.chain()):
        if item.may_be_explained and item.code not in record.explained:
            yield item.text


@rule("DC20", "responsibility")
def duty_not_in_force(record: Record) -> Iterator[Flaw]:
    for row in record.attributions:
        if row.withdrawn_on is not None or row.duty is None:
            continue
        listed, day = row.duty.duty_list, row.event.on
        if listed.in_force_from > day or (listed.in_force_until is not None and listed.in_force_until < day):
            yield Flaw(f"责任认定所据的职责（第{row.duty.number}条）在{day}没有施行", day)


@rule("DC21", "hearing")
def statement_missing(record: Record) -> Iterator[str]:
    for subject in record.investigated:
        if "D09" not in record.kinds_of(subject):
            yield f"{subject.name}没有事实材料（D09）"


@rule("DC22", "hearing")
def not_heard(record: Record) -> Iterator[str]:
    for subject in record.investigated:
        hearing = getattr(subject, "hearing", None)
        if hearing is None or hearing.met_on is None:
            yield f"没有与{subject.name}见面，听取陈述申辩"


@rule("DC23", "hearing")
def met_before_it_was_sent(record: Record) -> Iterator[Flaw]:
    for subject in record.investigated:
        row = getattr(subject, "hearing", None)
        if row is not None and row.met_on is not None and row.met_on < row.issued_on:
            yield Flaw(f"与{subject.name}{row.met_on}见面，事实材料{row.issued_on}才送", row.met_on)


@rule("DC24", "hearing", S.REPORTED)
def met_after_the_report(record: Record) -> Iterator[Flaw]:
    report = record.report
    for subject in record.investigated:
        row = getattr(subject, "hearing", None)
        if report and row is not None and row.met_on is not None and row.met_on > report.written_on:
            yield Flaw(f"与{subject.name}{row.met_on}见面，报告{report.written_on}已写成", row.met_on)


@rule("DC25", "hearing")
def met_by_one(record: Record) -> Iterator[Flaw]:
    for subject in record.investigated:
        row = getattr(subject, "hearing", None)
        if row is None or row.met_on is None or row.heard_by is None:
            continue
        if not is_another(row.second_name, row.heard_by):
            yield Flaw(f"与{subject.name}见面只有{row.heard_by}一人", row.met_on)


@rule("DC26", "documents", S.REPORTED)
def record_missing(record: Record) -> Iterator[str]:
    for subject in record.investigated:
        if "D10" not in record.kinds_of(subject):
            yield f"{subject.name}没有见面笔录及签署意见（D10）"


@rule("DC27", "hearing")
def opinion_unsigned(record: Record) -> Iterator[str]:
    for subject in record.investigated:
        row = getattr(subject, "hearing", None)
        if row is None or row.met_on is None:
            continue
        if not row.opinion:
            yield f"{subject.name}没有签署意见"
        elif row.opinion == SignedOpinion.REFUSED and not row.refusal_explanation.strip():
            yield f"{subject.name}拒签，调查组没有注明"


@rule("DC28", "hearing")
def defence_unanswered(record: Record) -> Iterator[str]:
    for point in record.points:
        if point.adopted is None:
            yield f"{point.hearing.subject.name}的第{point.position}点申辩没有答复"


@rule("DC29", "hearing")
def refused_without_reason(record: Record) -> Iterator[str]:
    for point in record.points:
        if point.adopted is False and not point.answer.strip():
            yield f"{point.hearing.subject.name}的第{point.position}点申辩不采纳而无理由"


@rule("DC30", "hearing")
def disputed_without_points(record: Record) -> Iterator[str]:
    told = {point.hearing.subject_id for point in record.points}
    for subject in record.investigated:
        row = getattr(subject, "hearing", None)
        if row is not None and row.opinion == SignedOpinion.DISPUTED and subject.pk not in told:
            yield f"{subject.name}有异议，没有记录申辩要点"


@rule("DC31", "documents", S.REPORTED)
def answers_missing(record: Record) -> Iterator[str]:
    for subject in record.investigated:
        if "D11" not in record.kinds_of(subject):
            yield f"{subject.name}没有申辩核实及采纳说明（D11）"


@rule("DC32", "hearing", S.REPORTED)
def answered_after_the_report(record: Record) -> Iterator[Flaw]:
    signed = record.signed(record.case.pk, "approve_report")
    for point in record.points:
        if signed is not None and point.answered_on is not None and point.answered_on > signed.completed_on:
            yield Flaw(f"{point.hearing.subject.name}的第{point.position}点申辩在报告审批以后才答复", point.answered_on)


@rule("DC33", "report", S.REPORTED)
def report_incomplete(record: Record) -> Iterator[str]:
    report = record.report
    if report is None:
        yield "没有调查报告"
        return
    for part in Report.PARTS:
        if not getattr(report, part).strip():
            yield f"调查报告缺“{part_name(part)}”"


@rule("DC34", "report", S.REPORTED)
def not_discussed(record: Record) -> Iterator[Flaw]:
    report = record.report
    if report is None:
        return
    if report.discussed_on is None or not report.discussion.strip():
        yield Flaw("报告没有调查组集体讨论的记录")
    elif report.signed_on is not None and report.discussed_on > report.signed_on:
        yield Flaw("报告签名以后才集体讨论", report.discussed_on)


@rule("DC35", "report", S.REPORTED)
def report_unsigned(record: Record) -> Iterator[Flaw]:
    report = record.report
    if report is None:
        return
    signed = {plain(name) for name in report.signed_by.split("、")}
    if report.signed_on is None:
        yield Flaw("报告没有签名")
    elif report.signed_on < report.written_on:
        yield Flaw("报告签名日早于写成日", report.signed_on)
    elif absent := [each.user.name for each in record.current_team() if plain(each.user.name) not in signed]:
        yield Flaw(f"{'、'.join(absent)}没有在报告上签名", report.signed_on)


@rule("DC36", "approvals", S.REPORTED)
def report_unapproved(record: Record) -> Iterator[str]:
    if record.signed(record.case.pk, "approve_report") is None:
        yield "报告没有经组长、室主任、分管领导逐级审批完毕"


@rule("DC37", "documents", S.REPORTED)
def report_paper_missing(record: Record) -> Iterator[str]:
    if "D12" not in record.kinds_of():
        yield "缺调查报告（D12）"
