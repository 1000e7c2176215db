"""核对容错备案的证明文件：只用 Python（3.8 以上），不连接任何系统。

用法：  python3 verify_filing.py 证明文件.json --root 公布的每日根文件

逐项核对每一版备案：各项内容与指纹、指纹与版本、版本与当日根、当日根与公布的文件。
有不符的，指出是哪一版、哪一项，退出码为 1；用法不对为 2；全部相符为 0。
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

FORMAT = "wenze-filing-proof/1"
KIND = "filing_root"


def canonical(value: object) -> bytes:
    """A value as bytes, in one way only."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def field_digest(name: str, value: object) -> str:
    """The fingerprint of one field of a version."""
    return hashlib.sha256(b"\x02" + canonical([name, value])).hexdigest()


def leaf_digest(digests: dict[str, str]) -> str:
    """The fingerprint of a version: over those of all its fields, in the order of their names."""
    return hashlib.sha256(b"\x00" + canonical(sorted(digests.items()))).hexdigest()


def node_digest(left: str, right: str) -> str:
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def levels(leaves: list[str]) -> list[list[str]]:
    """The tree, leaves first, the root alone last; an odd one at the end of a level rises as it is."""
    found = [list(leaves)]
    while len(found[-1]) > 1:
        row = found[-1]
        found.append([node_digest(*row[at : at + 2]) if at + 1 < len(row) else row[at] for at in range(0, len(row), 2)])
    return found


def path_of(leaves: list[str], place: int) -> list[list[str]]:
    """What stands beside a leaf on its way to the root: ``["left" or "right", digest]``."""
    found = []
    for row in levels(leaves)[:-1]:
        beside = place ^ 1
        if beside < len(row):
            found.append(["left" if beside < place else "right", row[beside]])
        place //= 2
    return found


def root_from(leaf: str, path: list[list[str]]) -> str:
    for side, digest in path:
        leaf = node_digest(digest, leaf) if side == "left" else node_digest(leaf, digest)
    return leaf


def published_roots(text: str) -> dict[str, list[tuple[str, str]]]:
    """``{day: [(root, when it was published)]}`` of a published file; lines about other things are passed over."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in text.splitlines():
        if line.strip():
            row = json.loads(line)
            if row.get("kind") == KIND:
                found.setdefault(row["key"], []).append((row["value"], row["at"]))
    return found


def faults_of(version: dict[str, Any], roots: dict[str, list[tuple[str, str]]]) -> list[str]:
    """What does not hold of one version, the first thing first."""
    digests, faults = version["digests"], []
    told = {name for name, _, _ in version["fields"]}
    for name, label, value in version["fields"]:
        if field_digest(name, value) != digests.get(name):
            faults.append(f"“{label}”已被改动")
    faults += [f"缺少“{name}”一项" for name in digests if name not in told]
    if leaf_digest(digests) != version["digest"]:
        faults.append("各项指纹与版本指纹不符")
    if version.get("root") is None:
        faults.append("当日根尚未公布，不能核对")
        return faults
    if root_from(version["digest"], version["path"]) != version["root"]:
        faults.append("版本指纹不在当日根之内")
    key = version["root_key"]
    said = [root for root, _ in roots.get(key, [])]
    if version["root"] not in said:
        faults.append(f"当日根（{key}）与公布的文件不符")
    elif len(set(said)) > 1:
        faults.append(f"当日根（{key}）公布过不止一个值")
    return faults


def check(proof: dict[str, Any], roots: dict[str, list[tuple[str, str]]]) -> tuple[list[str], list[str]]:
    """``(faults, what holds)`` of a proof, a line each."""
    faults, holds = [], []
    for version in proof["versions"]:
        name = f"第{version['version']}版（{version['kind']}）"
        wrong = faults_of(version, roots)
        if wrong:
            faults.append(name + "：" + "；".join(wrong))
            continue
        values = {field: value for field, _, value in version["fields"]}
        at = min(when for root, when in roots[version["root_key"]] if root == version["root"])
        holds.append(f"{name}：{values['submitted_at']}报送，当日根公布于{at}")
    return faults, holds


USAGE = 3


def main(arguments: list[str]) -> int:
    if len(arguments) != USAGE or arguments[1] != "--root":
        print(__doc__)
        return 2
    try:
        proof = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        roots = published_roots(Path(arguments[2]).read_text(encoding="utf-8"))
        if proof["format"] != FORMAT:
            print(f"不是容错备案的证明文件：格式为 {proof['format']}")
            return 2
        faults, holds = check(proof, roots)
    except OSError as error:
        print(f"读不到文件：{error}")
        return 2
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        print(f"不符：文件的格式不对（{error!r}）。")
        return 1
    for line in [*faults, *holds]:
        print(line)
    name = proof.get("number") or proof.get("title")
    print(f"不符：{len(faults)} 版。" if faults else f"全部相符：{name}，{len(holds)} 版。")
    print("“报送时间”由当日根作证：它不会晚于公布时间；登记、有效期以受理机关台账为准（verify_filing 命令）。")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
