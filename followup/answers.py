"""Answers of this room to the gates of execution and closing, and the acts that follow the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import effects, gates
from cases.enums import Outcome, SubjectKind
from cases.models import Case, Decision, Measure
from followup.enums import ItemKind
from followup.models import ExecutionItem, Tracking
from wenze.documents.models import OfficialDocument
from wenze.law import measures, term
from wenze.notices import services as notices
from wenze.people.models import Organization
from wenze.terms import services as terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wenze.workflow.procedure import Occasion

REQUIRED = ("D03", "D06", "D08", "D09", "D10", "D12", "D18")


@gates.SERVED.answered_by
def decisions_not_served(case: Case, occasion: Occasion) -> Iterator[str]:
    for item in case.execution_items.filter(kind=ItemKind.SERVICE, done_on__isnull=True).select_related(
        "decision__subject__cadre", "decision__subject__organization"
    ):
        yield f"{item.decision.subject.name}的决定尚未送达"


@gates.ANNOUNCED.answered_by
def decisions_not_announced(case: Case, occasion: Occasion) -> Iterator[str]:
    for item in case.execution_items.filter(kind=ItemKind.ANNOUNCEMENT, done_on__isnull=True).select_related(
        "decision__subject__cadre", "decision__subject__organization"
    ):
        yield f"{item.decision.subject.name}的决定尚未宣布"


@gates.EXECUTION_DONE.answered_by
def items_open(case: Case, occasion: Occasion) -> Iterator[str]:
    for item in case.execution_items.filter(done_on__isnull=True).select_related(
        "decision__subject__cadre", "decision__subject__organization"
    ):
        yield f"{item}未办结"


@gates.VISITS_PLANNED.answered_by
def visits_not_planned(case: Case, occasion: Occasion) -> Iterator[str]:
    for tracking in case.trackings.filter(plans__isnull=True).select_related("subject__cadre", "subject__organization"):
        yield f"{tracking.subject.name}没有回访计划"


@gates.VOLUME_COMPLETE.answered_by
def volume_incomplete(case: Case, occasion: Occasion) -> Iterator[str]:
    held = set(OfficialDocument.objects.filter(case_id=case.pk, state="issued").values_list("kind", flat=True))
    for kind in REQUIRED:
        if kind not in held:
            yield f"缺{kind}"


def _item(decision: Decision, kind: str, term: str, occasion: Occasion, measure: Measure | None = None) -> None:
    subject = decision.subject
    responsible: Organization | None = None
    if kind in (ItemKind.FORMALITIES, ItemKind.PERSONNEL_FILE, ItemKind.FILING_ABOVE, ItemKind.HR_NOTICE):
        responsible = Organization.objects.filter(commission_id=subject.case.commission_id, kind="hr").first()
    elif kind in (ItemKind.SELF_CRITICISM, ItemKind.LIFE_MEETING, ItemKind.WRITTEN_INSPECTION):
        responsible = subject.organization or (subject.post.organization if subject.post else None)
    item, made = ExecutionItem.objects.get_or_create(
        decision=decision, kind=kind, measure=measure,
        defaults={"case": subject.case, "term": term, "responsible": responsible},
    )  # fmt: skip
    if not made or not term:
        return
    clock = terms.start(
        rule=term, about=item, on=occasion.on, actor=occasion.actor, title=f"{subject.name}：{item.get_kind_display()}"
    )
    item.due_on = clock.due_on
    item.save(update_fields=["due_on"])
    notices.open_task(
        commission_id=item.commission_id, recipient=subject.case.handler, title=str(item), url=item.get_absolute_url(),
        about=item, case_id=item.case_id, step="execution", due_on=item.due_on, started_by=occasion.actor,
    )  # fmt: skip


@effects.PLAN_EXECUTION.performed_by
def plan_execution(case: Case, occasion: Occasion) -> None:
    """条例第十三条 as items with terms; tracking with its visits; influence periods as clocks."""
    for subject in case.subjects.select_related("cadre", "organization", "post", "case__handler"):
        decision = subject.decision
        _item(decision, ItemKind.SERVICE, "T13", occasion)
        if decision.outcome != Outcome.ACCOUNTABLE:
            continue
        _item(decision, ItemKind.ANNOUNCEMENT, "T15", occasion)
        _item(decision, ItemKind.INTEGRITY_FILE, "T25", occasion)
        own = list(decision.measures.all())
        if subject.kind == SubjectKind.CADRE:
            _item(decision, ItemKind.SELF_CRITICISM, "T19", occasion)
            _item(decision, ItemKind.LIFE_MEETING, "T28", occasion)
            _item(decision, ItemKind.PERSONNEL_FILE, "T25", occasion)
            _item(decision, ItemKind.HR_NOTICE, "T15", occasion)
            _item(decision, ItemKind.FILING_ABOVE, "T32", occasion)
        elif any(measure.code == "inspection" for measure in own):
            _item(decision, ItemKind.WRITTEN_INSPECTION, "T19", occasion)
        for measure in own:
            if measure.proposed_only:
                _item(decision, ItemKind.PROPOSAL_REPLY, "T31", occasion, measure)
            elif measures()[measure.code].kind == "organizational":
                _item(decision, ItemKind.FORMALITIES, "T16", occasion, measure)
                _item(decision, ItemKind.PUBLICATION, "T15", occasion, measure)
        if subject.kind == SubjectKind.CADRE:
            _track(case, decision, occasion)


def _track(case: Case, decision: Decision, occasion: Occasion) -> None:
    restricted = [measure for measure in decision.measures.all() if measure.release_date]
    last = max(restricted, key=lambda measure: measure.release_date, default=None)
    tracking, _ = Tracking.objects.get_or_create(
        subject=decision.subject,
        defaults={
            "case": case,
            "started_on": occasion.on,
            "release_date": last.release_date if last else None,
            "last_restricted_day": last.last_restricted_day if last else None,
        },
    )
    if last is not None:
        terms.start(
            rule="influence", about=tracking, on=occasion.on, actor=occasion.actor, due_on=last.last_restricted_day,
            title=f"{decision.subject.name}影响期", handler=case.handler,
        )  # fmt: skip


@effects.CLOSE_VOLUME.performed_by
def close_volume(case: Case, occasion: Occasion) -> None:
    """The volume closes; tracking goes on per subject."""
    case.closed_on = occasion.on
    case.save(update_fields=["closed_on"])


FIRST_VISIT = term("T29").code
BEFORE_RELEASE = term("T30").code
