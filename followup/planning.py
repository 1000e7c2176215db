"""Items of execution: who does them, by when; how one begins to run and how it falls away (条例第十三条)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from followup.enums import ItemKind
from followup.models import ExecutionItem, PostFormality
from wenze.notices import services as notices
from wenze.people.selectors import personnel_office_of
from wenze.terms import services as terms

if TYPE_CHECKING:
    import datetime as dt

    from cases.models import Decision, Dispatch, Measure
    from wenze.people.models import Organization, User
    from wenze.workflow.procedure import Occasion

HR_DOES = (
    ItemKind.FORMALITIES, ItemKind.PERSONNEL_FILE, ItemKind.FILING_ABOVE, ItemKind.HR_NOTICE, ItemKind.SALARY,
    ItemKind.FILE_CORRECTION,
)  # fmt: skip
UNIT_DOES = (ItemKind.SELF_CRITICISM, ItemKind.LIFE_MEETING, ItemKind.WRITTEN_INSPECTION, ItemKind.RECTIFICATION)


def responsible_for(decision: Decision, kind: str) -> Organization | None:
    """The organ that does it: HR of the body that manages the cadre, his unit (the organisation itself), else the office."""
    subject = decision.subject
    if kind in HR_DOES:
        return personnel_office_of(subject.cadre) if subject.cadre else None
    if kind in UNIT_DOES:
        return subject.organization or (subject.post.organization if subject.post else None)
    return None


def plan_item(
    decision: Decision, kind: str, occasion: Occasion, *, term: str = "", since: dt.date | None = None,
    due_on: dt.date | None = None, measure: Measure | None = None, dispatch: Dispatch | None = None, redress_id: Any = None,
) -> ExecutionItem:  # fmt: skip
    """List one thing to be done: by a term of the law counted from ``since``, by a set day, or without either yet."""
    item, made = ExecutionItem.objects.get_or_create(
        decision=decision, kind=kind, measure=measure, dispatch=dispatch, redress_id=redress_id,
        defaults={"case": decision.subject.case, "term": term, "responsible": responsible_for(decision, kind)},
    )  # fmt: skip
    if made and kind == ItemKind.FORMALITIES:
        _list_posts(item)
    if item.due_on is None and (due_on is not None or (term and since is not None)):
        set_running(item, since or occasion.on, occasion.actor, due_on=due_on)
    return item


def _list_posts(item: ExecutionItem) -> None:
    """A removal lists its posts: each is taken away by its own procedure."""
    named = getattr(item.decision.subject, "proposal", None)
    posts = re.split(r"[、，,；;]+", named.removed_posts) if named is not None else []
    PostFormality.objects.bulk_create(
        PostFormality(case=item.case, item=item, position=position, post=post.strip()[:120])
        for position, post in enumerate(dict.fromkeys(filter(str.strip, posts)), 1)
    )


def set_running(item: ExecutionItem, since: dt.date, actor: User, *, due_on: dt.date | None = None) -> None:
    """Start the item's clock: its term from a day on, or the day that was set for it; the handler gets it as a to-do."""
    subject = item.decision.subject
    rule = item.term or "item"
    clock = terms.start(
        rule=rule, about=item, on=since, actor=actor, due_on=due_on, title=f"{subject.name}：{item.get_kind_display()}"
    )
    item.due_on, item.term = clock.due_on, rule
    item.save(update_fields=["due_on", "term"])
    notices.open_task(
        commission_id=item.commission_id, recipient=subject.case.handler, title=str(item), url=item.get_absolute_url(),
        about=item, case_id=item.case_id, step="execution", due_on=item.due_on, started_by=actor,
    )  # fmt: skip


def drop_item(item: ExecutionItem, occasion: Occasion, reason: str) -> None:
    """What need not be done any more, since what asked for it was changed or revoked; it stays on record."""
    item.void_on, item.void_reason = occasion.on, reason[:200]
    item.save(update_fields=["void_on", "void_reason"])
    if item.term:
        terms.void(rule=item.term, about=item, on=occasion.on, actor=occasion.actor, reason=reason)
    notices.finish_tasks(about=item, step="execution", by=occasion.actor)
