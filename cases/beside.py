"""What higher rooms lay beside the forms of a case: the place is the panel to which the form belongs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wenze.registry import Registry

if TYPE_CHECKING:
    from cases.models import Case, Subject


@dataclass(frozen=True)
class Beside:
    """A part below the form of ``places``; ``context(case, user, subject)`` is read when the page is drawn."""

    places: tuple[str, ...]
    template: str
    context: Callable[[Case, Any, Subject | None], dict[str, Any]]


BESIDE: Registry[Beside] = Registry("beside the forms of a case")


def beside(case: Case, user: Any, place: str, subject: Subject | None) -> list[dict[str, Any]]:
    """Every part for this place with what it shows."""
    return [{"template": part.template, **part.context(case, user, subject)} for part in BESIDE if place in part.places]
