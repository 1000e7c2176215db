"""Fairness within the case (条例第三条 权责一致、错责相当; 第六条 不得向下推卸责任): its subjects side by side, and what does not fit."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from cases.enums import SubjectKind
from cases.models import TrailEvent
from review.ruler.alike import LEVELS, WEIGHT
from wenze.people.enums import Level, OrganizationKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cases.models import Case, Subject
    from review.ruler.proposed import Proposed

AT_THE_BASE = (OrganizationKind.PARTY_BRANCH, OrganizationKind.ENTERPRISE)
"""基层党组织 and enterprises, whoever owns them, answer for themselves and for no level of leadership."""
HELD_FROM = 2
"""From this severity on somebody is held to account; below it are 不予、免予 and the first form."""


def _explained(lighter: Proposed, heavier: Proposed) -> str:
    """The circumstances that may explain why the one gets less than the other."""
    told = []
    if "H" in heavier.profile.circumstance:
        told.append(f"{heavier.subject.name}有从重加重情节")
    if {"L", "E"} & set(lighter.profile.circumstance):
        told.append(f"{lighter.subject.name}有从轻、减轻或者免责情节")
    return f"（{'；'.join(told)}）" if told else ""


def _between(one: Proposed, other: Proposed) -> str:
    """What does not fit between two cadres of the case; empty where nothing does not."""
    for light, heavy in ((one, other), (other, one)):
        if WEIGHT[light.profile.tier] < WEIGHT[heavy.profile.tier] and light.severity > heavy.severity:  # type: ignore[index]
            return (
                f"{light.subject.name}是{light.profile.words()['tier']}，拟{light.words}；{heavy.subject.name}是"
                f"{heavy.profile.words()['tier']}，拟{heavy.words}：责任轻的处理反而重{_explained(heavy, light)}"
            )
        led, chief = light.subject, heavy.subject
        same = (
            led.post is not None and chief.post is not None and led.post.organization_id == chief.post.organization_id
        )
        if same and chief.is_principal and not led.is_principal and light.severity > heavy.severity:
            return (
                f"{chief.name}是主要负责人，拟{heavy.words}；其班子成员{led.name}拟{light.words}：主要负责人处理轻于"
                f"其所领导的人{_explained(heavy, light)}"
            )
    return ""


def level_of(subject: Subject) -> int:
    """The level at which a subject stood: of his post's organisation, or of the organisation itself; 基层 stands below all."""
    organization = subject.post.organization if subject.post is not None else subject.organization
    if organization is None or organization.kind in AT_THE_BASE:
        return 0
    return LEVELS.index(Level(organization.level))


def _below(case: Case, items: Sequence[Proposed]) -> Iterator[str]:
    """All the blame lands below: the highest level that had a hand in it bears nothing."""
    held = [level_of(item.subject) for item in items if item.severity >= HELD_FROM]
    if not held:
        return
    involved = {level_of(item.subject) for item in items}
    acting = TrailEvent.objects.standing().filter(case=case, post__isnull=False)
    acting = acting.exclude(post__organization__kind__in=AT_THE_BASE)
    for level in acting.order_by().values_list("post__organization__level", flat=True).distinct():
        involved.add(LEVELS.index(Level(level)))
    if max(involved) > max(held):
        yield f"责任偏在下级：{LEVELS[max(involved)].label}无人被问责，被问责的最高只到{LEVELS[max(held)].label}"


def warnings_of(case: Case, items: Sequence[Proposed]) -> list[str]:
    """Every warning, in the order of the subjects."""
    cadres = [item for item in items if item.subject.kind == SubjectKind.CADRE and item.profile.tier in WEIGHT]
    found = [text for one, other in combinations(cadres, 2) if (text := _between(one, other))]
    return [*found, *_below(case, items)]
