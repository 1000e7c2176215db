"""The outbox: the truth of what is to be delivered.

Delivery and its mark are one transaction; nothing is sent twice
inside the system, nothing is lost when a worker is killed.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from wenze.deadlines import clock
from wenze.notices.models import Outbox
from wenze.registry import Registry

HANDLERS: Registry[Callable[[dict[str, Any]], None]] = Registry("outbox handlers")
WAKE = threading.Event()
MOST_ATTEMPTS = 12
BATCH = 100

logger = logging.getLogger(__name__)


def enqueue(topic: str, payload: dict[str, Any]) -> Outbox:
    """Put something into the outbox, in the caller's transaction; the hands are woken when it commits."""
    row = Outbox.objects.create(topic=topic, payload=payload)
    transaction.on_commit(wake, robust=True)
    return row


def wake() -> None:
    """Tell the hands that something waits. A broker that does not answer is no fault: the next beat finds it."""
    WAKE.set()
    if settings.WENZE_REDIS_URL:
        from wenze.notices.tasks import drain_outbox  # noqa: PLC0415 -- tasks import this module

        try:
            drain_outbox.apply_async(retry=False, ignore_result=True)
        except Exception:  # noqa: BLE001 -- whatever the broker's client raises
            logger.warning("the broker does not answer; the outbox waits for the next beat")


def drain(limit: int = BATCH) -> int:
    """Deliver what is due, one row a transaction; returns how many were delivered."""
    delivered = 0
    for _ in range(limit):
        found = _deliver_one()
        if found is None:
            break
        delivered += found
    return delivered


def _deliver_one() -> int | None:
    """1 delivered, 0 failed and put off, ``None`` when nothing is due."""
    now = clock.now()
    with transaction.atomic():
        rows = Outbox.objects.filter(done_at__isnull=True, available_at__lte=now, attempts__lt=MOST_ATTEMPTS)
        locked = rows.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        row = locked.order_by("available_at", "id").first()
        if row is None:
            return None
        try:
            with transaction.atomic():
                HANDLERS[row.topic](row.payload)
        except Exception as error:
            logger.exception("outbox %s", row.topic)
            row.attempts += 1
            row.error = str(error)[:300]
            row.available_at = now + dt.timedelta(seconds=2**row.attempts)
            row.save(update_fields=["attempts", "error", "available_at"])
            return 0
        row.done_at = clock.now()
        row.save(update_fields=["done_at"])
        return 1
