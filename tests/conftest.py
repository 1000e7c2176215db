"""What every test stands on: files of its own under ``var/test/<worker>`` and the register of articles."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings

ARTICLES = pytest.StashKey[dict[str, list[str]]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`@pytest.mark.article("TL", 11)`: which tests hold which provision, told in ``var/test/articles.json``."""
    held: dict[str, list[str]] = defaultdict(list)
    for item in items:
        for marker in item.iter_markers("article"):
            held[" ".join(map(str, marker.args))].append(item.nodeid)
    config.stash[ARTICLES] = dict(sorted(held.items()))


def pytest_sessionfinish(session: pytest.Session) -> None:
    articles = session.config.stash.get(ARTICLES, {})
    if articles:
        path = Path(settings.WENZE_VAR) / "articles.json"
        path.write_text(json.dumps(articles, ensure_ascii=False, indent=1), encoding="utf-8")


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
    from wenze.demo import world as demo

    return demo.build()


@pytest.fixture
def story(world):
    """An ordinary matter on its way: ``story.run("heard")`` moves it there through the services."""
    import datetime as dt

    from wenze.deadlines import clock
    from wenze.demo.stories import Story

    start = clock.today() - dt.timedelta(days=90)
    return Story(world, "gov", "某某政务服务局窗口超时问题", start, start - dt.timedelta(days=30))
