"""What the higher rooms do with a package that was taken in: one handler a kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wenze.registry import Registry

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from wenze.exchange.archive import Opened
    from wenze.exchange.models import ExchangePackage
    from wenze.people.models import User


@dataclass(frozen=True)
class Line:
    """What became of one thing in a package. ``reference`` is the sender's own name for it."""

    title: str
    result: str
    reason: str = ""
    reference: str = ""
    about_label: str = ""
    about_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Carried:
    """A package that holds, in the transaction that takes it in; ``actor`` is who carried it to the system."""

    opened: Opened
    row: ExchangePackage
    actor: User
    on: dt.date

    @property
    def witness(self) -> dict[str, Any]:
        """How the ledger names the partner in whose name something was done."""
        return {"package": str(self.row.package_id), "partner": self.row.partner.code}


HANDLERS: Registry[Callable[[Carried], Sequence[Line]]] = Registry("exchange packages")
