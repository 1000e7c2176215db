"""The tests of a group run on one worker, in one stretch, the longest groups first (tests/together.py)."""

import os
import subprocess
import sys

import pytest

from tests import together
from tests.prepared import ROOT

CONFTEST = """
import pytest
from tests.together import scheduler

@pytest.hookimpl
def pytest_xdist_make_scheduler(config, log):
    return scheduler(config, log)
"""
MODULE = """
import os, time
from pathlib import Path
import pytest

{mark}

@pytest.mark.parametrize("number", range(6))
def test_it(number):
    time.sleep(0.05)
    with Path("told").open("a") as told:
        told.write("{name} " + os.environ["PYTEST_XDIST_WORKER"] + chr(10))
"""


@pytest.fixture
def workers(tmp_path):
    """Which workers ran the tests of each of three modules, two of them groups."""
    (tmp_path / "conftest.py").write_text(CONFTEST)
    for name, mark in (("first", True), ("second", True), ("single", False)):
        line = f'pytestmark = pytest.mark.xdist_group("{name}")' if mark else ""
        (tmp_path / f"test_{name}.py").write_text(MODULE.format(mark=line, name=name))
    words = [
        "-c",
        "/dev/null",
        "--rootdir",
        ".",
        "-p",
        "no:django",
        "-p",
        "no:cacheprovider",
        "-n",
        "2",
        "--dist",
        "loadgroup",
    ]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, "."], cwd=tmp_path, env={**kept, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "18 passed" in done.stdout, done.stdout + done.stderr
    lines = [line.split() for line in (tmp_path / "told").read_text().splitlines()]
    return {name: {worker for told, worker in lines if told == name} for name in ("first", "second", "single")}


def test_a_group_stays_on_one_worker_and_single_tests_are_shared_out(workers):
    assert len(workers["first"]) == len(workers["second"]) == 1
    assert workers["first"] != workers["second"]
    assert len(workers["single"]) == 2


def test_every_group_that_goes_first_is_the_group_of_some_module():
    named = {together.group_in(path) for path in (ROOT / "tests").rglob("test_*.py")}
    assert set(together.FIRST) - named == set()
