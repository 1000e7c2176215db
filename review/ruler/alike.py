"""What makes two matters alike: kind, track, responsibility, consequence, circumstances, situation, level (条例第六、七、十七至十九条)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from cases.enums import CircumstanceKind, SubjectKind, Tier, Track
from cases.models import ThresholdTest
from wenze.law import consequence_name, consequences, situation_name
from wenze.people.enums import Level, PostRank

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from cases.models import Case, Subject

SIGNS = {CircumstanceKind.EXEMPTING: "E", CircumstanceKind.LIGHTER: "L", CircumstanceKind.HEAVIER: "H"}
SIGN_NAMES = {"E": "不予或免予", "L": "从轻减轻", "H": "从重加重"}
LEVELS = (Level.TOWN, Level.COUNTY, Level.CITY, Level.PROVINCE, Level.CENTRAL)
WEIGHT = {Tier.FULL: 2, Tier.MAIN: 1, Tier.IMPORTANT: 0}
NAMES = {
    "kind": "对象类别", "track": "轨道", "tier": "责任", "consequence": "后果", "circumstance": "情节", "situation": "情形", "rank": "层次",
}  # fmt: skip


@dataclass(frozen=True)
class Profile:
    """The criteria of one subject, as the columns of the flat table hold them."""

    kind: str
    track: str
    tier: str
    consequence: str
    circumstance: str
    situation: str
    rank: int

    def values(self) -> dict[str, Any]:
        return asdict(self)

    def words(self) -> dict[str, str]:
        """Each criterion as the screens say it."""
        return {name: worded(name, value, self.kind) for name, value in self.values().items()}


def worded(name: str, value: Any, kind: str) -> str:
    """One criterion in Chinese."""
    if name == "kind":
        return str(SubjectKind(value).label)
    if name == "track":
        return str(Track(value).label)
    if name == "tier":
        return str(Tier(value).label) if value else "未区分"
    if name == "consequence":
        return "、".join(consequence_name(code) for code in value.split("+")) if value else "没有登记"
    if name == "circumstance":
        return "、".join(SIGN_NAMES[sign] for sign in value) or "没有"
    if name == "situation":
        return situation_name(value) if value else "没有登记"
    if kind == SubjectKind.ORGANIZATION:
        return f"{LEVELS[value - 1].label}组织" if value else "没有登记"
    return str(PostRank(value).label) if value else "没有登记"


def consequence_key(codes: Iterable[str]) -> str:
    """Consequences as one value, in the law's own order."""
    found = set(codes)
    return "+".join(each.code for each in consequences() if each.code in found)


def circumstance_key(kinds: Iterable[str]) -> str:
    """The signs of the circumstances that were found: exempting, lighter, heavier; objective conditions weigh nothing here."""
    found = set(kinds)
    return "".join(sign for kind, sign in SIGNS.items() if kind in found)


def profiles_of(case: Case, subjects: Iterable[Subject]) -> dict[Any, Profile]:
    """The criteria of these subjects of one case; three queries, however many they are.

    The responsibility is that of the standing attributions, the heaviest; before there is one, the tier applied for.
    """
    rows = list(subjects)
    tested = ThresholdTest.objects.filter(clue__case=case).values_list("consequences", flat=True)
    consequence = consequence_key(code for codes in tested for code in codes)
    keys = [row.pk for row in rows]
    tiers: dict[Any, list[str]] = {}
    attributed = case.subjects.filter(pk__in=keys, attributions__withdrawn_on__isnull=True)
    for pk, tier in attributed.values_list("pk", "attributions__tier"):
        if tier:
            tiers.setdefault(pk, []).append(tier)
    signs: dict[Any, list[str]] = {}
    found = case.subjects.filter(pk__in=keys, circumstances__adopted=True)
    for pk, kind in found.values_list("pk", "circumstances__kind"):
        signs.setdefault(pk, []).append(kind)
    return {
        row.pk: Profile(
            kind=row.kind, track=row.track,
            tier=max(tiers.get(row.pk, [row.tier]), key=lambda tier: WEIGHT.get(Tier(tier), 0) if tier else -1),
            consequence=consequence, circumstance=circumstance_key(signs.get(row.pk, ())),
            situation=row.situation or case.situation, rank=rank_of(row),
        )
        for row in rows
    }  # fmt: skip


def rank_of(subject: Subject) -> int:
    """The level of the post at the time; of an organisation, its own."""
    if subject.organization is not None:
        return LEVELS.index(Level(subject.organization.level)) + 1
    return int(subject.post.rank) if subject.post is not None else 0
