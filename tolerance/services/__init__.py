"""The use-cases of the filings; importing them registers what follows from a day."""

from __future__ import annotations

from tolerance.sealing import roots
from tolerance.services import drafting, expiry, handling

__all__ = ["drafting", "expiry", "handling", "roots"]
