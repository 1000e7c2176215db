"""The other side: an organisation with its own installation and key writes what it answers as a package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wenze.exchange import archive
from wenze.exchange.enums import PackageKind
from wenze.exchange.errors import Unacceptable
from wenze.exchange.services import signed_package

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from wenze.exchange.signing import Signer


def answer(
    key: Signer, *, receiver: str, sequence: int, answers: Mapping[str, Any], on: dt.date, attachments: Mapping[str, bytes] | None = None,
    in_reply_to: Any = None,
) -> bytes:  # fmt: skip
    """A package of answers: ``answers`` holds the lists ``answers``, ``posts`` and ``checks``.

    ``answers``: ``{"item": id, "done_on": day, "proof": text, "way"|"recipient"|"witness"|"late_reason": text,
    "file": "files/….pdf", "file_name": text}``; ``posts``: ``{"post": id, "body": text, "done_on": day}``; ``checks``:
    ``{"purpose": code, "on": day, "reference": text, "asked": [names]}``. Raises ``Unacceptable`` for a name of an
    attachment that no receiver takes, or a package that is too large.
    """
    for path in attachments or {}:
        if not archive.ATTACHMENT.fullmatch(path):
            raise Unacceptable("names", f"附件的名称 {path} 不合规定，应如 files/001.pdf。")
    files = {archive.PAYLOAD[PackageKind.ANSWERS]: archive.encoded(dict(answers)), **(attachments or {})}
    return signed_package(
        key, kind=PackageKind.ANSWERS, receiver=receiver, sequence=sequence, files=files, on=on, in_reply_to=in_reply_to
    )[1]
