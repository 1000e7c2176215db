"""A figure by its code: those of the catalogue, and those that follow from the rows (terms, units, shares)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db.models import Q

from wenze.law import data
from wenze.people.models import Organization
from wenze.reporting.catalogue import BELOW, HELD, KEPT, term_figure, unit_figures, yearly
from wenze.reporting.figures import Figure, Part

if TYPE_CHECKING:
    from wenze.reporting.scope import Scope


def figure_of(code: str, scope: Scope) -> Figure | None:
    """The figure that stands in an address; ``None`` for a code that is none."""
    kind, _, rest = code.partition(".")
    if kind == "term":
        rule, _, kept = rest.partition(".")
        row = data.terms().get(rule)
        if kept not in KEPT or (row is None and rule != "T"):
            return None
        return term_figure(rule, kept, str(row["name"])) if row is not None else term_figure("", kept)
    if kind == "unit":
        return next((figure for figure in _of_unit(rest, scope) if figure.code == code), None)
    if kind == "share":
        return _share(code, rest)
    return yearly().get(code)


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _of_unit(rest: str, scope: Scope) -> list[Figure]:
    pk = _key(rest.partition(".")[0])
    unit = Organization.objects.visible_to(scope.user).filter(pk=pk).first() if pk else None
    return list(unit_figures(pk, str(unit) if unit else "单位")) if pk else []


def _share(code: str, rest: str) -> Figure | None:
    """``share.<group>.<key>`` and, with ``.below``, those of them that are."""
    group, _, tail = rest.partition(".")
    below = tail.endswith(".below")
    key = tail.removesuffix(".below")
    pk = _key(key)
    if key and group != "field" and pk is None:
        return None
    if group == "field":
        of = Q(case__field=key)
    elif group == "office":
        of = Q(case__office=pk)
    elif group == "place" and pk is not None:
        led = Q(post__organization__directly_led_by=pk)
        of = led | Q(organization__directly_led_by=pk)
    elif group == "place":
        of = Q(post__organization__directly_led_by=None, organization__directly_led_by=None)
    else:
        return None
    title = "属地、基层一线的对象" if below else "被问责的对象"
    definition = yearly()["below"].definition if below else "该组被问责的党组织和干部。"
    return Figure(code, title, definition, (Part("respondents", HELD & of & (BELOW if below else Q())),))
