"""The index proper: GIN on PostgreSQL, FTS5 with its triggers on SQLite."""

from django.db import migrations

POSTGRESQL = ["CREATE INDEX search_entry_words ON search_searchentry USING gin (to_tsvector('simple', tokens))"]
SQLITE = [
    "CREATE VIRTUAL TABLE search_fts USING fts5(tokens, content='search_searchentry', content_rowid='id', tokenize='ascii')",
    """CREATE TRIGGER search_entry_insert AFTER INSERT ON search_searchentry BEGIN
       INSERT INTO search_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
    """CREATE TRIGGER search_entry_delete AFTER DELETE ON search_searchentry BEGIN
       INSERT INTO search_fts(search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens); END""",
    """CREATE TRIGGER search_entry_update AFTER UPDATE ON search_searchentry BEGIN
       INSERT INTO search_fts(search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
       INSERT INTO search_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
]
BACK = {
    "postgresql": ["DROP INDEX search_entry_words"],
    "sqlite": [
        "DROP TRIGGER search_entry_insert", "DROP TRIGGER search_entry_delete", "DROP TRIGGER search_entry_update",
        "DROP TABLE search_fts",
    ],
}


def forwards(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
