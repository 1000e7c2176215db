"""Which rows belong to a case, asked of the models themselves: a model that comes later is found without a word here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q

from cases.models import Case
from wenze.access import checks
from wenze.crypto.models import SealedFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db import models

FARTHEST = 4
"""Steps from a row to its case; no row of the house is farther."""


def _holds_bare_id(model: type[models.Model]) -> bool:
    """Whether a row says its case by value: the engines below ``cases`` know no case."""
    return any(field.name == "case_id" for field in model._meta.concrete_fields)


def reaching() -> list[type[models.Model]]:
    """The models whose rows may belong to a case, in a fixed order."""
    bare = {model for model in apps.get_models() if _holds_bare_id(model)}
    found = {model for model in checks.models_that_reach({Case, *bare}) if not model._meta.proxy}
    return sorted(found, key=lambda model: model._meta.label)


def roads(model: type[models.Model]) -> list[str]:
    """The lookups from a row to its case, shortest first, up to the first that no row lacks."""
    through = set(reaching())
    found = ["case_id"] if _holds_bare_id(model) else []
    at: list[tuple[type[models.Model], str, bool, frozenset[Any]]] = [(model, "", False, frozenset({model}))]
    for _ in range(FARTHEST):
        further = []
        sure = False
        for here, path, may_lack, been in at:
            for field in here._meta.concrete_fields:
                to: Any = field.related_model and field.related_model._meta.concrete_model
                if to is Case:
                    found.append(path + field.name)
                    sure = sure or not (field.null or may_lack)
                elif to in through and to not in been:
                    if _holds_bare_id(to):
                        found.append(f"{path}{field.name}__case_id")
                    further.append((to, f"{path}{field.name}__", may_lack or field.null, been | {to}))
        if sure:
            break
        at = further
    return found


def rows_of(model: Any, case: Case, clues: list[Any]) -> Any:
    """The rows of a model that belong to the case or to one of its clues."""
    rows = model._default_manager.order_by("pk")
    if model is Case:
        return rows.filter(pk=case.pk)
    belongs = Q(pk__in=[])
    for road in roads(model):
        belongs |= Q(**{road: case.pk})
        about = f"{road.removesuffix('case_id')}about_id"
        if road.endswith("case_id") and _has(model, about):
            belongs |= Q(**{f"{about}__in": [case.pk, *clues]})
    return rows.filter(belongs).distinct()


def _has(model: type[models.Model], path: str) -> bool:
    *steps, name = path.split("__")
    here: Any = model
    for step in steps:
        here = here._meta.get_field(step).related_model
    return any(field.name == name for field in here._meta.concrete_fields)


def sealed_files(case: Case, clues: list[Any]) -> Iterator[tuple[str, str, SealedFile]]:
    """Every sealed file of the case with what it is and to what it belongs; each once.

    Last come those under the case's key that no row names any more: scans that were replaced by later ones.
    """
    seen = set()
    for model in reaching():
        for field in model._meta.concrete_fields:
            if field.related_model is SealedFile:
                rows = rows_of(model, case, clues).filter(**{f"{field.name}__isnull": False})
                for row in rows.select_related(f"{field.name}__key"):
                    file: SealedFile = getattr(row, field.name)
                    if file.pk not in seen:
                        seen.add(file.pk)
                        yield f"{model._meta.verbose_name}{field.verbose_name}", str(row), file
    for file in SealedFile.objects.filter(key=case.data_key).exclude(pk__in=seen).select_related("key").order_by("pk"):
        yield "已被替换的文件", "", file
