"""Taking names, places and numbers out of a text, and saying which of them still stand in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wenze.people.models import Organization, User

if TYPE_CHECKING:
    from cases.models import Case

STEMS = "甲乙丙丁戊己庚辛壬癸"
SHORTEST = 2
DATE = re.compile(r"\d{4}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}\s*日?|\d{4}\s*年(?:\d{1,2}\s*月)?|\d{1,2}月\d{1,2}日")
NUMBERED = re.compile(r"[\u4e00-\u9fff]{0,12}〔\s*\d{4}\s*〕\s*(?:第?\s*\d+\s*号|[\u4e00-\u9fff]+第\s*\d+\s*号)?")
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
PLACE = re.compile(
    r"(?:[\u4e00-\u9fff]{2}省|[\u4e00-\u9fff]{2}市|[\u4e00-\u9fff]{2}[县区]|[\u4e00-\u9fff]{2}[镇乡])(?=[\u4e00-\u9fff])"
)


def persons_of(case: Case) -> list[str]:
    """The people of a case: its subjects, its team, who stands on the trail, and the office's own."""
    names = {subject.cadre.name for subject in case.subjects.select_related("cadre") if subject.cadre is not None}
    names |= set(case.team.values_list("user__name", flat=True))
    names |= set(case.trail.exclude(cadre=None).values_list("cadre__name", flat=True))
    names |= set(User.objects.filter(commission_id=case.commission_id).values_list("name", flat=True))
    return sorted((name for name in names if len(name) >= SHORTEST), key=len, reverse=True)


def organizations_in(text: str) -> list[str]:
    """The organisations whose names, long or short, stand in a text; longer names first."""
    found = set()
    for pair in Organization.objects.values_list("name", "short_name").iterator():
        found |= {name for name in pair if name and len(name) > SHORTEST and name in text}
    return sorted(found, key=len, reverse=True)


def anonymised(text: str, case: Case) -> str:
    """The text with persons, organisations, places, papers, dates and figures replaced; a draft for a person to edit."""
    for number, name in enumerate(n for n in persons_of(case) if n in text):
        text = text.replace(name, f"某{STEMS[number % len(STEMS)]}")
    for name in organizations_in(text):
        text = text.replace(name, "某单位")
    for pattern, word in ((NUMBERED, "某文件"), (DATE, "某日"), (PLACE, "某地"), (DIGITS, "若干")):
        text = pattern.sub(word, text)
    return text


def left_in(text: str, case: Case) -> list[str]:
    """What would still name somebody or something: told before an entry is released."""
    found = [name for name in persons_of(case) if name in text]
    found += organizations_in(text)
    found += [match.group() for match in DIGITS.finditer(text)]
    return list(dict.fromkeys(found))
