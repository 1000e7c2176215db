"""What an ordinary case leaves to be changed: a point with its item, a letter, 举一反三."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from followup.services import education, letters, reform
from wenze.ids import uuid7

if TYPE_CHECKING:
    from wenze.demo.world import World
    from wenze.people.models import User


class Reforming:
    """The stages of a story that belong to 以案促改."""

    world: World
    code: str
    day: dt.date
    case: Any

    def later(self, days: int) -> dt.date:
        raise NotImplementedError

    def sign(self, about: Any, step: str, *signers: User) -> None:
        raise NotImplementedError

    def reformed(self) -> None:
        """以案促改: where it faded, and what the unit must change by when; the closed volume leaves it running."""
        unit = self.world[f"P-{self.code}"]
        point = reform.name_blockage(
            case_id=self.case.pk, kind="attenuation", deviation="pressure", link="supervision", organization=unit,
            text="两次提醒到科室为止，主要负责人没有督办，压力传导逐级衰减", submission=uuid7(), actor=self.world.inspector, on=self.day,
        )  # fmt: skip
        reform.add_item(
            blockage_id=point.pk, requirement="建立超时办件逐日提醒、主要负责人直接督办的制度，逐件销号", responsible=unit,
            owner=f"{unit.short_name}书记", start_on=self.day, submission=uuid7(), actor=self.world.inspector, on=self.day,
        )  # fmt: skip

    def recommended(self) -> None:
        """A letter to the unit, received and not yet answered; 举一反三 asked of two units."""
        world, unit = self.world, self.world[f"P-{self.code}"]
        letter = letters.draft_letter(
            case_id=self.case.pk, submission=uuid7(), actor=world.inspector, on=self.day,
            draft=letters.LetterDraft(
                kind="joint", to_organization=unit, problems="窗口超时办件长期不督办，两次提醒均未整改。",
                causes="压力传导不到位，窗口作风没有列入党组议事。", advice="一、每季度研究一次窗口作风。\n二、建立超时办件提级督办制度。",
                reply_days=45,
            ),
        )  # fmt: skip
        letters.ask_signatures(letter_id=letter.pk, actor=world.inspector, on=self.day)
        self.sign(letter, "issue_letter", world.deputy, world.principal)
        letters.receive_letter(letter_id=letter.pk, received_on=self.later(1), actor=world.inspector, on=self.day)
        education.open_education(
            case_id=self.case.pk, kind="inference", title="窗口作风问题举一反三自查", text="对照本案自查窗口超时办件，逐件列出、逐件整改。",
            units=[unit, world["P-edu"]], due_on=self.day + dt.timedelta(days=60), submission=uuid7(), actor=world.casemgmt, on=self.day,
        )  # fmt: skip
