"""Settings of the tests: the real ones, in demonstration mode, with a fast hasher and files under ``var/test``."""

from __future__ import annotations

import os

os.environ.setdefault("WENZE_DEMO", "1")

from wenze.settings import *  # noqa: F403
from wenze.settings import DATABASES, VAR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WENZE_VAR = VAR / "test"
WENZE_KEK_FILE = VAR / "test" / "kek"
MEDIA_ROOT = VAR / "test" / "media"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and processes must see one database, as in service.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test" / "test.sqlite3")}
else:
    DATABASES["default"]["OPTIONS"].pop("pool", None)
STATIC_ROOT = VAR / "test" / "static"  # WhiteNoise warns where there is none, and a warning fails a test
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
