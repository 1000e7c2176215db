"""Texts with gaps: what a generated row says, but for the ids, numbers, names and fingerprints that are its own."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from wenze.crypto import keys
from wenze.demo.bulk.spelling import sealed

if TYPE_CHECKING:
    from collections.abc import Callable

OPEN, CLOSE = "\ue000", "\ue001"
GAP = re.compile(f"{OPEN}([^{CLOSE}]+){CLOSE}")


def gap(key: str) -> str:
    """A place that each telling fills."""
    return f"{OPEN}{key}{CLOSE}"


class Text:
    """A text cut at its gaps once, filled as often as it is told."""

    def __init__(self, text: str) -> None:
        self.pieces = GAP.split(text)
        self.keys = self.pieces[1::2]

    def told(self, filling: Filling) -> str:
        if not self.keys:
            return self.pieces[0]
        pieces = self.pieces.copy()
        pieces[1::2] = [filling[key] for key in self.keys]
        return "".join(pieces)


class Filling(dict[str, str]):
    """What stands in the gaps of one telling; what follows from the rest (fingerprints, sealed values) is worked out when asked."""

    def __init__(self, known: dict[str, str], recipes: dict[str, Recipe]) -> None:
        super().__init__(known)
        self.recipes = recipes

    def __missing__(self, key: str) -> str:
        found = self.recipes[key](self)
        self[key] = found
        return found


if TYPE_CHECKING:
    Recipe = Callable[[Filling], str]


def fingerprint(text: str, length: int = 64) -> Recipe:
    """SHA-256 of a text with gaps (dossiers, contexts, ledger), or its beginning (``cases.composing.mark``)."""
    said = Text(text)
    return lambda filling: hashlib.sha256(said.told(filling).encode()).hexdigest()[:length]


def ledger_mac(text: str) -> Recipe:
    """The MAC of a ledger entry (``wenze.audit.ledger``)."""
    said = Text(text)
    return lambda filling: keys.mac("ledger", said.told(filling).encode())


def seal(key: bytes, text: str, bound_to: str) -> Recipe:
    """A sealed column (``wenze.crypto.fields``): sealed anew, bound to the new row."""
    said, bound = Text(text), Text(bound_to)
    return lambda filling: sealed(keys.seal(key, said.told(filling).encode(), bound.told(filling)))


def wrap(key: bytes, about: str) -> Recipe:
    """A data key of its own row. The key material is its template's, so that a sealed file opens under both rows."""
    said = Text(about)
    return lambda filling: sealed(keys.wrap(key, said.told(filling)))


def replaced(value: Any, change: Callable[[str], str]) -> Any:
    """A JSON value with each of its texts changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list | tuple):
        return [replaced(each, change) for each in value]
    if isinstance(value, dict):
        return {change(str(key)): replaced(each, change) for key, each in value.items()}
    return value
