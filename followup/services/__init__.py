"""The use-cases after the decision; importing them registers what follows from days and signatures."""

from __future__ import annotations

from followup.services import care, checks, education, execution, letters, reform, release, units, visits

__all__ = ["care", "checks", "education", "execution", "letters", "reform", "release", "units", "visits"]
