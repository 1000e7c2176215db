"""Rows of the tolerance room."""

from __future__ import annotations

from tolerance.models.answer import FilingAnswer
from tolerance.models.filing import Filing

__all__ = ["Filing", "FilingAnswer"]
