"""What `/readyz` asks, in order; what needs the database is left out where there is none."""

from __future__ import annotations

from django.db import DatabaseError

from wenze.deadlines import clock
from wenze.health import probes
from wenze.health.probes import Finding
from wenze.notices.models import Outbox, Sweep

AGED = {"last_sweep", "outbox"}
SWEEP_MAY_BE_OLD = 15 * 60
OUTBOX_MAY_BE_OLD = 10 * 60


def look() -> list[Finding]:
    """Every finding, always under the same names."""
    return [probes.database(), probes.migrations(), probes.broker(), *_notices()]


def _notices() -> list[Finding]:
    """How old the last sweep is, and the oldest thing that waits in the outbox, in seconds."""
    try:
        sweep = Sweep.objects.order_by("-at").first()
        waiting = Outbox.objects.filter(done_at__isnull=True).order_by("created_at").first()
    except DatabaseError as error:
        return [Finding(name, name, ok=False, seen=str(error)[:200], mend="先使数据库可用。") for name in sorted(AGED)]
    now = clock.now()
    swept = round((now - sweep.at).total_seconds()) if sweep else None
    waits = round((now - waiting.created_at).total_seconds()) if waiting else 0
    return [
        Finding(
            "last_sweep", "最近一次期限扫描", ok=swept is None or swept <= SWEEP_MAY_BE_OLD,
            seen="尚未扫描" if swept is None else f"{swept} 秒前", mend="检查调度（beat 或进程内调度）。", age=swept,
        ),
        Finding(
            "outbox", "待投递", ok=waits <= OUTBOX_MAY_BE_OLD, seen=f"最早一条已等 {waits} 秒",
            mend="检查 worker；manage.py scan_deadlines 可补投。", age=waits,
        ),
    ]  # fmt: skip
