"""The ledger proves by itself that nobody changed it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from wenze.audit import anchors, ledger, sealer, verify
from wenze.audit.models import LedgerEntry, Seal
from wenze.ids import uuid7

TABLES = ("audit_ledgerentry", "audit_seal")


def unlocked(sql, *values):
    """What a database administrator could do: drop the trigger first."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for act in ("update", "delete"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on}")
        cursor.execute(sql, values)


@pytest.fixture
def chain(db, settings, tmp_path):
    settings.WENZE_ANCHORS = tmp_path
    commission = uuid7()
    for number in range(12):
        ledger.record_apart("test", actor="system:test", commission_id=commission, detail={"n": number}, result="done")
    while sealer.seal_pending():
        pass
    anchors.publish()
    return commission


def broken(chain):
    return verify.verify(chain)[0].broken


def test_an_untouched_ledger_holds(chain):
    told = verify.verify(chain)[0]
    assert (told.broken, told.sealed, told.unsealed) == ("", 12, 0)


def test_an_act_outside_a_transaction_has_no_entry_and_is_refused(transactional_db):
    with pytest.raises(RuntimeError):
        ledger.record("test", actor="system:test", commission_id=uuid7())


def test_an_act_that_is_rolled_back_leaves_no_entry(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ledger.record("test", actor="system:test", commission_id=uuid7())
        raise ZeroDivisionError
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("sql", ["UPDATE audit_ledgerentry SET actor_name = 'x'", "DELETE FROM audit_seal"])
def test_the_database_itself_refuses_to_change_the_ledger(chain, sql):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("column", ["actor_name", "action", "result", "actor_id", "content_hash", "mac"])
def test_a_changed_row_is_named(chain, column):
    victim = LedgerEntry.objects.order_by("pk")[5].pk
    unlocked(f"UPDATE audit_ledgerentry SET {column} = 'zz' WHERE id = %s", victim)
    assert f"第{victim}条" in broken(chain)


def test_a_deleted_row_is_named(chain):
    victim = LedgerEntry.objects.order_by("pk")[5].pk
    unlocked("DELETE FROM audit_ledgerentry WHERE id = %s", victim)
    assert f"第{victim}条" in broken(chain)


def test_a_tail_that_was_cut_is_found_by_the_anchor(chain):
    last = Seal.objects.order_by("-seq").first()
    unlocked("DELETE FROM audit_seal WHERE seq = %s", last.seq)
    unlocked("DELETE FROM audit_ledgerentry WHERE id = %s", last.entry_id)
    assert "链尾被截" in broken(chain)


def test_the_command_names_the_broken_entry_and_exits_with_one(chain, capsys):
    victim = LedgerEntry.objects.order_by("pk")[3].pk
    unlocked("UPDATE audit_ledgerentry SET action = 'forged' WHERE id = %s", victim)
    with pytest.raises(CommandError) as refused:
        call_command("verify_ledger")
    assert refused.value.returncode == 1
    assert f"第{victim}条" in capsys.readouterr().err


def test_an_unknown_commission_is_a_wrong_call(db):
    with pytest.raises(CommandError) as refused:
        call_command("verify_ledger", "--commission", "NOWHERE")
    assert refused.value.returncode == 2
