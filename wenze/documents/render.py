"""From the frozen context to bytes: the same bytes in any process under the same renderer and fonts (design §6)."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import weasyprint
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from wenze.documents import glyphs, justify
from wenze.documents.kinds import KINDS
from wenze.errors import WenzeError

if TYPE_CHECKING:
    import datetime as dt

    from wenze.documents.models import OfficialDocument
    from wenze.documents.paper import Paper

STYLES = Path(__file__).parent / "styles"
MARK_PT, MARK_WIDTH_PT = 58, 442
_lock = threading.Lock()


class FontsMissing(WenzeError):
    """The fonts of the house are not installed."""


@lru_cache(maxsize=1)
def _prepared() -> tuple[FontConfiguration, list[CSS]]:
    """Stylesheets and fonts, loaded once a process: half of the time of a document otherwise."""
    missing = [name for name in glyphs.FANDOL if not (glyphs.font_folder() / f"{name}.otf").exists()]
    if missing:
        raise FontsMissing(f"缺少字体 {'、'.join(missing)}：请运行 make setup 安装。")
    if harfbuzz_subset is None:
        raise FontsMissing("缺少 libharfbuzz-subset0：请运行 make setup 安装。")
    justify.install()
    fonts = FontConfiguration()
    text = (STYLES / "gongwen.css").read_text(encoding="utf-8")
    text = text.replace("url(fonts/", f"url({glyphs.font_folder().resolve().as_uri()}/")
    sheets = [CSS(string=text, font_config=fonts)]
    sheets.append(CSS(string=(STYLES / "forms.css").read_text(encoding="utf-8"), font_config=fonts))
    return fonts, sheets


@dataclass(frozen=True)
class Printed:
    """A paper as it was drawn."""

    content: bytes
    pages: int


def html(document: OfficialDocument) -> str:
    """The page; every value of the context is escaped by the template."""
    paper = document.context
    kind = KINDS[document.kind]
    return render_to_string(
        f"documents/{kind.style}.html",
        {
            "paper": _clean(paper),
            "document": document,
            "kind": kind,
            "title_lines": _clean(paper)["title"].split("\n"),
            "mark": f"{min(MARK_PT, MARK_WIDTH_PT / (len(paper['organ']) + 2)):.2f}",
            "issued": f"{document.issued_on.isoformat()}T08:00:00+08:00",
        },
    )


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return glyphs.clean(value)
    if isinstance(value, list):
        return [_clean(each) for each in value]
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    return value


def _draw(page: str) -> Printed:
    with _lock:  # Pango's layouts are not safe across threads
        fonts, sheets = _prepared()
        source = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=()))
        drawn = source.render(stylesheets=sheets, font_config=fonts)
        return Printed(drawn.write_pdf(), len(drawn.pages))


def printed(document: OfficialDocument) -> Printed:
    """The document's bytes and how many pages they are. Raises ``FontsMissing``."""
    return _draw(html(document))


def pdf(document: OfficialDocument) -> bytes:
    """The document's bytes. Raises ``FontsMissing``."""
    return printed(document).content


def sheet(paper: Paper, *, mark: str, on: dt.date, across: bool = False) -> Printed:
    """A paper that is no official document (a catalogue): the look of an internal form, no code to verify it by.

    ``across``: A4 laid on its side, for wide tables.
    """
    told = _clean(paper.as_dict())
    shown = {
        "paper": told,
        "document": {"title": told["title"]},
        "kind": {"code": mark},
        "title_lines": told["title"].split("\n"),
        "issued": f"{on.isoformat()}T08:00:00+08:00",
        "across": across,
    }
    return _draw(render_to_string("documents/form.html", shown))


def fingerprint() -> str:
    """Renderer and fonts under which bytes are reproducible."""
    told = weasyprint.__version__ + "".join(
        hashlib.sha256((glyphs.font_folder() / f"{name}.otf").read_bytes()).hexdigest() for name in glyphs.FANDOL
    )
    return hashlib.sha256(told.encode()).hexdigest()[:16]
