"""``/search/?q=``: case numbers in any writing, persons, units, pinyin initials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from wenze.audit import ledger
from wenze.search import selectors, tokens

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def search(request: HttpRequest) -> HttpResponse:
    """The page of results; it shows only what the user may see and does not tell what else exists."""
    user: Any = request.user
    q = request.GET.get("q", "").strip()[: tokens.LONGEST]
    kind = request.GET.get("kind", "")
    if q:
        ledger.record_apart(
            "search", actor=user, commission_id=user.commission_id, detail={"q": q, "kind": kind}, result="done"
        )
    found = selectors.search(user, q, kind or None)
    return render(request, "search/search.html", {"q": q, "kind": kind, "found": found, "shown": selectors.SHOWN})
