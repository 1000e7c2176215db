"""A real server on a database of its own, and real browsers: these tests import no model and no service."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing

import psycopg
import pytest

from tests import prepared
from tests.prepared import ROOT

PASSWORD = "wenze-demo-2026"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """gunicorn with the in-process scheduler, as ``make run`` starts it, on a database of its own with the demonstration."""

    def __init__(self, folder):
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        name = f"wenze_journey_{os.getpid()}_{self.port}" if prepared.POSTGRESQL else str(folder / "journey.sqlite3")
        self.database = name
        prepared.collected()
        prepared.demonstrated(name, folder)
        self.env = prepared.environment(prepared.url_of(name), folder, PORT=str(self.port))
        self.process = None

    def manage(self, *arguments):
        return prepared.manage(self.env, *arguments)

    def count(self, rows):
        """How many rows stand in the database: ``rows`` is what follows ``SELECT count(*) FROM``."""
        question = f"SELECT count(*) FROM {rows}"
        if prepared.POSTGRESQL:
            with psycopg.connect(self.env["DATABASE_URL"]) as database:
                return database.execute(question).fetchone()[0]
        with closing(sqlite3.connect(self.database, timeout=20)) as database:
            return database.execute(question).fetchone()[0]

    def start(self, **env):
        with self.log.open("a") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"],
                cwd=ROOT, env={**self.env, **env}, stdout=out, stderr=out,
            )  # fmt: skip
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{self.base}/healthz", timeout=1).close()
            except OSError:
                time.sleep(0.25)
            else:
                return
        raise AssertionError(self.log.read_text()[-3000:])

    def stop(self):
        if self.process is not None:
            self.process.send_signal(
                signal.SIGQUIT
            )  # at once: nobody is served, no browser's idle connection is waited for
            self.process.wait(20)
            self.process = None

    def end(self):
        self.stop()
        prepared.drop(self.database)


@pytest.fixture(scope="module")
def stopped(tmp_path_factory):
    """A server that has everything it needs and was not started yet."""
    made = Server(tmp_path_factory.mktemp("server"))
    try:
        yield made
    finally:
        made.end()


@pytest.fixture(scope="module")
def server(stopped):
    stopped.start()
    return stopped


class Office:
    """The people of the office, each in a browser of his own; a console error or CSP violation fails the test."""

    def __init__(self, browser, base):
        self.browser, self.base, self.pages, self.complaints = browser, base, {}, []

    def page(self, username):
        if username not in self.pages:
            context = self.browser.new_context(base_url=self.base, viewport={"width": 1440, "height": 900})
            page = context.new_page()
            page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
            page.on("pageerror", lambda error: self.complaints.append(str(error)))
            page.goto("/login/")
            page.fill("[name=username]", username)
            page.fill("[name=password]", PASSWORD)
            page.click("main form button")
            page.wait_for_url("**/")
            self.pages[username] = page
        return self.pages[username]

    def fill(self, username, path, button, **values):
        """Open a form, fill it as a person would, press the button; returns the page that follows."""
        self.page(username).goto(path)
        return self.fill_in(username, path, button, **values)

    def fill_in(self, username, path, button, **values):
        """Fill the form that the person has open, press the button."""
        page = self.page(username)
        for name, value in values.items():
            field = page.locator(f"main [name='{name}']")
            kind = field.first.get_attribute("type") or field.first.evaluate("e => e.tagName.toLowerCase()")
            if kind in ("checkbox", "radio"):
                for one in value if isinstance(value, list) else [value]:
                    box = page.locator(
                        f"main label:has-text('{one}') input[name='{name}'], main input[name='{name}'][value='{one}']"
                    )
                    box.first.check()
            elif kind in ("select", "select-one"):
                option = field.first.locator("option", has_text=value).first
                field.first.select_option(value=option.get_attribute("value"))
            elif kind == "file":
                field.first.set_input_files(value)
            else:
                field.first.fill(value)
        page.locator(f"main button:has-text('{button}')").first.click()
        page.wait_for_load_state()
        wrong = (
            page.locator(".wz-error, .wz-banner.late, .gate[role=status] ").all_inner_texts()
            if "/step/" in page.url
            else page.locator(".wz-error").all_inner_texts()
        )
        assert not wrong, (path, wrong)
        return page

    def press(self, username, path, button):
        page = self.page(username)
        page.goto(path)
        page.locator(f"button:has-text('{button}')").first.click()
        page.wait_for_load_state()
        return page

    def sign(self, username, words):
        """Open the to-do from the desk and sign."""
        page = self.page(username)
        page.goto("/?q=" + words)
        link = page.locator("main table a", has_text=re.compile("请签批.*" + re.escape(words))).first
        link.click()
        page.wait_for_load_state()
        page.locator("#sign button:has-text('提交意见')").click()
        page.wait_for_load_state()
        assert page.locator(".wz-messages", has_text="已签署").count(), page.locator("main").inner_text()[:600]


@pytest.fixture(scope="module")
def office(server):
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        assert os.environ.get("CI") != "true", "CI must not skip the browser tests"
        pytest.skip("no chromium: apt-get install chromium")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=FLAGS)
        people = Office(browser, server.base)
        yield people
        browser.close()
        assert people.complaints == []
