"""Justification between characters for WeasyPrint, which only knows it between words (pdf.md §3).

Replaces the private ``weasyprint.layout.inline.justify_line``; WeasyPrint is pinned and a test watches the right edge.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

LIMIT_PX = 4.0  # per gap: a half-empty line (before a forced break) is not stretched
_original = inline.justify_line


def _texts(box: Any) -> Any:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from _texts(child)


def _is_cjk(character: str) -> bool:
    return "\u2e80" <= character <= "\uffef" or character in "“”‘’—…·" or character >= "\U00020000"


def _spacing(style: Any) -> float:
    value = style["letter_spacing"]
    return 0.0 if value == "normal" else float(value)


def justify_line(context: Any, line: Any, extra: float) -> None:
    """Spread the slack of a line over every gap between its characters."""
    text = "".join(box.text for box in _texts(line))
    if not any(map(_is_cjk, text)):
        _original(context, line, extra)
        return
    extra += _spacing(line.style)  # the trailing spacing is counted in the width but not seen
    gaps = len(text.rstrip()) - 1
    if gaps < 1 or abs(extra / gaps) > LIMIT_PX:
        return
    _spread(context, line, extra / gaps, 0.0)


def _spread(context: Any, box: Any, step: float, advance: float) -> float:
    if isinstance(box, boxes.TextBox):
        box.position_x += advance
        style = box.style.copy()
        style["letter_spacing"] = _spacing(style) + step
        box.style = style
        layout = inline.create_layout(box.text, style, context, max_width=None, justification_spacing=0)
        layout.deactivate()
        width = step * len(box.text)
        box.width += width
        box.pango_layout = layout
        return advance + width
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += advance
        before = advance
        for child in box.children:
            if child.is_in_normal_flow():
                advance = _spread(context, child, step, advance)
        box.width += advance - before
        return advance
    box.translate(advance, 0)
    return advance


def install() -> None:
    """Use it for every document of this process."""
    inline.justify_line = justify_line
