"""Cases from before the system (往案登记), so that the ruler of the demonstration has like cases; all invented."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from review.services import ruler
from review.services.ruler import Past
from wenze.people.enums import PostRank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wenze.demo.world import World

FIRST = dt.date(2023, 1, 9)
R = PostRank
GRAVE = ("adverse", "heavy_loss")
ORDINARY: tuple[tuple[dict[str, Any], dict[str, int]], ...] = (
    ({"tier": "MAIN", "situation": "S04", "consequences": ("adverse",), "rank": R.COUNTY_CHIEF},
     {"first_form": 3, "circulation": 9, "admonishment": 16, "post_adjustment": 2}),
    ({"tier": "IMPORTANT", "situation": "S04", "consequences": ("adverse",), "rank": R.COUNTY_DEPUTY},
     {"first_form": 5, "circulation": 12, "admonishment": 6}),
    ({"kind": "organization", "tier": "FULL", "situation": "S04", "consequences": ("adverse",), "rank": 3},
     {"first_form": 3, "inspection": 15, "circulation": 8}),
)  # fmt: skip
"""What ordinary cases of the demonstration are compared with."""

BRICKWORKS: tuple[tuple[dict[str, Any], dict[str, int]], ...] = (
    ({"tier": "MAIN", "situation": "S09", "consequences": GRAVE, "circumstances": ("heavier",), "rank": R.TOWNSHIP_CHIEF},
     {"admonishment": 11, "post_adjustment": 6, "removal": 2}),
    ({"track": "supervisory", "tier": "MAIN", "situation": "S09", "consequences": GRAVE, "rank": R.COUNTY_DEPUTY},
     {"admin_warning": 9, "admin_demerit": 14, "admin_major_demerit": 3}),
)  # fmt: skip
"""What C1 and C7 of case-12 are compared with (spec/case-12.yaml, ``ruler``)."""


def _rows(series: str, told: tuple[tuple[dict[str, Any], dict[str, int]], ...]) -> Iterator[Past]:
    number = 0
    for shared, ended in told:
        for code, count in ended.items():
            for _ in range(count):
                number += 1
                without = code in ("first_form", "not_accountable", "exempted")
                criteria: dict[str, Any] = {"kind": "cadre", "track": "party", "circumstances": (), **shared}
                yield Past(
                    reference=f"往案〔{series}〕{number}号", outcome=code if without else "accountable",
                    measures=() if without else (code,), decided_on=FIRST + dt.timedelta(days=7 * number), **criteria,
                )  # fmt: skip


def ordinary(world: World, on: dt.date) -> None:
    """Those that the ordinary stories meet."""
    rows = list(_rows("示例", ORDINARY))
    ruler.register_past(commission=world["DEMO"], rows=rows, actor=world.casemgmt, on=on)


def brickworks(world: World, on: dt.date) -> None:
    """Those that case-12 meets."""
    rows = list(_rows("旧砖厂", BRICKWORKS))
    ruler.register_past(commission=world["DEMO"], rows=rows, actor=world.casemgmt, on=on)
