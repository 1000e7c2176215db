"""The one way a form's post becomes an act: call the service, show its refusals beside the fields, redirect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wenze.errors import Invalid, Refused
from wenze.pages import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

    from wenze.pages.forms import Form
    from wenze.people.http import OfficeRequest


def act(
    request: OfficeRequest,
    *,
    form: Form,
    call: Callable[[], Any],
    done: str,
    target: Any,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """GET shows the form; POST calls ``call`` once. What was typed comes back with every refusal, nothing is lost."""
    missing: Any = ()
    if request.method == "POST" and form.is_valid():
        try:
            result = call()
        except Invalid as refusal:
            form.accept(refusal)
        except Refused as refusal:
            refusals.note(request, refusal)
            missing = refusal.missing
        else:
            messages.success(request, done)
            return redirect(target(result) if callable(target) else target)
    status = 422 if form.errors or missing else 200
    return render(request, template, {**context, "form": form, "missing": missing}, status=status)
