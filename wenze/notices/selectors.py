"""What a person has to do, has done, has started, and was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wenze.notices.models import Notice, Task, TaskState

if TYPE_CHECKING:
    from django.db.models import QuerySet


def todo_of(user: Any) -> QuerySet[Task]:
    """Open to-dos, newest first."""
    return Task.objects.filter(recipient=user, state=TaskState.OPEN).select_related("started_by")


def done_by(user: Any) -> QuerySet[Task]:
    """To-dos that he had and that are done."""
    return Task.objects.filter(recipient=user, state=TaskState.DONE).select_related("started_by", "done_by")


def started_by(user: Any) -> QuerySet[Task]:
    """What he sent to others."""
    return Task.objects.filter(started_by=user).exclude(recipient=user).select_related("recipient")


def notices_of(user: Any) -> QuerySet[Notice]:
    """Messages, newest first."""
    return Notice.objects.filter(recipient=user)


def unread_of(user: Any) -> int:
    """How many messages he has not read, capped."""
    return Notice.objects.filter(recipient=user, read_at__isnull=True)[:100].count()


def todo_count(user: Any) -> int:
    """How many to-dos are open, capped."""
    return Task.objects.filter(recipient=user, state=TaskState.OPEN)[:1000].count()
