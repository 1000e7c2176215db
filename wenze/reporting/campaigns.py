"""Campaigns side by side: counts, measures, how long it took, which terms were kept. Each its whole time, not a year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, DurationField, ExpressionWrapper, F

from cases.models import Campaign
from cases.services.campaigns import may_open
from wenze.deadlines import clock
from wenze.law import measures
from wenze.reporting.catalogue import KEPT, term_figure, yearly
from wenze.reporting.figures import Figure, numbers
from wenze.reporting.scope import Scope
from wenze.reporting.sources import cases
from wenze.reporting.tables import Cell, Row

MOST = 6
"""So many campaigns stand side by side, the newest."""
BEGINNING = dt.date(1990, 1, 1)
__all__ = ["Compared", "compared", "may_open"]


@dataclass(frozen=True)
class Compared:
    """Campaigns as columns; ``rows`` are their figures, every number with its list."""

    campaigns: list[Campaign]
    rows: list[Row]
    queries: list[str]

    def drawn(self) -> list[dict[str, Any]]:
        """The rows as the page draws them: each cell with its campaign and the conditions of its list."""
        return [
            {
                "label": row.label,
                "note": row.note,
                "cells": list(zip(self.campaigns, row.cells, self.queries, strict=True)),
            }
            for row in self.rows
        ]


def figures() -> list[Figure]:
    """What is compared."""
    catalogue = yearly()
    told = ["intake.clues", "intake.cases", "all", "held.organizations", "held.times", "held.persons", "outcome.first_form", "outcome.exempted", "outcome.not_accountable",
            "form.1.accountable", "form.2.accountable", "form.3.accountable"]  # fmt: skip
    told += [
        f"method.{code}.times"
        for code, row in measures().items()
        if row.kind != "first_form" and row.target != "organization"
    ]
    return [*(catalogue[code] for code in told), *(term_figure("", kept) for kept in KEPT)]


def scope_of(user: Any, campaign: Campaign) -> Scope:
    """The whole time: a case of a campaign may be decided after the campaign ended."""
    return Scope(user, BEGINNING, clock.today() + dt.timedelta(days=3650), campaign=campaign)


def compared(user: Any) -> Compared:
    """The newest campaigns, side by side."""
    chosen = list(Campaign.objects.visible_to(user).order_by("-from_on", "-pk")[:MOST])
    scopes = [scope_of(user, campaign) for campaign in chosen]
    each = figures()
    told = [numbers(each, scope) for scope in scopes]
    rows = [
        Row(
            figure.title,
            [Cell(str(n[figure.code]), n[figure.code], figure.code, figure.definition) for n in told],
            figure.definition,
        )
        for figure in each
        if not figure.code.startswith("method.") or any(n[figure.code] for n in told)
    ]
    rows.append(
        Row(
            "从启动到决定（平均日数）",
            [Cell(_days(scope)) for scope in scopes],
            "启动批准日到决定日的自然日数，只数已决定的案件。",
        )
    )
    return Compared(chosen, rows, [scope.query for scope in scopes])


def _days(scope: Scope) -> str:
    took = ExpressionWrapper(F("decided_on") - F("approved_on"), output_field=DurationField())
    mean = cases(scope).filter(decided_on__isnull=False, approved_on__isnull=False).aggregate(days=Avg(took))["days"]
    return f"{mean.days}" if mean is not None else "—"
