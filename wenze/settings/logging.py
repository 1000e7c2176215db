"""Logs: one JSON object a line on stderr; nothing of a case's content is ever logged (GB/T 22239 8.1.4.3)."""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import Any

from wenze.settings.environment import LOG_LEVEL


class JsonLine(logging.Formatter):
    """Writes a record as one line that a log collector can read without a pattern."""

    def format(self, record: logging.LogRecord) -> str:
        """Time in UTC, level, logger, text; the request's status and the traceback where there is one."""
        line: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, tz=dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "wenze.settings.logging.JsonLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"level": LOG_LEVEL, "handlers": [], "propagate": True},
        # Its defaults log through handlers of their own: every line would stand there twice.
        "django.server": {"level": LOG_LEVEL, "handlers": [], "propagate": True},
        # The in-process scheduler beats every second: only what goes wrong is worth a line.
        "celery.beat": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        # Packages that tell at INFO what every rendering does.
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
