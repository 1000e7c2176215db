"""A hundred thousand clues and cases as rows, made inside the database; only what a list and its rules read."""

from django.db import connection

OFFICE = "(%(offices)s::uuid[])[1 + n %% array_length(%(offices)s::uuid[], 1)]"
HANDLER = "(%(handlers)s::uuid[])[1 + (n / 7) %% array_length(%(handlers)s::uuid[], 1)]"


def _insert(model, given, rows):
    """``INSERT … SELECT`` for a model: what is given as SQL, what is not as the field's empty value."""
    columns, values = [], []
    for field in model._meta.concrete_fields:
        columns.append(f'"{field.column}"')
        default = (
            "NULL" if field.null else {"BooleanField": "false", "JSONField": "'[]'"}.get(type(field).__name__, "''")
        )
        values.append(given.get(field.column, default))
    return (
        f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "
        f"SELECT {', '.join(values)} FROM generate_series(1, {rows}) n"
    )


def fill(commission, offices, handlers, rows=100_000):
    """``rows`` clues and as many cases, spread over offices and handlers; a team of two each; one recusal in 500."""
    from cases.models import Case, Clue, Recusal, TeamMember

    told = {
        "commission": str(commission.pk), "offices": [str(o.pk) for o in offices], "handlers": [str(h.pk) for h in handlers],
    }  # fmt: skip
    at = "timestamptz '2016-01-01' + n * interval '50 minutes'"
    common = {
        "commission_id": "%(commission)s::uuid", "year": "2000 + n / 90000", "serial": "100000 + n", "title": "'窗口超时' || n",
        "office_id": OFFICE, "handler_id": HANDLER, "created_at": at, "procedure": "'party@2019-09-01'",
    }  # fmt: skip
    case = {
        **common, "id": "md5('case' || n)::uuid", "track": "'party'", "situation": "'S04'",
        "state": "(ARRAY['investigating','reported','decided','executing','closed'])[1 + n %% 5]",
        "data_key_id": "md5('casekey' || n)::uuid", "applied_on": "date '2016-01-01'",
    }  # fmt: skip
    clue = {
        **common, "id": "md5('clue' || n)::uuid", "state": "'assessed'", "source": "'supervision'",
        "received_on": "date '2016-01-01'", "registered_on": "date '2016-01-01'", "registered_by_id": HANDLER,
        "data_key_id": "md5('cluekey' || n)::uuid", "case_id": "md5('case' || n)::uuid",
    }  # fmt: skip
    team = {
        "id": "md5('team' || n)::uuid", "case_id": "md5('case' || n)::uuid", "user_id": HANDLER, "is_leader": "true",
        "from_on": "date '2016-01-01'", "case_created_at": at,
    }  # fmt: skip
    second = {
        **team, "id": "md5('second' || n)::uuid", "is_leader": "false",
        "user_id": "(%(handlers)s::uuid[])[1 + (n / 7 + 1) %% array_length(%(handlers)s::uuid[], 1)]",
    }  # fmt: skip
    recusal = {
        "id": "md5('recusal' || n)::uuid", "commission_id": "%(commission)s::uuid", "case_id": "md5('case' || n * 500)::uuid",
        "user_id": "(%(handlers)s::uuid[])[1 + n %% array_length(%(handlers)s::uuid[], 1)]", "ground": "'declared'",
        "decided_by_id": "(%(handlers)s::uuid[])[1]", "from_on": "date '2016-01-01'",
    }  # fmt: skip
    from wenze.crypto.models import DataKey

    with connection.cursor() as cursor:
        for kind in ("case", "clue"):
            key = {
                "id": f"md5('{kind}key' || n)::uuid", "commission_id": "%(commission)s::uuid", "about": f"'{kind}:' || n",
                "wrapped": "'\\x00'::bytea", "created_at": "now()", "created_on": "now()",
            }  # fmt: skip
            cursor.execute(_insert(DataKey, key, rows), told)
        for model, given, number in (
            (Case, case, rows), (Clue, clue, rows), (TeamMember, team, rows), (TeamMember, second, rows), (Recusal, recusal, rows // 500),
        ):  # fmt: skip
            cursor.execute(_insert(model, given, number), told)
        for model in (Case, Clue, TeamMember, Recusal):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
