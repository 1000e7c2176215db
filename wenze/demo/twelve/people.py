"""The organisations, posts, cadres, duties and filings of the case of the old brickworks (data/case_12.yaml); all invented."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from responsibility.enums import ListSource, PostGroup, Responsibility
from responsibility.models import Duty, DutyList, Problem
from responsibility.rows import ProblemRow, Row
from responsibility.services import duties, problems
from tolerance.models import ResidentScope
from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.deadlines.workdays import ONE
from wenze.demo import filings
from wenze.demo.stories import upload
from wenze.demo.world import invented_id
from wenze.ids import uuid7
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
TAKES_OVER = {"DW1": "C1", "DW2": "C4"}
"""To whom the work went when it was divided anew."""
PROBLEMS = {
    "PB1": ("assessment", "2024年上半年党建责任考核通报", "示例县委党建工作领导小组", 3),
    "PB2": ("supervision", "执纪监督情况反馈", "示例市纪委监委", 1),
    "PB3": ("inspection_tour", "巡察反馈意见", "中共示例县委第二巡察组", 3),
    "PB4": ("inspection_tour", "省级生态环境保护督察反馈意见", "省级生态环境保护督察组", 3),
}
"""Source, paper, who found it, its term in months."""
OWNERS = {"PB1": "C1", "PB2": "D1", "PB3": "C4", "PB4": "C6"}
"""The chief of each unit on that day."""
POSTS = {
    "镇长": "镇长",
    "班子成员": "（没有）",
    "领导班子": "（没有）",
    "支部委员会": "（没有）",
    "分管副局长": "副局长",
    "分管副县长": "副县长",
    "局党委书记、局长": "党委书记、局长",
}
"""By which words of the post's name it is found; who is no post has none."""
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
        self.problems: dict[str, Problem] = {}
        self.filings: dict[str, Filing] = {}
        self._organizations()
        self._cadres()
        self._duties()
        self._problems()
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
        self._account("hrcounty", "任县级", Role.HR, "G13")
        self._account("unit12", "联络员", Role.UNIT, *(row["org"] for row in told()["duty_lists"]))

    def _account(self, username: str, name: str, role: Role, *codes: str) -> None:
        """HR of the county, which keeps the cadres that the county committee manages; the liaison of the units of this story."""
        user = User(
            username=username, name=name, organization=self.organizations[codes[0]], commission=self.demo, password=self.world.hr.password
        )  # fmt: skip
        user.save()
        self.world.users[username] = user
        for code in codes:
            RoleAssignment.objects.create(
                user=user, role=role, organization=self.organizations[code], from_on=dt.date(2020, 1, 1), confirmed_at=clock.now()
            )  # fmt: skip

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
        for row in told()["work_divisions"]:
            for code in (row["person"], TAKES_OVER[row["id"]]):
                self._divided(self.cadres[code], row["from"], row["to"], f"{row['document']}：{spoken(row['text'])}")

    def _divided(self, cadre: Cadre, since: dt.date, until: dt.date | None, division: str) -> None:
        """Another division of work between two days: the appointment is cut, the post is the same."""
        held = Appointment.objects.in_force_on(since).get(cadre=cadre)
        last = held.until_on
        ends = [day for day in (until, last) if day is not None]
        held.until_on = since - ONE
        held.save(update_fields=["until_on"])
        Appointment.objects.create(
            cadre=cadre, post=held.post, from_on=since, until_on=min(ends) if ends else None, division_of_work=division
        )
        if until is not None and (last is None or until < last):
            Appointment.objects.create(cadre=cadre, post=held.post, from_on=until + ONE, until_on=last)

    def _duties(self) -> None:
        """Six lists, drafted by the units' liaison, published by the conduct office, each on its first day.

        The town's is the second version of its year, as the story says: the first was published the day before.
        """
        for row in told()["duty_lists"]:
            own = [each for each in told()["duties"] if each["list"] == row["id"]]
            for version in range(1, row["version"] + 1):
                made = self._duty_list(row, own, row["from"] - dt.timedelta(days=row["version"] - version))
            made.in_force_until = row["to"]
            made.save(update_fields=["in_force_until"])
            self.duties |= {duty.number: duty for duty in made.duties.all()}

    def _duty_list(self, row: dict[str, Any], own: list[dict[str, Any]], since: dt.date) -> DutyList:
        organization = self.organizations[row["org"]]
        head = duties.Head(
            organization=organization, year=row["year"], source=SOURCES.get(row["source"], ListSource.DIVISION),
            source_document=row["source"], in_force_from=since,
        )  # fmt: skip
        made = duties.draft(
            submission=uuid7(),
            head=head,
            rows=[self._duty(organization, each) for each in own],
            actor=self.world.unit12,
            on=since,
        )
        duties.submit(list_id=made.pk, actor=self.world.unit12, on=since)
        return duties.publish(list_id=made.pk, actor=self.world.conduct, on=since)

    def _duty(self, organization: Organization, row: dict[str, Any]) -> Row:
        """A duty on its post, where the story names one that somebody held."""
        is_team = row["post"] in ("领导班子", "支部委员会")
        group = PostGroup.TEAM if is_team else PostGroup.PRINCIPAL if "书记" in row["post"] else PostGroup.MEMBER
        post = Post.objects.filter(
            organization=organization, name__contains=POSTS.get(row["post"], row["post"])
        ).first()
        return Row(row["id"], group, row["text"], LIABILITY[row["liability"]], row["quantity"], post)

    def _problems(self) -> None:
        """Four problems of four sources: each registered on its day, put right on its day, but for the one that never was."""
        for row in told()["problem_lists"]:
            source, paper, found_by, months = PROBLEMS[row["id"]]
            unit = self.organizations[row["org"]]
            owner = self.cadres.get(OWNERS[row["id"]])
            made = problems.register_list(
                submission=uuid7(), head=problems.ListHead(source, paper, found_by, row["found"]),
                rows=[ProblemRow(row["id"], unit, row["text"], row["measure"], owner, "", months)], actor=self.world.conduct, on=row["found"],
            )  # fmt: skip
            problem = made.problems.get()
            self.problems[row["id"]] = problem
            if row["done"] is not None:
                problems.report(
                    problem_id=problem.pk, reported_on=row["done"], text=f"{row['measure']}，已办结。", actor=self.world.unit12,
                    on=row["done"], uploads=upload(f"{row['id']}凭证.pdf"),
                )  # fmt: skip
                problems.accept(
                    problem_id=problem.pk, acceptance="查验属实，同意销号。", actor=self.world.casemgmt, on=row["done"]
                )

    def _filings(self) -> None:
        """The filing in advance (TF1) and the explanation handed in after the act (TF2)."""
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

    def _late(self, cadre: str, organization: str, title: str, filed: dt.date, code: str) -> Filing:
        """Handed in when the act (29 March 2024) was long done: an explanation only, registered by nobody."""
        return filings.submitted(
            self.world, self.organizations[organization], self.cadres[cadre], filed, title=title, code=code,
            starts_on=told()["tolerance"]["filings"][1]["conduct_from"], ends_on=filed, practice=title,
        )  # fmt: skip
