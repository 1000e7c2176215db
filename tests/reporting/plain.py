"""Many respondents made in bulk, and beside them the same in plain Python: the oracle counts those, never a query."""

import datetime as dt
import random
from dataclasses import dataclass

from cases.models import Case, Decision, Dispatch, ExternalDecision, Measure, Subject
from wenze.crypto.models import DataKey
from wenze.ids import uuid7
from wenze.people.enums import Level, OrganizationKind, PostRank
from wenze.people.models import Cadre, Organization, Post

GRAVEST = {
    "circulation": 1, "admonishment": 1, "removal": 2, "party_warning": 2, "admin_demerit": 2, "demotion": 3, "party_removal": 3,
    "inspection": 0,
}  # fmt: skip
"""law.md §5, written down once more."""
TODAY = dt.date(2026, 11, 20)


@dataclass
class Fact:
    """One respondent as it was drawn."""

    cadre: object
    year: int
    outcome: str
    ours: tuple = ()
    theirs: tuple = ()
    revoked: bool = False
    rank: int = 0
    town: bool = False
    situation: str = "S05"
    campaign: object = None

    @property
    def standing(self):
        return () if self.revoked else (*self.ours, *self.theirs)

    @property
    def held(self):
        return self.outcome in ("accountable", "ordered") and bool(self.standing)

    @property
    def form(self):
        return max((GRAVEST[code] for code in self.standing), default=-1)


class Drawn:
    """A world with ``number`` respondents in cases of five, drawn from a seed."""

    def __init__(self, world, number, seed=7, campaigns=()):
        self.world, self.dice, self.facts, self.first = world, random.Random(seed), [], 1000 * seed
        demo = world["DEMO"]
        town = Organization.objects.create(
            code=f"TOWN{seed}", name="示例镇党委", short_name="示例镇党委", kind=OrganizationKind.PARTY_COMMITTEE, level=Level.TOWN,
            commission=demo, directly_led_by=world["DEMO-PC"],
        )  # fmt: skip
        self.posts = [
            Post.objects.create(organization=world["P-gov"], name=f"某职{seed}", rank=PostRank.COUNTY_CHIEF),
            Post.objects.create(organization=town, name=f"某镇职{seed}", rank=PostRank.TOWNSHIP_CHIEF),
        ]
        self.cadres = [
            Cadre(commission=demo, name=f"某{n:03d}", managed_by=world["DEMO-PC"]) for n in range(max(number // 3, 6))
        ]
        Cadre.objects.bulk_create(self.cadres)
        rows = {model: [] for model in (Case, Subject, Decision, Measure, Dispatch, ExternalDecision)}
        for place in range(0, number, 5):
            self._case(place, min(5, number - place), rows, campaigns)
        for model, made in rows.items():
            model.objects.bulk_create(made)

    def _case(self, place, size, rows, campaigns):
        world, dice, demo = self.world, self.dice, self.world["DEMO"]
        key = uuid7()
        year = dice.choice((2025, 2026))
        campaign = dice.choice((None, *campaigns))
        case = Case(
            pk=key, commission=demo, year=2026, serial=self.first + place, title=f"某案{place}", track="party", procedure="test", state="decided",
            situation=dice.choice(("S05", "S09")), field=dice.choice(("style", "ecology")), office=world["DEMO-JD"], handler=world.inspector,
            data_key=DataKey.objects.create_for(commission_id=demo.pk, about=f"cases.Case:{key}"), applied_on=dt.date(year, 1, 10),
            approved_on=dt.date(year, 1, 20), decided_on=dt.date(year, 5, 20), campaign=campaign,
        )  # fmt: skip
        rows[Case].append(case)
        for cadre in dice.sample(self.cadres, size):
            self._respondent(case, cadre, year, rows)

    def _respondent(self, case, cadre, year, rows):
        dice = self.dice
        outcome = dice.choice(
            (
                "accountable",
                "accountable",
                "accountable",
                "ordered",
                "first_form",
                "exempted",
                "not_accountable",
                "referred",
            )
        )
        town = dice.random() < 0.6
        fact = Fact(
            cadre, year, outcome, town=town, rank=3 if town else 5, situation=case.situation, campaign=case.campaign
        )
        on = dt.date(year, 5, 20)
        subject = Subject(
            case=case, kind="cadre", cadre=cadre, act_on=dt.date(2024, 1, 1), post=self.posts[town], relation="own", tier="MAIN", act="某事",
            state="decided", outcome=outcome, decided_on=on,
        )  # fmt: skip
        decision = Decision(
            subject=subject,
            outcome=outcome,
            deciding_body=case.commission,
            decided_on=on,
            reason="某",
            issued_by=self.world.principal,
        )
        rows[Subject].append(subject)
        rows[Decision].append(decision)
        if outcome == "accountable":
            fact.ours = tuple(dice.sample(("circulation", "admonishment"), dice.choice((0, 1, 2))))
            fact.revoked = bool(fact.ours) and dice.random() < 0.2
            decision.standing = "revoked" if fact.revoked else "standing"
            for code in fact.ours:
                ended = {"ended_on": dt.date(2026, 8, 1), "ended_as": "revoked"} if fact.revoked else {}
                rows[Measure].append(Measure(decision=decision, code=code, decided_on=on, **ended))
        if outcome in ("ordered", "referred") or (outcome == "accountable" and not fact.ours):
            fact.theirs = tuple(
                dice.sample(("removal", "party_warning", "party_removal", "demotion"), dice.choice((0, 1, 2)))
            )
            sent = Dispatch(
                case=case,
                subject=subject,
                kind="ordered",
                to_organization=self.world["DEMO-X"],
                matter_text="某",
                sent_on=on,
            )
            rows[Dispatch].append(sent)
            rows[ExternalDecision].append(ExternalDecision(
                commission=case.commission, case=case, dispatch=sent, cadre=cadre, decided_by="某机关", decided_on=on, number=str(subject.pk),
                measures=list(fact.theirs), registered_by=self.world.casemgmt, registered_on=on,
            ))  # fmt: skip
        self.facts.append(fact)

    def of(self, year):
        return [fact for fact in self.facts if fact.year == year]
