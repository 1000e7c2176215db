"""The panels of execution and of reform in the case workspace."""

from __future__ import annotations

from typing import Any

from cases.enums import CaseState, Power
from cases.models import Case, Decision
from cases.panels import AFTERWARDS, PANELS, Panel
from followup.enums import Deviation, ItemKind, ReformState
from followup.services import exemption, units
from followup.services import reform as reforming
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


def reform(case: Case, user: Any) -> dict[str, Any]:
    """Where on the chain power stuck or faded × the three deviations; the items; letters; education."""
    points = list(case.blockages.select_related("organization", "attribution__subject__cadre", "event"))
    items = list(
        case.reform_items.select_related("responsible", "blockage").prefetch_related("reports", "gaps", "look_backs")
    )
    today = clock.today()
    decided = case.state in reforming.DECIDED
    creates = decided and units.fills(user, case, *units.CREATES)
    running = (ReformState.OPEN, ReformState.RETURNED)
    return {
        "deviations": [deviation.label for deviation in Deviation],
        "grid": [
            {
                "name": power.label.removesuffix("责任"),
                "cells": [
                    {
                        "name": deviation.label,
                        "points": [p for p in points if (p.link, p.deviation) == (power, deviation)],
                    }
                    for deviation in Deviation
                ],
            }
            for power in Power
        ],
        "points": points,
        "items": [
            {"row": item, "lamp": lamp_on(item.due_on, today) if item.state in running else None} for item in items
        ],
        "gaps": [gap for item in items for gap in item.gaps.all()],
        "letters": case.recommendation_letters.select_related("to_organization", "document"),
        "educations": case.educations.prefetch_related("units__organization"),
        "waiver": getattr(case, "reform_waiver", None),
        "may_create": creates,
        "may_waive": decided and not items and units.fills(user, case, Role.CASEMGMT),
    }


PANELS.register("reform", Panel("reform", "以案促改", "followup/reform_panel.html", reform), order=140)


AFTER_EXEMPTION = (ItemKind.RECTIFY_NOTICE, ItemKind.RECTIFICATION, ItemKind.NAME_CLEARING)


@AFTERWARDS.entry("exemption")
def after_exemption(case: Case, user: Any) -> dict[Any, dict[str, Any]]:
    """纠错 and 澄清正名 of each subject whose name may be cleared."""
    found: dict[Any, dict[str, Any]] = {}
    letters = {row.decision_id: row for row in case.name_clearings.select_related("document")}
    items: dict[Any, list[Any]] = {}
    for row in (
        case.execution_items.filter(kind__in=AFTER_EXEMPTION)
        .select_related("case")
        .prefetch_related("rectify_reports__answered_by")
    ):
        items.setdefault(row.decision_id, []).append(row)
    works = units.fills(user, case, "handler", "team")
    for decision in Decision.objects.filter(subject__case=case):
        if exemption.may_be_cleared(decision):
            letter = letters.get(decision.pk)
            found[decision.subject_id] = {
                "items": items.get(decision.pk, []), "clearing": letter, "may_draft": works and letter is None,
                "case_id": case.pk, "subject_id": decision.subject_id,
            }  # fmt: skip
    return found
