"""决定: collective study, lawful measures, the committee's approval, the paper, the influence period (条例第三、八、十二条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import competence, outcomes
from cases.enums import CaseState, CircumstanceKind, CorrectionGround, Outcome, RedressResult, RedressState, Tier
from review.evaluation.book import Flaw, rule
from review.evaluation.rules.initiation import _late
from wenze.access.roles import Role
from wenze.documents.kinds import KINDS
from wenze.law import influence, measure_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from review.evaluation.record import Record

S = CaseState
OWN_PAPER = (
    Outcome.ACCOUNTABLE, Outcome.NOT_ACCOUNTABLE, Outcome.EXEMPTED, Outcome.FIRST_FORM, Outcome.REFERRED, Outcome.ORDERED,
    Outcome.HANDED_OVER,
)  # fmt: skip
FALSE_FACTS = (CorrectionGround.FACTS, CorrectionGround.EVIDENCE, CorrectionGround.NOT_DUE)


@rule("JD01", "subjects")
def wrong_track(record: Record) -> Iterator[str]:
    for subject in record.pursued:
        if subject.track != competence.track_of(subject.cadre):
            yield f"{subject.name}应走{'监察' if subject.track == 'party' else '党内'}问责，走了{subject.get_track_display()}"


@rule("JD02", "decision", S.DELIBERATED)
def unlawful_measures(record: Record) -> Iterator[str]:
    """The same table that the gate asked, on the day of the decision."""
    for subject in record.pursued:
        proposal = getattr(subject, "proposal", None)
        if proposal is None or proposal.outcome != Outcome.ACCOUNTABLE:
            continue
        if subject.track != competence.track_of(subject.cadre):
            continue
        on = record.case.decided_on or record.on
        yield from competence.unlawful_measures(subject, proposal.measures, on=on)


@rule("JD03", "approvals", S.DECIDED)
def committee_not_asked(record: Record) -> Iterator[Flaw]:
    for subject in record.pursued:
        proposal = getattr(subject, "proposal", None)
        if proposal is None or not hasattr(subject, "decision"):
            continue
        decided_on = subject.decision.decided_on
        told = record.instructed(subject, "approve_by_committee")
        if told is not None:
            if told.approved_on and told.approved_on > decided_on:
                yield Flaw(
                    f"{subject.name}的处理{decided_on}已决定，同级党委{told.approved_on}才批准", told.approved_on
                )
        elif competence.decision_needs_committee(subject, proposal.outcome, proposal.measures, on=decided_on):
            yield Flaw(f"{subject.name}的处理没有报同级党委或其主要负责人批准")


@rule("JD04", "decision", S.DECIDED)
def decided_otherwise(record: Record) -> Iterator[str]:
    for subject in record.pursued:
        proposal, made = getattr(subject, "proposal", None), getattr(subject, "decision", None)
        if proposal is None or made is None:
            continue
        codes = proposal.measures if made.outcome in (Outcome.ACCOUNTABLE, Outcome.FIRST_FORM) else []
        filed = outcomes.sanctions_in(codes)
        wanted = {code.removeprefix("propose:") for code in codes if code not in filed}
        if made.outcome != proposal.outcome or {row.code for row in record.measures.get(made.pk, ())} != wanted:
            yield f"对{subject.name}的决定与集体研究的处理不一致"


@rule("JD05", "subjects", S.DECIDED)
def interim_open(record: Record) -> Iterator[str]:
    for row in record.interim:
        if not row.ended_as:
            yield f"{row.subject.name}的{row}（{row.decided_by}）没有处理"


@rule("JD06", "responsibility")
def wrong_tier(record: Record) -> Iterator[str]:
    for subject in record.investigated:
        for row in record.attributed(subject):
            if (row.tier == Tier.FULL) != (subject.cadre_id is None):
                yield f"{subject.name}认定为{row.get_tier_display()}，与{'党组织' if subject.cadre_id is None else '干部'}不符"


@rule("JD07", "responsibility", S.DECIDED)
def excused_and_held(record: Record) -> Iterator[str]:
    for subject in record.pursued:
        if getattr(subject, "decision", None) is None or subject.decision.outcome != Outcome.ACCOUNTABLE:
            continue
        if record.circumstances_of(subject, CircumstanceKind.EXEMPTING):
            yield f"{subject.name}认定有第十七条的情形，仍予问责"


@rule("JD08", "responsibility", S.DECIDED)
def weight_without_code(record: Record) -> Iterator[str]:
    for subject in record.pursued:
        for row in record.circumstances_of(subject, CircumstanceKind.LIGHTER, CircumstanceKind.HEAVIER):
            if not row.code or not row.text.strip():
                yield f"{subject.name}的{row.get_kind_display()}没有写明所据的情节"


@rule("JD09", "decision", S.DECIDED)
def without_reason(record: Record) -> Iterator[str]:
    for made in record.decided:
        if not made.reason.strip():
            yield f"对{made.subject.name}的处理没有理由"


@rule("JD10", "deliberation", S.DELIBERATED)
def not_deliberated(record: Record) -> Iterator[str]:
    if record.meeting is None:
        yield "没有集体研究"


@rule("JD11", "deliberation", S.DELIBERATED)
def below_quorum(record: Record) -> Iterator[Flaw]:
    meeting = record.meeting
    if meeting is not None and len(meeting.present) * 2 <= meeting.expected:
        yield Flaw(f"应到{meeting.expected}人，实到{len(meeting.present)}人", meeting.held_on)


@rule("JD12", "deliberation", S.DELIBERATED)
def not_carried(record: Record) -> Iterator[Flaw]:
    meeting = record.meeting
    if meeting is None:
        return
    against = sum(not view.agrees for view in record.views.get(meeting.pk, ()))
    if against and (len(meeting.present) - against) * 2 <= len(meeting.present):
        yield Flaw(f"到会{len(meeting.present)}人，不同意{against}人", meeting.held_on)


@rule("JD13", "deliberation", S.DELIBERATED)
def recused_sat(record: Record) -> Iterator[Flaw]:
    meeting = record.meeting
    if meeting is None:
        return
    barred = set(record.recused.values()) | set(meeting.recused) | {each.user.name for each in record.team}
    if sat := [name for name in meeting.present if name in barred]:
        yield Flaw(f"{'、'.join(sat)}应当回避而到会", meeting.held_on)


@rule("JD14", "deliberation", S.DELIBERATED)
def silent_members(record: Record) -> Iterator[Flaw]:
    meeting = record.meeting
    if meeting is None:
        return
    spoken = {view.speaker for view in record.views.get(meeting.pk, ()) if view.view.strip()}
    if silent := [name for name in meeting.present if name not in spoken]:
        yield Flaw(f"{'、'.join(silent)}的意见没有记录", meeting.held_on)


@rule("JD15", "deliberation", S.DELIBERATED)
def minutes_incomplete(record: Record) -> Iterator[Flaw]:
    meeting = record.meeting
    if meeting is None:
        return
    for name, label in (("agenda", "议题"), ("chair", "主持人"), ("recorder", "记录人"), ("conclusion", "结论")):
        if not getattr(meeting, name).strip():
            yield Flaw(f"会议记录没有{label}", meeting.held_on)


@rule("JD16", "deliberation", S.DELIBERATED)
def minutes_unsigned(record: Record) -> Iterator[str]:
    if record.meeting is None:
        return
    if record.signed(record.case.pk, "deliberate") is None:
        yield "会议纪要没有签发"
    elif "D18" not in record.kinds_of():
        yield "缺集体研究会议纪要（D18）"


@rule("JD17", "deliberation", S.DELIBERATED)
def out_of_order(record: Record) -> Iterator[Flaw]:
    meeting, report = record.meeting, record.report
    if meeting is None:
        return
    if report is not None and meeting.held_on < report.written_on:
        yield Flaw(f"{meeting.held_on}集体研究，报告{report.written_on}才写成", meeting.held_on)
    decided_on = record.case.decided_on
    if decided_on is not None and decided_on < meeting.held_on:
        yield Flaw(f"{decided_on}作出决定，{meeting.held_on}才集体研究", decided_on)


@rule("JD32", "approvals", S.DECIDED)
def decision_unsigned(record: Record) -> Iterator[str]:
    signed = record.signed(record.case.pk, "decide")
    if signed is None:
        yield "决定没有签发"
    elif not any(row.seat == Role.PRINCIPAL for row in record.signatures[signed.pk]):
        yield "决定没有主要负责人的签发"


@rule("JD33", "decision", S.DECIDED)
def paper_missing(record: Record) -> Iterator[str]:
    for made in record.decided:
        if made.outcome in OWN_PAPER and (made.document is None or made.document.state != "issued"):
            yield f"对{made.subject.name}没有决定书"


@rule("JD34", "decision", S.DECIDED)
def paper_without_its_elements(record: Record) -> Iterator[Flaw]:
    for made in record.decided:
        paper = made.document
        if paper is None or paper.state != "issued":
            continue
        if KINDS[paper.kind].series and not paper.number:
            yield Flaw(f"对{made.subject.name}的决定书没有发文字号", paper.issued_on)
        if paper.issued_on < made.decided_on:
            yield Flaw(f"对{made.subject.name}的决定书印发在决定以前", paper.issued_on)


@rule("JD35", "decision", S.DECIDED)
def influence_wrong(record: Record) -> Iterator[Flaw]:
    """Reckoned again by the law's table from the day of the decision."""
    for made in record.decided:
        for row in record.measures.get(made.pk, ()):
            if row.proposed_only or row.decided_on is None:
                continue
            parts = influence.parts_of(row.code, row.decided_on)
            last = max(parts, key=lambda part: part.release_date, default=None)
            right = (last.last_restricted_day, last.release_date) if last else (None, None)
            if (row.last_restricted_day, row.release_date) != right:
                yield Flaw(
                    f"{made.subject.name}{measure_name(row.code)}的影响期应至{right[0] or '（无）'}", row.decided_on
                )


@rule("JD36", "approvals")
def signed_something_else(record: Record) -> Iterator[Flaw]:
    for approval in record.approvals:
        for row in record.signatures.get(approval.pk, ()):
            if approval.state == "complete" and row.dossier_hash != approval.dossier_hash:
                yield Flaw(f"{row.signer}在“{approval.title}”上所签的不是所报的内容", row.signed_on)


@rule("JD37", "approvals")
def signed_out_of_order(record: Record) -> Iterator[Flaw]:
    for approval in record.approvals:
        days = [row.signed_on for row in record.signatures.get(approval.pk, ())]
        if approval.state == "complete" and (days != sorted(days) or (days and days[0] < approval.requested_on)):
            yield Flaw(f"“{approval.title}”的签批日期倒置", min(days))


@rule("JD38", "redress", S.DECIDED)
def corrected(record: Record) -> Iterator[Flaw]:
    for row in record.corrections:
        undone = row.result in (RedressResult.CHANGED, RedressResult.REVOKED)
        if row.state == RedressState.DECIDED and row.ground in FALSE_FACTS and undone:
            yield Flaw(f"问责决定因{row.get_ground_display()}被纠正", row.decided_on)


@rule("ZX24", "redress", S.DECIDED)
def appeal_late(record: Record) -> Iterator[Flaw]:
    yield from _late(record, "T21", "T22b")
