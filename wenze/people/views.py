"""In and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import login as begin_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from wenze.audit import ledger
from wenze.people.forms import LoginForm
from wenze.people.models import User

if TYPE_CHECKING:
    from typing import Any


@login_not_required
def login(request: HttpRequest) -> HttpResponse:
    """Login; success and failure both stand on the ledger."""
    if request.user.is_authenticated:
        return redirect("/")
    form = LoginForm(request.POST or None, request=request)
    target = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST":
        if form.is_valid():
            user: Any = form.user
            begin_session(request, user)
            ledger.record_apart("login", actor=user, commission_id=user.commission_id, result="done")
            safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
            return redirect(target if safe else "/")
        _record_failure(request.POST.get("username", ""))
    return render(request, "login.html", {"form": form, "next": target}, status=422 if form.errors else 200)


def _record_failure(username: str) -> None:
    """A failed login of an account that exists goes to its commission's ledger; others have none to go to."""
    known = User.objects.filter(username=username[:60]).first()
    if known is not None:
        ledger.record_apart("login", actor=known, commission_id=known.commission_id, result="failed")


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Out, by POST only."""
    user: Any = request.user
    if user.is_authenticated:
        ledger.record_apart("logout", actor=user, commission_id=user.commission_id, result="done")
    end_session(request)
    return redirect("login")
