"""The use-cases after the decision; importing them registers what follows from days and signatures."""

from __future__ import annotations

from followup.services import care, checks, execution, release, visits

__all__ = ["care", "checks", "execution", "release", "visits"]
