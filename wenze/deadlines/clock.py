"""The only source of "today" (``WENZE_TODAY`` moves it, in demonstration mode only).

The ledger, sessions and one-time codes use the real clock: ``now()``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

if TYPE_CHECKING:
    import datetime as dt


def today() -> dt.date:
    """The date that the office works on, in the time zone of the installation."""
    moved: dt.date | None = settings.WENZE_TODAY
    return moved or timezone.localdate()


def now() -> dt.datetime:
    """The instant by the real clock, never moved."""
    return timezone.now()
