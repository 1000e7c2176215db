"""The use-cases of execution, visits and reform; importing them registers what follows from signatures."""

from __future__ import annotations

from followup.services import education, execution, letters, reform, units, visits

__all__ = ["education", "execution", "letters", "reform", "units", "visits"]
