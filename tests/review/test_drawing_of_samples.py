"""The drawing of a sample is a pure function: same seed, same sample; every promise of its docstring, on any frame."""

import json
import subprocess
import sys
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review import drawing_of_samples as drawing
from review.drawing_of_samples import Member, Plan, commitment, draw, frame_hash

SEED = bytes(range(32))
PROGRAM = Path(drawing.__file__)
UNITS = st.sampled_from("甲乙丙丁")
frames = st.lists(
    st.builds(
        Member,
        key=st.uuids().map(str),
        unit=UNITS,
        stratum=st.tuples(UNITS, st.sampled_from(["诫勉", "通报"]), st.sampled_from(["已结案", "执行中"])),
        weight=st.integers(1, 4),
        mandatory=st.booleans(),
        named=st.booleans(),
    ),
    max_size=60,
    unique_by=lambda m: m.key,
)
seeds = st.binary(min_size=32, max_size=32)
plans = st.builds(Plan, method=st.sampled_from(drawing.METHODS), percent=st.integers(1, 100), one_a_unit=st.booleans())


@settings(max_examples=60, deadline=None)
@given(seeds, frames, plans, st.randoms())
def test_the_order_in_which_the_frame_is_read_changes_nothing_and_nobody_is_drawn_twice(seed, frame, plan, chance):
    drawn = draw(seed, frame, plan)
    mixed = list(frame)
    chance.shuffle(mixed)
    assert draw(seed, mixed, plan) == drawn
    assert frame_hash(mixed, plan) == frame_hash(frame, plan)
    assert set(drawn) <= {m.key for m in frame}


@settings(max_examples=60, deadline=None)
@given(seeds, frames, plans)
def test_every_unit_is_looked_at(seed, frame, plan):
    if plan.method == "targeted":
        assert set(draw(seed, frame, plan)) == {m.key for m in frame if m.named}
        return
    drawn = draw(seed, frame, plan._replace(one_a_unit=True))
    assert {m.unit for m in frame if m.key in drawn} == {m.unit for m in frame}
    by_unit = [m.unit for m in frame if drawn.get(m.key) == "unit"]
    assert len(by_unit) == len(set(by_unit)), "one is enough"


@settings(max_examples=60, deadline=None)
@given(seeds, frames, st.integers(1, 100))
def test_a_random_sample_has_the_size_that_was_asked_and_at_most_one_more_a_unit(seed, frame, percent):
    wanted = ceil(Fraction(len(frame) * percent, 100))
    reasons = list(draw(seed, frame, Plan("random", percent)).values())
    assert reasons.count("lot") == wanted
    assert len(reasons) <= wanted + len({m.unit for m in frame})


@settings(max_examples=60, deadline=None)
@given(seeds, frames.filter(bool), st.integers(1, 100))
def test_a_stratum_has_its_share_rounded_up_or_down(seed, frame, percent):
    wanted = ceil(Fraction(len(frame) * percent, 100))
    drawn = draw(seed, frame, Plan("stratified", percent))
    assert list(drawn.values()).count("stratum") == wanted
    for stratum in {m.stratum for m in frame}:
        inside = [m for m in frame if m.stratum == stratum]
        share = Fraction(len(inside) * wanted, len(frame))
        assert floor(share) <= sum(drawn.get(m.key) == "stratum" for m in inside) <= ceil(share)


@settings(max_examples=60, deadline=None)
@given(seeds, frames, st.integers(1, 100))
def test_what_is_mandatory_is_always_in_and_counts_in_no_share(seed, frame, percent):
    drawn = draw(seed, frame, Plan("risk", percent))
    mandatory = {m.key for m in frame if m.mandatory}
    assert {key for key, reason in drawn.items() if reason == "mandatory"} == mandatory
    assert list(drawn.values()).count("lot") == ceil(Fraction((len(frame) - len(mandatory)) * percent, 100))


def test_a_heavier_case_is_drawn_more_often_in_proportion():
    frame = [Member(f"k{n}", "甲", weight=3 if n == 0 else 1) for n in range(5)]
    first = [next(iter(draw(bytes([n // 256, n % 256]) * 16, frame, Plan("risk", 1)))) for n in range(3000)]
    assert 0.39 < first.count("k0") / 3000 < 0.47, "3 of 7 lots are its own"
    assert 0.11 < first.count("k1") / 3000 < 0.18


def test_everybody_has_the_same_chance_in_a_stratified_sample():
    frame = [Member(f"k{n}", "甲", (str(n % 3),)) for n in range(10)]
    times = dict.fromkeys((m.key for m in frame), 0)
    for n in range(2000):
        for key in draw(n.to_bytes(32, "big"), frame, Plan("stratified", 30)):
            times[key] += 1
    assert all(0.26 < seen / 2000 < 0.34 for seen in times.values()), times


@settings(max_examples=40, deadline=None)
@given(seeds, seeds, frames, plans)
def test_the_commitment_binds_the_seed_the_sample_and_its_frame(seed, other, frame, plan):
    promised = commitment("样", frame_hash(frame, plan), seed)
    assert promised == commitment("样", frame_hash(frame, plan), seed)
    assert promised != commitment("别", frame_hash(frame, plan), seed)
    assert (promised == commitment("样", frame_hash(frame, plan), other)) == (seed == other)
    if frame:
        assert promised != commitment("样", frame_hash(frame[1:], plan), seed)
        heavier = [frame[0]._replace(weight=9), *frame[1:]]
        assert promised != commitment("样", frame_hash(heavier, plan), seed)


def written_down():
    plan = Plan("stratified", 20)
    frame = [Member(f"〔2026〕问字第{n:04d}号", "甲" if n % 3 else "乙", (str(n % 4),)) for n in range(40)]
    frozen = frame_hash(frame, plan)
    return {
        "title": "样", "sample": "s1", "plan": list(plan), "seed": SEED.hex(), "frame_hash": frozen,
        "commitment": commitment("s1", frozen, SEED), "members": [m._asdict() for m in frame], "drawn": draw(SEED, frame, plan),
    }  # fmt: skip


def redraw(tmp_path, told, *more, hash_seed="0"):
    file = tmp_path / "sample.json"
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-I", str(PROGRAM), str(file), *more], capture_output=True, text=True, check=False,
        env={"PYTHONHASHSEED": hash_seed, "TZ": "Pacific/Apia", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def test_another_process_with_another_hash_seed_draws_the_same(tmp_path):
    for hash_seed in ("1", "4242"):
        done = redraw(tmp_path, written_down(), hash_seed=hash_seed)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "全部相符" in done.stdout


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda told: told.update(seed="00" * 32), "种子与公布的承诺不符"),
        (lambda told: told["members"][3].update(unit="丙"), "总体或者抽样方法"),
        (lambda told: told["plan"].__setitem__(1, 30), "总体或者抽样方法"),
        (lambda told: told["drawn"].pop(next(iter(told["drawn"]))), "结果里没有"),
        (lambda told: told["drawn"].update({"〔2026〕问字第9999号": "lot"}), "按算法没有抽中"),
    ],
)
def test_the_program_that_goes_with_a_sample_names_what_was_changed(tmp_path, change, named):
    told = written_down()
    change(told)
    done = redraw(tmp_path, told)
    assert done.returncode == 1
    assert named in done.stdout
    assert "有不符" in done.stdout


def test_a_file_made_anew_from_another_seed_does_not_fit_what_was_published(tmp_path):
    told = written_down()
    assert redraw(tmp_path, told, "0" * 64).returncode == 1
    assert redraw(tmp_path, told, told["commitment"]).returncode == 0
