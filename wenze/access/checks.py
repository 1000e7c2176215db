"""System checks: what reaches a case is asked of ``visible_to``; every named question has its answer."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

from wenze import registry
from wenze.access import policy
from wenze.access.querysets import ScopedQuerySet


def models_that_reach(roots: set[type[models.Model]]) -> set[type[models.Model]]:
    """The models with a foreign key to one of the roots, or to a model that has one, or with a bare ``case_id``."""
    reached = set(roots)
    everything = [model for model in apps.get_models() if model.__module__.split(".")[0] not in FOREIGN]
    grown = True
    while grown:
        grown = False
        for model in everything:
            if model not in reached and any(_target(field) in reached for field in model._meta.get_fields()):
                reached.add(model)
                grown = True
    return reached | {model for model in everything if "case_id" in {f.name for f in model._meta.get_fields()}}


FOREIGN = {"django", "guardian", "simple_history", "axes"}


def _target(field: Any) -> type[models.Model] | None:
    """The model that a forward relation of ours points at."""
    if getattr(field, "concrete", False) and (field.many_to_one or field.one_to_one or field.many_to_many):
        found: type[models.Model] = field.related_model
        return found
    return None


@register()
def what_reaches_a_case_is_scoped(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """``access.E001``: its default manager has no ``visible_to``, and no reason why it needs none is written down."""
    return [
        Error(
            f"{model._meta.label} 通向案件，默认管理器却没有 visible_to。",
            hint="用 ScopedQuerySet（或写明 parent_path），确不按案件给看的，在 policy.exempt 写明理由。",
            id="access.E001",
        )
        for model in sorted(models_that_reach(set(policy.PROTECTED)), key=lambda each: each._meta.label)
        if model._meta.label not in policy.EXEMPT
        and not isinstance(model._default_manager.get_queryset(), ScopedQuerySet)
    ]


@register()
def named_questions_are_answered(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """``access.E002``: a gate, an effect or a trigger that no room answers."""
    return [
        Error(f"登记处“{each.name}”有名而无答：{'、'.join(sorted(each.unanswered))}", id="access.E002")
        for each in registry.ALL
        if each.unanswered
    ]
