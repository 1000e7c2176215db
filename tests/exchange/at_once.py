"""Five threads take in one package in the same moment; prints what came of it. A process on a database of its own."""

import json
import os
import sys
import threading

import django

PEOPLE = 5


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenze.settings")
    django.setup()
    from django.db import connections

    from tests.exchange.partner import trusted
    from wenze.audit.models import LedgerEntry
    from wenze.deadlines import clock
    from wenze.demo import world as demo
    from wenze.exchange import services
    from wenze.exchange.models import ExchangePackage

    world = demo.build()
    content = trusted(world, "DEMO-ZZB").answers(answers=[{"item": "x"}])
    gate, taken, failed = threading.Barrier(PEOPLE), [], []

    def press():
        try:
            gate.wait()
            row = services.take_in(content=content, actor=world.casemgmt, on=clock.today())
            taken.append((row.pk, services.content_of(row.receipt)))
        except Exception as error:  # noqa: BLE001 -- told below
            failed.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = {
        "rows": len({pk for pk, _ in taken}), "receipts": len({receipt for _, receipt in taken}), "failed": failed,
        "packages": ExchangePackage.objects.count(), "taken": LedgerEntry.objects.filter(action="exchange.taken").count(),
    }  # fmt: skip
    sys.stdout.write(json.dumps(told))


main()
