"""The answers of this room to the gates that ``cases/gates.py`` names, by stage."""

from __future__ import annotations

from cases.answers import clue, deciding, decision, effects, initiation, investigation, redress

__all__ = ["clue", "deciding", "decision", "effects", "initiation", "investigation", "redress"]
