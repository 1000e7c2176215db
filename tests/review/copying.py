"""Many finished cases: the rows of one that services made, copied with keys of their own."""

import itertools
import json
import uuid

from django.apps import apps
from django.db import connection

OF_THE_CASE = (
    "crypto.DataKey", "crypto.SealedFile", "cases.Case", "cases.Clue", "cases.Verification", "cases.ThresholdTest", "cases.Subject",
    "cases.TeamMember", "cases.InvestigationPlan", "cases.Evidence", "cases.Fact", "cases.FactEvidence", "cases.TrailEvent",
    "cases.Attribution", "documents.OfficialDocument", "cases.Hearing", "cases.Report", "cases.Deliberation", "cases.SpeakerView",
    "cases.Proposal", "cases.Decision", "cases.Measure", "review.Adjudication", "workflow.Approval", "workflow.Signature",
    "workflow.OffSystemApproval", "terms.Clock", "followup.ExecutionItem", "followup.Blockage", "followup.ReformItem",
    "followup.Tracking", "followup.VisitPlan",
)  # fmt: skip
ONCE = {"cases_case": "serial", "cases_clue": "serial", "documents_officialdocument": "verification_code"}
"""Columns that must differ from copy to copy besides the keys."""


def _tables():
    for label in OF_THE_CASE:
        model = apps.get_model(label)
        yield model._meta.db_table, [field.column for field in model._meta.local_concrete_fields]
    for label, name in (
        ("cases.Verification", "members"),
        ("cases.TrailEvent", "evidence"),
        ("review.Adjudication", "adjudicators"),
    ):
        through = apps.get_model(label)._meta.get_field(name).remote_field.through
        yield (
            through._meta.db_table,
            [field.column for field in through._meta.local_concrete_fields if field.column != "id"],
        )


def quoted(columns):
    return ", ".join(f'"{column}"' for column in columns)


def rows_of_the_only_case():
    """What stands in the tables of a database that holds one case: table, columns, rows."""
    found = []
    with connection.cursor() as cursor:
        for table, columns in _tables():
            cursor.execute(f"SELECT {quoted(columns)} FROM {table}")
            found.append((table, columns, cursor.fetchall()))
    return found


def copied(number, *, batch=500):
    """So many further cases; returns their keys."""
    tables = rows_of_the_only_case()
    own = {row[columns.index("id")] for _, columns, rows in tables if "id" in columns for row in rows}
    case = next(rows[0][columns.index("id")] for table, columns, rows in tables if table == "cases_case")
    made = []
    with connection.cursor() as cursor:
        for start in range(0, number, batch):
            maps = [{old: uuid.uuid4().hex for old in own} for _ in range(min(batch, number - start))]
            for table, columns, rows in tables:
                statement = f"INSERT INTO {table} ({quoted(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"
                values = (
                    _copy(table, columns, row, keys, start + place)
                    for (place, keys), row in itertools.product(enumerate(maps, 1), rows)
                )
                cursor.executemany(statement, list(values))
            made += [keys[case] for keys in maps]
    return [uuid.UUID(key) for key in made]


def _copy(table, columns, row, keys, place):
    changed = []
    for column, value in zip(columns, row, strict=True):
        if isinstance(value, str) and value in keys:
            changed.append(keys[value])
        elif column == ONCE.get(table):
            changed.append(value + place if isinstance(value, int) else uuid.uuid4().hex[:20])
        elif table == "documents_officialdocument" and column == "number" and value:
            changed.append(f"{value}-{place}")
        elif table == "workflow_offsystemapproval" and column == "covers":
            changed.append(json.dumps([str(uuid.UUID(keys[uuid.UUID(each).hex])) for each in json.loads(value)]))
        elif table == "documents_officialdocument" and column == "serial" and value is not None:
            changed.append(value + place * 1000)
        else:
            changed.append(value)
    return changed
