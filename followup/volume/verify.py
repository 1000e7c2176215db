"""核对问责案卷：清单、每个文件的指纹、目录、台账摘录，以及压缩包的每一个字节。只需 Python 3.8 以上。

用法（在解开的案卷文件夹里）    python3 -I verify.py
用法（直接核对压缩包）          python3 -I verify.py 案卷.zip
另加 --manifest 指纹            同时核对清单的指纹与制发机关台账（导出案卷）所记的是否一致

退出码：0 全部相符；1 有不符，逐行指出文件；2 用法不对。
"""

from __future__ import annotations

import binascii
import datetime as dt
import hashlib
import json
import struct
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, Any

    Member = tuple[str, int, int]
    Faults = dict[str, list[str]]

FORMAT = "wenze-volume/1"
MANIFEST, CHECKSUM, CATALOGUE, LEDGER = "manifest.json", "manifest.sha256", "目录.json", "台账/台账.json"
STRUCTURE = "压缩包结构"
PIECE, LARGE, MANY, MOST_SHOWN = 1 << 20, 0xFFFFFFFF, 0xFFFF, 5
LISTED = ("documents", "evidence", "others")
SAID = (
    "commission_id", "at", "actor_id", "actor_name", "action", "about_label", "about_id", "case_id", "result", "detail",
)  # fmt: skip
TAIL = 98  # the end of an archive with its far (ZIP64) end and the pointer to it


def _dos_day(day: dt.date) -> int:
    return (day.year - 1980) << 9 | day.month << 5 | day.day


def local_header(name: str, crc: int, size: int, day: dt.date) -> bytes:
    """What stands before a file: stored as it is, UTF-8 name, the volume's day."""
    told = name.encode()
    return struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0x800, 0, 0, _dos_day(day), crc, size, size, len(told), 0) + told


def central_entry(name: str, crc: int, size: int, day: dt.date, offset: int) -> bytes:
    """The file's line in the directory of the archive; a far offset stands in a field of its own (ZIP64)."""
    told = name.encode()
    far = struct.pack("<2HQ", 1, 8, offset) if offset >= LARGE else b""
    needed = 45 if far else 20
    line = struct.pack(
        "<4s6H3I5H2I", b"PK\1\2", 3 << 8 | needed, needed, 0x800, 0, 0, _dos_day(day), crc, size, size,
        len(told), len(far), 0, 0, 0, 0o100600 << 16, min(offset, LARGE),
    )  # fmt: skip
    return line + told + far


def ending(count: int, size: int, offset: int) -> bytes:
    """The end of the archive: how many files, and where their directory stands."""
    found = b""
    if count >= MANY or size >= LARGE or offset >= LARGE:
        found = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, offset)
        found += struct.pack("<4sIQI", b"PK\6\7", 0, offset + size, 1)
    return found + struct.pack(
        "<4s4H2IH", b"PK\5\6", 0, 0, min(count, MANY), min(count, MANY), min(size, LARGE), min(offset, LARGE), 0
    )


def checksum(manifest: bytes) -> tuple[bytes, bytes]:
    """``manifest.sha256``: for ``sha256sum -c``, and a second line by which a change of the first is told from one of the manifest."""
    line = (hashlib.sha256(manifest).hexdigest() + "  " + MANIFEST + "\n").encode()
    return line, ("# " + hashlib.sha256(line).hexdigest() + "\n").encode()


def content_hash(entry: dict[str, Any]) -> str:
    """The fingerprint of what a ledger entry says."""
    said = json.dumps([entry[key] for key in SAID], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def link_digest(previous_head: str, seq: int, entry_hash: str) -> str:
    """What the head of the chain is made from, under a key that only the issuing commission has."""
    return hashlib.sha256(f"{previous_head}|{seq}|{entry_hash}".encode()).hexdigest()


class Volume:
    """The files of a volume by name; ``digest`` reads a file once; ``fingerprint`` is that of a manifest that can be trusted."""

    names: list[str]
    odd: list[str]
    fingerprint = ""

    def __init__(self) -> None:
        self._digests: dict[str, tuple[str, int, int]] = {}

    def pieces(self, name: str) -> Iterator[bytes]:
        raise NotImplementedError

    def digest(self, name: str) -> tuple[str, int, int]:
        """``(sha256, size, crc)`` of a file."""
        if name not in self._digests:
            told, size, crc = hashlib.sha256(), 0, 0
            for piece in self.pieces(name):
                told.update(piece)
                size += len(piece)
                crc = binascii.crc32(piece, crc)
            self._digests[name] = (told.hexdigest(), size, crc)
        return self._digests[name]

    def read(self, name: str) -> bytes:
        return b"".join(self.pieces(name))


class Folder(Volume):
    """An unpacked volume."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.paths: dict[str, Path] = {}
        self.odd = []
        for path in sorted(root.rglob("*")):
            shown = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                self.odd.append(shown)
            elif path.is_file():
                self.paths[shown] = path
        self.names = list(self.paths)

    def pieces(self, name: str) -> Iterator[bytes]:
        with self.paths[name].open("rb") as stream:
            yield from iter(lambda: stream.read(PIECE), b"")


class Archive(Volume):
    """A volume in its archive, its files as one of the two directories tells them: ``(name, offset, size)``."""

    def __init__(self, stream: IO[bytes], members: list[Member]) -> None:
        super().__init__()
        self.stream, self.members, self.odd = stream, members, []
        self.places = {name: (offset + 30 + len(name.encode()), size) for name, offset, size in members}
        self.names = [name for name, _, _ in members]

    def at(self, place: int, length: int) -> bytes:
        self.stream.seek(place)
        return self.stream.read(length)

    def pieces(self, name: str) -> Iterator[bytes]:
        start, size = self.places[name]
        for place in range(start, start + size, PIECE):
            yield self.at(place, min(PIECE, start + size - place))


def by_directory(stream: IO[bytes], length: int) -> list[Member]:
    """The files as the directory at the end of the archive tells them; none where there is no such directory."""
    stream.seek(max(length - TAIL, 0))
    tail = stream.read().rjust(TAIL, b"\0")
    size, offset = struct.unpack("<2I", tail[-10:-2])
    if tail[-42:-38] == b"PK\6\7":
        size, offset = struct.unpack("<2Q", tail[-58:-42])
    if tail[-22:-18] != b"PK\5\6" or offset + size not in (length - 22, length - TAIL):
        return []
    stream.seek(offset)
    told, at, found = stream.read(size), 0, []
    while told[at : at + 4] == b"PK\1\2" and at + 46 <= size:
        file_size, name_length, extra, comment = struct.unpack("<I3H", told[at + 24 : at + 34])
        name_end = at + 46 + name_length
        (place,) = struct.unpack("<I", told[at + 42 : at + 46])
        if place == LARGE:
            (place,) = struct.unpack("<Q", told[name_end + 4 : name_end + 12].ljust(8, b"\0"))
        found.append((told[at + 46 : name_end].decode("utf-8", "replace"), place, file_size))
        at = name_end + extra + comment
    return found


def by_walk(stream: IO[bytes], length: int) -> list[Member]:
    """The files as one meets them walking from header to header."""
    at, found = 0, []
    while at < length:
        stream.seek(at)
        head = stream.read(30).ljust(30, b"\0")
        if head[:4] != b"PK\3\4":
            break
        size, name_length, extra = struct.unpack("<I2H", head[22:30])
        found.append((stream.read(name_length).decode("utf-8", "replace"), at, size))
        at += 30 + name_length + extra + size
    return found


def add(faults: Faults, name: str, text: str) -> None:
    faults.setdefault(name, []).append(text)


def parsed(volume: Volume, name: str, faults: Faults) -> dict[str, Any] | None:
    """What a JSON file of the volume holds; ``None`` where it is not there or already found wanting."""
    if name in faults or name not in volume.names:
        return None
    try:
        found: dict[str, Any] = dict(json.loads(volume.read(name).decode()))
    except (TypeError, ValueError):
        add(faults, name, "内容不是预期的格式")
        return None
    return found


def check_manifest(volume: Volume, faults: Faults) -> dict[str, Any] | None:
    """The manifest, where ``manifest.sha256`` vouches for it; else the one of both that was changed is named."""
    for name in (MANIFEST, CHECKSUM):
        if name not in volume.names:
            add(faults, name, "缺少")
    if MANIFEST not in volume.names:
        return None
    if CHECKSUM in volume.names:
        said, (first, second) = volume.read(CHECKSUM), checksum(volume.read(MANIFEST))
        if said != first + second:
            if said[: len(first)] != first and said[len(first) :] != second:
                add(faults, MANIFEST, "内容已被改动（与 " + CHECKSUM + " 不符），清单不可信，其余文件没有逐一核对")
                return None
            add(faults, CHECKSUM, "内容已被改动")
    volume.fingerprint = volume.digest(MANIFEST)[0]
    manifest = parsed(volume, MANIFEST, faults)
    if manifest is not None and manifest.get("format") != FORMAT:
        add(faults, MANIFEST, "格式版本不认识：" + str(manifest.get("format")))
        return None
    return manifest


def check_files(volume: Volume, manifest: dict[str, Any], faults: Faults) -> None:
    """Every file that the manifest names, with size and hash; nothing missing, nothing more."""
    listed = {row["path"]: row for row in manifest["files"]}
    for name in volume.odd:
        add(faults, name, "不是普通文件")
    for name in volume.names:
        if name not in listed and name not in (MANIFEST, CHECKSUM):
            add(faults, name, "多出的文件，清单上没有")
    for name, row in listed.items():
        if name not in volume.names:
            add(faults, name, "缺少")
            continue
        told, size, _ = volume.digest(name)
        if (told, size) != (row["sha256"], row["size"]):
            add(faults, name, f"内容已被改动（应为{row['size']}字节，实为{size}字节）")


def check_catalogue(volume: Volume, manifest: dict[str, Any], faults: Faults) -> None:
    """The catalogue names exactly the documents, the evidence and the other papers that are there."""
    catalogue = parsed(volume, CATALOGUE, faults)
    if catalogue is None:
        return
    files = {row["path"]: row for row in manifest["files"]}
    named = set()
    for row in [row for group in LISTED for row in catalogue[group]]:
        named.add(row["path"])
        kept = files.get(row["path"], {})
        if (row["sha256"], row["size"]) != (kept.get("sha256"), kept.get("size")):
            add(faults, row["path"], "目录所记的指纹与清单不符")
    for path in files:
        if path.split("/")[0] in catalogue["folders"] and path not in named:
            add(faults, path, "目录没有列出")
    if catalogue["case"]["number"] != manifest["case"]:
        add(faults, CATALOGUE, "案号与清单不符")


def check_ledger(volume: Volume, faults: Faults) -> None:
    """Each entry says what its hash says; the places in the chain follow one another, and neighbours are linked."""
    extract = parsed(volume, LEDGER, faults)
    if extract is None:
        return
    sealed = []
    for row in extract["entries"]:
        shown, seal = f"第{row['id']}条（{row['action']}）", row["seal"]
        if content_hash(row) != row["content_hash"]:
            add(faults, LEDGER, f"{shown}内容与指纹不符")
        if seal is None:
            add(faults, LEDGER, f"{shown}没有封签")
            continue
        if link_digest(seal["previous_head"], seal["seq"], row["content_hash"]) != seal["link_digest"]:
            add(faults, LEDGER, f"{shown}链接的原文与指纹不符")
        sealed.append((row["commission_id"], seal["seq"], seal["previous_head"], seal["head"], shown))
    sealed.sort()
    for before, after in zip(sealed, sealed[1:]):
        if before[0] == after[0] and (before[1] == after[1] or (before[1] + 1 == after[1] and before[3] != after[2])):
            add(faults, LEDGER, f"{after[4]}与前一条没有连上")


def check_structure(volume: Archive, manifest: dict[str, Any], faults: Faults) -> None:
    """Every byte of the archive beside the files: written anew and compared."""
    day = dt.date.fromisoformat(manifest["stamped_on"])
    expected = [row["path"] for row in manifest["files"]] + [MANIFEST, CHECKSUM]
    if volume.names != expected and sorted(volume.names) == sorted(expected):
        add(faults, STRUCTURE, "文件的次序与清单不符")
    if len(set(volume.names)) != len(volume.names):
        add(faults, STRUCTURE, "有重名的文件")
    at, entries = 0, []
    for name, _, size in volume.members:
        crc = volume.digest(name)[2]
        header = local_header(name, crc, size, day)
        if volume.at(at, len(header)) != header:
            add(faults, name, "压缩包里的文件头与文件不符")
        entries.append((name, central_entry(name, crc, size, day, at)))
        at += len(header) + size
    start = at
    for name, entry in entries:
        if volume.at(at, len(entry)) != entry:
            add(faults, name, "压缩包目录里的这一行与文件不符")
        at += len(entry)
    if volume.at(at, TAIL + 1) != ending(len(entries), at - start, start):
        add(faults, STRUCTURE, "结尾与文件不符")


def check(volume: Volume) -> Faults:
    """All that can be checked of a volume wherever it lies."""
    faults: Faults = {}
    manifest = check_manifest(volume, faults)
    if manifest is not None:
        try:
            check_files(volume, manifest, faults)
            check_catalogue(volume, manifest, faults)
            check_ledger(volume, faults)
            if isinstance(volume, Archive):
                check_structure(volume, manifest, faults)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            add(faults, STRUCTURE, f"清单、目录或者台账的格式不对：{error!r}")
    return faults


def check_folder(root: Path) -> tuple[Faults, Volume]:
    volume = Folder(root)
    return check(volume), volume


def check_archive(path: Path) -> tuple[Faults, Volume]:
    """The faults of an archive: of its two directories the one that leaves less unexplained, so that what was changed is named."""
    found: list[tuple[Faults, Volume]] = []
    with path.open("rb") as stream:
        length = stream.seek(0, 2)
        for told_by in (by_directory, by_walk):
            volume = Archive(stream, told_by(stream, length))
            faults = check(volume)
            if not faults:
                return faults, volume
            found.append((faults, volume))
    best = min(found, key=lambda each: (not each[1].fingerprint, len(each[0])))
    if not best[1].names:
        add(best[0], STRUCTURE, "不是完整的压缩包，无法读取")
    return best


def report(faults: Faults, volume: Volume, wanted: str) -> int:
    """A line a fault, then the sum of it; returns the exit code."""
    if wanted not in ("", volume.fingerprint):
        add(faults, MANIFEST, f"指纹与所给的不一致（应为 {wanted}，实为 {volume.fingerprint or '无'}）")
    for name, texts in faults.items():
        print(f"{name}：{'；'.join(texts[:MOST_SHOWN])}" + (f"等{len(texts)}处" if len(texts) > MOST_SHOWN else ""))
    if faults:
        print(f"不符：{len(faults)} 处。")
        return 1
    print(f"全部相符：{len(volume.names)} 个文件，内容、目录、台账摘录都与清单一致。")
    print(f"清单指纹 {volume.fingerprint}（可与制发机关台账“导出案卷”所记核对）。")
    print("台账链头由制发机关用密钥生成，本程序不能复算；请制发机关用 verify_ledger 核对。")
    return 0


def main(arguments: list[str]) -> int:
    """Check what was named, tell each fault in a line, and answer with the exit code."""
    wanted = ""
    if "--manifest" in arguments[:-1]:
        at = arguments.index("--manifest")
        wanted = arguments[at + 1].lower()
        arguments = arguments[:at] + arguments[at + 2 :]
    place = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    if len(arguments) > 1 or str(place).startswith("-") or not place.exists():
        print(__doc__)
        return 2
    return report(*(check_folder(place) if place.is_dir() else check_archive(place)), wanted)


def was_changed() -> bool:
    """Whether this program is another than the one that the trusted manifest beside it names: asked apart, first of all."""
    own = Path(__file__).resolve()
    manifest, vouched = own.with_name("manifest.json"), own.with_name("manifest.sha256")
    if not manifest.exists() or not vouched.exists():
        return False
    told = manifest.read_bytes()
    if hashlib.sha256(told).hexdigest().encode() not in vouched.read_bytes():
        return False
    if hashlib.sha256(own.read_bytes()).hexdigest().encode() in told:
        return False
    print(f"{own.name}：内容已被改动，核对程序不可信；请用另一份核对程序核对本卷。")
    return True


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(1 if len(sys.argv) == 1 and was_changed() else main(sys.argv[1:]))
if __name__ == "__main__":  # reached only where the lines above were changed
    sys.exit("verify.py：内容已被改动")
