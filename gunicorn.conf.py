"""The web server: one process with threads in demonstration and small offices, several behind Redis (design §8)."""

from __future__ import annotations

import os
from typing import Any

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
worker_class = "gthread"
threads = int(os.environ.get("WENZE_THREADS", "8"))
timeout = 60
graceful_timeout = 30
keepalive = 5
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108
accesslog = os.environ.get("WENZE_ACCESS_LOG") or None
errorlog = "-"
wsgi_app = "wenze.wsgi:application"
proc_name = "wenze"
limit_request_line = 8190


def on_starting(_server: Any) -> None:
    """Asks the system checks before the first worker: a careless production start ends here, with the reason."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenze.settings")
    os.environ["WEB_CONCURRENCY"] = str(_server.cfg.workers)  # `--workers` counts as well as the variable
    import django  # noqa: PLC0415

    django.setup()
    from wenze.health.checks import refuse_careless_start  # noqa: PLC0415

    refuse_careless_start()


def post_worker_init(_worker: Any) -> None:
    """Without Redis the one web process carries the scheduler and the outbox itself."""
    from django.conf import settings  # noqa: PLC0415

    if settings.WENZE_REDIS_URL:
        return
    from wenze.notices import scheduler  # noqa: PLC0415

    scheduler.start()
