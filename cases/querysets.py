"""Which clues and cases: the rules in prose stand in ``rules.py``; children say only their path."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from wenze.access.querysets import ScopedQuerySet


class ClueQuerySet(ScopedQuerySet[Any]):
    """Clues, newest first."""


class ClueChildQuerySet(ScopedQuerySet[Any]):
    """What hangs on a clue is seen with it."""

    parent_path = "clue"


class CaseQuerySet(ScopedQuerySet[Any]):
    """Cases, newest first."""


class CaseChildQuerySet(ScopedQuerySet[Any]):
    """Process data of a case (team, subjects, plan): seen with the case."""

    parent_path = "case"


class CaseContentQuerySet(ScopedQuerySet[Any]):
    """Content of a case (facts, evidence, talks, drafts): seen by those who may read its content."""

    case_path = "case"

    def visible_to(self, user: Any) -> Any:
        content = apps.get_model("cases", "CaseContent")._default_manager
        return self.filter(**{f"{self.case_path}__in": content.visible_to(user).values("pk")})


class SubjectContentQuerySet(CaseContentQuerySet):
    """Content that hangs on a subject."""

    case_path = "subject__case"
