"""Celery's part: the wake-up and the hands. Every task is safe to run twice and takes no sensitive argument."""

from __future__ import annotations

from celery import shared_task

from wenze.audit import anchors, sealer
from wenze.notices import leases, outbox
from wenze.notices.scan import scan_deadlines as sweep


@shared_task(name="notices.scan_deadlines", ignore_result=True)  # type: ignore[untyped-decorator]
def scan_deadlines() -> None:
    """One sweep, unless another scheduler has just made one."""
    if leases.take("scan", seconds=30):
        sweep()


@shared_task(name="notices.drain_outbox", ignore_result=True)  # type: ignore[untyped-decorator]
def drain_outbox() -> None:
    """Deliver what waits."""
    outbox.drain()


@shared_task(name="notices.seal_ledger", ignore_result=True)  # type: ignore[untyped-decorator]
def seal_ledger() -> None:
    """Link unsealed entries and publish the heads."""
    if sealer.seal_pending():
        anchors.publish()
