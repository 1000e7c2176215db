"""抽样的算法: which members of a frozen frame a seed draws. A pure function of (seed, frame, plan), and a program of its own.

It imports nothing of the system and needs only Python 3.8: ``python redraw.py sample.json`` repeats the drawing on another
machine and names any difference. The rules, so that anybody may write them anew:

* ``ticket(key)`` is HMAC-SHA256(seed, key) read as a number; with a weight w it is the least of the tickets of
  ``key|1`` … ``key|w``, which draws in proportion to w without replacement.
* 随机: of N members the n = ceil(N × percent / 100) with the least tickets.
* 分层: the members in the order of stratum, then ticket, one after another on a line; the line is cut into n equal pieces,
  and one point, the same in every piece and fixed by the seed, picks who stands there. Every member has the same chance,
  a stratum of N' members gives N' × n / N of them, rounded up or down.
* 风险导向: all that are marked mandatory, and of the others ceil(their number × percent / 100) by weighted tickets.
* 全查: all. 定向: those that were named before the frame was frozen.
* Afterwards, but for 定向, every unit that has none yet gives its least ticket (``unit``). Those count in no estimate.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

ALGORITHM = "wenze-sample-1"
METHODS = ("all", "random", "stratified", "risk", "targeted")


class Member(NamedTuple):
    """One case of the frame, as far as the drawing looks at it."""

    key: str
    unit: str
    stratum: tuple[str, ...] = ()
    weight: int = 1
    mandatory: bool = False
    named: bool = False


class Plan(NamedTuple):
    """How it is drawn."""

    method: str
    percent: int = 10
    one_a_unit: bool = True


def _number(seed: bytes, text: str) -> int:
    return int.from_bytes(hmac.new(seed, text.encode(), hashlib.sha256).digest(), "big")


def ticket(seed: bytes, key: str, weight: int = 1) -> int:
    """The lot of a member: the least is drawn first."""
    if weight == 1:
        return _number(seed, key)
    return min(_number(seed, f"{key}|{n}") for n in range(1, weight + 1))


def share(number: int, percent: int) -> int:
    """Percent of a number, rounded up, so that nothing rounds to nobody."""
    return -(-number * percent // 100)


def _systematic(seed: bytes, members: Sequence[Member], wanted: int) -> list[str]:
    """Equal pieces of the line, the same point in each: exact in whole numbers, no rounding."""
    ordered = sorted(members, key=lambda m: (m.stratum, ticket(seed, m.key), m.key))
    start, whole = _number(seed, "start"), 1 << 256
    # The point of piece k lies at (k + start/whole) × N/n; the member there is its integer part.
    return [ordered[(k * whole + start) * len(ordered) // (wanted * whole)].key for k in range(wanted)]


def draw(seed: bytes, members: Sequence[Member], plan: Plan) -> dict[str, str]:
    """Who is drawn, each with the reason: ``all``, ``lot``, ``stratum``, ``mandatory``, ``named`` or ``unit``."""
    if plan.method not in METHODS:
        raise ValueError(plan.method)
    ordered = sorted(members, key=lambda m: (ticket(seed, m.key, m.weight if plan.method == "risk" else 1), m.key))
    drawn: dict[str, str] = {}
    if plan.method == "all":
        drawn = {m.key: "all" for m in ordered}
    elif plan.method == "targeted":
        return {m.key: "named" for m in ordered if m.named}
    elif plan.method == "random":
        drawn = {m.key: "lot" for m in ordered[: share(len(ordered), plan.percent)]}
    elif plan.method == "stratified":
        drawn = dict.fromkeys(_systematic(seed, ordered, share(len(ordered), plan.percent)), "stratum")
    else:
        drawn = {m.key: "mandatory" for m in ordered if m.mandatory}
        others = [m for m in ordered if not m.mandatory]
        drawn.update((m.key, "lot") for m in others[: share(len(others), plan.percent)])
    if plan.one_a_unit:
        seen = {m.unit for m in ordered if m.key in drawn}
        for m in ordered:
            if m.unit not in seen:
                seen.add(m.unit)
                drawn[m.key] = "unit"
    return drawn


# --- what is written down of it ---------------------------------------------------------------------------------------
def canonical(told: Any) -> bytes:
    """JSON in one form: sorted keys, no spaces."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def frame_hash(members: Sequence[Member], plan: Plan) -> str:
    """The fingerprint of who could be drawn, and how."""
    rows = [[m.key, m.unit, list(m.stratum), m.weight, m.mandatory, m.named] for m in sorted(members)]
    told = {"algorithm": ALGORITHM, "plan": [plan.method, plan.percent, plan.one_a_unit], "members": rows}
    return hashlib.sha256(canonical(told)).hexdigest()


def commitment(sample: str, frame: str, seed: bytes) -> str:
    """What is published before the drawing: it binds the seed, the sample and its frame, and tells none of them."""
    return hashlib.sha256(canonical([ALGORITHM, sample, frame, seed.hex()])).hexdigest()


def differences(told: dict[str, Any]) -> list[str]:
    """What does not hold in a sample that was written down (``sample.json``)."""
    members = [
        Member(m["key"], m["unit"], tuple(m["stratum"]), m["weight"], m["mandatory"], m["named"])
        for m in told["members"]
    ]
    plan, seed = Plan(*told["plan"]), bytes.fromhex(told["seed"])
    found = []
    frame = frame_hash(members, plan)
    if frame != told["frame_hash"]:
        found.append("总体或者抽样方法与固定时的指纹不符。")
    if commitment(told["sample"], told["frame_hash"], seed) != told["commitment"]:
        found.append("种子与公布的承诺不符。")
    if len({m.key for m in members}) != len(members):
        found.append("总体中有重复的案件。")
    again = draw(seed, members, plan)
    found += [f"按算法应抽中{key}，结果里没有。" for key in sorted(set(again) - set(told["drawn"]))]
    found += [f"结果里有{key}，按算法没有抽中。" for key in sorted(set(told["drawn"]) - set(again))]
    found += [
        f"{key}的抽中事由不符。" for key in sorted(set(again) & set(told["drawn"])) if again[key] != told["drawn"][key]
    ]
    return found


def main(arguments: Sequence[str]) -> int:
    """``python redraw.py sample.json [COMMITMENT]``: the commitment as it was published, where one has it in hand."""
    if len(arguments) not in (1, 2):
        print("用法：python redraw.py sample.json [公布的承诺]")
        return 2
    told = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    found = differences(told)
    if len(arguments) > 1 and arguments[1] != told["commitment"]:
        found.append("文件所记的承诺与公布的承诺不符。")
    for each in found:
        print(each)
    print(
        f"{told['title']}：总体{len(told['members'])}件，抽中{len(told['drawn'])}件，"
        + ("有不符。" if found else "全部相符。")
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
