"""docker-compose.yml is the system: its commands and health checks run literally, in production mode."""

import signal
import urllib.error
import urllib.request

import pytest

from tests.services.system import COMPOSE, System

pytestmark = [pytest.mark.services, pytest.mark.xdist_group("system")]


@pytest.fixture
def production(tmp_path):
    made = System(tmp_path, demo=False)
    try:
        yield made
    finally:
        made.end()


def test_every_service_of_ours_starts_and_its_health_check_says_so(production):
    ours = [name for name, told in COMPOSE["services"].items() if "postgres" not in name and "redis" not in name]
    assert sorted(ours) == ["beat", "migrate", "web", "worker"]
    production.once(*production.command("migrate"))
    for service in ("web", "worker", "beat"):
        production.start(service)
    for service in ("web", "worker", "beat"):
        production.healthy(service)
    request = urllib.request.Request(f"{production.base}/login/", headers={"Host": "127.0.0.1"})
    opener = urllib.request.build_opener(Stay)
    with pytest.raises(urllib.error.HTTPError) as moved:
        opener.open(request, timeout=10)
    assert moved.value.code == 301
    assert moved.value.headers["Location"].startswith("https://")
    for service in ("web", "beat"):
        production.stop(service, signal.SIGKILL)
        assert production.ask(service).returncode != 0, f"the check of a dead {service} must fail"


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None
