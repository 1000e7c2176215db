"""The execution panel of the case workspace."""

from __future__ import annotations

from typing import Any

from cases.enums import CaseState
from cases.models import Case
from cases.panels import PANELS, Panel
from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.terms.lamps import lamp_on
from wenze.workflow import seats


def execution(case: Case, user: Any) -> dict[str, Any]:
    items = list(
        case.execution_items.select_related(
            "decision__subject__cadre", "decision__subject__organization", "responsible"
        )
    )
    today = clock.today()
    return {
        "may_export": case.state == CaseState.CLOSED and seats.sits(user, Role.CASEMGMT, case),
        "items": [
            {"row": item, "lamp": lamp_on(item.due_on, today) if item.due_on and not item.done_on else None}
            for item in items
        ],
        "trackings": case.trackings.select_related("subject__cadre", "subject__organization").prefetch_related(
            "plans__visit"
        ),
    }


PANELS.register("execution", Panel("execution", "执行与回访", "followup/panel.html", execution), order=130)
