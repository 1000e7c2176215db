"""What the signers of a recommendation letter see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup.papers import ground_of
from wenze.workflow.dossier import BUILDERS, Dossier, Section

if TYPE_CHECKING:
    from followup.models import RecommendationLetter


@BUILDERS.entry("followup.RecommendationLetter")
def letter_dossier(letter: RecommendationLetter, step: str) -> Dossier:
    """The letter as it would be issued, beside its case."""
    shown = (
        ("案号", letter.case.number), ("案件", letter.case.title), ("文种", letter.get_kind_display()),
        ("受文单位", letter.to_organization.name), ("依据", ground_of(letter.kind)), ("存在问题", letter.problems), ("原因", letter.causes),
        ("建议", letter.advice), ("回复时限", f"收到之日起{letter.reply_days}日内"),
    )  # fmt: skip
    return Dossier(
        step=step, question=f"是否签发该{letter.get_kind_display()}书？", not_asked="不是对该单位或者其人员责任的认定。",
        brief=[letter.case.title, str(letter), letter.advice[:80]],
        sections=[Section(key="letter", title=f"{letter.get_kind_display()}书", pairs=[list(pair) for pair in shown])],
    )  # fmt: skip
