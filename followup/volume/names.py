"""Names that every archive program and every file system takes: readable, composed, no path, no control character."""

from __future__ import annotations

import unicodedata

LONGEST = 150
"""Bytes of a name; with a number before and an ending behind it stays below the 255 of a file system."""
FORBIDDEN = set('/\\:*?"<>|')
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def safe(text: str) -> str:
    """The text as part of a file name: what some system forbids is replaced, what is not seen is left out."""
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(c for c in composed if unicodedata.category(c) not in UNSEEN)
    plain = "".join("_" if c in FORBIDDEN or c.isspace() else c for c in seen)
    return _cut(plain.strip("._ "), LONGEST) or "无名"


def safe_file(name: str) -> str:
    """A received file's own name, made safe; its ending is kept."""
    own = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, ending = own.rpartition(".")
    if not dot or len(ending) > 8:  # noqa: PLR2004 -- no ending is longer
        return safe(own)
    return f"{safe(stem)}.{safe(ending)}"


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")
