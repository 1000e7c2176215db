"""Whatever is written, in whatever order it is sealed: the ledger holds; whatever is changed: the first change is named."""

import json
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.audit.test_ledger import TABLES, unlocked
from wenze.audit import anchors, ledger, sealer, verify
from wenze.audit.models import LedgerEntry
from wenze.ids import uuid7

TEXT = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=12)
DETAIL = st.dictionaries(
    TEXT, st.one_of(TEXT, st.integers(-9, 9), st.booleans(), st.none(), st.lists(TEXT, max_size=2)), max_size=3
)
ENTRY = st.tuples(st.integers(0, 1), st.text("abc.", min_size=1, max_size=8), TEXT, DETAIL)
WRITTEN = st.lists(st.one_of(ENTRY, st.just("seal"), st.just("anchor")), min_size=1, max_size=14)
COLUMNS = st.sampled_from(["actor_id", "actor_name", "action", "result", "about_label", "content_hash", "mac"])
EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def undone():
    """What is written inside is rolled back, dropped triggers and all: each example begins anew."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def commissions(db, settings, tmp_path):
    settings.WENZE_ANCHORS = tmp_path
    return tmp_path


def write(history, own):
    for each in history:
        if each == "seal":
            sealer.seal_pending(3)
        elif each == "anchor":
            anchors.publish()
        else:
            which, action, name, detail = each
            ledger.record_apart(action, actor=name or "无名", commission_id=own[which], detail=detail, result="done")


def broken(own):
    return [told.broken for told in (verify.verify(commission)[0] for commission in own)]


@EXAMPLES
@given(history=WRITTEN)
def test_whatever_is_written_and_however_it_is_sealed_the_ledger_holds(commissions, history):
    own = (uuid7(), uuid7())
    with undone():
        write(history, own)
        assert broken(own) == ["", ""]
        while sealer.seal_pending():
            pass
        assert broken(own) == ["", ""]


@EXAMPLES
@given(
    history=st.lists(ENTRY, min_size=1, max_size=8),
    sealed=st.booleans(),
    victim=st.integers(0, 7),
    column=COLUMNS,
    other=st.text("xyz", min_size=1, max_size=5),
)
def test_whatever_is_changed_the_changed_row_is_named_and_the_other_chain_still_holds(
    commissions, history, sealed, victim, column, other
):
    own = (uuid7(), uuid7())
    with undone():
        write(history, own)
        while sealed and sealer.seal_pending():
            pass
        row = LedgerEntry.objects.filter(commission_id__in=own).order_by("pk")[victim % len(history)]
        assume(getattr(row, column) != other)
        unlocked(f"UPDATE audit_ledgerentry SET {column} = %s WHERE id = %s", other, row.pk)
        found = dict(zip(own, broken(own), strict=True))
        assert f"第{row.pk}条" in found.pop(row.commission_id)
        assert list(found.values()) == [""]


def said(entry):
    """What an entry says, as text: ``1`` and ``true`` are not one."""
    return json.dumps(entry[1:], sort_keys=True)


@given(first=ENTRY, second=ENTRY)
def test_two_entries_that_say_different_things_have_different_bytes(first, second):
    made = [LedgerEntry(commission_id=uuid7(), action=a, actor_name=n, detail=d) for _, a, n, d in (first, second)]
    made[1].commission_id, made[1].at = made[0].commission_id, made[0].at
    assert (ledger.content(made[0]) == ledger.content(made[1])) is (said(first) == said(second))


def test_the_triggers_are_back_after_the_examples(db):
    """The examples drop them inside a savepoint; the database refuses again afterwards."""
    ledger.record_apart("test", actor="x", commission_id=uuid7())
    with (
        pytest.raises(Exception, match="the ledger only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {TABLES[0]}")
