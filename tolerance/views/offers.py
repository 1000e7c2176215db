"""Which acts a page offers to whom; the services decide again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tolerance.enums import FilingState, VersionState
from tolerance.services import common
from wenze.law import data

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from tolerance.models import Filing, FilingVersion


@dataclass(frozen=True)
class Offer:
    """A button: the step, its word, whether it is pressed at once, whether it is the main one; ``why`` it cannot be pressed."""

    step: str
    label: str
    at_once: bool = False
    main: bool = False
    why: str = ""


def offered(row: Filing, versions: Sequence[FilingVersion], user: Any, today: dt.date) -> list[Offer]:
    """In the order in which they stand."""
    found: list[Offer] = []
    version = next((each for each in versions if each.state in ("draft", "submitted", "supplement")), None)
    if common.may_file(user, row.organization):
        found += _of_the_unit(row, version, today)
    if common.may_receive(user, row):
        found += _of_the_receiver(row, version)
    return found


def _of_the_unit(row: Filing, version: FilingVersion | None, today: dt.date) -> list[Offer]:
    found: list[Offer] = []
    if version is not None and version.state == VersionState.DRAFT:
        found.append(Offer("edit", "继续填写", main=True))
        if not row.supplement_note:
            found.append(Offer("discard", "撤销草稿", at_once=True))
    if version is not None and version.state == VersionState.SUPPLEMENT:
        found.append(Offer("supply", "补正", at_once=True, main=True))
    in_effect = row.state == FilingState.REGISTERED and row.valid_until is not None and today <= row.valid_until
    if in_effect and version is None:
        found.append(Offer("change", "变更备案"))
        most = int(data.tolerance_settings()["renewals"])
        found.append(Offer("renew", "续期", why="" if row.renewals < most else f"本级规定可以续期{most}次，已经续过"))
    if row.state in (FilingState.SUBMITTED, FilingState.SUPPLEMENT, FilingState.REGISTERED):
        found.append(Offer("withdraw", "撤回"))
    return found


def _of_the_receiver(row: Filing, version: FilingVersion | None) -> list[Offer]:
    found: list[Offer] = []
    if version is not None and version.state == VersionState.SUBMITTED:
        late = row.registered_on is None and row.is_explanation
        if late:
            found.append(Offer("keep", "收存为说明材料", main=True))
        else:
            why = "负面清单自查有命中，只能不予备案" if version.hits else ""
            found.append(Offer("register", "登记备案", main=True, why=why))
        found += [Offer("ask", "通知补正"), Offer("refuse", "不予备案")]
    if row.state == FilingState.REGISTERED:
        found.append(Offer("lapse", "作失效处理"))
    return found
