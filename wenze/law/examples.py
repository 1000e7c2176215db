"""Worked examples as outsiders write them (contract.md “Worked examples”), answered by the same rules as the screens.

Every answer repeats ``id`` and ``kind``; dates are ISO texts; with ``expect`` the answer says whether it is ``ok``.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from wenze import law
from wenze.deadlines.arithmetic import Term, Unit, reckon
from wenze.law import competence, influence, threshold
from wenze.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wenze.deadlines.arithmetic import Reckoning

KINDS: Registry[Callable[[Mapping[str, Any]], dict[str, Any]]] = Registry("worked examples")


class Malformed(Exception):
    """An example that cannot be read: called wrongly (exit 2)."""


def _day(example: Mapping[str, Any], key: str) -> dt.date:
    return dt.date.fromisoformat(example[key])


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _told(found: Reckoning) -> dict[str, Any]:
    return {"nominal": _text(found.nominal), "due": _text(found.due), "provisional": found.provisional}


@KINDS.entry("term")
def term(example: Mapping[str, Any]) -> dict[str, Any]:
    """A term of law.md §4 from a day."""
    rule = law.term(example["rule"])
    found = reckon(Term(rule.amount, rule.unit), _day(example, "from"), roll_forward=rule.roll_forward)
    return {**_told(found), "basis": rule.article}


@KINDS.entry("workdays")
def workdays(example: Mapping[str, Any]) -> dict[str, Any]:
    """So many working days from a day."""
    found = _told(reckon(Term(int(example["days"]), Unit.WD), _day(example, "from")))
    return {"due": found["due"], "provisional": found["provisional"]}


@KINDS.entry("influence")
def influence_periods(example: Mapping[str, Any]) -> dict[str, Any]:
    """The influence periods of one person's measures, merged by policy."""
    sanctions = [(each["measure"], dt.date.fromisoformat(each["on"])) for each in example["sanctions"]]
    found = influence.reckon(sanctions, example.get("policy", ""))
    last = found.last
    return {
        "last_restricted_day": _text(last.last_restricted_day) if last else None,
        "release_date": _text(last.release_date) if last else None,
        "parts": [
            {
                "measure": part.measure, "months": part.months, "last_restricted_day": _text(part.last_restricted_day),
                "release_date": _text(part.release_date), "restriction": part.restriction,
            }
            for part in found.parts
        ],
        "basis": list(found.basis),
    }  # fmt: skip


@KINDS.entry("competence")
def who_may(example: Mapping[str, Any]) -> dict[str, Any]:
    """Who may start, who may decide."""
    found = competence.judge(
        act=example["act"], track=example["track"], on=_day(example, "on"), body=example["body"], object=example["object"],
        measures=example.get("measures", ()), approvals=example.get("approvals", ()), flags=example.get("flags", ()),
    )  # fmt: skip
    told: dict[str, Any] = {
        "verdict": found.verdict, "missing": list(found.missing), "basis": list(found.basis), "reason": found.reason,
    }  # fmt: skip
    if example["act"] == "decide":
        told["refused_measures"] = list(found.refused_measures)
    return told


@KINDS.entry("threshold")
def reached(example: Mapping[str, Any]) -> dict[str, Any]:
    """行为 + 后果."""
    found = threshold.judge(
        situation=example["situation"], act=bool(example["act"]), consequences=example.get("consequences", ())
    )
    return {"verdict": found.verdict, "basis": list(found.basis)}


def answer(example: Any) -> dict[str, Any]:
    """The answer to one example. Raises ``Malformed`` with the reason in Chinese."""
    if not isinstance(example, dict) or "id" not in example:
        raise Malformed("每个例子须是对象，并有 id。")
    question = KINDS.get(str(example.get("kind")))
    if question is None:
        raise Malformed(f"{example['id']}：没有“{example.get('kind')}”这一类，可用 {'、'.join(KINDS.keys())}。")
    try:
        told = question(example)
    except KeyError as error:
        raise Malformed(f"{example['id']}：缺少，或者没有这个代码：{error.args[0]}。") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise Malformed(f"{example['id']}：写法不对：{error}") from error
    found = {"id": example["id"], "kind": example["kind"], **told}
    if "expect" in example:
        found["ok"] = _agrees(example["expect"], told)
    return found


def _agrees(expected: Any, told: Any) -> bool:
    """Whether every key that was expected is answered so; what was not asked is not compared."""
    if isinstance(expected, dict) and isinstance(told, dict):
        return all(key in told and _agrees(value, told[key]) for key, value in expected.items())
    if isinstance(expected, list) and isinstance(told, list):
        return len(expected) == len(told) and all(map(_agrees, expected, told))
    return bool(expected == told)
