"""A careless start is refused; the addresses of a load balancer answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from wenze.health import checks

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "k" * 64


@pytest.fixture
def production(settings):
    settings.WENZE_DEMO = False
    settings.SECRET_KEY = KEY
    settings.WENZE_HTTPS = True
    settings.WENZE_REDIS_URL = ""
    settings.WENZE_WEB_WORKERS = 1
    return settings


def refused() -> list[str]:
    return [str(refusal.id) for refusal in checks.production_refusals()]


def test_a_careful_production_start_is_not_refused(production):
    assert refused() == []


def test_demonstration_mode_asks_for_nothing(production):
    production.SECRET_KEY = production.WENZE_DEFAULT_SECRET_KEY
    production.WENZE_HTTPS = False
    production.WENZE_DEMO = True
    assert refused() == []


def test_the_default_key_is_refused(production):
    production.SECRET_KEY = production.WENZE_DEFAULT_SECRET_KEY
    assert refused() == ["wenze.E001"]


def test_a_short_key_is_refused(production):
    production.SECRET_KEY = "short"
    assert refused() == ["wenze.E002"]


def test_plain_http_is_refused(production):
    production.WENZE_HTTPS = False
    assert refused() == ["wenze.E003"]


def test_several_web_processes_without_redis_are_refused(production):
    production.WENZE_WEB_WORKERS = 2
    assert refused() == ["wenze.E004"]
    production.WENZE_REDIS_URL = "redis://127.0.0.1:6379/0"
    assert refused() == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"WENZE_SECRET_KEY": ""}, "wenze.E001"),
        ({"WENZE_HTTPS": "0"}, "wenze.E003"),
        ({"WEB_CONCURRENCY": "2"}, "wenze.E004"),
    ],
)
def test_the_server_really_ends_with_the_reason(change, reason):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "wenze.settings",
        "WENZE_DEMO": "0",
        "WENZE_HTTPS": "1",
        "WENZE_SECRET_KEY": KEY,
        "REDIS_URL": "",
        "PORT": "0",
    }
    environment |= change
    if not environment["WENZE_SECRET_KEY"]:
        del environment["WENZE_SECRET_KEY"]
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert reason in done.stderr


def test_healthz_says_only_that_the_process_lives(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


@pytest.mark.django_db
def test_readyz_tells_each_part(client):
    body = client.get("/readyz").json()
    assert {"status", "database", "migrations", "broker"} <= set(body)
    assert body["database"]["ok"]
    assert body["migrations"]["ok"]


@pytest.mark.django_db
def test_readyz_is_503_while_a_migration_waits(client):
    MigrationRecorder(connection).migration_qs.filter(app="people").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations"]["ok"] is False


@pytest.mark.django_db
def test_readyz_is_503_while_redis_does_not_answer(client, settings):
    settings.WENZE_REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["broker"]["ok"] is False
