"""A story told once for a module: each test changes it in a savepoint of its own, which is taken back."""

import copy
import datetime as dt

import pytest
from django.db import transaction
from django.test import override_settings

from wenze.deadlines import clock
from wenze.demo import world as demo
from wenze.demo.stories import Story


def told_once(until, **more):
    """A module's fixture ``told``: the ordinary story up to ``until``. Mark the module with an ``xdist_group`` of its own."""

    @pytest.fixture(scope="module")
    def told(django_db_setup, django_db_blocker, tmp_path_factory):
        media = str(tmp_path_factory.mktemp("told"))
        own = override_settings(MEDIA_ROOT=media, WENZE_MEDIA_URL=media)
        with own, django_db_blocker.unblock(), transaction.atomic():
            start = clock.today() - dt.timedelta(days=120)
            story = Story(
                demo.build(), "gov", "某某政务服务局窗口超时问题", start, start - dt.timedelta(days=30), **more
            )
            story.run(until)
            yield story
            transaction.set_rollback(True)

    return told


def fresh(story):
    """The story for one test: its own day and its rows as they stand in the database."""
    own = copy.copy(story)
    own.case = type(story.case).objects.get(pk=story.case.pk)
    own.world = copy.copy(story.world)
    own.world.users = {name: type(user).objects.get(pk=user.pk) for name, user in story.world.users.items()}
    return own
