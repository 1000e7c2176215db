"""The use-cases of a case, one module a stage; importing them registers what follows from signatures."""

from __future__ import annotations

from cases.services import (
    course,
    deliberation,
    evidence,
    exits,
    hearing,
    initiation,
    intake,
    investigation,
    leaving,
    moving,
    problems,
    redress,
    report,
)

__all__ = [
    "course",
    "deliberation",
    "evidence",
    "exits",
    "hearing",
    "initiation",
    "intake",
    "investigation",
    "leaving",
    "moving",
    "problems",
    "redress",
    "report",
]
