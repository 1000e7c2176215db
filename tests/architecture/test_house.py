"""The house keeps its shape: floors, sizes, locks."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LONGEST = 400
LOCKS = ["requirements.txt", "requirements-dev.txt", "package-lock.json"]


def tracked(*patterns: str) -> list[Path]:
    """The files of the repository, new ones not yet committed among them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def test_every_package_under_wenze_is_named_in_the_import_contract():
    contract = PROJECT["tool"]["importlinter"]["contracts"][0]
    named = {name.strip() for line in contract["layers"] for name in re.split(r"[|:]", line)}
    present = {f"wenze.{path.parent.name}" for path in (ROOT / "wenze").glob("*/__init__.py")}
    present |= {f"wenze.{path.stem}" for path in (ROOT / "wenze").glob("*.py") if path.stem != "__init__"}
    assert present - named == set()


def test_no_module_and_no_template_is_longer_than_four_hundred_lines():
    found = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("*.py", "*.html", "*.js", "*.css")
        if "migrations" not in path.parts and (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST
    }
    assert found == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_registry(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    addresses = [line for line in text.splitlines() if re.search(r"\"resolved\"|--index|--find-links|@ \w+://", line)]
    assert addresses == []


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", name, maxsplit=1)[0]).lower()


@pytest.mark.parametrize(("lock", "groups"), [("requirements.txt", []), ("requirements-dev.txt", ["dev"])])
def test_every_dependency_is_locked_with_a_hash(lock, groups):
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    locked = {normal(entry) for entry in entries if "--hash=sha256:" in entry}
    wanted = [*PROJECT["project"]["dependencies"]]
    for group in groups:
        wanted += PROJECT["dependency-groups"][group]
    assert {normal(name) for name in wanted} - locked == set()


def test_every_dependency_has_its_reason():
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    assert [name for name in map(normal, wanted) if f"`{name}`" not in text] == []


def test_no_path_of_a_workshop_stands_in_the_repository():
    workshop = "/" + "work/"
    texts = tracked("*.py", "*.sh", "*.toml", "*.yml", "*.md", "Dockerfile", "Makefile", ".ci/run", ".env.example")
    assert [str(path) for path in texts if workshop in path.read_text(encoding="utf-8")] == []


def test_every_variable_that_is_read_stands_in_the_example():
    read = set()
    for path in [ROOT / "wenze" / "settings" / "environment.py", ROOT / "gunicorn.conf.py"]:
        text = path.read_text(encoding="utf-8")
        read |= set(re.findall(r"(?:env\.\w+\(|environ\.get\()\"([A-Z_]+)\"", text))
    example = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert read - example - {"PYTEST_XDIST_WORKER"} == set()
