"""执行: what the evaluation of a case asks of its execution, its reform and its visits (条例第十三、十四条; law.md §7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases.enums import CaseState, Outcome
from followup.answers import OTHERS_DO
from followup.enums import ItemKind, ReformState, VisitRound
from followup.models import Blockage, ExecutionItem, ReformItem, ReformReport, ReformWaiver, Tracking, Visit, VisitPlan
from review.evaluation.book import PARTS, Flaw, rule
from wenze.people.names import is_another

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cases.models import Case
    from review.evaluation.record import Record

S = CaseState
SCANNED = (ItemKind.SELF_CRITICISM, ItemKind.WRITTEN_INSPECTION)


@PARTS.entry("followup")
def read(cases: Sequence[Case]) -> dict[Any, dict[str, Any]]:
    """Items, reform, tracking and visits of many cases."""
    ids = [case.pk for case in cases]
    found: dict[Any, dict[str, Any]] = {
        pk: {"items": [], "blockages": 0, "reform": [], "reports": {}, "waived": False, "tracking": [], "plans": [], "visits": {}}
        for pk in ids
    }  # fmt: skip
    for item in ExecutionItem.objects.filter(case_id__in=ids, void_on__isnull=True):
        found[item.case_id]["items"].append(item)
    for case_id in Blockage.objects.filter(case_id__in=ids).values_list("case_id", flat=True):
        found[case_id]["blockages"] += 1
    for row in ReformItem.objects.filter(case_id__in=ids):
        found[row.case_id]["reform"].append(row)
    for report in ReformReport.objects.filter(case_id__in=ids):
        found[report.case_id]["reports"].setdefault(report.item_id, []).append(report)
    for case_id in ReformWaiver.objects.filter(case_id__in=ids).values_list("case_id", flat=True):
        found[case_id]["waived"] = True
    for tracking in Tracking.objects.filter(case_id__in=ids):
        found[tracking.case_id]["tracking"].append(tracking)
    for plan in VisitPlan.objects.filter(case_id__in=ids, cancelled_on__isnull=True):
        found[plan.case_id]["plans"].append(plan)
    for visit in Visit.objects.filter(case_id__in=ids).select_related("visitor").defer("talk"):
        found[visit.case_id]["visits"][visit.plan_id] = visit
    return found


def _items(record: Record, *kinds: str) -> Iterator[tuple[Any, Any]]:
    """The items of these kinds, each with its decision."""
    decisions = {made.pk: made for made in record.decided}
    for item in record.parts["items"]:
        if item.kind in kinds and item.decision_id in decisions:
            yield decisions[item.decision_id], item


def _undone(record: Record, *kinds: str) -> Iterator[Flaw]:
    for made, item in _items(record, *kinds):
        if item.done_on is None:
            yield Flaw(f"{made.subject.name}：{item.get_kind_display()}没有办结", item.due_on)


def _late(record: Record, *kinds: str) -> Iterator[Flaw]:
    for made, item in _items(record, *kinds):
        if item.is_late:
            yield Flaw(
                f"{made.subject.name}：{item.get_kind_display()}应于{item.due_on}办结，{item.done_on}才办结",
                item.done_on,
            )


def _undone_or_late(record: Record, *kinds: str) -> Iterator[Flaw]:
    yield from _late(record, *kinds)
    if record.case.state == S.CLOSED:
        yield from _undone(record, *kinds)


def _held(record: Record) -> list[Any]:
    return [made for made in record.decided if made.outcome == Outcome.ACCOUNTABLE]


@rule("ZX01", "execution", S.EXECUTING)
def not_served(record: Record) -> Iterator[Flaw]:
    served = {made.pk for made, item in _items(record, ItemKind.SERVICE) if item.done_on is not None}
    for made in record.decided:
        if made.document_id is not None and made.pk not in served:
            yield Flaw(f"{made.subject.name}的决定没有送达")


@rule("ZX02", "execution", S.DECIDED)
def served_late(record: Record) -> Iterator[Flaw]:
    yield from _late(record, ItemKind.SERVICE)


@rule("ZX03", "execution", S.EXECUTING)
def not_announced(record: Record) -> Iterator[Flaw]:
    yield from _undone(record, ItemKind.ANNOUNCEMENT, ItemKind.SANCTION_ANNOUNCEMENT)


@rule("ZX04", "execution", S.DECIDED)
def announced_late(record: Record) -> Iterator[Flaw]:
    yield from _late(record, ItemKind.ANNOUNCEMENT, ItemKind.SANCTION_ANNOUNCEMENT, ItemKind.PUBLICATION)


@rule("ZX05", "execution", S.EXECUTING)
def remedy_untold(record: Record) -> Iterator[Flaw]:
    own = {made.pk for made in record.decided if any(not row.proposed_only for row in record.measures.get(made.pk, ()))}
    for made in _held(record):
        if made.pk in own and made.served_on is not None and made.remedy_until is None:
            yield Flaw(f"{made.subject.name}的决定没有写明救济期限", made.served_on)


@rule("ZX06", "execution", S.CLOSED)
def formalities_undone(record: Record) -> Iterator[Flaw]:
    yield from _undone(record, ItemKind.FORMALITIES)


@rule("ZX07", "execution", S.DECIDED)
def formalities_late(record: Record) -> Iterator[Flaw]:
    yield from _late(record, ItemKind.FORMALITIES)


@rule("ZX08", "execution", S.DECIDED)
def salary(record: Record) -> Iterator[Flaw]:
    yield from _undone_or_late(record, ItemKind.SALARY)


@rule("ZX09", "execution", S.DECIDED)
def personnel_told(record: Record) -> Iterator[Flaw]:
    yield from _undone_or_late(record, ItemKind.HR_NOTICE)


@rule("ZX10", "execution", S.DECIDED)
def no_reply(record: Record) -> Iterator[Flaw]:
    yield from _undone_or_late(record, ItemKind.PROPOSAL_REPLY)


@rule("ZX11", "execution", S.DECIDED)
def integrity_file(record: Record) -> Iterator[Flaw]:
    yield from _undone_or_late(record, ItemKind.INTEGRITY_FILE)


@rule("ZX12", "execution", S.DECIDED)
def personnel_file(record: Record) -> Iterator[Flaw]:
    yield from _undone_or_late(record, ItemKind.PERSONNEL_FILE)


@rule("ZX13", "execution", S.DECIDED)
def done_without_words(record: Record) -> Iterator[Flaw]:
    for made, item in _items(record, *ItemKind):
        if item.done_on is not None and not item.proof.strip():
            yield Flaw(f"{made.subject.name}：{item.get_kind_display()}没有写明完成情况", item.done_on)


@rule("ZX14", "execution", S.DECIDED)
def filed_above(record: Record) -> Iterator[Flaw]:
    yield from _undone_or_late(record, ItemKind.FILING_ABOVE)


@rule("ZX15", "execution", S.DECIDED)
def self_criticism(record: Record) -> Iterator[Flaw]:
    yield from _undone_or_late(record, *SCANNED)


@rule("ZX16", "execution", S.DECIDED)
def self_criticism_without_scan(record: Record) -> Iterator[Flaw]:
    for made, item in _items(record, *SCANNED):
        if item.done_on is not None and item.proof_file_id is None:
            yield Flaw(f"{made.subject.name}：{item.get_kind_display()}没有附件", item.done_on)


@rule("ZX17", "execution", S.DECIDED)
def life_meeting(record: Record) -> Iterator[Flaw]:
    yield from _undone_or_late(record, ItemKind.LIFE_MEETING)


@rule("ZX18", "reform", S.CLOSED)
def no_reform(record: Record) -> Iterator[str]:
    told = record.parts
    if _held(record) and not told["waived"] and not (told["blockages"] and told["reform"]):
        yield "没有查摆梗阻点、衰减点并列出整改事项，也没有写明理由"


@rule("ZX19", "reform", S.DECIDED)
def reform_late(record: Record) -> Iterator[Flaw]:
    for item in record.parts["reform"]:
        last = max(record.parts["reports"].get(item.pk, ()), key=lambda row: row.number, default=None)
        if last is not None and last.is_late:
            yield Flaw(f"{item}应于{last.due_on}反馈，{last.reported_on}才反馈", last.reported_on)
        elif item.state in (ReformState.OPEN, ReformState.RETURNED) and item.due_on < record.on:
            yield Flaw(f"{item}应于{item.due_on}反馈，至今没有反馈", item.due_on)


@rule("ZX20", "execution", S.CLOSED)
def no_visit_planned(record: Record) -> Iterator[str]:
    planned = {plan.tracking_id for plan in record.parts["plans"]}
    tracked = {row.subject_id: row for row in record.parts["tracking"]}
    for made in _held(record):
        row = tracked.get(made.subject_id)
        if made.subject.cadre_id is not None and (row is None or (row.ended_on is None and row.pk not in planned)):
            yield f"{made.subject.name}没有列入回访"


@rule("ZX21", "execution", S.CLOSED)
def visited_late(record: Record) -> Iterator[Flaw]:
    names = {row.pk: row.subject_id for row in record.parts["tracking"]}
    subjects = {subject.pk: subject.name for subject in record.every_subject}
    for plan in record.parts["plans"]:
        visit = record.parts["visits"].get(plan.pk)
        name = subjects.get(names.get(plan.tracking_id), "")
        if plan.round != VisitRound.FIRST:
            continue
        if visit is not None and visit.held_on > plan.due_on:
            yield Flaw(f"{name}的首次回访应于{plan.due_on}进行，{visit.held_on}才进行", visit.held_on)
        elif visit is None and plan.due_on < record.on:
            yield Flaw(f"{name}的首次回访应于{plan.due_on}进行，至今没有进行", plan.due_on)


@rule("ZX22", "execution", S.CLOSED)
def visited_by_one(record: Record) -> Iterator[Flaw]:
    for visit in record.parts["visits"].values():
        if not is_another(visit.second_visitor, visit.visitor):
            yield Flaw(f"{visit.held_on}的回访只有{visit.visitor}一人", visit.held_on)


@rule("ZX23", "execution", S.CLOSED)
def closed_too_early(record: Record) -> Iterator[Flaw]:
    closed_on = record.case.closed_on
    for made, item in _items(record, *(set(ItemKind) - set(OTHERS_DO))):
        if closed_on is not None and item.done_on is not None and item.redress_id is None and item.done_on > closed_on:
            yield Flaw(f"{made.subject.name}：{item.get_kind_display()}在结案以后才办结", item.done_on)


@rule("ZX25", "execution", S.DECIDED)
def late_without_words(record: Record) -> Iterator[Flaw]:
    for made, item in _items(record, *ItemKind):
        if item.is_late and not item.late_reason.strip():
            yield Flaw(f"{made.subject.name}：{item.get_kind_display()}逾期，没有说明", item.done_on)
