"""Pictures of bootstrap-icons, drawn into the page: no font, no second request, the colour of the text."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).resolve().parent.parent.parent / "node_modules" / "bootstrap-icons" / "icons"
NAME = re.compile(r"[a-z0-9-]+")
BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class NoSuchIconError(LookupError):
    """The package has no icon of this name."""


def exists(name: str) -> bool:
    return NAME.fullmatch(name) is not None and (FOLDER / f"{name}.svg").is_file()


@cache
def _shapes(name: str) -> SafeString:
    if not exists(name):
        raise NoSuchIconError(name)
    found = BODY.search((FOLDER / f"{name}.svg").read_text("utf-8"))
    if found is None:
        raise NoSuchIconError(name)
    return mark_safe(" ".join(found[1].split()))  # a file of a package, never a user's text


def icon(name: str, label: str = "") -> SafeString:
    """The icon as inline SVG; without ``label`` it is hidden from screen readers."""
    said = (
        format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true" focusable="false"')
    )
    return format_html(
        '<svg class="wz-icon" width="16" height="16" viewBox="0 0 16 16" fill="currentColor" {}>{}</svg>',
        said,
        _shapes(name),
    )
