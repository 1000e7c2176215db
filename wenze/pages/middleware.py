"""Two doors that every answer passes: the headers of a strict page, and the plain saying of a refusal."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings

from wenze.audit import ledger
from wenze.errors import Invalid, WenzeError
from wenze.pages import refusals
from wenze.pages.refusals import answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
DENIED = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
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
        if not isinstance(exception, WenzeError):
            return None
        refusals.note(request, exception)
        return answer(request, exception)


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
