"""A request of somebody who is logged in: every page but the login sees only these (LoginRequiredMiddleware)."""

from __future__ import annotations

from django.http import HttpRequest

from wenze.people.models import User


class OfficeRequest(HttpRequest):
    """``request.user`` is an account, never a visitor."""

    user: User
