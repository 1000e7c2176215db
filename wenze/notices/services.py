"""To-dos and notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from wenze.deadlines import clock
from wenze.notices.models import Notice, Task, TaskState

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from wenze.people.models import User


def open_task(
    *,
    commission_id: uuid.UUID,
    recipient: User,
    title: str,
    url: str,
    about: Any,
    step: str,
    case_id: Any = None,
    due_on: dt.date | None = None,
    started_by: Any = None,
) -> Task:
    """Give a person a to-do; one that is already open for the matter and the step is left as it is."""
    key = {"commission_id": commission_id, "about_id": about.pk, "step": step, "recipient": recipient}
    found = Task.objects.filter(**key, state=TaskState.OPEN).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return Task.objects.create(
                **key,
                title=title[:240],
                url=url,
                about_label=about._meta.label,
                case_id=case_id,
                due_on=due_on,
                started_by=started_by if getattr(started_by, "pk", None) else None,
            )
    except IntegrityError:  # opened by another at this moment
        return Task.objects.get(**key, state=TaskState.OPEN)


def finish_tasks(*, about: Any, step: str, by: Any) -> int:
    """The step was done: its to-dos are done for everybody who had them. Returns how many."""
    return Task.objects.filter(about_id=about.pk, step=step, state=TaskState.OPEN).update(
        state=TaskState.DONE, done_at=clock.now(), done_by=by if getattr(by, "pk", None) else None
    )


def close_tasks_of_matter(*, about: Any, by: Any) -> int:
    """All open to-dos in a matter, and in what belongs to it, fall away: it has ended."""
    return Task.objects.filter(Q(about_id=about.pk) | Q(case_id=about.pk), state=TaskState.OPEN).update(
        state=TaskState.DONE, done_at=clock.now(), done_by=by if getattr(by, "pk", None) else None
    )


def close_tasks_of(*, user: User, about: Any, by: Any) -> int:
    """All open to-dos of one person in a matter, and in what belongs to it, fall away (回避)."""
    belongs = Q(about_id=about.pk) | Q(case_id=about.pk)
    return Task.objects.filter(belongs, recipient=user, state=TaskState.OPEN).update(
        state=TaskState.DONE, done_at=clock.now(), done_by=by if getattr(by, "pk", None) else None
    )


def notify(*, user: User, text: str, url: str = "", kind: str = "notice") -> Notice:
    """Tell a person something."""
    return Notice.objects.create(recipient=user, text=text[:400], url=url, kind=kind)


def mark_read(*, user: User, notice_id: uuid.UUID | None = None) -> int:
    """He has read one notice, or all."""
    rows = Notice.objects.filter(recipient=user, read_at__isnull=True)
    if notice_id is not None:
        rows = rows.filter(pk=notice_id)
    return rows.update(read_at=clock.now())
