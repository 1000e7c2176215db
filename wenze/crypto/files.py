"""Sealing a file at receipt: kind by its content, limits, encryption, and a name that is the hash of what is stored."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from wenze.crypto import keys
from wenze.crypto.models import SealedFile
from wenze.errors import Invalid

if TYPE_CHECKING:
    import uuid

    from wenze.crypto.models import DataKey

LIMIT = 100 * 1024 * 1024
OFFICE = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
MAGIC: tuple[tuple[str, bytes], ...] = (
    (".pdf", b"%PDF-"),
    (".png", b"\x89PNG\r\n\x1a\n"),
    (".jpg", b"\xff\xd8\xff"),
    (".jpeg", b"\xff\xd8\xff"),
    (".tif", b"II*\x00"),
    (".tiff", b"II*\x00"),
    (".mp3", b"ID3"),
    (".ofd", b"PK\x03\x04"),
    (".zip", b"PK\x03\x04"),
)
TEXT = (".txt", ".csv")
ALLOWED = "PDF、PNG、JPG、TIF、DOCX、XLSX、PPTX、OFD、TXT、CSV、MP3、MP4、ZIP"
SECRET_MARKS = ("绝密★", "机密★", "秘密★")


def examine(content: bytes, name: str, field: str = "uploads") -> None:
    """Refuse what is empty, too large, of a kind not taken, damaged, or disguised. Raises ``Invalid``."""
    shown = name or "文件"
    suffix = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""

    def refuse(text: str) -> None:
        raise Invalid({field: f"“{shown}”{text}"})

    if not content:
        refuse("是空文件。")
    if len(content) > LIMIT:
        refuse("超过100兆字节。")
    if suffix in OFFICE:
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                names = archive.namelist()
        except zipfile.BadZipFile:
            return refuse("已损坏，打不开。")
        if not any(entry.startswith(OFFICE[suffix]) for entry in names):
            refuse(f"的内容与扩展名 {suffix} 不符。")
    elif suffix in TEXT:
        if b"\x00" in content[:4096]:
            refuse("不是文本文件。")
    elif suffix == ".mp4":
        if content[4:8] != b"ftyp":
            refuse("的内容与扩展名 .mp4 不符。")
    else:
        expected = [magic for ending, magic in MAGIC if ending == suffix]
        if not expected:
            refuse(f"的类型不收；可以收 {ALLOWED}。")
        if not content.startswith(expected[0]):
            refuse(f"的内容与扩展名 {suffix} 不符，可能已损坏或改过名。")
        if suffix == ".pdf" and b"%%EOF" not in content[-2048:]:
            refuse("不完整（没有结尾），请重新上传。")
    if suffix in TEXT and any(mark in content[:4000].decode(errors="ignore") for mark in SECRET_MARKS):
        refuse("标有国家秘密密级，本系统不得存储。")
    return None


def seal(
    stream: IO[bytes] | Any, *, key: DataKey, name: str, commission_id: uuid.UUID, content_type: str = ""
) -> SealedFile:
    """Encrypt and store a received file. Raises ``Invalid`` (see ``examine``)."""
    content: bytes = stream.read(LIMIT + 1)
    examine(content, name)
    plain = hashlib.sha256(content).hexdigest()
    sealed = keys.seal(key.open(), content, f"file|{plain}")
    row = SealedFile(
        commission_id=commission_id,
        key=key,
        content_type=content_type[:80],
        size=len(content),
        plain_sha256=plain,
        cipher_sha256=hashlib.sha256(sealed).hexdigest(),
    )
    row.name = name[-200:]
    if not default_storage.exists(row.path):
        default_storage.save(row.path, ContentFile(sealed))
    row.save()
    return row


def unseal(row: SealedFile) -> bytes:
    """The file as it was received. Raises ``keys.Tampered`` where the stored bytes or the seal do not hold."""
    with default_storage.open(row.path, "rb") as stored:
        sealed: bytes = stored.read()
    if hashlib.sha256(sealed).hexdigest() != row.cipher_sha256:
        raise keys.Tampered("封存文件与指纹不符。")
    content = keys.unseal(row.key.open(), sealed, f"file|{row.plain_sha256}")
    if hashlib.sha256(content).hexdigest() != row.plain_sha256:
        raise keys.Tampered("封存文件与原文指纹不符。")
    return content
