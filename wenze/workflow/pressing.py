"""A button that is pressed twice makes one row."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.db import IntegrityError, transaction

if TYPE_CHECKING:
    from django.db import models

Params = ParamSpec("Params")
Row = TypeVar("Row")


def press_once(model: type[models.Model], owner: str) -> Callable[[Callable[Params, Row]], Callable[Params, Row]]:
    """For a service that makes a row whose key is the form's ``submission``: however often it is pressed, one row.

    A second press finds the first one's row; a press in the same moment fails on the key, is rolled back and finds it too.
    """

    def once(service: Callable[Params, Row]) -> Callable[Params, Row]:
        @wraps(service)
        def pressed(*args: Params.args, **kwargs: Params.kwargs) -> Row:
            def made() -> Any:
                return model._default_manager.filter(pk=kwargs["submission"], **{owner: kwargs["actor"]}).first()

            try:
                with transaction.atomic():
                    return made() or service(*args, **kwargs)
            except IntegrityError:
                if (found := made()) is None:
                    raise
                return found  # type: ignore[no-any-return]

        return pressed

    return once
