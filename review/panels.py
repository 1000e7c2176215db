"""The review panel of the case workspace."""

from __future__ import annotations

from typing import Any

from cases.models import Case
from cases.panels import PANELS, Panel
from review import selectors
from wenze.access.roles import Role
from wenze.workflow import seats


def review(case: Case, user: Any) -> dict[str, Any]:
    rows = list(case.adjudications.prefetch_related("adjudicators"))
    standing = rows[0] if rows and rows[0].given_on is None else None
    adjudicates = case.state in ("reported", "jointly_reviewed") and seats.sits(user, Role.TRIAL, case)
    return {
        "triggers": selectors.fired_on(case),
        "adjudications": rows,
        "may_accept": adjudicates and standing is None,
        "may_give": adjudicates and standing is not None and any(p.pk == user.pk for p in standing.adjudicators.all()),
    }


PANELS.register("review", Panel("review", "审核", "review/panel.html", review, content=True), order=100)
