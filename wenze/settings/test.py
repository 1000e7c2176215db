"""Settings of the tests: the real ones, in demonstration mode, with a fast hasher and files under ``var/test``."""

from __future__ import annotations

import os

os.environ.setdefault("WENZE_DEMO", "1")
os.environ.setdefault("WENZE_LOG_LEVEL", "WARNING")

from wenze.settings import *  # noqa: F403
from wenze.settings import DATABASES, STORAGES
from wenze.settings.environment import VAR, test_worker

WENZE_DEMO = True  # the package was read before this module could say so
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WENZE_VAR = VAR / "test" / test_worker()
WENZE_VAR.mkdir(parents=True, exist_ok=True)
WENZE_KEK_FILE = WENZE_VAR / "kek"
WENZE_ANCHORS = WENZE_VAR / "anchors"
WENZE_MEDIA_URL = str(WENZE_VAR / "media")
MEDIA_ROOT = WENZE_MEDIA_URL
# Without the manifest: a test must not depend on whether `collectstatic` has run.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and processes must see one database, as in service.
    DATABASES["default"]["TEST"] = {"NAME": str(WENZE_VAR / "test.sqlite3")}
    # Nobody needs these databases after a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["OPTIONS"].pop("pool", None)
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
STATIC_ROOT = VAR / "test" / "static"  # WhiteNoise warns where there is none, and a warning fails a test
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
