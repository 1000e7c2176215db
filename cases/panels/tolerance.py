"""The panel 容错: the search, filings and their answers, applications, opinions, what followed, precedents like this one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases import tolerance
from cases.enums import CaseState
from cases.panels import AFTERWARDS, PANELS, Panel
from tolerance.models import FilingAnswer
from wenze.workflow import seats

if TYPE_CHECKING:
    from cases.models import Case, DistinctionAssessment, Subject

NAMES = dict(tolerance.CLAUSES)
LINES = (
    ("为公 / 为私", "motive", "public"), ("有禁 / 无禁", "ban", "free"), ("无意 / 有意", "intent", "unintended"),
)  # fmt: skip


def _filings(subject: Subject) -> list[dict[str, Any]]:
    answers = {
        row.filing_id: row
        for row in FilingAnswer.objects.filter(subject_id=subject.pk)
        .select_related("answered_by", "negative_item")
        .prefetch_related("clauses__evidence")
    }
    rows = []
    for match in tolerance.matches_of(subject):
        answer = answers.get(match.filing.pk)
        clauses = [{"name": NAMES.get(row.key, row.key), "row": row} for row in answer.clauses.all()] if answer else []
        rows.append({"match": match, "filing": match.filing, "answer": answer, "clauses": clauses})
    return rows


def _matrix(rows: list[DistinctionAssessment]) -> list[dict[str, Any]]:
    """One line of the three a row, one office a column; a line on which they differ is marked."""
    lines = []
    for name, field, good in LINES:
        cells = [
            {
                "word": getattr(row, f"get_{field}_display")(), "reason": getattr(row, f"{field}_reason"),
                "is_good": getattr(row, field) == good, "who": row.get_assessor_display(),
            }
            for row in rows
        ]  # fmt: skip
        lines.append({"name": name, "cells": cells, "differs": len({cell["word"] for cell in cells}) > 1})
    return lines


def _anything(after: dict[str, Any] | None) -> bool:
    """Whether something followed, or may be done, after an exemption."""
    return after is not None and any(after[key] for key in ("items", "clearing", "may_draft"))


def panel(case: Case, user: Any) -> dict[str, Any]:
    subjects = list(
        case.subjects.select_related(
            "cadre", "organization", "post", "case", "tolerance_claim", "tolerance_claim__scan"
        )
    )
    after: dict[Any, dict[str, Any]] = {}
    for known in AFTERWARDS:
        after |= known(case, user)
    rows = []
    for subject in subjects:
        standing = tolerance.standing_assessments(subject)
        said = tolerance.readable(standing, user)
        claim, filings = getattr(subject, "tolerance_claim", None), _filings(subject)
        rows.append(
            {
                "subject": subject, "filings": filings, "claim": claim, "said": said, "lines": _matrix(said) if said else [],
                "hidden": len(standing) - len(said), "differ": tolerance.disagreements(said),
                "wanting": list(tolerance.weighing_gaps(subject)), "after": after.get(subject.pk),
                "precedents": tolerance.precedents_like(case, subject, user) if filings or claim or said else [],
                "has_any": bool(filings or claim or standing or _anything(after.get(subject.pk))),
            }
        )  # fmt: skip
    searches = {row.supplement_id: row for row in case.tolerance_searches.select_related("searched_by", "supplement")}
    return {
        "rows": rows,
        "searches": list(searches.values()),
        "may_search": case.state == CaseState.INITIATING and seats.sits(user, "handler", case),
        "quiet": [row["subject"] for row in rows if not row["has_any"]],
    }


PANELS.register(
    "tolerance",
    Panel("tolerance", "容错", "cases/panels/tolerance.html", panel, content=True),
    order=60,
)
