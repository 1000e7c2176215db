"""What every test stands on: a database and files of its own, the order of the run, the register of articles."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings

from tests import prepared
from tests.together import place, scheduler

ARTICLES = pytest.StashKey[dict[str, list[str]]]()


def pytest_configure(config: pytest.Config) -> None:
    prepared.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    prepared.end()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    return scheduler(config, log) if config.getoption("dist") == "loadgroup" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`@pytest.mark.article("TL", 11)`: which tests hold which provision, told in ``var/test/articles.json``; the order."""
    held: dict[str, list[str]] = defaultdict(list)
    for item in items:
        for marker in item.iter_markers("article"):
            held[" ".join(map(str, marker.args))].append(item.nodeid)
    config.stash[ARTICLES] = dict(sorted(held.items()))
    items.sort(key=lambda item: place(item.path))


def pytest_sessionfinish(session: pytest.Session) -> None:
    articles = session.config.stash.get(ARTICLES, {})
    if articles:
        path = Path(settings.WENZE_VAR) / "articles.json"
        path.write_text(json.dumps(articles, ensure_ascii=False, indent=1), encoding="utf-8")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """This process's own copy of the database that ``migrate`` made for the run, taken away at the end."""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        prepared.migrated(connection.creation._get_test_db_name())
        made = setup_databases(verbosity=0, interactive=False, keepdb=True, serialized_aliases=())
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    """Uploaded files of one test are seen by no other."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.WENZE_MEDIA_URL = settings.MEDIA_ROOT
    yield
    shutil.rmtree(tmp_path / "media", ignore_errors=True)


@pytest.fixture
def world(db):
    """The demonstration's organisations, people and accounts, before anything happened."""
    from tests import told

    return told.world()


@pytest.fixture
def story(request, world):
    """An ordinary matter on its way: ``story.run("heard")`` moves it there through the services."""
    import datetime as dt

    from tests.told import Told
    from wenze.deadlines import clock
    from wenze.demo.stories import Story

    start = clock.today() - dt.timedelta(days=90)
    changed = {"monkeypatch", "settings"} & set(request.node._fixtureinfo.argnames)
    teller = Story if changed else Told
    return teller(world, "gov", "某某政务服务局窗口超时问题", start, start - dt.timedelta(days=30))
