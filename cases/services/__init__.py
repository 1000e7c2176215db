"""The use-cases of a case, one module a stage; importing them registers what follows from signatures."""

from __future__ import annotations

from cases.services import (
    deliberation,
    evidence,
    exits,
    hearing,
    initiation,
    intake,
    investigation,
    moving,
    redress,
    report,
)

__all__ = [
    "deliberation",
    "evidence",
    "exits",
    "hearing",
    "initiation",
    "intake",
    "investigation",
    "moving",
    "redress",
    "report",
]
