"""Who may start, who may decide which measure against whom (条例第四、五、八、九、十二条; 监察法; law.md §1.4, §1.5).

The answer is a check with its grounds, never a decision: 决定由党组织集体作出.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wenze.law import data
from wenze.law.citations import Citation

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

RANK = {"allowed": 0, "warn": 1, "needs_approval": 2, "refused": 3}
PARTY_BODIES = ("party_committee", "discipline_commission", "working_organ", "resident_office")
BELOW_COMMITTEE = ("discipline_commission", "working_organ", "resident_office")
COMMITTEE_APPROVALS = {"same_committee", "same_committee_principal"}
PROPOSE = "propose:"
COLUMN = {"party_committee": 0, "same_committee": 1, "own": 2, "supervisory": 3}


@dataclass(frozen=True)
class Verdict:
    """``allowed``, ``warn``, ``needs_approval`` (``missing`` names the approvals) or ``refused``."""

    verdict: str
    missing: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    reason: str = ""
    refused_measures: tuple[str, ...] = ()


@dataclass
class _Finding:
    verdict: str = "allowed"
    missing: list[str] = field(default_factory=list)
    basis: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def add(self, verdict: str, reason: str, *basis: Citation, missing: str = "") -> None:
        if RANK[verdict] > RANK[self.verdict]:
            self.verdict = verdict
        if reason:
            self.reasons.append(reason)
        if missing and missing not in self.missing:
            self.missing.append(missing)
        self.basis.extend(text for each in basis if (text := str(each)) not in self.basis)

    def as_verdict(self, refused: Iterable[str] = ()) -> Verdict:
        missing = tuple(self.missing) if self.verdict == "needs_approval" else ()
        return Verdict(self.verdict, missing, tuple(self.basis), "；".join(dict.fromkeys(self.reasons)), tuple(refused))


def _tl(number: int, paragraph: int | None = None) -> Citation:
    return Citation("TL", str(number), paragraph)


def _jcf(on: dt.date) -> Citation:
    new = Citation("JCF", "52")
    return new if new.is_in_force(on) else Citation("JCF", "45")


def judge(
    *,
    act: str,
    track: str,
    on: dt.date,
    body: Mapping[str, Any],
    object: Mapping[str, Any],  # noqa: A002 -- the word of the contract
    measures: Iterable[str] = (),
    approvals: Iterable[str] = (),
    flags: Iterable[str] = (),
) -> Verdict:
    """Judge an act by the tables. Raises ``KeyError`` for a measure that the table does not have."""
    held, raised = set(approvals), set(flags)
    found = _Finding()
    _check_body(found, track, body, on)
    _check_object(found, act, track, body, object, raised, on)
    _check_flags(found, act, raised)
    if found.verdict == "refused":
        return found.as_verdict(measures if act == "decide" else ())
    if act == "initiate":
        _initiation(found, track, body, object, held)
        return found.as_verdict()
    refused = []
    for measure in measures:
        own = _Finding()
        _measure(own, track, body, object, measure, held, on)
        if own.verdict == "refused":
            refused.append(measure)
        found.add(own.verdict, "；".join(own.reasons))
        found.missing.extend(each for each in own.missing if each not in found.missing)
        found.basis.extend(each for each in own.basis if each not in found.basis)
    return found.as_verdict(refused)


def _check_body(found: _Finding, track: str, body: Mapping[str, Any], on: dt.date) -> None:
    kind = body["type"]
    if kind == "other":
        found.add("refused", "指挥部、领导小组等不是问责主体", _tl(4))
    elif track == "party" and kind not in PARTY_BODIES:
        found.add("refused", "行政机关、监委不是党内问责的主体", _tl(4))
    elif track == "supervisory" and kind not in ("supervisory_commission", "resident_office"):
        found.add("refused", "监察问责由监委及其派驻派出机构作出", _jcf(on))


def _check_object(
    found: _Finding, act: str, track: str, body: Mapping[str, Any], target: Mapping[str, Any], flags: set[str], on: dt.date
) -> None:  # fmt: skip
    kind, relation = target["type"], target.get("relation", "own")
    organization_kind = target.get("organization_kind", "party")
    if kind == "non_leading":
        found.add("refused", "不是领导干部：直接责任转追责，或用第一种形态", _tl(5))
    if track == "supervisory" and kind == "organization":
        found.add("refused", "监察问责只问个人；对单位可发监察建议", _jcf(on))
    if track == "party" and kind == "organization" and organization_kind in ("administrative", "enterprise"):
        found.add("refused", "党内问责的对象是党组织：应问该单位的党组织", _tl(5))
    if (
        organization_kind == "discipline_organ"
        and body["type"] in ("discipline_commission", "resident_office")
        and relation in ("own", "same_committee")
    ):
        found.add("refused", "对纪委自身或其成员，同级不得办理，由上级纪委或者党委办理", _tl(4))
    if track == "party" and kind == "cadre" and target.get("party_member") is False:
        found.add("refused", "不是中共党员，应走监察问责", _tl(5), _jcf(on))
    if relation == "higher":
        found.add("refused", "对象由上级管理，应报上级", _tl(9))
    if act == "decide" and relation == "lower" and "taken_over" not in flags:
        found.add("refused", "对象由下级管理：应责成有管理权限的机关决定；上级已启动或者提级办理的除外", _tl(9, 2))


def _check_flags(found: _Finding, act: str, flags: set[str]) -> None:
    if "already_filed" in flags:
        found.add("refused", "已被立案审查，不再另行启动问责调查", _tl(9, 3))
    if act == "decide" and "not_met_on_facts" in flags:
        found.add("refused", "事实材料没有与对象见面", _tl(11))
    if act == "initiate" and "no_consequence" in flags:
        found.add("refused", "没有恶劣影响、严重后果或者重大损失，应转第一种形态", _tl(7))
    if "catch_all_only" in flags:
        found.add("warn", "只引第十一项兜底情形，须说明理由并联审", _tl(7))


def _own_principal(found: _Finding, held: set[str]) -> None:
    if "body_principal" not in held:
        found.add("needs_approval", "须经本机关主要负责人审批", _tl(9, 1), missing="body_principal")


def _initiation(
    found: _Finding, track: str, body: Mapping[str, Any], target: Mapping[str, Any], held: set[str]
) -> None:  # fmt: skip
    found.add("allowed", "", _tl(9, 1))
    below = body["type"] in BELOW_COMMITTEE
    directly_led = target.get("relation") == "same_committee" and (
        target["type"] == "organization" or target.get("principal")
    )
    _own_principal(found, held)
    if (
        track == "party"
        and below
        and directly_led
        and "same_committee_principal" not in held
        and "same_committee" not in held
    ):
        found.add(
            "needs_approval", "同级党委直接领导的党组织及其主要负责人，须报同级党委主要负责人批准", _tl(9, 1),
            missing="same_committee_principal",
        )  # fmt: skip


def _committee(found: _Finding, held: set[str], why: str) -> None:
    if not held & COMMITTEE_APPROVALS:
        found.add("needs_approval", why, _tl(12, 3), missing="same_committee")


def _measure(
    found: _Finding, track: str, body: Mapping[str, Any], target: Mapping[str, Any], code: str, held: set[str], on: dt.date
) -> None:  # fmt: skip
    proposed = code.startswith(PROPOSE)
    told = data.measure_rows()[code.removeprefix(PROPOSE)]
    name = told.name
    if told.kind == "first_form":
        found.add("refused", f"{name}属第一种形态，不是问责方式，按第一种形态办理", _tl(8))
        return
    if told.kind in ("discipline", "probation") and target.get("party_member") == "probationary":
        found.add("refused", f"预备党员不适用{name}：批评教育、延长预备期、取消资格另按规定", Citation("JLCF", "36"))
        return
    wanted = "organization" if target["type"] == "organization" else "cadre"
    if told.target not in (wanted, "both") and not (told.target == "probationary" and proposed):
        whom = "党组织" if told.target == "organization" else "干部"
        found.add("refused", f"{name}只适用于{whom}", _tl(8))
        return
    if told.kind == "administrative" and target.get("retired"):
        found.add("refused", f"退休后不再给予{name}", Citation("ZWCF", "27"))
        return
    if track == "supervisory":
        _supervisory(found, told, target, held, proposed=proposed, on=on)
    else:
        _party(found, told, body, target, held, proposed=proposed)


def _supervisory(
    found: _Finding, told: data.Measure, target: Mapping[str, Any], held: set[str], *, proposed: bool, on: dt.date
) -> None:  # fmt: skip
    answer = told.who[COLUMN["supervisory"]]
    if proposed:
        found.add("allowed", "", _jcf(on))
        return
    if answer == "propose":
        found.add("refused", f"监委对{told.name}只能提出建议", _jcf(on))
    elif answer != "decide":
        found.add("refused", f"监察问责没有{told.name}", _jcf(on))
    elif told.kind == "administrative":
        found.add("allowed", "", _jcf(on), Citation("ZWCF", "8"))
        if target.get("relation") == "same_committee" and target.get("principal") and "same_committee" not in held:
            found.add("needs_approval", "同级党委管理的主要负责人，须报同级党委", _jcf(on), missing="same_committee")
    else:
        found.add("allowed", "", _jcf(on))
        if target.get("party_member") is True:
            found.add("warn", "中共党员领导干部原则上先走党内问责", _jcf(on))


def _party(
    found: _Finding, told: data.Measure, body: Mapping[str, Any], target: Mapping[str, Any], held: set[str], *, proposed: bool
) -> None:  # fmt: skip
    relation = target.get("relation", "own")
    committee_column = body["type"] == "party_committee"
    column = "party_committee" if committee_column else ("same_committee" if relation == "same_committee" else "own")
    answer = told.who[COLUMN[column]]
    if proposed:
        if told.kind in ("discipline", "probation", "administrative"):
            found.add("allowed", "", _tl(15))
            _initiation(found, "party", body, target, held)
        elif answer in ("propose", "approve", "decide"):
            found.add("allowed", "", _tl(12, 3))
            if relation == "same_committee" and not committee_column:
                _committee(found, held, f"建议{told.name}须先报同级党委或者其主要负责人批准")
        else:
            found.add("refused", f"{told.name}按党章和纪律处分条例规定的权限和程序办理", _tl(12))
        return
    if answer == "decide":
        found.add("allowed", "", _tl(12))
    elif answer == "approve":
        found.add("allowed", "", _tl(12, 2 if target["type"] == "organization" else 3))
        _committee(found, held, f"{told.name}须报经同级党委或者其主要负责人批准")
    elif answer == "propose":
        found.add("refused", f"对{told.name}只能提出建议，由有管理权限的党委决定", _tl(12, 3))
    elif answer == "other":
        found.add("refused", f"{told.name}按党章和纪律处分条例规定的权限和程序另行办理", _tl(12))
    else:
        found.add("refused", f"党内问责没有{told.name}；需要政务处分的，通报有关机关", _tl(15))
