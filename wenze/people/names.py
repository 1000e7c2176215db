"""Whether a name that was written down is somebody else's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wenze.people.models import User

ADDED = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]|\s")
"""What people write beside a name: “（本人）”, “（组长）”, spaces."""


def plain(name: str) -> str:
    """The name without what was written beside it."""
    return ADDED.sub("", name)


def is_another(name: str, person: User) -> bool:
    """Whether this names a second person: an act of two is not done by one under two spellings (两人以上)."""
    return plain(name) not in ("", plain(person.name))
