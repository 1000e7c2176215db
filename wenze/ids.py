"""Primary keys: UUID version 7 (RFC 9562), so that new rows sort after old ones in an index."""

from __future__ import annotations

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """A time-ordered UUID: 48 bits of milliseconds, 12 bits of their fraction, random bits (RFC 9562, 6.2, method 3).

    Rows of one press keep the order in which they were written.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    value = milliseconds << 80 | 0x7 << 76 | fraction << 64 | int.from_bytes(os.urandom(8), "big")
    value = value & ~(0xC000 << 48) | (0x8000 << 48)
    return uuid.UUID(int=value)
