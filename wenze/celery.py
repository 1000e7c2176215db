"""The Celery application: the wake-up and the hands; the outbox is the truth (design §5)."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenze.settings")

app = Celery("wenze")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
