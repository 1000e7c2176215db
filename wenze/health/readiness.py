"""What `/readyz` asks, in order; what needs the database is left out where there is none."""

from __future__ import annotations

from wenze.health import probes
from wenze.health.probes import Finding

AGED = {"last_sweep", "outbox"}


def look() -> list[Finding]:
    """Every finding, always under the same names."""
    return [probes.database(), probes.migrations(), probes.broker(), *_notices()]


def _notices() -> list[Finding]:
    return []
