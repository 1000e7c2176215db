"""以案促改 of the old brickworks: four points on the chain with their items, two recommendation letters, each on its days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.models import Attribution
from followup.enums import Deviation
from followup.services import letters, reform
from wenze.demo.twelve.aftermath import Aftermath
from wenze.demo.twelve.inquiry import POWER
from wenze.demo.twelve.people import spoken, told
from wenze.ids import uuid7

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from typing import Any

    from followup.models import RecommendationLetter, ReformItem

DEVIATIONS = {deviation.label: deviation.value for deviation in Deviation}
MEASURES = {
    "RI1": "检查与复查分开定人，销号以前须实地复核", "RI2": "充实镇安全监管力量，回复督办须附现场凭证",
    "RI3": "招商项目先过安全关，集体决策逐人表态并记录", "RI4": "线上预警与现场核验同步，预警后三日内到现场",
}  # fmt: skip
PROBLEMS = {
    "RL1": ("三次检查的隐患销号没有复核。", "检查与复查两张皮，销号凭回复不看现场。"),
    "RL2": ("抽调干部脱产期间，所负安全职责无人承接。", "抽调通知没有写明职责承接人。"),
}


class Reforms(Aftermath):
    """What the case changed, told day by day."""

    items: dict[str, ReformItem]
    letters: dict[str, RecommendationLetter]

    def reformed(self) -> None:
        """Every act on its own day, in the order of the days."""
        self.items, self.letters = {}, {}
        days: list[tuple[dt.date, Callable[[dict[str, Any], dt.date], None], dict[str, Any]]] = []
        for row in told()["reform"]:
            days += [(row["start"], self._listed, row), (row["done"], self._written_off, row)]
        for row in told()["recommendation_letters"]:
            issued = next(each["date"] for each in told()["documents"] if each["id"] == row["document"])
            days += [
                (issued, self._issued, row),
                (row["received"], self._received, row),
                (row["replied"], self._replied, row),
            ]
        for on, act, row in sorted(days, key=lambda each: each[0]):
            act(row, on)

    # --- the items --------------------------------------------------------------------------------------------------
    def _listed(self, row: dict[str, Any], on: dt.date) -> None:
        actor, power, unit = self.world.inspector, POWER[row["link"]], self.people.organizations[row["org"]]
        point = reform.name_blockage(
            case_id=self.case.pk, kind=row["obstacle"], deviation=DEVIATIONS[row["deviation"]], link=power, organization=unit,
            text=row["text"], submission=uuid7(), actor=actor, on=on,
            attribution=Attribution.objects.filter(subject=self.subjects[row["org"]], power=power).first(),
        )  # fmt: skip
        self.items[row["id"]] = reform.add_item(
            blockage_id=point.pk, requirement=MEASURES[row["id"]], responsible=unit, owner=spoken(row["owner"]), start_on=on,
            submission=uuid7(), actor=actor, on=on,
        )  # fmt: skip

    def _written_off(self, row: dict[str, Any], on: dt.date) -> None:
        """The unit is on the other network: the handler registers its report, case supervision accepts it."""
        item = self.items[row["id"]]
        reform.report_item(
            item_id=item.pk, reported_on=on, text=f"{item.requirement}，已落实。", actor=self.world.inspector, on=on
        )
        self.items[row["id"]] = reform.accept_item(
            item_id=item.pk, acceptance="实地核验，整改到位。", actor=self.world.casemgmt, on=on
        )

    # --- the letters ------------------------------------------------------------------------------------------------
    def _issued(self, row: dict[str, Any], on: dt.date) -> None:
        world, (problems, causes) = self.world, PROBLEMS[row["id"]]
        letter = letters.draft_letter(
            case_id=self.case.pk, submission=uuid7(), actor=world.inspector, on=on,
            draft=letters.LetterDraft(
                kind="discipline_recommendation", to_organization=self.people.organizations[row["to"]], problems=problems,
                causes=causes, advice=f"{row['text']}。", reply_days=row["reply_days"],
            ),
        )  # fmt: skip
        self.letters[row["id"]] = letter
        letters.ask_signatures(letter_id=letter.pk, actor=world.inspector, on=on)
        self.sign(letter, letters.STEP, world.deputy, world.principal, on=on)

    def _received(self, row: dict[str, Any], on: dt.date) -> None:
        letters.receive_letter(letter_id=self.letters[row["id"]].pk, received_on=on, actor=self.world.inspector, on=on)

    def _replied(self, row: dict[str, Any], on: dt.date) -> None:
        self.letters[row["id"]] = letters.reply_to_letter(
            letter_id=self.letters[row["id"]].pk, replied_on=on, reply=f"已采纳：{row['text']}。", adopted=True,
            actor=self.world.inspector, on=on,
        )  # fmt: skip
