"""The writer of a record writes its words in the same transaction: what is saved is found, what is undone is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wenze.deadlines import clock
from wenze.search import tokens
from wenze.search.models import SearchEntry
from wenze.search.registry import INDEXES

if TYPE_CHECKING:
    from django.db import models


def reindex(obj: models.Model) -> None:
    """Write the words of ``obj`` anew; a model without an ``Index`` is passed over."""
    label = obj._meta.label
    index = INDEXES.get(label)
    if index is None:
        return
    title, subtitle = index.title(obj), index.subtitle(obj)
    names = [name for name in index.names(obj) if name]
    letters = sorted({found for name in names for found in tokens.initials(name)})
    SearchEntry.objects.update_or_create(
        kind=label,
        object_id=obj.pk,
        defaults={
            "commission_id": index.commission_id(obj),
            "case_id": index.case_id(obj),
            "title": title[:200],
            "subtitle": subtitle[:200],
            "url": index.url(obj),
            "tokens": tokens.document([title, subtitle, *index.texts(obj)], names),
            "initials": " ".join(letters)[:400],
            "updated_at": clock.now(),
        },
    )


def forget(obj: models.Model) -> None:
    """Take the words of ``obj`` out of the index."""
    SearchEntry.objects.filter(kind=obj._meta.label, object_id=obj.pk).delete()


def rebuild() -> int:
    """Write the whole index anew; returns how many records it holds."""
    SearchEntry.objects.all().delete()
    number = 0
    for index in INDEXES:
        for obj in index.model._default_manager.order_by("pk").iterator(chunk_size=500):
            reindex(obj)
            number += 1
    return number
