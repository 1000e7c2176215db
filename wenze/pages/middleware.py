"""Two doors that every answer passes: the headers of a strict page, and the plain saying of a refusal."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError

from wenze.audit import ledger
from wenze.errors import Invalid, Stale, WenzeError
from wenze.pages import refusals
from wenze.pages.refusals import answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
UNIQUE_VIOLATION = "23505"
DENIED = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
logger = logging.getLogger(__name__)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
}


class HeadersMiddleware:
    """Stands first, so that errors and static files carry the headers too; a view's own stricter header stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class RefusalMiddleware:
    """A ``WenzeError`` is an answer, not a fault: its page lists all that is missing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, IntegrityError) and _is_taken(exception):
            logger.warning("two at once on %s: %s", request.path, exception)
            exception = Stale("另一人（或另一次点击）同时办理了同一事项，以先到的为准；本次没有写入，请刷新后核对。")
        if not isinstance(exception, WenzeError):
            return None
        refusals.note(request, exception)
        return answer(request, exception)


def _is_taken(error: IntegrityError) -> bool:
    """Whether a unique constraint refused the row: somebody was first. Any other broken constraint is our fault."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state == UNIQUE_VIOLATION or "UNIQUE constraint failed" in str(error)


class WitnessMiddleware:
    """What was refused and what was denied to somebody who is logged in stands on the ledger, after the roll-back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user: Any = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return response
        refusal = refusals.noted(request)
        match = request.resolver_match
        row = match.kwargs.get("pk") if match else None
        told: dict[str, Any] = {"path": request.path[:200], "status": response.status_code}
        if refusal is not None and not isinstance(refusal, Invalid):
            told |= {
                "step": getattr(refusal, "step", ""),
                "codes": list(getattr(refusal, "codes", ())),
                "reason": str(refusal)[:300],
            }
            ledger.record_apart("refused", actor=user, commission_id=user.commission_id, about_id=row, detail=told)
        elif response.status_code in DENIED and (row is not None or response.status_code == HTTPStatus.FORBIDDEN):
            ledger.record_apart(
                "denied", actor=user, commission_id=user.commission_id, about_id=row, detail=told, result="denied"
            )
        return response
