"""The distribution as a picture: a bar a measure from light to heavy, the band behind it, this proposal marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wenze.law.severity import outcome_name

if TYPE_CHECKING:
    from review.models import Comparison
    from review.ruler.ladder import Reading

NAME_W, BAR_W, TAIL_W, ROW_H, TOP = 132, 250, 118, 26, 6


@dataclass(frozen=True)
class Bar:
    """One line of the picture."""

    name: str
    y: int
    width: int
    text: str
    is_inside: bool
    is_proposed: bool

    @property
    def middle(self) -> int:
        return self.y + ROW_H // 2

    @property
    def baseline(self) -> int:
        return self.middle + 5

    @property
    def tail(self) -> int:
        """Where the words beside the bar begin."""
        return NAME_W + self.width + 8


def picture(
    shares: list[dict[str, Any]], band: tuple[int, int] | None, proposal: tuple[int, str] | None
) -> dict[str, Any]:
    """``shares``: ``code``, ``severity``, ``count``, ``percent``; the proposal gets a line even where nobody had it."""
    rows = [dict(row) for row in shares]
    if proposal is not None and proposal[1] not in {row["code"] for row in rows}:
        rows.append({"code": proposal[1], "severity": proposal[0], "count": 0, "percent": 0})
    rows.sort(key=lambda row: (row["severity"], row["code"]))
    most = max((row["count"] for row in rows), default=0) or 1
    bars = [
        Bar(
            outcome_name(row["code"]), TOP + number * ROW_H, round(BAR_W * row["count"] / most),
            f"{row['count']}件 {row['percent']:g}%",
            band is not None and band[0] <= row["severity"] <= band[1],
            proposal is not None and row["code"] == proposal[1],
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip
    inside = [bar for bar in bars if bar.is_inside]
    return {
        "bars": bars, "width": NAME_W + BAR_W + TAIL_W, "height": TOP * 2 + len(bars) * ROW_H, "name_w": NAME_W,
        "name_x": NAME_W - 8, "row_h": ROW_H, "bar_h": ROW_H - 10,
        "band_y": inside[0].y if inside else 0, "band_h": len(inside) * ROW_H, "has_band": bool(inside),
    }  # fmt: skip


def of_reading(reading: Reading, proposal: tuple[int, str] | None) -> dict[str, Any]:
    """The picture of the ruler as it reads now."""
    shares = [
        {"code": row.code, "severity": row.severity, "count": row.count, "percent": row.percent}
        for row in reading.shares
    ]
    band = (reading.band.low, reading.band.high) if reading.band else None
    return picture(shares, band, proposal)


def of_look(look: Comparison, code: str) -> dict[str, Any]:
    """The picture as it was seen then."""
    band = (look.band_from, look.band_to) if look.band_from is not None and look.band_to is not None else None
    return picture(look.distribution, band, (look.severity, code))
