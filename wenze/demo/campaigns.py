"""Two campaigns of the demonstration, with the matters that stand under them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cases.models import Case, Clue
from cases.services import campaigns
from wenze.ids import uuid7

if TYPE_CHECKING:
    from wenze.demo.world import World

CAMPAIGNS = (
    (
        campaigns.Told("作风效能专项整治", "示例纪发〔2026〕5号", dt.date(2026, 1, 5), dt.date(2026, 12, 31), "style"),
        ("窗口", "投诉", "审批", "许可"),
    ),
    (
        campaigns.Told("安全生产责任落实专项", "示例纪发〔2026〕8号", dt.date(2026, 1, 5), None, "production_safety"),
        ("旧砖厂", "停水", "供水"),
    ),
)
"""What the papers say, and the words in the titles of the matters that they cover."""


def run_campaigns(world: World) -> None:
    """Open both; put under each what its title speaks of."""
    for told, words in CAMPAIGNS:
        row = campaigns.open_campaign(submission=uuid7(), told=told, actor=world.conduct, on=told.from_on)
        for case in Case.objects.filter(commission=row.commission):
            if any(word in case.title for word in words):
                campaigns.assign_case(case_id=case.pk, campaign=row, actor=world.conduct)
        for clue in Clue.objects.filter(commission=row.commission):
            if any(word in clue.title for word in words):
                campaigns.assign_clue(clue_id=clue.pk, campaign=row, actor=world.conduct)
