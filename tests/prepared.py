"""What a run makes once and its tests copy: a migrated database, and the same with the demonstration in it.

Each is made by the command that an operator gives (``migrate``, ``load_demo``), in a process of its own, on the database
of the run: a file of SQLite, or a database of the PostgreSQL server that ``DATABASE_URL`` names.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
RUNS = ROOT / "var" / "test" / "runs"
KEPT = ROOT / "var" / "test" / "migrated"
ADMIN = os.environ.get("DATABASE_URL", "")
POSTGRESQL = ADMIN.startswith(("postgres:", "postgresql:"))
RUN = "WENZE_TEST_RUN"


def run():
    """The run to which this process belongs: the id of the process that began it."""
    return os.environ[RUN]


def begin():
    """Name the run for its workers, unless this is one; take away what a run left that was killed."""
    if RUN in os.environ:
        return
    os.environ[RUN] = str(os.getpid())
    for left in RUNS.glob("*"):
        if not Path(f"/proc/{left.name}").exists():
            shutil.rmtree(left, ignore_errors=True)


def end():
    """Take away what the run made; only the process that began it does."""
    if os.environ.get(RUN) != str(os.getpid()):
        return
    for made in sorted(RUNS.joinpath(run()).glob("*.made")):
        if POSTGRESQL:
            drop(_template(made.stem))
    shutil.rmtree(RUNS / run(), ignore_errors=True)
    del os.environ[RUN]


def folder(name):
    """A folder of this process that goes with the run."""
    made = RUNS / run() / f"{name}-{os.getpid()}"
    made.mkdir(parents=True, exist_ok=True)
    return made


def environment(url, folder, **more):
    """A process of the demonstration on that database, its key and its files in that folder; nothing of the tests in it."""
    away = {"REDIS_URL", "DJANGO_SETTINGS_MODULE", "WENZE_TODAY"}
    return {
        **{name: value for name, value in os.environ.items() if name not in away},
        "DATABASE_URL": url, "WENZE_DEMO": "1", "WENZE_KEK_FILE": str(folder / "kek"),
        "WENZE_MEDIA_URL": str(folder / "media"), "WENZE_ANCHORS": str(folder / "anchors"), **more,
    }  # fmt: skip


def manage(env, *arguments):
    """What a command of ``manage.py`` says; its complaint is the failure."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def url_of(name):
    """The address of a database of this name: the file, or the database on the run's server."""
    if not POSTGRESQL:
        return f"sqlite:///{name}"
    address, mark, options = ADMIN.partition("?")
    return f"{address.rpartition('/')[0]}/{name}{mark}{options}"


def migrated(name):
    """A new database of that name with every table in it, in place of any that has it."""
    _copied(_once("migrated", _migrate), name)


def demonstrated(name, folder):
    """A new database with the demonstration in it, the key, the files and the anchors that belong to it in ``folder``."""
    source = _once("demonstrated", _demonstrate)
    _copied(source, name)
    files = RUNS / run() / "demonstrated"
    shutil.copyfile(files / "kek", folder / "kek")
    for part in ("media", "anchors"):
        shutil.copytree(files / part, folder / part)


def collected():
    """The static files stand where a server looks for them."""
    _once(
        "collected", lambda name, folder: manage(environment(url_of(name), folder), "collectstatic", "--noinput", "-v0")
    )


def drop(name):
    """Take a database away."""
    if POSTGRESQL:
        with psycopg.connect(ADMIN, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        return
    for tail in ("", "-wal", "-shm"):
        Path(f"{name}{tail}").unlink(missing_ok=True)


def _migrate(name, folder):
    kept = None if POSTGRESQL else KEPT / f"{_migrations()}.sqlite3"
    if kept is not None and kept.exists():
        _copied(kept, name)
        return
    _made(name, "")
    manage(environment(url_of(name), folder), "migrate", "-v0")
    if kept is not None:
        KEPT.mkdir(exist_ok=True)
        for left in KEPT.iterdir():
            left.unlink(missing_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        shutil.copyfile(name, fresh)
        fresh.rename(kept)


def _migrations():
    """What a migrated database is made of: the same migrations under the same libraries and settings leave the same tables."""
    told = hashlib.sha256()
    for path in sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("wenze/**/*.py"), ROOT / "requirements.txt"]):
        if path.parent.name in ("migrations", "settings") or path.name in ("requirements.txt", "apps.py"):
            told.update(path.read_bytes())
    return told.hexdigest()[:24]


def _demonstrate(name, folder):
    migrated(name)
    manage(environment(url_of(name), folder), "load_demo")


def _template(what):
    return f"wenze_run_{run()}_{what}" if POSTGRESQL else str(RUNS / run() / what / "database.sqlite3")


def _once(what, make):
    """The name of the database that ``make`` makes; the first process to ask makes it, the others wait for it."""
    home = RUNS / run()
    home.joinpath(what).mkdir(parents=True, exist_ok=True)
    name, made = _template(what), home / f"{what}.made"
    with (home / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            make(name, home / what)
            made.touch()
    return name


def _copied(source, name):
    _made(name, f'TEMPLATE "{source}"')
    if not POSTGRESQL:
        shutil.copyfile(source, name)


def _made(name, how):
    """An empty or copied database in place of any of that name; nobody needs it after a power cut."""
    drop(name)
    if POSTGRESQL:
        with psycopg.connect(ADMIN, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}" {how}')
            server.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
