"""The ledger only grows: the database itself refuses to change or remove an entry or a seal.

Tests empty their tables with ``DELETE`` only through Django's flush, which drops and restores these triggers
(see ``tests/conftest.py``).
"""

from django.db import migrations

TABLES = ("audit_ledgerentry", "audit_seal")
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION wenze_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the ledger only grows'; END $$ LANGUAGE plpgsql;
"""


def forwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRES_FUNCTION)
    for table in TABLES:
        for act in ("UPDATE", "DELETE"):
            name = f"{table}_no_{act.lower()}"
            if vendor == "postgresql":
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION wenze_append_only();"
                )
            else:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;"
                )


def backwards(apps, schema_editor):
    for table in TABLES:
        for act in ("update", "delete"):
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on};")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
