"""What the modules about the case of the old brickworks share: a whole story, told once a module and taken back after it."""

import pytest
from django.db import transaction
from django.test import override_settings


@pytest.fixture(scope="module")
def telling(django_db_setup, django_db_blocker, tmp_path_factory):
    """A transaction and a folder of its own for as long as the module's tests run; nothing of it stays."""
    media = str(tmp_path_factory.mktemp("twelve"))
    own = override_settings(MEDIA_ROOT=media, WENZE_MEDIA_URL=media)
    with own, django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
