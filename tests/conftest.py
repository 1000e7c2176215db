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
