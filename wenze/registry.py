"""The one way a lower room learns what a higher room knows: it names a question, the higher room answers.

A ``Registry`` serves gates, effects, panels, search indexes, to-do sources, document kinds and
visibility rules alike. Entries are found by ``autodiscover_modules`` at start, as the admin finds
``admin.py``; a system check asks every registry for its complaints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

ALL: list[Registry[object]] = []


class Registry(Generic[T]):
    """Named entries, each registered once; iteration follows ``order``, then the order of registration."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, tuple[int, T]] = {}
        self._expected: set[str] = set()
        ALL.append(self)  # type: ignore[arg-type]

    def expect(self, key: str) -> None:
        """Name a question that some room must answer; unanswered, it is a system-check error."""
        self._expected.add(key)

    def register(self, key: str, entry: T, *, order: int = 0) -> T:
        """Answer ``key`` with ``entry``; a second answer raises ``ValueError``."""
        if key in self._entries:
            raise ValueError(f"{self.name}: {key!r} is registered twice")
        self._entries[key] = (order, entry)
        return entry

    def entry(self, key: str, *, order: int = 0) -> Callable[[T], T]:
        """The decorator form of ``register``."""
        return lambda entry: self.register(key, entry, order=order)

    def __getitem__(self, key: str) -> T:
        return self._entries[key][1]

    def get(self, key: str) -> T | None:
        found = self._entries.get(key)
        return found[1] if found else None

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[T]:
        return (entry for _, entry in sorted(self._entries.values(), key=lambda pair: pair[0]))

    def keys(self) -> list[str]:
        return list(self._entries)

    @property
    def unanswered(self) -> set[str]:
        """Keys that were named and that nobody answered."""
        return self._expected - self._entries.keys()
