"""Settings: what differs by place is read in ``environment``; no number of the law stands here."""

from __future__ import annotations

from typing import Any

from wenze.settings.cookies import *  # noqa: F403
from wenze.settings.environment import (
    ANCHORS,
    DATABASE,
    DATABASE_POOL,
    DEFAULT_SECRET_KEY,
    DEMO,
    DEMO_PASSWORD,
    HTTPS,
    KEK_FILE,
    REDIS_URL,
    ROOT,
    TODAY,
    VAR,
    WEB_WORKERS,
)
from wenze.settings.environment import MEDIA_URL as WENZE_MEDIA_URL
from wenze.settings.environment import SECRET_KEY as SECRET_KEY
from wenze.settings.logging import LOGGING as LOGGING

DEBUG = False

WENZE_DEMO = DEMO
WENZE_DEMO_PASSWORD = DEMO_PASSWORD
WENZE_HTTPS = HTTPS
WENZE_TODAY = TODAY
WENZE_KEK_FILE = KEK_FILE
WENZE_VAR = VAR
WENZE_ANCHORS = ANCHORS
WENZE_REDIS_URL = REDIS_URL
WENZE_WEB_WORKERS = WEB_WORKERS
WENZE_DEFAULT_SECRET_KEY = DEFAULT_SECRET_KEY

INSTALLED_APPS = [
    "wenze.crypto",
    "wenze.deadlines",
    "wenze.audit",
    "wenze.law",
    "wenze.access",
    "wenze.pages",
    "wenze.people",
    "wenze.terms",
    "wenze.documents",
    "wenze.notices",
    "wenze.search",
    "wenze.exchange",
    "wenze.workflow",
    "responsibility",
    "tolerance",
    "cases",
    "review",
    "followup",
    "wenze.desk",
    "wenze.reporting",
    "wenze.demo",
    "wenze.health",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "django_filters",
    "simple_history",
    "guardian",
]

MIDDLEWARE = [
    "wenze.pages.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "wenze.pages.middleware.WitnessMiddleware",
    "wenze.pages.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "wenze.urls"
WSGI_APPLICATION = "wenze.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wenze.pages.context.frame",
            ],
        },
    }
]

if DATABASE["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a writer waits its turn instead of failing half-way; FULL: an acknowledged write survives power loss.
    DATABASE.setdefault("OPTIONS", {}).update(
        {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
        }
    )
else:
    # random_page_cost: the data lies on solid-state disks; with the server's default of 4 the planner scans whole
    # tables where a few hundred index look-ups answer (an inspector's list: 12 ms instead of 2 at 100,000 cases).
    DATABASE.setdefault("OPTIONS", {}).update(
        {"pool": {"min_size": 1, "max_size": DATABASE_POOL}, "options": "-c random_page_cost=1.1"}
    )
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["wenze.people.backends.OfficeBackend"]
ANONYMOUS_USER_NAME = None
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # guardian stores grants; it never decides (wenze.access.grants)

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "staticfiles"
STATICFILES_DIRS = [ROOT / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "wenze.pages.finders.NodeModulesFinder",
]

MEDIA_ROOT = WENZE_MEDIA_URL
CSRF_FAILURE_VIEW = "wenze.pages.views.csrf_failure"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Hashed names: a browser keeps a file for ever and still sees the next edition at once.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TIMEZONE = TIME_ZONE

# Reminders (design §5): working days before the day; every so many working days after it; when the leader is told.
WENZE_REMIND_BEFORE = (7, 3, 1)
WENZE_REMIND_EVERY_LATE = 3
WENZE_ESCALATE_TO_LEADER_AFTER = 5
CELERY_BEAT_SCHEDULE = {
    "scan-deadlines": {"task": "notices.scan_deadlines", "schedule": 60.0},
    "drain-outbox": {"task": "notices.drain_outbox", "schedule": 5.0},
    "seal-ledger": {"task": "notices.seal_ledger", "schedule": 1.0},
}
WENZE_FONTS = VAR / "fonts"
