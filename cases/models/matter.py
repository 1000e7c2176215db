"""Rows that hang on a clue or a case: whose they are and who answers for them is asked of it (terms, to-dos, ledger)."""

from __future__ import annotations

from typing import Any


class OfMatter:
    """Commission, office, handler and case of the matter that the row belongs to."""

    @property
    def matter(self) -> Any:
        """The clue or the case."""
        raise NotImplementedError

    @property
    def commission_id(self) -> Any:
        return self.matter.commission_id

    @property
    def office_id(self) -> Any:
        return self.matter.office_id

    @property
    def handler(self) -> Any:
        return self.matter.handler

    @property
    def ledger_case_id(self) -> Any:
        return self.matter.ledger_case_id

    def get_absolute_url(self) -> str:
        """The matter's page, where the row is shown; a row with a page of its own says so."""
        found: str = self.matter.get_absolute_url()
        return found


class OfClue(OfMatter):
    clue: Any

    @property
    def matter(self) -> Any:
        return self.clue


class OfCase(OfMatter):
    case: Any

    @property
    def matter(self) -> Any:
        return self.case
