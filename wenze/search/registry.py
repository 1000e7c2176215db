"""Each app says in its ``indexes.py`` by which words its records are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wenze.registry import Registry

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Iterable

    from django.db import models


def _commission(obj: Any) -> uuid.UUID | None:
    found: uuid.UUID | None = getattr(obj, "commission_id", None)
    return found


def _case(obj: Any) -> uuid.UUID | None:
    found: uuid.UUID | None = getattr(obj, "case_id", None)
    return found


def _nothing(_obj: Any) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class Index:
    """How records of ``model`` are found: the model's manager must offer ``visible_to``.

    ``texts`` never gives what is sealed: words of the index are readable in the database.
    ``names`` are persons and organisations, found by pinyin initials too.
    """

    model: type[models.Model]
    texts: Callable[[Any], Iterable[str]]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    subtitle: Callable[[Any], str] = lambda _obj: ""
    names: Callable[[Any], Iterable[str]] = _nothing
    commission_id: Callable[[Any], uuid.UUID | None] = _commission
    case_id: Callable[[Any], uuid.UUID | None] = _case

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)


INDEXES: Registry[Index] = Registry("search indexes")
