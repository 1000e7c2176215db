"""Settled outcomes as a commission would have them after years, made in bulk; a few of them planted where nobody ends.

The generator knows nothing of the ruler: an outcome follows from responsibility, consequence and circumstances by the trade's own
rule of thumb, with the spread that people have; the situation and the level hardly matter.
"""

import datetime as dt
import random
from dataclasses import dataclass

from review.models import SettledOutcome
from review.ruler.alike import Profile, circumstance_key, consequence_key
from wenze.law import severity

CADRE = ("not_accountable", "first_form", "circulation", "admonishment", "suspension", "post_adjustment", "ordered_resignation", "removal",
         "demotion", "party_warning", "party_serious_warning", "party_removal", "party_probation_1y", "party_probation_2y", "party_expulsion")  # fmt: skip
SUPERVISORY = ("not_accountable", "first_form", "circulation", "admonishment", "admin_warning", "admin_demerit", "admin_major_demerit",
               "admin_downgrade", "admin_dismissal", "admin_discharge")  # fmt: skip
ORGANIZATION = ("not_accountable", "first_form", "inspection", "circulation", "reorganization")
LADDERS = {("cadre", "party"): CADRE, ("cadre", "supervisory"): SUPERVISORY, ("organization", "party"): ORGANIZATION}
SITUATIONS = ("S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08", "S09", "S10", "S11")
WEIGHTS = (1, 4, 2, 8, 16, 10, 8, 14, 12, 22, 3)
CONSEQUENCES = (
    (("adverse",), 50, 0),
    (("serious",), 25, 0),
    (("heavy_loss", "adverse"), 15, 2),
    (("serious", "adverse"), 10, 1),
)
CIRCUMSTANCES = (
    ((), 60, 0),
    (("lighter",), 20, -1),
    (("heavier",), 12, 1),
    (("lighter", "heavier"), 5, 0),
    (("exempting",), 3, -2),
)
SPREAD = ((0, 78), (-1, 10), (1, 10), (-2, 1), (2, 1))
FIRST = dt.date(2020, 1, 6)


@dataclass(frozen=True)
class Made:
    """One generated matter: its criteria, how it ended, and whether that was planted."""

    profile: Profile
    code: str
    is_planted: bool

    @property
    def severity(self):
        level, _ = severity.heaviest(self.code, [self.code])
        return level


def _one_of(chance, told):
    return chance.choices(told, weights=[row[1] for row in told])[0]


def _criteria(chance):
    kind, track = chance.choices(list(LADDERS), weights=(66, 12, 22))[0]
    codes, _, heavier = _one_of(chance, CONSEQUENCES)
    signs, _, shift = _one_of(chance, CIRCUMSTANCES)
    organization = kind == "organization"
    tier = "FULL" if organization else chance.choices(("MAIN", "IMPORTANT"), weights=(55, 45))[0]
    rank = (
        chance.choices((1, 2, 3), weights=(40, 45, 15))[0]
        if organization
        else chance.choices((2, 3, 4, 5), weights=(35, 35, 18, 12))[0]
    )
    profile = Profile(
        kind,
        track,
        tier,
        consequence_key(codes),
        circumstance_key(signs),
        chance.choices(SITUATIONS, weights=WEIGHTS)[0],
        rank,
    )
    usual = 2 + (tier == "MAIN") + heavier + shift
    return profile, min(max(usual, 0), len(LADDERS[kind, track]) - 1)


def generate(count, *, planted, seed):
    """``count`` matters, ``planted`` of them ended at the wrong end of the ladder."""
    chance = random.Random(seed)
    chosen = set(chance.sample(range(count), planted))
    found = []
    for number in range(count):
        profile, usual = _criteria(chance)
        ladder = LADDERS[profile.kind, profile.track]
        wrong_end = len(ladder) - 1 if usual < len(ladder) / 2 else 0
        spread = min(max(usual + _one_of(chance, SPREAD)[0], 0), len(ladder) - 1)
        found.append(Made(profile, ladder[wrong_end if number in chosen else spread], number in chosen))
    return found


def written(matters, commission, registrar):
    """The rows of the flat table for these matters."""
    SettledOutcome.objects.bulk_create(
        (
            SettledOutcome(
                commission=commission, **made.profile.values(), severity=made.severity, measure=made.code, measures=[made.code],
                decided_on=FIRST + dt.timedelta(days=number % 2000), reference=f"演练〔{number}〕", registered_by=registrar,
            )
            for number, made in enumerate(matters)
        ),
        batch_size=1000,
    )  # fmt: skip
