"""The environment, read in one place (contract.md “Environment”)."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import environ

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var"

env: Any = environ.Env  # django-environ carries no types
env = env()
if (ROOT / ".env").exists():
    env.read_env(str(ROOT / ".env"))

DEMO: bool = env.bool("WENZE_DEMO", default=False)
HTTPS: bool = env.bool("WENZE_HTTPS", default=False)
SSL_REDIRECT: bool = env.bool("WENZE_SSL_REDIRECT", default=HTTPS)
PROXY_HEADER: bool = env.bool("WENZE_PROXY_HEADER", default=False)
_hosts = ["*"] if DEMO else ["localhost", "127.0.0.1", "[::1]"]
# The health checks of the containers ask by the loopback address.
ALLOWED_HOSTS: list[str] = [*env.list("WENZE_ALLOWED_HOSTS", default=_hosts), "127.0.0.1"]
TRUSTED_ORIGINS: list[str] = env.list("WENZE_TRUSTED_ORIGINS", default=[])
DEMO_PASSWORD: str = env.str("WENZE_DEMO_PASSWORD", default="wenze-demo-2026")
DEFAULT_SECRET_KEY = "demonstration-only-never-in-production"  # noqa: S105
SECRET_KEY: str = env.str("WENZE_SECRET_KEY", default=DEFAULT_SECRET_KEY)
KEK_FILE: Path = Path(env.str("WENZE_KEK_FILE", default=str(VAR / "kek")))
MEDIA_URL: str = env.str("WENZE_MEDIA_URL", default=str(VAR / "media"))
ANCHORS: Path = Path(env.str("WENZE_ANCHORS", default=str(VAR / "anchors")))
REDIS_URL: str = env.str("REDIS_URL", default="")
WEB_WORKERS: int = env.int("WEB_CONCURRENCY", default=1)
LOG_LEVEL: str = env.str("WENZE_LOG_LEVEL", default="INFO").upper()
DATABASE_POOL: int = env.int("WENZE_DATABASE_POOL", default=10)
DATABASE: dict[str, Any] = env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'wenze.sqlite3'}")
_today: str = env.str("WENZE_TODAY", default="")
TODAY: dt.date | None = dt.date.fromisoformat(_today) if _today and DEMO else None


def test_worker() -> str:
    """Which pytest-xdist process this is; a test's files and databases carry its name."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")
