"""One byte or the time of a filing changed by SQL is named: by the command, and by the program that needs only Python."""

import datetime as dt
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tolerance.filed import LATER, ON, registered
from tolerance.models import Filing, FilingRoot, FilingVersion
from tolerance.sealing import proof, roots, verify_filing
from wenze.audit import statements
from wenze.deadlines import clock
from wenze.demo import filings

PROGRAM = Path(verify_filing.__file__)


@pytest.fixture
def anchored(settings, tmp_path):
    """A place outside of the test's own."""
    settings.WENZE_ANCHORS = tmp_path / "anchors"
    return settings.WENZE_ANCHORS


@pytest.fixture
def sealed(world, anchored):
    """Two filings of one day and one of the next, the roots of both days published."""
    rows = [registered(world, title=f"试点{number}") for number in range(2)]
    rows.append(registered(world, ON + dt.timedelta(1), title="次日的试点"))
    statements.publish()
    statements.publish()  # marks as published what stands in the file
    return rows


def told(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_filing", *arguments, stdout=out, stderr=err)
    except CommandError as refusal:
        return refusal.returncode, err.getvalue()
    return 0, out.getvalue()


def offline(row, folder):
    """What the program says of the proof as it is exported now, in a process of its own, without this project on its path."""
    kept, root_file = folder / "proof.json", statements.place(row.commission_id)
    kept.write_bytes(proof.written(Filing.objects.get(pk=row.pk)))
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(PROGRAM), str(kept), "--root", str(root_file)], cwd=folder, check=False, capture_output=True, text=True,
        env={"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return done.returncode, done.stdout


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1


def key(row):
    return row.pk if connection.vendor == "postgresql" else row.pk.hex


def test_what_nobody_touched_holds_here_and_offline(sealed, tmp_path):
    code, text = told()
    assert (code, "3 件容错备案、3 版，全部相符" in text) == (0, True)
    assert FilingRoot.objects.count() == 2
    assert all(root.published_at for root in FilingRoot.objects.all())
    for row in (sealed[0], sealed[2]):
        code, text = offline(row, tmp_path)
        assert (code, "全部相符" in text) == (0, True), text


CHANGED = {
    "risks": ("tolerance_filingversion", "risks = risks || '。'", "风险点与预案"),
    "submitted_at": ("tolerance_filingversion", "submitted_at = '2026-05-29 01:12:07.000000'", "报送时间"),
    "submitted_on": ("tolerance_filingversion", "submitted_on = '2026-05-29'", "报送日"),
    "loss_ceiling": ("tolerance_filingversion", "loss_ceiling = 460000.01", "损失上限"),
    "self_check": ("tolerance_filingversion", "self_check = '{}'", "负面清单自查"),
    "starts_on": ("tolerance_filingversion", "starts_on = '2026-07-30'", "实施期自"),
}


def undone():
    """What is done inside is undone: one world serves many changes."""
    transaction.set_rollback(True)


def test_one_byte_or_the_time_changed_by_sql_is_named_by_the_command_and_offline(sealed, tmp_path):
    row = sealed[1]
    for name, (table, told_change, label) in CHANGED.items():
        change = told_change
        if connection.vendor == "postgresql":
            change = change.replace("07.000000'", "07.000000+00'")
        with transaction.atomic():
            sql(f"UPDATE {table} SET {change} WHERE id = %s", key(row.current))
            code, text = told()
            assert code == 1, name
            assert text.startswith(f"{row.number} 试点1 第1版：“{label}"), name
            assert len(text.splitlines()) == (2 if name == "submitted_on" else 1), "the others hold"
            code, text = offline(row, tmp_path)
            assert (code, f"“{label}" in text, "已被改动" in text) == (1, True, True), (name, text)
            undone()
    assert (told()[0], offline(row, tmp_path)[0]) == (0, 0)


REGISTER = (
    ("filed_on = '2026-05-29'", "报送日"), ("registered_on = '2026-06-02'", "登记日"), ("valid_until = '2027-12-31'", "有效期至"),
    ("title = '别的事项'", "事项名称"), ("number = '示例容备〔2026〕99号'", "备案编号"),
)  # fmt: skip


def test_what_the_register_says_is_held_to_the_submission_and_to_the_ledger(sealed):
    for change, label in REGISTER:
        with transaction.atomic():
            sql(f"UPDATE tolerance_filing SET {change} WHERE id = %s", key(sealed[1]))
            code, text = told()
            assert (code, f"“{label}”" in text, len(text.splitlines())) == (1, True, 1), (change, text)
            undone()


def test_who_changes_the_fingerprints_too_is_found_by_the_ledger_and_by_the_published_root(sealed, tmp_path):
    from tolerance.sealing import content

    row = sealed[1]
    version = FilingVersion.objects.select_related(*content.READ).get(pk=row.current_id)
    version.practice = "另一种做法"
    content.close(version)
    FilingVersion.objects.filter(pk=version.pk).update(
        practice=version.practice, digests=version.digests, digest=version.digest
    )
    code, text = told()
    assert code == 1
    assert "“拟采取的做法”与报送时不一致" in text
    assert "不在2026-06-01的当日根之内" in text
    assert "不在当日根之内" in offline(row, tmp_path)[1]
    # and the root too, with its leaves: only what was published outside still tells
    root = FilingRoot.objects.get(day=ON)
    root.leaves = [[pk, version.digest if pk == str(version.pk) else digest] for pk, digest in root.leaves]
    root.root = verify_filing.levels([digest for _, digest in root.leaves])[-1][0]
    root.save()
    assert "与外部公布的不符" in told()[1]
    assert "与公布的文件不符" in offline(row, tmp_path)[1]


def test_a_filing_that_was_taken_away_is_named_and_one_smuggled_in_too(sealed):
    row = sealed[1]
    gone = row.current_id
    sql("UPDATE tolerance_filing SET current_id = NULL WHERE id = %s", key(row))
    FilingVersion.objects.get(pk=gone).people.all().delete()
    FilingVersion.objects.get(pk=gone).files.all().delete()
    sql("DELETE FROM tolerance_filingversion WHERE id = %s", key(FilingVersion(pk=gone)))
    code, text = told()
    assert code == 1
    assert str(gone) in text
    made = FilingVersion.objects.get(pk=sealed[0].current_id)
    made.pk, made.version, made.root_id = row.pk, 9, None
    made.state = "superseded"
    made.save(force_insert=True)
    assert "台账没有它的报送记录" in told()[1]


def test_the_command_names_one_filing_or_a_commission_and_says_what_it_does_not_know(sealed):
    assert told(sealed[0].number)[0] == 0
    sql("UPDATE tolerance_filingversion SET risks = 'x' WHERE id = %s", key(sealed[1].current))
    assert told(sealed[0].number)[0] == 0, "only what was asked"
    assert told(sealed[1].number)[0] == 1
    assert told("--commission", "DEMO-X")[0] == 0
    assert told("--commission", "DEMO")[0] == 1
    assert told("--commission", "NONE")[0] == 2
    assert told("没有这个号")[0] == 2


def test_a_day_is_closed_when_it_has_ended_and_what_comes_late_is_a_part_of_its_own(world, anchored):
    registered(world)
    assert roots.close_days(before=ON) == 0
    assert roots.close_days(before=ON + dt.timedelta(1)) == 1
    registered(world, title="补录的")
    assert (roots.close_days(before=LATER), roots.close_days(before=LATER)) == (1, 0)
    assert [root.key for root in FilingRoot.objects.all()] == ["2026-06-01", "2026-06-01#2"]
    filings.submitted(
        world, world["P-gov"], world.deputies["gov"], clock.today(), title="今日的", starts_on=clock.today() + dt.timedelta(9),
        ends_on=clock.today() + dt.timedelta(99),
    )  # fmt: skip
    assert roots.close_days() == 0, "today is not over"
    statements.publish()
    assert {row["kind"] for row in statements.read(world["DEMO"].pk)} == {"filing_root"}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(min_size=32, max_size=32).map(bytes.hex), min_size=1, max_size=20), st.data())
def test_every_leaf_has_its_way_to_the_root_and_another_leaf_has_not(leaves, drawn):
    root = verify_filing.levels(leaves)[-1][0]
    place = drawn.draw(st.integers(0, len(leaves) - 1))
    path = verify_filing.path_of(leaves, place)
    assert verify_filing.root_from(leaves[place], path) == root
    other = verify_filing.field_digest("other", leaves[place])
    assert verify_filing.root_from(other, path) != root


@pytest.mark.once
def test_the_program_says_what_is_wrong_with_what_it_is_given(sealed, tmp_path):
    def run(*arguments):
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(PROGRAM), *arguments], check=False, capture_output=True, text=True, env={"PYTHONIOENCODING": "utf-8"}
        )  # fmt: skip
        return done.returncode, done.stdout

    root_file = str(statements.place(sealed[0].commission_id))
    assert run()[0] == 2
    assert run(str(tmp_path / "none.json"), "--root", root_file)[0] == 2
    broken = tmp_path / "broken.json"
    for text in ("{", "[]", '{"format": "wenze-filing-proof/1", "versions": [{}]}'):
        broken.write_text(text)
        code, said = run(str(broken), "--root", root_file)
        assert (code, "格式不对" in said) == (1, True)
    kept = json.loads(proof.written(sealed[0]))
    kept["versions"][0]["fields"] = kept["versions"][0]["fields"][1:]
    broken.write_text(json.dumps(kept), encoding="utf-8")
    assert "缺少" in run(str(broken), "--root", root_file)[1]
