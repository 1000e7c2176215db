"""抽查: the frame stands before the seed, the seed's promise outside before the drawing; whatever was changed is named."""

import json
import subprocess
import sys
from io import StringIO
from itertools import pairwise
from math import comb

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.models import Recusal
from review import sampling_frames
from review.models import Evaluation, Sample, SampleMember
from review.sample_checks import differences
from review.sample_report import interval
from review.services import sample_work, sampling
from tests.review.evaluating import an_evaluation
from tests.review.sampling import ON, SINCE, UNTIL, decided, drawn, fresh, planned, promised, publish
from wenze.audit import statements
from wenze.errors import Invalid, NotYours, Refused, Stale
from wenze.ids import uuid7


@pytest.fixture
def many(world, settings, tmp_path):
    settings.WENZE_ANCHORS = tmp_path / "anchors"
    decided(world, 20)
    decided(world, 8, office="DEMO-JD5", first=100)
    decided(world, 2, office="DEMO-PZ1", first=200)
    return world


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def redrawn(row):
    out = StringIO()
    try:
        call_command("redraw_sample", f"DEMO:{row.year}-{row.serial}", stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue()
    return 0, out.getvalue()


def test_a_sample_is_drawn_after_its_promise_stands_outside_and_not_before(many):
    row = promised(many)
    with pytest.raises(Refused, match="抽取") as refused:
        sampling.draw(sample_id=row.pk, actor=many.conduct, on=ON)
    assert "尚未对外公布" in refused.value.missing[0].text
    assert not fresh(row).seed, "the seed is not told"
    assert fresh(row).sealed_seed.encode() not in bytes(
        Sample.objects.filter(pk=row.pk).values_list("sealed_seed", flat=True)[0]
    )
    publish()
    assert statements.said(row.commission_id, "sample.seed", str(row.pk)) == [row.commitment]
    row = sampling.draw(sample_id=row.pk, actor=many.conduct, on=ON)
    members = list(row.members.all())
    assert len(members) == 30
    by_reason = [each.drawn_as for each in members if each.drawn_as]
    assert by_reason.count("lot") == 3
    assert {each.unit_name for each in members if each.drawn_as} == {
        "第三监督检查室",
        "第五监督检查室",
        "驻某某政务服务局纪检监察组",
    }
    assert redrawn(row) == (0, f"{row}（已抽取）：总体30件，抽中{len(by_reason)}件，承诺已对外公布，全部相符。\n")


def test_no_act_is_done_twice_or_in_another_order(many):
    row = planned(many)
    with pytest.raises(Stale):
        sampling.commit(sample_id=row.pk, actor=many.conduct, on=ON)
    sampling.freeze(sample_id=row.pk, actor=many.conduct, on=ON)
    with pytest.raises(Stale):
        sampling.freeze(sample_id=row.pk, actor=many.conduct, on=ON)
    decided(many, 1, first=300)
    assert row.members.count() == 30, "what is decided afterwards does not come in"
    sampling.commit(sample_id=row.pk, actor=many.conduct, on=ON)
    with pytest.raises(Stale, match="种子已承诺"):
        sampling.commit(sample_id=row.pk, actor=many.conduct, on=ON)
    with pytest.raises(NotYours):
        sampling.draw(sample_id=row.pk, actor=many.trial, on=ON)


def other_seed(row):
    sql("UPDATE review_sample SET seed = %s", "ab" * 32)


def other_seed_and_promise(row):
    """Whoever wants another result makes a seed and a promise that fit each other, and draws anew."""
    from review import drawing_of_samples as drawing

    members = [each.as_member() for each in row.members.all()]
    again = drawing.draw(b"\xab" * 32, members, row.plan)
    promise = drawing.commitment(str(row.pk), row.frame_hash, b"\xab" * 32)
    sql("UPDATE review_sample SET seed = %s, commitment = %s", "ab" * 32, promise)
    for each in row.members.all():
        sql("UPDATE review_samplemember SET drawn_as = %s WHERE number = %s", again.get(each.key, ""), each.number)


CHANGES = (
    (other_seed, "种子与公布的承诺不符"),
    (other_seed, "公开的种子与封存的种子不符"),
    (other_seed_and_promise, "种子承诺与外部公布的不符"),
    (other_seed_and_promise, "种子承诺与台账所记不符"),
    (lambda row: sql("UPDATE review_sample SET percent = 50"), "总体或者抽样方法"),
    (lambda row: sql("UPDATE review_samplemember SET stage = 'closed' WHERE number LIKE %s", "%9002%"), "9002号）的记录与固定时不符"),
    (lambda row: sql("DELETE FROM review_samplemember WHERE drawn_as = '' AND number LIKE %s", "%91%"), "固定时总体30件"),
    (lambda row: sql("UPDATE review_samplemember SET drawn_as = '' WHERE drawn_as = 'lot'"), "结果里没有"),
    (lambda row: sql("UPDATE review_samplemember SET drawn_as = 'lot' WHERE drawn_as = ''"), "按算法没有抽中"),
    (lambda row: sql("UPDATE review_sample SET committed_entry = frozen_entry"), "没有承诺种子的记录"),
)  # fmt: skip


def test_every_change_in_the_database_is_named(many):
    row = drawn(many)
    for change, named in CHANGES:
        assert redrawn(row)[0] == 0
        undo = transaction.savepoint()
        change(row)
        code, told = redrawn(row)
        transaction.savepoint_rollback(undo)
        assert (code, named in told) == (1, True), (named, told)


def test_a_seed_changed_between_promise_and_drawing_stops_the_drawing(many):
    row, other = promised(many), promised(many)
    publish()
    sql("UPDATE review_sample SET commitment = %s WHERE serial = %s", other.commitment, row.serial)
    with pytest.raises(Refused):
        sampling.draw(sample_id=row.pk, actor=many.conduct, on=ON)
    sql("UPDATE review_sample SET commitment = %s WHERE serial = %s", row.commitment, row.serial)
    sql("UPDATE review_samplemember SET weight = 9 WHERE number LIKE %s", "%9003%")
    with pytest.raises(Refused) as refused:
        sampling.draw(sample_id=row.pk, actor=many.conduct, on=ON)
    assert any("9003" in each.text for each in refused.value.missing)


def test_the_materials_for_another_machine_draw_the_same_and_name_a_change(many, tmp_path):
    row = drawn(many, method="stratified")
    call_command("redraw_sample", str(row.pk), out=str(tmp_path), stdout=StringIO())
    command = [sys.executable, "-I", "redraw.py", "sample.json", row.commitment]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, env={"PYTHONHASHSEED": "7", "PYTHONIOENCODING": "utf-8"}
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads((tmp_path / "sample.json").read_text())
    assert "某某" not in json.dumps(told["members"], ensure_ascii=False), "no title, no name"
    told["seed"] = "00" * 32
    (tmp_path / "sample.json").write_text(json.dumps(told))
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, env={}).returncode == 1


def test_a_paper_case_comes_into_the_frame_and_may_be_drawn(many):
    row = planned(many, method="all")
    paper = sampling.Paper("示例纪〔2026〕3号", "某某纸质案卷", many["DEMO-PZ2"], "accountability", "closed", SINCE)
    made = sampling.enter_paper(sample_id=row.pk, submission=uuid7(), paper=paper, actor=many.conduct, on=ON)
    again = sampling.Paper(
        "示例纪〔2026〕4号", "另一件", many["DEMO-X"], "accountability", "closed", UNTIL.replace(year=2025)
    )
    with pytest.raises(Invalid) as refused:
        sampling.enter_paper(sample_id=row.pk, submission=uuid7(), paper=again, actor=many.conduct, on=ON)
    assert set(refused.value.fields) == {"unit", "decided_on"}
    sampling.freeze(sample_id=row.pk, actor=many.conduct, on=ON)
    sampling.commit(sample_id=row.pk, actor=many.conduct, on=ON)
    publish()
    sampling.draw(sample_id=row.pk, actor=many.conduct, on=ON)
    made.refresh_from_db()
    assert (made.drawn_as, made.is_paper, row.members.count()) == ("all", True, 31)
    assert differences(fresh(row)) == []


def test_a_frame_costs_the_same_number_of_queries_however_large(many):
    row = planned(many)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert len(sampling_frames.candidates(row)) == 30
    decided(many, 40, first=500)
    with CaptureQueriesContext(connection) as more:
        assert len(sampling_frames.candidates(row)) == 70
    assert len(few) == len(more)


def test_nobody_reviews_his_own_and_the_loads_are_even(many):
    row = drawn(many, method="all")
    own = row.members.filter(unit_name="第五监督检查室").first().case
    Recusal.objects.create(
        commission=many["DEMO"],
        case=own,
        user=many.trial,
        ground="self",
        reason="亲属",
        decided_by=many.head,
        from_on=ON,
    )
    people = [many.trial, many.trial2, many.users["inspector3"]]
    sample_work.assign(sample_id=row.pk, reviewers=people, actor=many.conduct, on=ON)
    members = list(row.members.select_related("reviewer"))
    assert all(each.reviewer is not None for each in members)
    assert not any(each.reviewer == many.users["inspector3"] and each.unit_name == "第五监督检查室" for each in members)
    assert SampleMember.objects.get(sample=row, case=own).reviewer == many.trial2
    loads = [sum(each.reviewer == user for each in members) for user in people]
    assert max(loads) - min(loads) <= 1, loads


def test_a_case_that_nobody_is_left_for_is_refused_by_name(many):
    row = drawn(many, method="all")
    with pytest.raises(Refused) as refused:
        sample_work.assign(sample_id=row.pk, reviewers=[many.inspector, many.head], actor=many.conduct, on=ON)
    told = "".join(each.text for each in refused.value.missing)
    assert "9001" in told
    assert "程示例承办本案" in told
    assert "何示范是办案单位（第三监督检查室）的人" in told
    assert row.members.filter(reviewer__isnull=False).count() == 0, "all or nothing"


@pytest.mark.parametrize(("hits", "drawn", "population"), [(0, 10, 100), (3, 10, 100), (7, 20, 60), (20, 20, 40)])
def test_the_interval_holds_the_truths_under_which_such_a_sample_is_not_strange(hits, drawn, population):
    """Against the exact hypergeometric probabilities: what lies inside is plausible, what lies well outside is not."""

    def chance(bad, test):
        every = comb(population, drawn)
        return sum(comb(bad, x) * comb(population - bad, drawn - x) for x in range(drawn + 1) if test(x)) / every

    low, high = interval(hits, drawn, population)
    bounds = (hits / population, low, hits / drawn, high, 1 - (drawn - hits) / population)
    assert all(one <= other + 1e-9 for one, other in pairwise(bounds)), bounds
    for bad in range(population + 1):
        as_strange = min(chance(bad, lambda x: x <= hits), chance(bad, lambda x: x >= hits))
        if low <= bad / population <= high:
            assert as_strange > 0.01, bad
        elif not low - 0.03 <= bad / population <= high + 0.03:
            assert as_strange < 0.06, bad


def test_a_sample_is_finished_when_all_is_evaluated_and_then_speaks_of_the_whole(many):
    row = drawn(many, percent=20)
    with pytest.raises(Refused) as refused:
        sample_work.finish(sample_id=row.pk, conclusion="好", actor=many.conduct, on=ON)
    members = list(row.members.exclude(drawn_as="").select_related("case"))
    assert len([each for each in refused.value.missing if "尚未评定" in each.text]) == len(members)
    by_lot = [each for each in members if each.drawn_as == "lot"]
    for each in members:
        grade = "failed" if each in by_lot[:2] else "qualified"
        made = an_evaluation(each.case, many, sample_member_id=each.pk)
        Evaluation.objects.filter(pk=made.pk).update(state="graded", grade=grade, score=80)
    done = sample_work.finish(sample_id=row.pk, conclusion="总体较好", actor=many.conduct, on=ON)
    told = done.report["estimate"]["text"]
    assert told.startswith("按比例抽中6件，瑕疵、不合格2件，占33.3%")
    assert done.report["estimate"]["low"] < 1 / 3 < done.report["estimate"]["high"]
    assert sum(each["drawn"] for each in done.report["units"]) == len(members)
    assert differences(fresh(row)) == []
