"""The in-process scheduler of an installation without Redis: the same beat schedule in one thread, the outbox in another."""

from __future__ import annotations

import datetime as dt
import logging
import threading

from celery import current_app
from celery.beat import EmbeddedService, Scheduler
from django.conf import settings
from django.db import close_old_connections

from wenze.notices import outbox, tasks

logger = logging.getLogger(__name__)
POLL_SECONDS = 5
_started = threading.Lock()


class Overdue(Scheduler):  # type: ignore[misc]  # celery carries no types
    """Everything is due when the server starts: what fell due while it was stopped is told at once, not a minute later."""

    def setup_schedule(self) -> None:
        super().setup_schedule()
        for entry in self.schedule.values():
            entry.last_run_at -= dt.timedelta(days=1)


def start() -> bool:
    """Start both threads once in this process; with Redis a worker and a beat do their work, and nothing is started."""
    if settings.WENZE_REDIS_URL or not _started.acquire(blocking=False):
        return False
    logger.info("in-process scheduler: %s", tasks.scan_deadlines.name)  # the import registers the tasks it fires
    beat = EmbeddedService(current_app, thread=True, scheduler_cls=Overdue, max_interval=1)
    beat.daemon = True
    beat.start()
    threading.Thread(target=_hands, name="wenze-outbox", daemon=True).start()
    return True


def _hands() -> None:
    while True:
        outbox.WAKE.wait(POLL_SECONDS)
        outbox.WAKE.clear()
        close_old_connections()
        try:
            outbox.drain()
        except Exception:
            logger.exception("the outbox could not be drained")
        finally:
            close_old_connections()
