"""The Celery application: the wake-up and the hands; the outbox is the truth (design §5)."""

from __future__ import annotations

import os
from typing import Any

import celery
from celery import signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenze.settings")

_factory: Any = celery.Celery  # celery carries no types
app = _factory("wenze")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def _refuse_careless_start(**_: Any) -> None:
    from wenze.health.checks import refuse_careless_start  # noqa: PLC0415

    refuse_careless_start()


_signals: Any = signals
_signals.worker_init.connect(_refuse_careless_start)
_signals.beat_init.connect(_refuse_careless_start)
