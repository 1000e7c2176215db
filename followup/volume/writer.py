"""The archive, written file by file with nothing left to chance: same files and day, same bytes."""

from __future__ import annotations

import binascii
import hashlib
import json
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from followup.volume import verify

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True)
class Kept:
    """A file of the volume as the manifest names it."""

    path: str
    size: int
    sha256: str

    def as_dict(self) -> dict[str, Any]:
        return {"path": self.path, "size": self.size, "sha256": self.sha256}


def as_json(value: dict[str, Any]) -> bytes:
    """A JSON file that people can read too."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


@dataclass
class Writer:
    """Stores each file as it comes (no compression: the bytes of the evidence stand in the archive as they are).

    ``out`` is empty and can be written only; one file at a time is held in memory.
    """

    out: IO[bytes]
    day: dt.date
    files: list[Kept] = field(default_factory=list)
    _directory: list[bytes] = field(default_factory=list)
    _at: int = 0

    def add(self, path: str, content: bytes) -> Kept:
        """Write one file. Raises ``ValueError`` for a name that is there already, or a file that no archive takes."""
        if any(kept.path == path for kept in self.files) or len(content) >= verify.LARGE:
            raise ValueError(path)
        crc = binascii.crc32(content)
        header = verify.local_header(path, crc, len(content), self.day)
        self._directory.append(verify.central_entry(path, crc, len(content), self.day, self._at))
        self.out.write(header)
        self.out.write(content)
        self._at += len(header) + len(content)
        kept = Kept(path, len(content), hashlib.sha256(content).hexdigest())
        self.files.append(kept)
        return kept

    def close(self, told: dict[str, Any]) -> str:
        """Write the manifest over all that was added, its checksum and the directory; returns the manifest's hash."""
        manifest = as_json({**told, "files": [kept.as_dict() for kept in self.files]})
        self.add(verify.MANIFEST, manifest)
        self.add(verify.CHECKSUM, b"".join(verify.checksum(manifest)))
        directory = b"".join(self._directory)
        self.out.write(directory + verify.ending(len(self.files), len(directory), self._at))
        self.out.flush()
        return hashlib.sha256(manifest).hexdigest()
