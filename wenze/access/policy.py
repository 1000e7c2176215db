"""The policy table: role × model → which rows (design §4). Default nothing.

A rule is a function from a ``Holding`` (the user, and the organisations for which he holds the role)
to a ``Q`` over the model. Rules stand in each app's ``rules.py``::

    @policy.allows(Case, Role.HEAD)
    def cases_of_his_office(holding: Holding) -> Q:
        return Q(office_id__in=holding.organizations)

``denies`` registers what beats every grant (回避), for all roles alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from wenze.deadlines import clock
from wenze.registry import Registry

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.db import models

    from wenze.access.roles import Role


@dataclass(frozen=True)
class Holding:
    """A user in one role: the organisations for which he holds it today."""

    user: Any
    role: str
    organizations: frozenset[uuid.UUID]


Rule = "Callable[[Holding], Q]"
RULES: Registry[Callable[[Holding], Q]] = Registry("visibility rules")
DENIALS: Registry[Callable[[Any], Q]] = Registry("denials")

PROTECTED: Registry[type[models.Model]] = Registry("protected models")
"""What may be read only as far as the policy says; every model that points at one is scoped too (access.E001)."""
EXEMPT: Registry[str] = Registry("models exempt from scoping")
"""Label → why its rows are not asked of ``visible_to`` though they point at a case."""

NOTHING = Q(pk__in=[])


def protects(*roots: type[models.Model]) -> None:
    """Declare the roots of what is protected."""
    for model in roots:
        PROTECTED.register(model._meta.label, model)


def exempt(label: str, reason: str) -> None:
    """Say why a model that points at a case is not asked of ``visible_to``."""
    EXEMPT.register(label, reason)


def allows(model: type[models.Model], *roles: Role) -> Callable[[Callable[[Holding], Q]], Callable[[Holding], Q]]:
    """Register the rule by which these roles see rows of ``model``."""

    def register(rule: Callable[[Holding], Q]) -> Callable[[Holding], Q]:
        for role in roles:
            RULES.register(f"{model._meta.label}:{role.value}", rule)
        return rule

    return register


def denies(model: type[models.Model]) -> Callable[[Callable[[Any], Q]], Callable[[Any], Q]]:
    """Register the rows of ``model`` that a user must not see whatever he holds."""
    return lambda rule: DENIALS.register(model._meta.label, rule)


def readable(model: type[models.Model], user: Any) -> Q:
    """The filter that ``visible_to`` applies: every role's rule OR-ed, denials subtracted.

    Built once per account instance, roles held and day (a page asks it several times); it holds subqueries, no rows, so
    a recusal or a new team member still takes effect at once, and a dated grant ends with its day.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return NOTHING
    holdings = user.holdings()
    today = clock.today()
    built_for, built_on, filters = user.__dict__.get("_readable", (None, None, {}))
    if built_for is not holdings or built_on != today:
        filters = {}
        user.__dict__["_readable"] = (holdings, today, filters)
    label = model._meta.label
    if label not in filters:
        filters[label] = _built(label, user, holdings)
    found: Q = filters[label]
    return found


def _built(label: str, user: Any, holdings: dict[str, frozenset[uuid.UUID]]) -> Q:
    found: Q | None = None
    for role, organizations in holdings.items():
        rule = RULES.get(f"{label}:{role}")
        if rule is not None:
            part = rule(Holding(user, role, organizations))
            found = part if found is None else found | part
    if found is None:
        return NOTHING
    denial = DENIALS.get(label)
    return found & ~denial(user) if denial else found
