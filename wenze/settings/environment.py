"""The environment, read in one place (contract.md “Environment”)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var"

env = environ.Env()
if (ROOT / ".env").exists():
    env.read_env(str(ROOT / ".env"))

DEMO: bool = env.bool("WENZE_DEMO", default=False)
HTTPS: bool = env.bool("WENZE_HTTPS", default=False)
DEMO_PASSWORD: str = env.str("WENZE_DEMO_PASSWORD", default="wenze-demo-2026")
DEFAULT_SECRET_KEY = "demonstration-only-never-in-production"
SECRET_KEY: str = env.str("WENZE_SECRET_KEY", default=DEFAULT_SECRET_KEY)
KEK_FILE: Path = Path(env.str("WENZE_KEK_FILE", default=str(VAR / "kek")))
MEDIA_URL: str = env.str("WENZE_MEDIA_URL", default=str(VAR / "media"))
REDIS_URL: str = env.str("REDIS_URL", default="")
DATABASE = env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'wenze.sqlite3'}")
_today: str = env.str("WENZE_TODAY", default="")
TODAY: dt.date | None = dt.date.fromisoformat(_today) if _today and DEMO else None
