"""A story is told once by a worker: what its telling wrote is kept, and the next test that wants it gets the same rows.

Only where nothing but the world was written before: else, and where a test changes settings or code, it is told anew.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

from cases.models import Case, Clue
from tests import prepared
from wenze.demo import world as demo
from wenze.demo.stories import Story
from wenze.people.models import Cadre, Organization, User

BATCH = 200
WORLD = {"organizations": Organization, "users": User, "chiefs": Cadre, "deputies": Cadre}
_kept = {}


@dataclass(frozen=True)
class Kept:
    """What a telling wrote, as statements that write it again, and what it left in its teller's hands."""

    statements: list[str]
    left: dict
    media: Path | None = None

    def write(self):
        with connection.cursor() as cursor:
            for statement in self.statements:
                cursor.execute(statement)
        if self.media is not None:
            shutil.copytree(self.media, settings.MEDIA_ROOT, dirs_exist_ok=True)


def world():
    """The world of ``demo.build``, built once by this worker; ``untouched`` counts what was written by then."""
    made = _world()
    made.untouched = changes()
    return made


def _world():
    if "world" not in _kept:
        before = _rows()
        made = demo.build()
        left = {name: {key: row.pk for key, row in getattr(made, name).items()} for name in WORLD}
        _kept["world"] = Kept(_difference(before, _rows()), left)
        return made
    kept = _kept["world"]
    kept.write()
    again = {name: model.objects.in_bulk(kept.left[name].values()) for name, model in WORLD.items()}
    return demo.World(**{name: {key: again[name][pk] for key, pk in kept.left[name].items()} for name in WORLD})


class Told(Story):
    """A story that remembers how far it was told before."""

    def run(self, until):
        untouched = getattr(self.world, "untouched", None)
        if untouched is None or untouched != changes():
            return super().run(until)
        told = (self.code, self.title, self.day, self.act_on, self.with_organization, self.is_key, until)
        if told not in _kept:
            before = _rows()
            super().run(until)
            left = {"day": self.day, "clue": self.clue.pk, "case": self.case.pk if self.case else None}
            _kept[told] = Kept(_difference(before, _rows()), left, _media())
        else:
            _kept[told].write()
        left = _kept[told].left
        self.day, self.clue = left["day"], Clue.objects.get(pk=left["clue"])
        self.case = Case.objects.get(pk=left["case"]) if left["case"] else None
        return self.case or self.clue


def changes():
    """How many rows were written so far, by this connection or in this transaction; ``None`` where nobody counts."""
    if not connection.in_atomic_block:
        return None
    if connection.vendor == "sqlite":
        return connection.connection.total_changes
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0])


def _media():
    here = Path(settings.MEDIA_ROOT)
    if not here.exists():
        return None
    return shutil.copytree(here, prepared.folder("told") / str(len(_kept)))


def _tables():
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            columns = [field.column for field in model._meta.local_concrete_fields]
            yield model._meta.db_table, columns, columns.index(model._meta.pk.column)


def _rows():
    """Every row of every table, its values as the literals of SQL."""
    literal = "quote({})" if connection.vendor == "sqlite" else "quote_nullable({}::text)"
    found = {}
    with connection.cursor() as cursor:
        for table, columns, key in _tables():
            values = ", ".join(literal.format(f'"{column}"') for column in columns)
            cursor.execute(f'SELECT {values} FROM "{table}"')
            found[table] = {row[key]: row for row in cursor.fetchall()}
    return found


def _difference(before, after):
    """The statements that lead from one state of the tables to the other."""
    statements = []
    for table, columns, key in _tables():
        old, new = before[table], after[table]
        names = [f'"{column}"' for column in columns]
        statements += [f'DELETE FROM "{table}" WHERE {names[key]} = {pk}' for pk in old.keys() - new.keys()]
        for pk in old.keys() & new.keys():
            if old[pk] != new[pk]:
                values = ", ".join(f"{name} = {value}" for name, value in zip(names, new[pk], strict=True))
                statements.append(f'UPDATE "{table}" SET {values} WHERE {names[key]} = {pk}')
        added = [f"({', '.join(row)})" for pk, row in new.items() if pk not in old]
        for start in range(0, len(added), BATCH):
            rows = ", ".join(added[start : start + BATCH])
            statements.append(f'INSERT INTO "{table}" ({", ".join(names)}) VALUES {rows}')
    return statements
