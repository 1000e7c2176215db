"""Problems of a problem list that a subject must have known on the day of his act: offered as proof of 明知."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from cases.models import Attribution, KnownProblem
from responsibility.enums import ProblemState
from responsibility.models import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cases.models import Case, Subject


@dataclass(frozen=True)
class Known:
    """A problem beside the subject who must have known it, how it stood on the day of his last act, and whether it is in the case."""

    subject: Subject
    problem: Problem
    on: dt.date
    is_taken: bool

    @property
    def word(self) -> str:
        """How it stood on that day."""
        return standing_word(self.problem, self.on)


def standing_word(problem: Problem, day: dt.date) -> str:
    """Open, or late by so many days, or put right in appearance only, on a day after it was found."""
    if problem.state == ProblemState.FALSE:
        return "后经回头看属虚假整改"
    late = (day - problem.due_on).days
    return f"逾期{late}天未销号" if late > 0 else "整改中，未销号"


def act_days(case: Case) -> dict[Any, dt.date]:
    """The day of each subject's last act that is laid at his door."""
    found: dict[Any, dt.date] = {}
    rows = Attribution.objects.standing().filter(subject__case=case, event__withdrawn_on__isnull=True)
    for subject_id, day in rows.values_list("subject_id", "event__on"):
        found[subject_id] = max(day, found.get(subject_id, day))
    return found


def _concerns(problem: Problem, subject: Subject) -> bool:
    """The problem of an organisation is known to it and to its chief; a problem with an owner to the owner."""
    if subject.organization_id is not None:
        return problem.organization_id == subject.organization_id
    if problem.owner_id is not None and problem.owner_id == subject.cadre_id:
        return True
    post = subject.post
    return post is not None and post.is_principal and post.organization_id == problem.organization_id


def known_to(case: Case, user: Any, subjects: Sequence[Subject] | None = None) -> list[Known]:
    """What each subject must have known by his last act and had not put right then, as far as the reader may see it."""
    if subjects is None:
        subjects = list(case.subjects.investigated().select_related("cadre", "organization", "post"))
    last = act_days(case)
    days = {subject.pk: last.get(subject.pk, subject.act_on) for subject in subjects}
    if not days:
        return []
    units = {
        subject.organization_id or (subject.post.organization_id if subject.post else None) for subject in subjects
    }
    owners = {subject.cadre_id for subject in subjects}
    found = Problem.objects.visible_to(user).filter(
        Q(organization__in=units - {None}) | Q(owner__in=owners - {None}), found_on__lte=max(days.values())
    )
    problems = list(found.select_related("problem_list", "organization", "owner").order_by("found_on", "pk"))
    taken = set(KnownProblem.objects.standing().filter(subject__in=subjects).values_list("subject_id", "problem_id"))
    return [
        Known(subject, problem, days[subject.pk], (subject.pk, problem.pk) in taken)
        for subject in subjects
        for problem in problems
        if _concerns(problem, subject) and problem.was_open_on(days[subject.pk])
    ]
