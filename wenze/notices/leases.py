"""Leases: a recurring job has one runner at a time, whatever the number of schedulers."""

from __future__ import annotations

import datetime as dt
import os
import socket

from django.db import transaction

from wenze.deadlines import clock
from wenze.notices.models import Lease

HOLDER = f"{socket.gethostname()}:{os.getpid()}"


def take(name: str, *, seconds: int) -> bool:
    """Whether the lease is ours now: it was free or had run out."""
    now = clock.now()
    with transaction.atomic():
        Lease.objects.get_or_create(name=name, defaults={"holder": "", "until": now - dt.timedelta(seconds=1)})
        taken = Lease.objects.filter(name=name, until__lte=now).update(
            holder=HOLDER[:80], until=now + dt.timedelta(seconds=seconds)
        )
    return bool(taken)
