"""Answers to the gates of appeal and correction, and what they cause (条例第二十、二十一条; 监察法; law.md §3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import competence, effects, gates, papers
from cases.enums import DecisionStanding, Outcome, RedressResult, RemedyChannel, Track
from cases.models import Appeal, Attribution, Correction, Measure, TeamMember
from cases.redress import ANSWER_TERMS, needs_committee
from cases.services.grants import close_grants, open_grants
from wenze.access.roles import Role
from wenze.documents import numbering
from wenze.documents import services as documents
from wenze.law import influence, weights
from wenze.notices import services as notices
from wenze.registry import Registry
from wenze.terms import services as terms
from wenze.workflow import approvals, offsystem, seats
from wenze.workflow.seats import CONFLICTS, SEATS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from cases.models.redress import Redress
    from wenze.documents.models import OfficialDocument
    from wenze.documents.paper import Paper
    from wenze.people.models import User
    from wenze.workflow.procedure import Occasion

TOOK_PART: Registry[Callable[[Appeal], Iterable[str]]] = Registry("who took part in a case")
"""Higher rooms name those who reviewed or adjudicated a case: they do not examine the appeal."""
FALLING = ("D19", "D20", "D22", "D23", "D35", "D36", "D37")
"""The papers of a decision that its change makes void; the change has a paper and a number of its own."""


@SEATS.entry("reviewer")
def the_reviewer(appeal: Appeal) -> Iterable[User]:
    """复查人 of an appeal."""
    return [appeal.reviewer] if appeal.reviewer is not None else []


seats.NAMES["reviewer"] = "复查人"


@CONFLICTS.entry("cases.Appeal")
def stands_aside_from_an_appeal(appeal: Appeal, user: User, seat: str) -> str:
    """Who investigated the case signs and examines nothing of its appeal."""
    return CONFLICTS["cases.Case"](appeal.case, user, seat)


@CONFLICTS.entry("cases.Correction")
def stands_aside_from_a_correction(row: Correction, user: User, seat: str) -> str:
    return CONFLICTS["cases.Case"](row.case, user, seat)


# --- gates ----------------------------------------------------------------------------------------------------------
@gates.APPEAL_AGAINST_OWN.answered_by
def nothing_of_ours_to_appeal(row: Redress, occasion: Occasion) -> Iterator[str]:
    decision = row.decision
    if decision.outcome == Outcome.ACCOUNTABLE and not decision.measures.own().exists():
        if decision.standing == DecisionStanding.REVOKED:
            yield "该决定已经撤销"
        else:
            yield "处理由其他机关作出，应向作出处理的机关申诉；党纪处分按处分的申诉渠道办理"
    elif decision.outcome not in (Outcome.ACCOUNTABLE, Outcome.FIRST_FORM):
        yield f"结果是“{decision.get_outcome_display()}”，没有处理可以不服"
    if isinstance(row, Appeal) and row.channel != RemedyChannel.APPEAL and decision.subject.track != Track.SUPERVISORY:
        yield "党内问责的救济是申诉，只有一级"
    if isinstance(row, Appeal) and row.channel == RemedyChannel.APPEAL and decision.subject.track != Track.PARTY:
        yield "监察问责的救济是复审、复核"


@gates.APPEAL_IN_TIME.answered_by
def filed_too_late(appeal: Appeal, occasion: Occasion) -> Iterator[str]:
    if appeal.until_on is None:
        yield "决定（复审决定）尚未送达，期限没有起算"
    elif appeal.filed_on > appeal.until_on:
        yield f"应于{papers.day(appeal.until_on)}前提出，已逾期，不作申诉办理；可以按第二十一条作为纠正的来件"


@gates.REVIEWERS_ARE_OTHERS.answered_by
def reviewers_took_part(appeal: Appeal, occasion: Occasion) -> Iterator[str]:
    if appeal.reviewer is None or not appeal.second_reviewer.strip():
        yield "复查须两人"
        return
    if appeal.reviewer.name == appeal.second_reviewer.strip():
        yield "两名复查人不能是同一人"
    took_part = set(TeamMember.objects.filter(case=appeal.case).values_list("user__name", flat=True))
    took_part |= {name for asked in TOOK_PART for name in asked(appeal)}
    for name in (appeal.reviewer.name, appeal.second_reviewer.strip()):
        if name in took_part:
            yield f"{name}参加过原案的调查或者审理"


def _lacks_finding(row: Redress) -> Iterator[str]:
    if not row.finding.strip():
        yield "没有写明认定和理由"
    if row.result != RedressResult.UPHELD and row.discussed_on is None:
        yield "变更或者撤销须经集体研究，没有研究日期"


@gates.APPEAL_EXAMINED.answered_by
def appeal_not_examined(appeal: Appeal, occasion: Occasion) -> Iterator[str]:
    if not appeal.result:
        yield "没有复查结果"
    yield from _lacks_finding(appeal)


@gates.RECHECK_TOLD.answered_by
def recheck_not_told(appeal: Appeal, occasion: Occasion) -> Iterator[str]:
    for field, name in (("answered_by", "复核机关"), ("answer_number", "复核决定文号"), ("result", "复核结果")):
        if not getattr(appeal, field):
            yield f"没有{name}"


@gates.CORRECTION_REASONED.answered_by
def correction_without_reason(row: Correction, occasion: Occasion) -> Iterator[str]:
    if row.result not in (RedressResult.CHANGED, RedressResult.REVOKED):
        yield "没有写明变更还是撤销"
    yield from _lacks_finding(row)


@gates.CHANGE_LAWFUL.answered_by
def change_not_lawful(row: Redress, occasion: Occasion) -> Iterator[str]:
    if row.result != RedressResult.CHANGED:
        return
    before = list(row.decision.measures.own().values_list("code", flat=True))
    if not row.measures:
        yield "变更须写明变更后的措施；全部不再处理的是撤销"
    elif weights(row.measures) >= weights(before):
        yield "变更后的措施应当轻于原来的措施，不得因申诉加重"
    else:
        yield from competence.unlawful_measures(row.subject, row.measures, on=occasion.on)


def _step_of(row: Redress) -> str:
    return "decide_appeal" if isinstance(row, Appeal) else "decide_correction"


@gates.COMMITTEE_APPROVED_CHANGE.answered_by
def committee_has_not_approved_change(row: Redress, occasion: Occasion) -> Iterator[str]:
    if needs_committee(row, occasion.on) and not offsystem.in_force(row, _step_of(row)):
        yield f"{row.subject.name}的处理变更应报同级党委或其主要负责人批准"


@gates.REDRESS_SIGNED.answered_by
def redress_not_signed(row: Redress, occasion: Occasion) -> Iterator[str]:
    if approvals.completed(row, _step_of(row)) is None:
        yield "尚未签发"


# --- effects --------------------------------------------------------------------------------------------------------
def _issue(row: Redress, kind: str, paper: Paper, occasion: Occasion) -> OfficialDocument:
    return documents.issue(
        kind, commission=row.case.commission, about=row.case, case_id=row.case_id, paper=paper, on=occasion.on,
        actor=occasion.actor, subject_id=row.subject.pk,
    )  # fmt: skip


def _run(appeal: Appeal, since: dt.date, occasion: Occasion) -> None:
    rule = ANSWER_TERMS[RemedyChannel(appeal.channel)]
    terms.start(rule=rule, about=appeal, on=since, actor=occasion.actor, title=f"{appeal}的答复")


@effects.REGISTER_APPEAL.performed_by
def register_appeal(appeal: Appeal, occasion: Occasion) -> None:
    """The number of the received paper (D33); T21 runs from receipt, the supervisory terms from acceptance."""
    year = appeal.filed_on.year
    commission = appeal.case.commission
    serial = numbering.take(commission=commission, series="received:appeal", year=year)
    appeal.received_number = f"{commission.agency_code or commission.short_name}纪申收〔{year}〕{serial}号"
    appeal.save(update_fields=["received_number"])
    if appeal.channel != RemedyChannel.REVIEW:
        _run(appeal, appeal.filed_on, occasion)


@effects.ACCEPT_APPEAL.performed_by
def accept_appeal(appeal: Appeal, occasion: Occasion) -> None:
    """The notice (D34) goes out; the one who examines may read the case, for this purpose and no longer."""
    appeal.accepted_on = occasion.on
    appeal.save(update_fields=["accepted_on"])
    if appeal.channel == RemedyChannel.REVIEW:
        _run(appeal, occasion.on, occasion)
    _issue(appeal, "D34", papers.acceptance(appeal, on=occasion.on), occasion)
    principals = seats.holders(Role.PRINCIPAL, appeal)
    if appeal.reviewer is not None:
        open_grants(
            case=appeal.case, users=[appeal.reviewer], reason=f"复查{appeal}", granted_by=occasion.actor,
            confirmed_by=principals[0] if principals else appeal.case.handler, on=occasion.on,
        )  # fmt: skip


@effects.ANSWER_APPEAL.performed_by
def answer_appeal(appeal: Appeal, occasion: Occasion) -> None:
    """The answer (D35, D36) with its own number; the reading that was opened for it ends."""
    appeal.decided_on = occasion.on
    kind = "D35" if appeal.channel == RemedyChannel.APPEAL else "D36"
    appeal.document = _issue(appeal, kind, papers.appeal_answer(appeal, on=occasion.on), occasion)
    appeal.save(update_fields=["decided_on", "document"])
    if appeal.reviewer is not None:
        close_grants(case=appeal.case, users=[appeal.reviewer], actor=occasion.actor, on=occasion.on)


@effects.ISSUE_CORRECTION.performed_by
def issue_correction(row: Correction, occasion: Occasion) -> None:
    row.decided_on = occasion.on
    row.document = _issue(row, "D37", papers.correction(row, on=occasion.on), occasion)
    row.save(update_fields=["decided_on", "document"])


@effects.APPLY_REDRESS.performed_by
def apply_redress(row: Redress, occasion: Occasion) -> None:
    """What the change makes of the decision: measures, attributions, papers, letters; nothing is erased."""
    if row.result == RedressResult.UPHELD:
        return
    decision, subject, on = row.decision, row.subject, row.decided_on or occasion.on
    number = row.document.number if row.document else getattr(row, "answer_number", "")
    _void_papers(row, number, occasion)
    waits = _change_measures(row, number, on)
    decision.standing = DecisionStanding.REVOKED if row.result == RedressResult.REVOKED else DecisionStanding.CHANGED
    decision.document = row.document or decision.document
    decision.save(update_fields=["standing", "document"])
    fallen = Attribution.objects.filter(pk__in=row.withdrawn.values("pk"), withdrawn_on__isnull=True)
    fallen.update(withdrawn_on=on, withdrawn_reason=f"{row}：{number}")
    if row.result == RedressResult.REVOKED:
        subject.outcome = Outcome.NOT_ACCOUNTABLE
        _recall_letters(row, on, occasion)
        subject.save(update_fields=["outcome", "decided_on"])
    if waits:
        _ask_confirmation(row, occasion)
    else:
        row.confirmed_on = on
        row.save(update_fields=["confirmed_on"])


def _void_papers(row: Redress, number: str, occasion: Occasion) -> None:
    for kind in FALLING:
        for paper in documents.standing_documents(kind, about=row.case, subject_id=row.subject.pk):
            if paper.pk != row.document_id:
                documents.void(document=paper, reason=f"已{row.get_result_display()}，见{number}", actor=occasion.actor)


def _change_measures(row: Redress, number: str, on: dt.date) -> bool:
    """End what does not stand, add what takes its place from the original day; whether a period waits to be confirmed."""
    own = list(row.decision.measures.own())
    ended = [measure for measure in own if measure.code not in row.measures]
    added = [code for code in row.measures if code not in {measure.code for measure in own}]
    first_days = [measure.counts_from or measure.decided_on for measure in ended]
    since = min((day for day in first_days if day is not None), default=on)
    waits = any(influence.parts_of(code, since) for code in [*added, *(measure.code for measure in ended)])
    for measure in ended:
        measure.ended_on, measure.ended_as, measure.ended_by = on, row.result, number
        measure.void_from = None if waits else on
        measure.save(update_fields=["ended_on", "ended_as", "ended_by", "void_from"])
    for code in added:
        parts = influence.parts_of(code, since)
        last = max(parts, key=lambda part: part.release_date, default=None)
        Measure.objects.create(
            decision=row.decision, code=code, decided_on=on, decided_by_name=row.decision.deciding_body.name, reference=number,
            replaces=ended[0] if ended else None, counts_from=since, confirmed_on=None if waits else on,
            last_restricted_day=last.last_restricted_day if last else None, release_date=last.release_date if last else None,
            restriction="；".join(part.restriction for part in parts),
        )  # fmt: skip
    return waits


def _recall_letters(row: Redress, on: dt.date, occasion: Occasion) -> None:
    """A revoked accountability asks nothing of other bodies any more; what they decided is theirs to look at again."""
    for dispatch in row.subject.dispatches.filter(replied_on__isnull=True, recalled_on__isnull=True):
        dispatch.recalled_on = on
        dispatch.save(update_fields=["recalled_on"])
        terms.void(rule="reply", about=dispatch, on=on, actor=occasion.actor, reason=f"{row}")
    row.subject.decided_on = row.subject.decided_on or on


def _ask_confirmation(row: Redress, occasion: Occasion) -> None:
    for holder in seats.holders(Role.PRINCIPAL, row):
        notices.open_task(
            commission_id=row.commission_id, recipient=holder, title=f"请确认影响期：{row}", url=row.get_absolute_url(), about=row,
            case_id=row.case_id, step="confirm_influence", started_by=occasion.actor,
        )  # fmt: skip
