"""The started server alone fires a reminder: no command is called, no page is opened to make it happen."""

import datetime as dt
import time

import pytest

pytestmark = pytest.mark.xdist_group("journey-reminder")


def reminders(server):
    return server.count("notices_notice WHERE kind = 'reminder'")


def test_the_started_server_alone_fires_reminders(stopped):
    before = reminders(stopped)
    later = dt.date.today() + dt.timedelta(9)  # noqa: DTZ011, TID251 -- the journey's own calendar
    stopped.start(WENZE_TODAY=later.isoformat())
    for _ in range(200):
        if reminders(stopped) > before:
            return
        time.sleep(0.5)
    raise AssertionError(stopped.log.read_text()[-3000:])
