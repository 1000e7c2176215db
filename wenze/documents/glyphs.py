"""Before a paper is issued: every character must have a glyph in the fonts of the house (pdf.md §6)."""

from __future__ import annotations

import subprocess
import unicodedata
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTCollection, TTFont

from wenze.errors import Invalid

FANDOL = ("FandolFang-Regular", "FandolKai-Regular", "FandolHei-Regular", "FandolSong-Regular", "FandolSong-Bold")
FALLBACK = ("Noto Serif CJK SC", "Noto Sans CJK SC")
SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}


def font_folder() -> Path:
    """Where ``make setup`` put the Fandol fonts."""
    folder: Path = settings.WENZE_FONTS
    return folder


def _cmap(path: Path) -> set[int]:
    if path.suffix.lower() == ".ttc":
        collection = TTCollection(str(path), lazy=True)
        return set().union(*(font.getBestCmap() for font in collection.fonts[:1]))
    return set(TTFont(str(path), lazy=True).getBestCmap())


@lru_cache(maxsize=1)
def known() -> frozenset[int]:
    """The characters that the fonts of the house can draw."""
    found: set[int] = set()
    for name in FANDOL:
        path = font_folder() / f"{name}.otf"
        if path.exists():
            found |= _cmap(path)
    for family in FALLBACK:
        told = subprocess.run(  # noqa: S603 -- fixed arguments
            ["fc-match", "-f", "%{file}", family],  # noqa: S607 -- fontconfig of the system
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        if told and "Noto" in told:
            found |= _cmap(Path(told))
    return frozenset(found)


def clean(text: str) -> str:
    """The text as it is printed: composed, without variation selectors and control characters."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(c for c in composed if ord(c) not in SELECTORS and (c in "\n\t" or unicodedata.category(c) != "Cc"))


def check(texts: list[str]) -> None:
    """Raise ``Invalid`` naming the characters that cannot be printed, private-use ones among them."""
    drawn = known()
    missing = sorted(
        {
            c
            for text in texts
            for c in clean(text)
            if not c.isspace() and (ord(c) not in drawn or unicodedata.category(c) == "Co")
        }
    )
    if missing:
        shown = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in missing[:10])
        raise Invalid({"paper": f"字库中没有这些字，文书不能制发：{shown}。请核对原文，或由系统管理员补充字库。"})
