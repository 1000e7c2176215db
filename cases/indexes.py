"""By which words clues, cases and their papers are found; sealed columns give none (design §3 “Plain or sealed”).

A case's facts and evidence titles are an index of their own, asked of ``CaseContent``: who may not read the content
does not find the case by its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.models import Case, CaseContent, Clue
from wenze.documents.models import OfficialDocument
from wenze.documents.services import ISSUED
from wenze.search.registry import INDEXES, Index
from wenze.search.services import reindex

if TYPE_CHECKING:
    from collections.abc import Iterable


def _words_of_a_clue(clue: Clue) -> Iterable[str]:
    return (clue.number, clue.source_reference, clue.classified_number, clue.summary)


def _names_of_a_clue(clue: Clue) -> list[str]:
    return [str(row) for row in clue.respondents.select_related("cadre", "organization")]


def _words_of_a_case(case: Case) -> list[str]:
    return [case.number, case.brief, *case.subjects.values_list("act", flat=True)]


def _names_of_a_case(case: Case) -> list[str]:
    return [subject.name for subject in case.subjects.select_related("cadre", "organization")]


def _words_of_the_content(case: CaseContent) -> list[str]:
    facts = case.facts.standing().values_list("text", flat=True)
    pieces = case.evidence.filter(withdrawn_on__isnull=True).values_list("title", flat=True)
    return [*facts, *pieces]


INDEXES.register(
    "cases.Clue",
    Index(
        Clue,
        title=lambda clue: clue.title,
        subtitle=lambda clue: f"{clue.number} · {clue.get_source_display()}",
        url=lambda clue: clue.get_absolute_url(),
        texts=_words_of_a_clue,
        names=_names_of_a_clue,
    ),
)
INDEXES.register(
    "cases.Case",
    Index(
        Case,
        title=lambda case: case.title,
        subtitle=lambda case: f"{case.number} · {'、'.join(_names_of_a_case(case))}",
        url=lambda case: case.get_absolute_url(),
        texts=_words_of_a_case,
        names=_names_of_a_case,
        case_id=lambda case: case.pk,
    ),
)
INDEXES.register(
    "cases.CaseContent",
    Index(
        CaseContent,
        title=lambda case: case.title,
        subtitle=lambda case: f"{case.number} · 事实和证据",
        url=lambda case: case.panel_url("facts"),
        texts=_words_of_the_content,
        case_id=lambda case: case.pk,
    ),
)
INDEXES.register(
    "documents.OfficialDocument",
    Index(
        OfficialDocument,
        title=lambda document: document.title,
        subtitle=lambda document: f"{document.number or document.kind} · {document.issued_on:%Y-%m-%d}",
        url=lambda document: document.get_absolute_url(),
        texts=lambda document: (document.number,),
    ),
)
ISSUED.register("search", reindex)
