"""Rows of the tolerance room."""

from __future__ import annotations

from tolerance.models.answer import FilingAnswer
from tolerance.models.filing import Filing, FilingFile, FilingPerson, FilingVersion
from tolerance.models.lists import ListEdition, ResidentScope, ToleranceItem
from tolerance.models.root import FilingRoot

__all__ = [
    "Filing", "FilingAnswer", "FilingFile", "FilingPerson", "FilingRoot", "FilingVersion", "ListEdition", "ResidentScope", "ToleranceItem",
]  # fmt: skip
