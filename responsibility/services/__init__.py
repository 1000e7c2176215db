"""The use-cases of the lists; importing them registers who is reminded and what the outbox does for them."""

from __future__ import annotations

from responsibility.services import drafting, duties, imports, problems

__all__ = ["drafting", "duties", "imports", "problems"]
