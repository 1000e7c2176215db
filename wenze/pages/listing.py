"""Lists that stay quick at a million rows: keyset pages, a capped count, and always the same number of queries.

::

    page = listing.page(request, Case.objects.visible_to(user), order=("-opened_on", "-pk"))
    {% include "components/pager.html" with page=page only %}

The order ends in a unique column; none of its columns may be null. The place is kept in ``?after=`` or
``?before=`` as plain text: it reveals nothing that the row did not show, and forging it moves only the window.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest

M = TypeVar("M", bound=models.Model)
SIZE = 20
CAP = 1000


@dataclass(frozen=True)
class Page(Generic[M]):
    """A window on a list, with the addresses of its neighbours (empty where there is none)."""

    items: Sequence[M]
    first: str
    previous: str
    next: str
    count: str
    count_exactly: str

    def __iter__(self) -> Iterator[M]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _value(row: models.Model, path: str) -> Any:
    found: Any = row
    for part in path.split("__"):
        found = getattr(found, part)
    return found


def _field(model: type[models.Model], path: str) -> models.Field[Any, Any] | None:
    found: Any = None
    here: Any = model
    for part in path.split("__"):
        if part == "pk":
            found = here._meta.pk
        elif part in {field.name for field in here._meta.get_fields()}:
            found = here._meta.get_field(part)
        else:
            return None  # an annotation: compared as it stands
        here = found.related_model or here
    return found if isinstance(found, models.Field) else None


def encode(row: models.Model, order: Sequence[str]) -> str:
    """The place of ``row`` in the order, as text for the address."""
    values = [_plain(_value(row, column.lstrip("-"))) for column in order]
    return base64.urlsafe_b64encode(json.dumps(values, ensure_ascii=False).encode()).decode().rstrip("=")


def decode(model: type[models.Model], text: str, order: Sequence[str]) -> list[Any] | None:
    """The place again, typed by the columns; ``None`` where somebody has changed it by hand."""
    try:
        values = json.loads(base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4)))
        if not isinstance(values, list) or len(values) != len(order) or None in values:
            return None
        typed = []
        for column, value in zip(order, values, strict=True):
            field = _field(model, column.lstrip("-"))
            typed.append(field.to_python(value) if field is not None else value)
    except (ValueError, TypeError, ValidationError):
        return None
    return typed


def beyond(order: Sequence[str], values: Sequence[Any], *, backwards: bool = False) -> Q:
    """The rows that come after the place (before it, ``backwards``); the first column bounds the index walk."""
    found = Q()
    equal = Q()
    for column, value in zip(order, values, strict=True):
        name, falling = column.lstrip("-"), column.startswith("-")
        found |= equal & Q(**{f"{name}__{'lt' if falling != backwards else 'gt'}": value})
        equal &= Q(**{name: value})
    first, falling = order[0].lstrip("-"), order[0].startswith("-")
    return Q(**{f"{first}__{'lte' if falling != backwards else 'gte'}": values[0]}) & found


def turned(order: Sequence[str]) -> list[str]:
    return [column[1:] if column.startswith("-") else f"-{column}" for column in order]


def capped(queryset: models.QuerySet[Any], cap: int = CAP) -> str:
    """How many rows: exactly up to ``cap``, then ``1000+``."""
    found = queryset.order_by().values("pk")[: cap + 1].count()
    return str(found) if found <= cap else f"{cap}+"


def page(request: HttpRequest, queryset: models.QuerySet[M], *, order: Sequence[str], size: int = SIZE) -> Page[M]:
    """The window that the address asks for: two queries, whatever the number of rows (plus the caller's prefetches)."""
    exact = request.GET.get("count") == "exactly"
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    model = queryset.model
    place = decode(model, after or before, order) if after or before else None
    backwards = place is not None and not after
    rows = queryset.order_by(*(turned(order) if backwards else order))
    if place is not None:
        rows = rows.filter(beyond(order, place, backwards=backwards))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()

    def address(**changes: str) -> str:
        query = request.GET.copy()
        for name in ("after", "before"):
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"

    has_previous = more if backwards else place is not None
    has_next = bool(found) and (True if backwards else more)
    return Page(
        items=found,
        first=address() if has_previous else "",
        previous=address(before=encode(found[0], order)) if has_previous and found else "",
        next=address(after=encode(found[-1], order)) if has_next else "",
        count=str(queryset.order_by().count()) if exact else capped(queryset),
        count_exactly="" if exact else address(count="exactly"),
    )
