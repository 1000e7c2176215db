"""A block of generated cases: ten units of its own with chiefs, deputies and duty lists, and two inspectors of its own."""

from __future__ import annotations

import os
import time
import uuid
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from responsibility.models import Duty, DutyList
from wenze.crypto import keys
from wenze.crypto.models import DataKey
from wenze.demo.bulk import spelling
from wenze.demo.bulk.templates import Template
from wenze.demo.bulk.texts import Filling, Text, gap
from wenze.demo.world import CHIEFS, DEPUTIES, UNITS
from wenze.people import idcard
from wenze.people.models import Appointment, Cadre, Organization, Post, RoleAssignment, User
from wenze.people.models.cadre import id_number_index
from wenze.people.pinyin import pinyin
from wenze.search.models import SearchEntry

if TYPE_CHECKING:
    from wenze.demo.bulk.texts import Recipe

STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
GIVEN = "安邦昌达恩方广恒嘉康乐明宁平庆仁善泰文祥远正志卓"
INSPECTORS = {"inspector": "程示例", "inspector2": "林样张"}
CASES = 100
"""So many cases share a block."""


def prefix() -> str:
    """The first 28 digits of a row of UUIDs (version 7): time, then chance; the last four number the rows."""
    milliseconds = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(8), "big")
    value = milliseconds << 80 | 0x7 << 76 | (chance >> 48 & 0xFFF) << 64 | 0x8 << 60 | (chance & 0xFFF_FFFF_FFFF) << 16
    return str(uuid.UUID(int=value))[:-4]


def place_name(number: int) -> str:
    """某某甲子, 某某乙丑 …: sixty, then with a second character."""
    cycle, place = divmod(number, 60)
    more = GIVEN[(cycle - 1) % len(GIVEN)] * ((cycle - 1) // len(GIVEN) + 1) if cycle else ""
    return f"某某{STEMS[place % 10]}{BRANCHES[place % 12]}{more}"


def person_name(told: str, number: int) -> str:
    """The surname of the one he stands for, 某, and a character: seen to be invented."""
    first, second = divmod(number, len(GIVEN))
    return f"{told[0]}某{GIVEN[second]}{GIVEN[first % len(GIVEN)] if first else ''}"


class BlockTemplate(Template):
    """The rows of the world that a block has for itself."""

    def __init__(self) -> None:
        units = Organization.objects.filter(code__regex=r"^[UP]-[a-z]+$")
        posts = Post.objects.filter(organization__in=units)
        appointments = Appointment.objects.filter(post__in=posts, cadre__name__in=(*CHIEFS, *DEPUTIES))
        cadres = Cadre.objects.filter(pk__in=appointments.values("cadre"))
        lists = DutyList.objects.filter(organization__in=units, drafted_by__isnull=True)
        users = User.objects.filter(username__in=INSPECTORS)
        chosen: tuple[Any, ...] = (
            units, posts, cadres, appointments, lists, Duty.objects.filter(duty_list__in=lists), users,
            RoleAssignment.objects.filter(user__in=users),
        )  # fmt: skip
        rows = {each.model._meta.label: list(each.order_by("pk")) for each in chosen}
        ids = [row.pk for each in rows.values() for row in each]
        rows[SearchEntry._meta.label] = list(
            SearchEntry.objects.filter(Q(object_id__in=ids) & Q(kind__in=list(rows))).order_by("pk")
        )
        self.people = [(row.pk, row.gender, row.born_on) for row in rows[Cadre._meta.label]]
        words = dict(names())
        for row in rows[Organization._meta.label]:
            words[row.code] = f"{row.code}-{gap('block')}"
        super().__init__(rows, own="B", above={}, words=words)
        self.people_key = DataKey.objects.for_people(rows[Cadre._meta.label][0].commission_id)
        self.ids = {pk: told for pk, told in self._ids.items() if pk in set(ids)}

    def _value(self, label: str, row: Any, column: Any) -> str:
        name = column.attname
        quote = "" if spelling.copies() else "'"
        if name == "pinyin":
            said = row.short_name or row.name if isinstance(row, Organization) else row.name
            text = Text(self.said(said))
            self.recipes[f"pinyin:{row.pk}"] = lambda filling: pinyin(text.told(filling))
            return f"{quote}{gap(f'pinyin:{row.pk}')}{quote}"
        if label == Cadre._meta.label and name == "id_number":
            return spelling.bytes_with(gap(f"number:{row.pk}"))
        if label == Cadre._meta.label and name == "id_number_index":
            return f"{quote}{gap(f'index:{row.pk}')}{quote}"
        if label == User._meta.label and name == "username":
            return f"{quote}{row.username}-{gap('block')}{quote}"
        return super()._value(label, row, column)

    def filling(self, block: int) -> Filling:
        """What one block says of its own."""
        made = prefix()
        known = {"B": made, "B:x": made.replace("-", ""), "block": f"{block:04d}"}
        for code, _ in UNITS:
            known[f"unit:{code}"] = place_name(block)
        for told in (*CHIEFS, *DEPUTIES, *INSPECTORS.values()):
            known[f"name:{told}"] = person_name(told, block)
        filling = Filling(known, dict(self.recipes))
        key = self.people_key.open()
        for place, (pk, gender, born_on) in enumerate(self.people):
            number = _id_number(born_on, block * len(self.people) + place, gender)
            bound = Text(f"people.Cadre|{self._ids[pk]}|id_number").told(filling)
            filling[f"number:{pk}"] = spelling.sealed(keys.seal(key, number.encode(), bound))
            filling[f"index:{pk}"] = id_number_index(number)
        filling.recipes |= self.indexed(lambda: Filling(dict(filling), filling.recipes))
        return filling


def _id_number(born_on: Any, serial: int, gender: str) -> str:
    """As ``world.invented_id``, of further districts that do not exist (9901…)."""
    district, place = divmod(serial, 499)
    first = f"99{district + 1:04d}{born_on:%Y%m%d}{place * 2 + (gender == '男'):03d}"
    return first + idcard.check_character(first)


def names() -> dict[str, str]:
    """The names of the world that another block says otherwise."""
    found = {short: gap(f"unit:{code}") + short.removeprefix("某某") for code, short in UNITS}
    return found | {told: gap(f"name:{told}") for told in (*CHIEFS, *DEPUTIES, *INSPECTORS.values())}


def recipes(filling: Filling, template: Template) -> dict[str, Recipe]:
    """All that a template works out for a block."""
    return template.recipes | template.indexed(lambda: Filling(dict(filling), template.recipes))


__all__ = ["CASES", "BlockTemplate", "names", "prefix", "recipes"]
