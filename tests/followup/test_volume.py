"""No byte of a case file volume changes without its ``verify.py`` saying where."""

import ast
import hashlib
import io
import json
import random
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from followup.volume import verify as source

SEED = 20261124
CHANGES = 200


def changed(content, at, rng):
    """The content with one byte at that place changed to another."""
    return content[:at] + bytes([content[at] ^ rng.randrange(1, 256)]) + content[at + 1 :]


def run(*arguments, at=None):
    return subprocess.run(
        [sys.executable, "-I", *map(str, arguments)], cwd=at, capture_output=True, text=True, timeout=60, check=False
    )


def owners(archive):
    """The name to which each byte of an archive belongs, as the standard library reads it: ``[(from, to, name)]``."""
    found = []
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        at = opened.start_dir
        for info in opened.infolist():
            length = len(info.filename.encode())
            found.append((info.header_offset, info.header_offset + 30 + length + info.file_size, info.filename))
            found.append((at, at + 46 + length, info.filename))
            at += 46 + length
    return [*found, (at, len(archive), source.STRUCTURE)]


def test_an_untouched_volume_holds_unpacked_and_packed_alone_with_python(made, tmp_path):
    packed = tmp_path / "案卷.zip"
    packed.write_bytes(made.first)
    for answer in (run("verify.py", at=made.folder), run(made.folder / "verify.py", packed)):
        assert answer.returncode == 0, answer.stdout + answer.stderr
        assert "全部相符" in answer.stdout
    assert run(made.folder / "verify.py", tmp_path / "没有").returncode == 2


def test_each_of_two_hundred_changed_bytes_of_the_unpacked_files_is_found_and_its_file_named(made):
    rng = random.Random(SEED)
    paths = sorted(path for path in made.folder.rglob("*") if path.is_file())
    small = [path for path in paths if path.stat().st_size < 200_000 and path.parent == made.folder]
    for number_of_change in range(CHANGES):
        path = rng.choice(small if number_of_change % 4 == 0 else paths)
        content = path.read_bytes()
        at = rng.randrange(len(content))
        path.write_bytes(changed(content, at, rng))
        try:
            faults, _ = made.verify.check_folder(made.folder)
        finally:
            path.write_bytes(content)
        name = path.relative_to(made.folder).as_posix()
        assert list(faults) == [name], f"seed {SEED}, change {number_of_change}: {name} at {at} told as {faults}"
    assert not made.verify.check_folder(made.folder)[0]


def test_each_of_two_hundred_changed_bytes_of_the_archive_is_found_and_its_file_named(made, tmp_path):
    rng = random.Random(SEED)
    places = owners(made.first)
    assert sum(to - start for start, to, _ in places) == len(made.first)
    packed = tmp_path / "案卷.zip"
    for number_of_change in range(CHANGES):
        if number_of_change % 2:  # anywhere; else in the headers, the directory and the end
            at = rng.randrange(len(made.first))
        else:
            start, to, _ = rng.choice(places)
            at = rng.randrange(start, min(to, start + 80))
        packed.write_bytes(changed(made.first, at, rng))
        faults, _ = made.verify.check_archive(packed)
        name = next(name for start, to, name in places if start <= at < to)
        assert list(faults) == [name], f"seed {SEED}, change {number_of_change}: {name} at {at} told as {faults}"


@pytest.mark.deep
def test_every_byte_of_the_archive_s_structure_is_watched(made, tmp_path):
    rng = random.Random(SEED)
    packed = tmp_path / "案卷.zip"
    with zipfile.ZipFile(io.BytesIO(made.first)) as opened:
        start_of_directory = opened.start_dir
        heads = [(i.header_offset, i.header_offset + 30 + len(i.filename.encode())) for i in opened.infolist()]
    for start, to in [*heads, (start_of_directory, len(made.first))]:
        for at in range(start, to):
            packed.write_bytes(changed(made.first, at, rng))
            name = next(name for begin, end, name in owners(made.first) if begin <= at < end)
            assert list(made.verify.check_archive(packed)[0]) == [name], at


def test_a_change_of_the_program_itself_is_found_or_python_names_it(made):
    rng = random.Random(SEED)
    path = made.folder / "verify.py"
    content = path.read_bytes()
    try:
        for _ in range(12):
            path.write_bytes(changed(content, rng.randrange(len(content)), rng))
            answer = run("verify.py", at=made.folder)
            assert answer.returncode != 0
            assert "verify.py" in answer.stdout + answer.stderr
    finally:
        path.write_bytes(content)


def test_a_missing_and_an_additional_file_are_named(made):
    path = next((made.folder / "证据").glob("*.pdf"))
    content = path.read_bytes()
    more = made.folder / "证据" / "证999_后加.pdf"
    path.unlink()
    more.write_bytes(content)
    try:
        answer = run("verify.py", at=made.folder)
    finally:
        path.write_bytes(content)
        more.unlink()
    assert answer.returncode == 1
    assert f"证据/{path.name}：缺少" in answer.stdout
    assert "证据/证999_后加.pdf：多出" in answer.stdout


@pytest.mark.parametrize(
    "junk",
    [b"", b"PK", b"PK\x05\x06" + bytes(18), b"not an archive" * 20],
    ids=["empty", "short", "only an end", "words"],
)
def test_what_is_no_volume_is_said_to_be_none(made, tmp_path, junk):
    packed = tmp_path / "案卷.zip"
    packed.write_bytes(junk)
    answer = run(made.folder / "verify.py", packed)
    assert answer.returncode == 1
    assert "压缩包结构" in answer.stdout


@pytest.mark.parametrize("more", ["appended", "cut", "swapped"])
def test_bytes_added_cut_off_or_moved_in_the_archive_are_found(made, tmp_path, more):
    packed = tmp_path / "案卷.zip"
    at = len(made.first) // 2
    packed.write_bytes({
        "appended": made.first + b"\0", "cut": made.first[:-1], "swapped": made.first[at:] + made.first[:at],
    }[more])  # fmt: skip
    assert made.verify.check_archive(packed)[0]


def forged(folder, name, change):
    """A forger's work: a file changed, and manifest and checksum made anew over it."""
    path = folder / name
    path.write_bytes(change(path.read_bytes()))
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for row in manifest["files"]:
        content = (folder / row["path"]).read_bytes()
        row["size"], row["sha256"] = len(content), hashlib.sha256(content).hexdigest()
    told_anew = json.dumps(manifest, ensure_ascii=False).encode()
    (folder / "manifest.json").write_bytes(told_anew)
    (folder / "manifest.sha256").write_bytes(b"".join(source.checksum(told_anew)))


@pytest.mark.parametrize(
    ("name", "change", "named"),
    [
        ("台账/台账.json", lambda told: told.replace("程示例".encode(), "林样张".encode()), "台账/台账.json"),
        ("目录.json", lambda told: told.replace(b'"sha256": "', b'"sha256": "0', 1), "文书/001"),
    ],
)
def test_who_makes_the_manifest_anew_still_meets_the_ledger_s_hashes_the_catalogue_and_the_issuer_s_record(
    made, tmp_path, name, change, named
):
    folder = tmp_path / "案卷"
    shutil.copytree(made.folder, folder)
    original = made.verify.check_folder(folder)[1].fingerprint
    forged(folder, name, change)
    faults = made.verify.check_folder(folder)[0]
    assert any(found.startswith(named) for found in faults), faults
    answer = run("verify.py", "--manifest", original, at=folder)
    assert answer.returncode == 1
    assert "manifest.json：指纹与所给的不一致" in answer.stdout


def test_the_program_needs_only_the_standard_library_and_python_3_8():
    tree = ast.parse(Path(source.__file__).read_text(encoding="utf-8"), feature_version=(3, 8))
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported <= sys.stdlib_module_names
