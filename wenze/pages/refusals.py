"""How a refusal is said: the number first, then each thing with its article and the place to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from wenze.errors import Invalid, Missing, NotYours, Recused, Refused, Stale, WenzeError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _described(error: WenzeError) -> dict[str, Any]:
    if isinstance(error, Refused):
        return {
            "title": f"还差 {len(error.missing)} 项，现在不能“{error.step}”",
            "heading": f"一次说全：缺少的 {len(error.missing)} 项",
            "missing": error.missing,
        }
    if isinstance(error, Invalid):
        return {
            "title": "填写的内容不能接受",
            "heading": f"需要改正的 {len(error.fields)} 处",
            "missing": [Missing(name, text) for name, text in error.fields.items()],
        }
    if isinstance(error, Stale):
        return {"title": "页面已过期，没有写入", "text": str(error), "kind": "warn"}
    if isinstance(error, Recused):
        return {"title": "您已回避，不能办理", "text": str(error), "kind": "late"}
    if isinstance(error, NotYours):
        return {"title": "这一步不由您办理", "text": str(error), "kind": "late"}
    return {"title": "没有办成", "text": str(error), "kind": "warn"}


NOTED = "wenze_refusal"


def note(request: HttpRequest, error: WenzeError) -> None:
    """Keep a refusal for the ledger: a page that shows it beside its form says so here."""
    setattr(request, NOTED, error)


def noted(request: HttpRequest) -> WenzeError | None:
    """The refusal that this request ended in, if it did."""
    found: WenzeError | None = getattr(request, NOTED, None)
    return found


def came_from(request: HttpRequest) -> str:
    """The page on which the button was pressed, if it is one of ours."""
    referer = request.headers.get("Referer", "")
    allowed = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    return referer if allowed else "/"


def answer(request: HttpRequest, error: WenzeError) -> HttpResponse:
    """The page with the error's own status; to htmx the fragment alone, put above the page's text."""
    told = {"status": error.status, "back": came_from(request), **_described(error)}
    if getattr(request, "htmx", False):
        response = render(request, "components/refusal.html", told, status=error.status)
        response["HX-Retarget"] = "#wz-notice"
        response["HX-Reswap"] = "innerHTML show:window:top"
        return response
    return render(request, "refused.html", told, status=error.status)
