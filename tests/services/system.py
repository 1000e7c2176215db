"""The services of docker-compose.yml as processes: its commands and health checks literally, on a database of their own.

Only addresses are changed (host names of containers, the port, the place of beat's files), never a word of a command.
"""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import yaml

from tests import prepared
from tests.journeys.conftest import free_port
from tests.prepared import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
WAIT = 60
REDIS_NUMBER = {"gw0": 13, "gw1": 14}.get(os.environ.get("PYTEST_XDIST_WORKER", ""), 12)


class System:
    """migrate, web, worker and beat, started as compose starts them."""

    def __init__(self, folder, *, demo):
        self.folder, self.port = folder, free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.database = f"wenze_system_{secrets.token_hex(4)}"
        self.admin = os.environ["DATABASE_URL"]
        if demo:
            prepared.demonstrated(self.database, folder)
        else:
            with psycopg.connect(self.admin, autocommit=True) as server:
                server.execute(f'CREATE DATABASE "{self.database}"')
            (folder / "kek").write_bytes(os.urandom(32))
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("WENZE_", "DJANGO_", "PYTEST_"))}
        own = {"WENZE_DEMO": "1"} if demo else {"WENZE_HTTPS": "1", "WENZE_SECRET_KEY": secrets.token_urlsafe(48)}
        self.env = {
            **kept, **own, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "DATABASE_URL": self.url, "REDIS_URL": f"redis://127.0.0.1:6379/{REDIS_NUMBER}", "HOST": "127.0.0.1",
            "PORT": str(self.port), "WENZE_MEDIA_URL": str(folder / "media"), "WENZE_ANCHORS": str(folder / "anchors"), "WENZE_KEK_FILE": str(folder / "kek"),
            "WEB_CONCURRENCY": "2",
        }  # fmt: skip
        self.running = {}

    @property
    def url(self):
        return prepared.url_of(self.database)

    def words(self, words):
        """A command of the compose file with its addresses changed to this machine's."""
        changed = {"127.0.0.1:8000": f"127.0.0.1:{self.port}", "/tmp/beat": str(self.folder / "beat")}
        for old, new in changed.items():
            words = [word.replace(old, new) for word in words]
        return words

    def command(self, service):
        return self.words(COMPOSE["services"][service]["command"])

    def once(self, *words):
        done = subprocess.run(words, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, service, **env):
        with (self.folder / f"{service}.log").open("a") as out:
            self.running[service] = subprocess.Popen(
                self.command(service), cwd=ROOT, env={**self.env, **env}, stdout=out, stderr=out, start_new_session=True
            )

    def log(self, service):
        return (self.folder / f"{service}.log").read_text()[-3000:]

    def ask(self, service):
        """One asking of a service's health check."""
        check = COMPOSE["services"][service]["healthcheck"]["test"]
        assert check[0] == "CMD"
        return subprocess.run(
            self.words(check[1:]), cwd=ROOT, env=self.env, capture_output=True, text=True, check=False, timeout=30
        )

    def healthy(self, service):
        """Ask the health check of the compose file until it answers well."""
        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            asked = self.ask(service)
            if asked.returncode == 0:
                return
            assert self.running[service].poll() is None, self.log(service)
            time.sleep(0.5)
        raise AssertionError(asked.stdout + asked.stderr + self.log(service))

    def stop(self, service, how=signal.SIGTERM):
        process = self.running.pop(service)
        if process.poll() is None:
            os.killpg(process.pid, how)
            process.wait(30)

    def rows(self, text, *values):
        with psycopg.connect(self.url, autocommit=True) as database:
            found = database.execute(text, values)
            return found.fetchall() if found.description else []

    def end(self):
        for service in list(self.running):
            self.stop(service, signal.SIGKILL)
        prepared.drop(self.database)
        shutil.rmtree(self.folder, ignore_errors=True)
