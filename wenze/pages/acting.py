"""The one way a form's post becomes an act: call the service, show its refusals beside the fields, redirect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wenze.errors import Invalid, Refused, Stale
from wenze.pages import refusals
from wenze.pages.forms import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from wenze.pages.forms import Form
    from wenze.people.http import OfficeRequest


@dataclass(frozen=True)
class Watched:
    """The row that a page lets one edit: what it showed of it, and what it holds when the button is pressed.

    ``matter`` is locked first, as every use-case does, so that a row made in the same moment is seen too.
    """

    rows: QuerySet[Any]
    values: Callable[[Any], dict[str, Any]]
    matter: QuerySet[Any]

    def shown(self) -> dict[str, Any]:
        """What the page shows of the row; nothing where it does not exist yet."""
        row = self.rows.first()
        return self.values(row) if row is not None else {}

    def standing(self) -> dict[str, Any]:
        """The same within the act's transaction, the matter locked."""
        list(self.matter.select_for_update().values_list("pk"))
        return self.shown()

    def marks(self) -> dict[str, Any]:
        """``initial`` and ``seen`` for the form."""
        shown = self.shown()
        return {"initial": shown, "seen": fingerprint(shown)}


def _call(form: Form, call: Callable[[], Any], watched: Watched | None) -> Any:
    """The service's act, unless another person changed the row since the page was shown."""
    seen = form.cleaned_data["seen"]
    if watched is None or not seen:
        return call()
    with transaction.atomic():
        if fingerprint(watched.standing()) != seen:
            raise Stale
        return call()


def _keep(form: Form, watched: Watched) -> None:
    """What was typed stays; the next press counts from what the row holds now."""
    now = watched.shown()
    theirs = [str(form.fields[name].label) for name in now if name in form.fields and form[name].value() != now[name]]
    form.add_error(
        None,
        "在您打开之后，另一人已改动本页的内容，您所填的没有写入，仍在下面。请对照最新内容核对后再保存。"
        + (f"与最新内容不同的有：{'、'.join(theirs)}。" if theirs else ""),
    )
    typed: Any = form.data
    form.data = typed.copy()
    form.data["seen"] = fingerprint(now)  # type: ignore[index]


def act(
    request: OfficeRequest,
    *,
    form: Form,
    call: Callable[[], Any],
    done: str,
    target: Any,
    template: str,
    context: dict[str, Any],
    watched: Watched | None = None,
) -> HttpResponse:
    """GET shows the form; POST calls ``call`` once. What was typed comes back with every refusal, nothing is lost."""
    missing: Any = ()
    status = 422
    if request.method == "POST" and form.is_valid():
        try:
            result = _call(form, call, watched)
        except Invalid as refusal:
            form.accept(refusal)
        except Refused as refusal:
            refusals.note(request, refusal)
            missing = refusal.missing
        except Stale as refusal:
            if watched is None:
                raise
            refusals.note(request, refusal)
            _keep(form, watched)
            status = refusal.status
        else:
            messages.success(request, done)
            return redirect(target(result) if callable(target) else target)
    return render(
        request,
        template,
        {**context, "form": form, "missing": missing},
        status=status if form.errors or missing else 200,
    )
