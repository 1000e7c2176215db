"""Generating cases in batches: each batch one transaction with its numbers, its ledger and its seals."""

from __future__ import annotations

import hashlib
import random
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Max

from cases.models import Case
from wenze.audit import anchors, ledger, sealer
from wenze.audit.models import LedgerEntry, Seal
from wenze.crypto import keys
from wenze.demo.bulk import blocks, reading, spelling
from wenze.demo.bulk.blocks import BlockTemplate
from wenze.demo.bulk.reading import MARK
from wenze.demo.bulk.templates import Template
from wenze.demo.bulk.texts import Filling
from wenze.documents.models import NumberSeries
from wenze.people.models import Organization

if TYPE_CHECKING:
    from collections.abc import Callable

    from wenze.demo.bulk.texts import Recipe

ACTOR = "system:load_demo"
BATCH = 100
ENTRY_COLUMNS: list[str] = [
    each.column or ""
    for each in LedgerEntry._meta.local_concrete_fields
    if each.attname not in {"id", "content_hash", "mac"}
]


@dataclass
class Batch:
    """Rows on their way into the tables."""

    rows: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    columns: dict[str, list[str]] = field(default_factory=dict)
    entries: list[tuple[str, str, str]] = field(default_factory=list)

    @staticmethod
    @cache
    def commission(pk: str) -> str:
        """A commission's id as a row spells it."""
        return spelling.spelled(uuid.UUID(pk))

    def tell(self, template: Template, filling: Filling) -> None:
        for table, columns, text in template.tables.values():
            self.columns[table] = columns
            self.rows[table].append(text.told(filling))
        for content, row, commission in template.entries:
            self.entries.append((content.told(filling), row.told(filling), commission.told(filling)))


def made_so_far(seed: int) -> int:
    """How many cases of this seed stand in the database."""
    rows = LedgerEntry.objects.filter(action=MARK, actor_id=ACTOR).order_by("pk")
    return max((row.detail["up_to"] for row in rows if row.detail["seed"] == seed), default=0)


def _before() -> dict[str, Any]:
    """The last row of each table before the first case was generated: only what stood then is told again."""
    mark = LedgerEntry.objects.filter(action=MARK, actor_id=ACTOR).order_by("pk").first()
    if mark is not None:
        found: dict[str, Any] = mark.detail["before"]
        return found
    every = {}
    for label in reading.labels():
        last = reading.model_of(label)._base_manager.order_by("-pk").values_list("pk", flat=True).first()
        if last is not None:
            every[label] = last if isinstance(last, int) else str(last)
    return every


@transaction.atomic
def _prepare() -> tuple[BlockTemplate, list[Template], dict[str, Any]]:
    before = _before()
    block = BlockTemplate()
    found = [
        Template(matter.rows, own="U", above=block.ids, words=dict(blocks.names()))
        for matter in reading.matters(before)
        if matter.of(Case)
    ]
    found.sort(key=lambda each: each.numbers["case"])
    return block, found, before


def generate(number: int, seed: int, say: Callable[[str], None], *, checked: bool = False) -> int:
    """Generate what is missing of ``number`` cases of a seed; returns how many were made.

    ``checked``: the database looks at every reference again (a test does), which takes as long as the writing.
    """
    done = made_so_far(seed)
    if done >= number:
        return 0
    while sealer.seal_pending(5000):
        pass
    block, templates, before = _prepare()
    demo = Organization.objects.get(code="DEMO")
    made = 0
    while done < number:
        until = min(number, done + BATCH - done % BATCH)
        _batch(block, templates, range(done, until), seed=seed, before=before, demo=demo, checked=checked)
        made += until - done
        done = until
        if done % 1000 == 0:
            say(f"已生成 {done} 件。")
    sealer.seal_pending(5000)
    anchors.publish()
    return made


@transaction.atomic
def _batch(
    block: BlockTemplate, templates: list[Template], places: range, *, seed: int, before: dict[str, Any], demo: Organization,
    checked: bool,
) -> None:  # fmt: skip
    _alone(checked=checked)
    chance = random.Random(f"{seed}:{places.start}")  # noqa: S311 -- a drawing that can be drawn again, no secret
    batch = Batch()
    shared = block.filling(Organization.objects.filter(code__startswith="U-gov-").count() + 1)
    batch.tell(block, shared)
    series = {(row.commission_id, row.series, row.year): row for row in NumberSeries.objects.select_for_update()}
    known: dict[int, dict[str, Recipe]] = {}
    deck: list[int] = []
    for _ in places:
        if not deck:
            deck = list(range(len(templates)))
            chance.shuffle(deck)
        drawn = deck.pop()
        template = templates[drawn]
        if drawn not in known:
            known[drawn] = blocks.recipes(shared, template)
        filling = Filling(dict(shared), known[drawn])
        made = blocks.prefix()
        filling["U"], filling["U:x"] = made, made.replace("-", "")
        for key, run in template.numbers.items():
            row = series[run]
            row.last += 1
            filling[key], filling[f"{key}:4"] = str(row.last), f"{row.last:04d}"
        for place in range(template.documents):
            filling[f"code{place}"] = f"{chance.getrandbits(80):020x}"
        batch.tell(template, filling)
    for table, rows in batch.rows.items():
        spelling.write(table, batch.columns[table], rows)
    NumberSeries.objects.bulk_update(series.values(), ["last"])
    _ledger(batch)
    ledger.record(
        MARK, actor=ACTOR, commission_id=demo.pk, detail={"seed": seed, "up_to": places.stop, "before": before}
    )


def _alone(*, checked: bool) -> None:
    """The ledger stands still while a batch is written and sealed, so that the chain stays in the order of its entries."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7253001)")
        cursor.execute(f"LOCK TABLE {LedgerEntry._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
        if checked:
            return
        # References hold by construction (a test writes a batch with them checked); only a superuser may leave that out.
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            cursor.execute("SET LOCAL session_replication_role = replica")


def _ledger(batch: Batch) -> None:
    """The entries of a batch with their MACs, and their places in the chain."""
    while sealer.seal_pending(5000):  # what stands before them in the ledger stands before them in the chain
        pass
    first = (LedgerEntry.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    rows, seals = [], []
    heads: dict[str, tuple[int, str]] = {}
    for number, (content, row, commission) in enumerate(batch.entries, first):
        written = content.encode()
        said = hashlib.sha256(written).hexdigest()
        rows.append(_with(row, str(number), said, keys.mac("ledger", written)))
        if commission not in heads:
            last = Seal.objects.filter(commission_id=commission).order_by("-seq").first()
            heads[commission] = (last.seq, last.head) if last else (0, sealer.GENESIS)
        seq, head = heads[commission]
        head = sealer.link(head, said, seq + 1)
        heads[commission] = (seq + 1, head)
        seals.append(spelling.row((batch.commission(commission), str(seq + 1), str(number), spelling.spelled(head))))
    spelling.write(LedgerEntry._meta.db_table, ["id", *ENTRY_COLUMNS, "content_hash", "mac"], rows)
    spelling.write(Seal._meta.db_table, ["commission_id", "seq", "entry_id", "head"], seals)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                [LedgerEntry._meta.db_table, first + len(rows) - 1],
            )


def _with(row: str, number: str, said: str, mac: str) -> str:
    """A row of the ledger with its number before it and its fingerprints behind it."""
    if spelling.copies():
        return f"{number}\t{row[:-1]}\t{said}\t{mac}\n"
    return f"({number},{row[1:-2]},'{said}','{mac}'),"
