"""Choices that offer only visible rows: the door most often forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from collections.abc import Callable


class ScopedModelChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among the rows of a model that the user may see, narrowed if asked."""

    def __init__(self, model: Any, *, user: Any, narrow: Callable[[Any], Any] | None = None, **kwargs: Any) -> None:
        rows = model._default_manager.visible_to(user)
        super().__init__(queryset=narrow(rows) if narrow else rows, **kwargs)
