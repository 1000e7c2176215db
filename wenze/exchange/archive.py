"""The format of a package: what is written, and all that is asked of one before a word of it is believed.

A ZIP archive without compression, in one canonical form: the same files give the same bytes, and an archive that is not
byte for byte what these files give is refused. So no byte lies outside what the manifest and its signature cover, and
nothing is ever unpacked that could grow. Names are plain; nothing is written to the disk by its name.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import struct
import uuid
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from wenze.exchange.enums import PackageKind
from wenze.exchange.errors import Unacceptable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORMAT, VERSION = "wenze-exchange", 1
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
PAYLOAD = {PackageKind.ITEMS: "items.json", PackageKind.ANSWERS: "answers.json", PackageKind.RECEIPT: "receipt.json"}
"""The one file of each kind that says what the package is about; all others are attachments under ``files/``."""

LARGEST = 50 * 1024 * 1024
LARGEST_TEXT = 2 * 1024 * 1024
MOST_FILES = 500
MOST_DIRECTORY = (MOST_FILES + 2) * 160
ATTACHMENT = re.compile(r"files/[a-z0-9][a-z0-9_-]{0,60}\.[a-z0-9]{1,5}")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
HEX64 = re.compile(r"[0-9a-f]{64}")
ENDING, HEADER = b"PK\x05\x06", b"PK\x03\x04"
UNREADABLE = (
    zipfile.BadZipFile, NotImplementedError, ValueError, RuntimeError, EOFError, OSError, OverflowError, LookupError, struct.error,
)  # fmt: skip
NEWEST_DAY = dt.date(2200, 1, 1)


def encoded(value: Any) -> bytes:
    """JSON in one form, that people can read too."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


@dataclass(frozen=True)
class Manifest:
    """What a package says of itself. ``key`` is the fingerprint of the key that signed it."""

    package: uuid.UUID
    kind: str
    sender: str
    receiver: str
    created_on: dt.date
    sequence: int
    in_reply_to: uuid.UUID | None
    key: str
    files: tuple[tuple[str, int, str], ...] = ()

    def encoded(self) -> bytes:
        return encoded({
            "format": FORMAT, "version": VERSION, "package": str(self.package), "kind": self.kind, "from": self.sender,
            "to": self.receiver, "created_on": self.created_on.isoformat(), "sequence": self.sequence,
            "in_reply_to": str(self.in_reply_to) if self.in_reply_to else "", "key": self.key,
            "files": [{"path": path, "size": size, "sha256": sha256} for path, size, sha256 in self.files],
        })  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """A package whose form holds. Whether its signature does is asked by who knows the key."""

    manifest: Manifest
    signed: bytes
    signature: bytes
    files: Mapping[str, bytes]
    digest: str

    def payload(self) -> Any:
        """The file that says what the package is about. Raises ``Unacceptable``."""
        return parsed(self.files[PAYLOAD[PackageKind(self.manifest.kind)]], "内容文件")

    def check_files(self) -> None:
        """Each file is the one that the manifest names. Raises ``Unacceptable``."""
        listed = {path: (size, sha256) for path, size, sha256 in self.manifest.files}
        if listed.keys() != self.files.keys():
            more, less = sorted(self.files.keys() - listed.keys()), sorted(listed.keys() - self.files.keys())
            named = [*(f"多出 {name}" for name in more), *(f"缺少 {name}" for name in less)]
            raise Unacceptable("names", f"包内文件与清单不符：{'、'.join(named)}。")
        for path, content in self.files.items():
            if listed[path] != (len(content), hashlib.sha256(content).hexdigest()):
                raise Unacceptable("hash", f"包内文件 {path} 与清单所记的指纹不符。")


def listed(files: Mapping[str, bytes]) -> tuple[tuple[str, int, str], ...]:
    """The files as a manifest names them."""
    return tuple((path, len(content), hashlib.sha256(content).hexdigest()) for path, content in sorted(files.items()))


def packed(files: Sequence[tuple[str, bytes]]) -> bytes:
    """The archive of these files in this order: always the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def written(manifest: Manifest, signature: bytes, files: Mapping[str, bytes]) -> bytes:
    """The package. Raises ``Unacceptable`` where it grew beyond what a receiver takes."""
    content = packed([(MANIFEST, manifest.encoded()), (SIGNATURE, signature), *sorted(files.items())])
    if len(content) > LARGEST or len(files) > MOST_FILES:
        raise Unacceptable("size", f"交换包超过{LARGEST // 1024 // 1024}兆字节或者{MOST_FILES}个文件，请分次办理。")
    return content


def digest(content: bytes) -> str:
    """The name of these bytes, on the ledger and in the receipt."""
    return hashlib.sha256(content).hexdigest()


# --- reading ----------------------------------------------------------------------------------------------------------
def opened(content: bytes) -> Opened:
    """The package whose form holds: limits, names, canonical bytes, manifest. Raises ``Unacceptable``."""
    files = dict(_unpacked(content))
    try:
        signed, signature = files.pop(MANIFEST), files.pop(SIGNATURE)
    except KeyError as error:
        raise Unacceptable("names", f"交换包里没有 {error.args[0]}。") from error
    manifest = _manifest(parsed(signed, "清单"))
    if PAYLOAD[PackageKind(manifest.kind)] not in files:
        raise Unacceptable("names", f"交换包里没有 {PAYLOAD[PackageKind(manifest.kind)]}。")
    if packed([(MANIFEST, signed), (SIGNATURE, signature), *sorted(files.items())]) != content:
        raise Unacceptable("structure", "交换包的压缩结构不是规定的格式，可能被改动或者重新压缩过。")
    return Opened(manifest, signed, signature, files, digest(content))


def _unpacked(content: bytes) -> list[tuple[str, bytes]]:
    if len(content) > LARGEST:
        raise Unacceptable("size", f"交换包超过{LARGEST // 1024 // 1024}兆字节。")
    ending = content[-22:]
    if not content.startswith(HEADER) or not ending.startswith(ENDING):
        raise Unacceptable("structure", "这不是交换包，或者已经损坏。")
    number, directory = struct.unpack("<HI", ending[10:16])
    if number > MOST_FILES + 2 or directory > MOST_DIRECTORY:
        raise Unacceptable("size", f"交换包里的文件超过{MOST_FILES}个。")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries, len(content))
            return [(entry.filename, archive.read(entry)) for entry in entries]
    except UNREADABLE as error:
        if isinstance(error, Unacceptable):
            raise
        raise Unacceptable("structure", "交换包已损坏，打不开。") from error


def _check_entries(entries: Sequence[zipfile.ZipInfo], most: int) -> None:
    """Nothing is read before its name and its size are known to be harmless."""
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        shown = name.encode("ascii", "backslashreplace").decode()[:80]
        if name in seen:
            raise Unacceptable("duplicate", f"交换包里有重名的文件 {shown}。")
        seen.add(name)
        if name not in (MANIFEST, SIGNATURE, *PAYLOAD.values()) and not ATTACHMENT.fullmatch(name):
            raise Unacceptable("names", f"交换包里有不认识的文件名 {shown}。")
        if entry.compress_type != zipfile.ZIP_STORED or entry.compress_size != entry.file_size or entry.flag_bits:
            raise Unacceptable("packed", f"交换包里的 {shown} 经过压缩或者加密；交换包只收不压缩的文件。")
        if name in (MANIFEST, SIGNATURE, *PAYLOAD.values()) and entry.file_size > LARGEST_TEXT:
            raise Unacceptable("size", f"交换包里的 {shown} 过大。")
    if sum(entry.file_size for entry in entries) > most:
        raise Unacceptable("structure", "交换包里的文件互相重叠，不是规定的格式。")


def parsed(content: bytes, what: str) -> Any:
    """The JSON of a file. Raises ``Unacceptable``."""
    try:
        return json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Unacceptable("payload", f"交换包的{what}不是有效的 JSON。") from error


def _manifest(told: Any) -> Manifest:
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise Unacceptable("format", "这不是问责系统的交换包。")
    if told.get("version") != VERSION or isinstance(told["version"], bool):
        raise Unacceptable(
            "version", f"交换包的格式版本是 {str(told.get('version'))[:20]}，本系统只认第 {VERSION} 版，请升级后再办。"
        )
    try:
        manifest = Manifest(
            package=uuid.UUID(told["package"]), kind=PackageKind(told["kind"]).value, sender=_matched(CODE, told["from"]),
            receiver=_matched(CODE, told["to"]), created_on=dt.date.fromisoformat(told["created_on"]),
            sequence=_counted(told["sequence"]), in_reply_to=uuid.UUID(told["in_reply_to"]) if told["in_reply_to"] else None,
            key=_matched(HEX64, told["key"]),
            files=tuple((str(row["path"]), _counted(row["size"]), _matched(HEX64, row["sha256"])) for row in told["files"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unacceptable("manifest", "交换包的清单缺项或者写法不对。") from error
    if len({path for path, _, _ in manifest.files}) != len(manifest.files) or manifest.created_on > NEWEST_DAY:
        raise Unacceptable("manifest", "交换包的清单缺项或者写法不对。")
    return manifest


def _matched(shape: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise ValueError(value)
    return value


def _counted(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise ValueError(value)
    return value
