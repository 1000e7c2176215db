"""Keys: one key-encryption key outside the database, a data key per matter wrapped by it, purposes derived from it."""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
NONCE_BYTES = 12
VERSION = b"\x01"
AES_GCM = b"\x01"
HEADER = 2


class Tampered(Exception):
    """A sealed value does not open: it was changed, moved to another row, or its key is another's."""


@lru_cache(maxsize=4)
def _read(path: str) -> bytes:
    file = Path(path)
    if not file.exists():
        if not settings.WENZE_DEMO:
            raise ImproperlyConfigured(f"找不到密钥文件 {path}：请设置 WENZE_KEK_FILE，并由两人分别保管备份。")
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was first
            return file.read_bytes()
        with os.fdopen(handle, "wb") as out:
            out.write(os.urandom(KEY_BYTES))
    key = file.read_bytes()
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"密钥文件 {path} 应为 {KEY_BYTES} 字节。")
    return key


def kek() -> bytes:
    """The key-encryption key; made once, in demonstration mode only."""
    return _read(str(settings.WENZE_KEK_FILE))


def kek_id() -> str:
    """A name for the key that says nothing about it."""
    return hashlib.sha256(b"wenze-kek-id" + kek()).hexdigest()[:16]


@lru_cache(maxsize=64)
def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def mac(purpose: str, data: bytes) -> str:
    """A keyed fingerprint for one purpose, under a key that the database administrator lacks."""
    return hmac.digest(_derived(kek(), f"mac:{purpose}"), data, "sha256").hex()


def seal(key: bytes, plain: bytes, bound_to: str) -> bytes:
    """``version | algorithm | nonce | ciphertext and tag``; ``bound_to`` must be the same to open it."""
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + AES_GCM + nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def unseal(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    """The plain text again. Raises ``Tampered``."""
    if sealed[:HEADER] != VERSION + AES_GCM:
        raise Tampered("密文的版本或算法不认识。")
    nonce = sealed[HEADER : HEADER + NONCE_BYTES]
    try:
        return AESGCM(key).decrypt(nonce, sealed[HEADER + NONCE_BYTES :], bound_to.encode())
    except InvalidTag as error:
        raise Tampered("密文已被改动，或者被移到了别处。") from error


def wrap(data_key: bytes, about: str) -> bytes:
    """A data key under the key-encryption key."""
    return seal(_derived(kek(), "wrap"), data_key, f"key:{about}")


def unwrap(wrapped: bytes, about: str) -> bytes:
    """The data key again. Raises ``Tampered``."""
    return unseal(_derived(kek(), "wrap"), wrapped, f"key:{about}")
