"""Words of the case for templates: ``{% load cases %}``."""

from __future__ import annotations

from typing import Any

from django import template

from wenze.law import measure_name, situation_name

register = template.Library()


@register.filter
def at(mapping: dict[Any, Any], key: Any) -> Any:
    """The value under a key that the template holds."""
    return mapping.get(key)


@register.filter
def situation(code: str) -> str:
    """The name of a situation of 条例第七条 behind its code."""
    return situation_name(code)


@register.filter
def measure(code: str) -> str:
    """The Chinese name of a measure."""
    return measure_name(code)
