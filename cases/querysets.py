"""Which clues and cases: the rules in prose stand in ``rules.py``; children say only their path."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q

from cases.enums import CaseState
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


class SubjectQuerySet(CaseChildQuerySet):
    """Subjects of a case."""

    def pursued(self) -> Any:
        """Those with whom the case goes on: not the ones whose matter ended otherwise or was not initiated."""
        return self.exclude(state__in=(CaseState.ENDED, CaseState.NOT_INITIATED))

    def investigated(self) -> Any:
        """Those whose initiation was approved and with whom the case goes on."""
        return self.pursued().exclude(state=CaseState.INITIATING)

    def awaiting_initiation(self) -> Any:
        """Those applied for and not yet approved: all of them at first, those of a later batch afterwards."""
        return self.filter(state=CaseState.INITIATING)


class CaseContentQuerySet(ScopedQuerySet[Any]):
    """Content of a case (facts, evidence, talks, drafts): seen by those who may read its content."""

    case_path = "case"

    def visible_to(self, user: Any) -> Any:
        content = apps.get_model("cases", "CaseContent")._default_manager
        return self.filter(**{f"{self.case_path}__in": content.visible_to(user).values("pk")})


class SubjectContentQuerySet(CaseContentQuerySet):
    """Content that hangs on a subject."""

    case_path = "subject__case"


class LinkQuerySet(CaseContentQuerySet):
    """Links of the chain; one that was withdrawn stays on record and carries nothing."""

    def standing(self) -> Any:
        return self.filter(withdrawn_on__isnull=True)


class SubjectLinkQuerySet(LinkQuerySet):
    """Links that hang on a subject."""

    case_path = "subject__case"


class ElsewhereQuerySet(CaseContentQuerySet):
    """Other bodies' decisions: those on our letters with the case, those nobody asked for by their own rule."""

    def visible_to(self, user: Any) -> Any:
        content = apps.get_model("cases", "CaseContent")._default_manager.visible_to(user)
        own = ScopedQuerySet.visible_to(self, user)
        return self.filter(Q(case__in=content.values("pk")) | Q(pk__in=own.order_by().values("pk")))
