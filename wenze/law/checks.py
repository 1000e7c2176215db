"""A citation of what the library does not have is an error at start."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from wenze.law import citations


@register()
def citations_exist(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """``law.E001``."""
    return [
        Error(f"引用了法规库中没有的条文：{citation.code} {citation.number}", id="law.E001")
        for citation in sorted(citations.ALL, key=lambda each: (each.code, each.number))
        if not citation.exists()
    ]
