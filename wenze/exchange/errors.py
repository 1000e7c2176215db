"""Why a package is not taken in."""

from __future__ import annotations

from wenze.errors import Invalid


class Unacceptable(Invalid):
    """The package does not hold; nothing of it was taken. ``code`` names the fault, the text says it in Chinese."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        super().__init__({"package": text})
