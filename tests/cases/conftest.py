"""What the modules about the case of the old brickworks share: a whole story, told once a module and taken back after it."""

from contextlib import ExitStack

import pytest
from django.db import transaction
from django.test import override_settings

from tests.cases.redress_room import Room


@pytest.fixture(scope="module")
def telling(django_db_setup, django_db_blocker, tmp_path_factory):
    """A transaction and a folder of its own for as long as the module's tests run; nothing of it stays."""
    media = str(tmp_path_factory.mktemp("twelve"))
    own = override_settings(MEDIA_ROOT=media, WENZE_MEDIA_URL=media)
    with own, django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def room(client, story):
    return Room(client, story)


@pytest.fixture
def today():
    """Move the office's clock to a day."""
    with ExitStack() as moved:
        yield lambda day: moved.enter_context(override_settings(WENZE_TODAY=day))
