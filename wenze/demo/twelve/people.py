"""The organisations, posts, cadres, duties and filings of the case of the old brickworks (data/case_12.yaml); all invented."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from responsibility.enums import ListSource, ListState, PostGroup, Responsibility
from responsibility.models import Duty, DutyList
from tolerance.models import ResidentScope
from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.demo import filings
from wenze.demo.world import invented_id
from wenze.people.enums import Level, OrganizationKind, PartyMembership
from wenze.people.models import Appointment, Cadre, Organization, Post, RoleAssignment, User

if TYPE_CHECKING:
    from tolerance.models import Filing
    from wenze.demo.world import World

DATA = Path(__file__).parent.parent / "data" / "case_12.yaml"
K = OrganizationKind
STANDING = {"G01": "DEMO-PC", "G02": "DEMO", "G03": "DEMO-P", "G04": "DEMO-X-PC", "G05": "DEMO-X", "G15": "DEMO-ZZB"}
"""Organisations of the story that the demonstration has anyway."""
KINDS = {
    "政府": K.ADMINISTRATIVE, "职能部门（党委）": K.ADMINISTRATIVE, "党组": K.PARTY_GROUP, "派驻机构": K.RESIDENT_OFFICE,
    "国企党委": K.PARTY_COMMITTEE, "党的工作机关": K.WORKING_ORGAN, "巡察组": K.OTHER, "事故调查组": K.OTHER,
    "基层党委": K.PARTY_COMMITTEE, "派出机构党组": K.PARTY_GROUP, "国企党支部": K.PARTY_BRANCH,
}  # fmt: skip
LEVELS = {"city": Level.CITY, "county": Level.COUNTY, "town": Level.TOWN, "enterprise": Level.CITY}
KEY_POSTS = ("C1", "C2", "C4", "C6", "C8")
SOURCES = {"三定": ListSource.ESTABLISHMENT, "权责清单": ListSource.POWERS}
LIABILITY = {"主体": Responsibility.PRINCIPAL, "监督": Responsibility.SUPERVISORY, "领导": Responsibility.LEADERSHIP}


SPOKEN = re.compile(r" ?(?<![A-Za-z0-9])(EV|[CDGO])(\d{1,2})(?![0-9]) ?")


@lru_cache(maxsize=1)
def told() -> dict[str, Any]:
    """The story as it is written down."""
    found: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return found


def spoken(text: str) -> str:
    """A text of the story with its codes said as people say them: C1 as his name, EV17 as 证17."""
    names = {row["id"]: row["name"] for row in (*told()["people"], *told()["organizations"])}

    def said(match: re.Match[str]) -> str:
        return f"证{int(match[2])}" if match[1] == "EV" else names.get(match[1] + match[2], match[0])

    return SPOKEN.sub(said, text)


class People:
    """The rows of the story by the names it gives them: ``G01``, ``O1``, ``C1``, ``DT01``, ``TF1``."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.demo = world["DEMO"]
        self.organizations: dict[str, Organization] = {}
        self.cadres: dict[str, Cadre] = {}
        self.duties: dict[str, Duty] = {}
        self.filings: dict[str, Filing] = {}
        self._organizations()
        self._cadres()
        self._duties()
        self._filings()

    def _organizations(self) -> None:
        for row in told()["organizations"]:
            code = row["id"]
            if code in STANDING:
                self.organizations[code] = self.world[STANDING[code]]
                continue
            name = row["name"]
            led_by = self.organizations.get(row["led_by"] or "")
            is_personnel = name.endswith("组织部")
            short = name.removeprefix("中共")
            if not is_personnel:
                short = short.removeprefix("示例市").removeprefix("示例县")
            self.organizations[code] = Organization.objects.create(
                code=f"C12-{code}", name=name, short_name=short[:60], kind=K.HR if is_personnel else KINDS[row["kind"]],
                level=LEVELS.get(row["level"], Level.CITY), commission=self.demo, directly_led_by=led_by,
                parent=led_by if is_personnel else None,
            )  # fmt: skip
        self._personnel_account(self.organizations["G13"])

    def _personnel_account(self, office: Organization) -> None:
        """HR of the county: it keeps the cadres that the county committee manages."""
        user = User(username="hrcounty", name="任县级", organization=office, commission=self.demo)
        user.password = self.world.hr.password
        user.save()
        self.world.users["hrcounty"] = user
        RoleAssignment.objects.create(
            user=user, role=Role.HR, organization=office, from_on=dt.date(2020, 1, 1), confirmed_at=clock.now()
        )

    def _cadres(self) -> None:
        for row in told()["people"]:
            manager = self.organizations[row["manager"]]
            cadre = Cadre(
                commission=self.demo, name=row["name"], gender="男", born_on=dt.date(1974, 3, 1), managed_by=manager,
                party_membership=PartyMembership.MEMBER if row["party"] else PartyMembership.NONE,
                retired_on=row.get("retired_on"),
            )  # fmt: skip
            cadre.set_id_number(invented_id(cadre.born_on, 100 + len(self.cadres)))
            cadre.save()
            self.cadres[row["id"]] = cadre
            for held in row["posts"]:
                post, _ = Post.objects.get_or_create(
                    organization=self.organizations[held["org"]], name=held["title"],
                    defaults={
                        "rank": row["rank"] or 1, "is_principal": held["principal"], "is_leading": row["rank"] >= 2,  # noqa: PLR2004 -- 乡科级副职
                        "is_key": row["id"] in KEY_POSTS,
                    },
                )  # fmt: skip
                Appointment.objects.create(cadre=cadre, post=post, from_on=held["from"], until_on=held["to"])

    def _duties(self) -> None:
        lists = {
            row["id"]: DutyList.objects.create(
                commission=self.demo, organization=self.organizations[row["org"]], year=row["year"], version=row["version"],
                source=SOURCES.get(row["source"], ListSource.DIVISION), source_document=row["source"],
                in_force_from=row["from"], in_force_until=row["to"], state=ListState.PUBLISHED, published_on=row["from"],
            )
            for row in told()["duty_lists"]
        }  # fmt: skip
        for row in told()["duties"]:
            is_team = row["post"] in ("领导班子", "支部委员会")
            self.duties[row["id"]] = Duty.objects.create(
                duty_list=lists[row["list"]], number=row["id"], text=row["text"], quantity=row["quantity"],
                group=PostGroup.TEAM if is_team else PostGroup.PRINCIPAL if "书记" in row["post"] else PostGroup.MEMBER,
                responsibility=LIABILITY[row["liability"]],
            )  # fmt: skip

    def _filings(self) -> None:
        """The filing in advance (TF1), the explanation handed in after the act (TF2), the claim without any (TC1)."""
        for office, organization in (("G09", "G08"), ("G09", "O3"), ("G11", "G10"), ("G11", "O4")):
            ResidentScope.objects.create(
                commission=self.demo, office=self.organizations[office], organization=self.organizations[organization]
            )
        spoken = told()["tolerance"]
        first, second = spoken["filings"]
        row = filings.registered(
            self.world, self.organizations[first["org"]], self.cadres[first["subject"]], first["submitted"], first["registered"],
            title=first["matter"], starts_on=first["conduct_from"], ends_on=first["valid_to"], code="P01",
            practice="试点期间以在线监管替代人工月检，每季度评估一次，台账按月归集。", risks="在线数据中断两日以上的，恢复人工检查。",
        )  # fmt: skip
        self.filings[first["id"]] = filings.renewed(self.world, row, first["renewed"], first["renewed_to"])
        self.filings[second["id"]] = self._late(
            second["subject"], second["org"], second["matter"], second["submitted"], "P02"
        )
        claim = spoken["claims"][0]
        self.filings[claim["id"]] = self._late(claim["subject"], "O1", claim["ground"], claim["submitted"], "P03")

    def _late(self, cadre: str, organization: str, title: str, filed: dt.date, code: str) -> Filing:
        """Handed in when the act (29 March 2024) was long done: an explanation only, registered by nobody."""
        return filings.submitted(
            self.world, self.organizations[organization], self.cadres[cadre], filed, title=title, code=code,
            starts_on=told()["tolerance"]["filings"][1]["conduct_from"], ends_on=filed, practice=title,
        )  # fmt: skip
