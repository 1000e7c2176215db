"""The running system of these tests: one for all of them, in demonstration mode, with its data."""

import pytest

from tests.services.system import System


@pytest.fixture(scope="session")
def system(tmp_path_factory):
    made = System(tmp_path_factory.mktemp("system"), demo=True)
    try:
        made.once(*made.command("migrate"))
        [(made.sweeps_before,)] = made.rows("SELECT count(*) FROM notices_sweep")
        for service in ("web", "worker", "beat"):
            made.start(service)
        made.healthy("web")
        yield made
    finally:
        made.end()
