"""Ed25519: one key pair an organisation; the private half is kept wrapped by the key-encryption key."""

from __future__ import annotations

import hashlib
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PURPOSE = b"wenze-exchange-v1\n"
"""What is signed begins with this, so that no signature of another use passes here."""
GROUP = 4


class Signer(Protocol):
    """A key with its organisation, kept in a database or not."""

    @property
    def organization(self) -> Any: ...

    @property
    def fingerprint(self) -> str: ...

    def sign(self, content: bytes) -> bytes: ...


def new_private() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> str:
    """The public half, in hexadecimal: what is told to a partner."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw().hex()


def sign(private: bytes, content: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(private).sign(PURPOSE + content)


def holds(public: str, signature: bytes, content: bytes) -> bool:
    """Whether the owner of that public key signed the content."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, PURPOSE + content)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: str) -> str:
    """The name of a key: the hash of its public half. Two people compare it by telephone before they trust the key."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()


def is_public_key(text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))
    except ValueError:
        return False
    return True


def spaced(print_: str) -> str:
    """A fingerprint as people read it to each other."""
    return " ".join(print_[at : at + GROUP] for at in range(0, len(print_), GROUP))
