"""Writing what is to be carried: whole or not at all, readable by its owner only."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.core.management.base import CommandError


def checked(name: str) -> Path:
    """The file to write. Raises ``CommandError`` (2) where there is no such folder."""
    out = Path(name)
    if out.is_dir() or not out.parent.is_dir():
        raise CommandError(f"写不到 {out}：请给出已有文件夹里的一个文件名。", returncode=2)
    return out


def put(content: bytes, out: Path) -> None:
    """Write it; a file of that name is replaced only when all is written. Raises ``CommandError`` (1)."""
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(out)
    except OSError as error:
        raise CommandError(f"写不到 {out}：{error.strerror or error}。", returncode=1) from error
    finally:
        Path(name).unlink(missing_ok=True)


def taken(name: str, most: int) -> bytes:
    """The file's content, at most one byte more than allowed. Raises ``CommandError`` (2)."""
    try:
        with Path(name).open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise CommandError(f"读不到 {name}：{error.strerror or error}。", returncode=2) from error
