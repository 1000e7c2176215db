"""Organisations, posts, cadres and accounts of the demonstration (contract.md “Demonstration world”)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.hashers import make_password

from responsibility.enums import ListSource, ListState, PostGroup, Responsibility
from responsibility.models import Duty, DutyList
from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.deadlines.workdays import ONE
from wenze.demo.filings import add_filing
from wenze.people import idcard
from wenze.people.enums import Level, OrganizationKind, PostRank
from wenze.people.models import Appointment, Cadre, Organization, Post, RoleAssignment, User

__all__ = ["World", "add_filing", "build", "invented_id"]

LONG_AGO = dt.date(2020, 1, 1)
K = OrganizationKind

UNITS = (
    ("gov", "某某政务服务局"), ("edu", "某某教育局"), ("water", "某某水务局"), ("culture", "某某文旅局"), ("civil", "某某民政局"),
    ("market", "某某市场监管局"), ("traffic", "某某交通运输局"), ("agri", "某某农业农村局"), ("archive", "某某档案馆"),
    ("sports", "某某体育局"),
)  # fmt: skip
CHIEFS = ("单某某", "曾甲一", "解乙二", "杨䶮某", "阿某某·示例", "赵丙三", "钱丁四", "孙戊五", "李己六", "周庚七")
DEPUTIES = ("仇某甲", "任某乙", "华某丙", "吴某丁", "郑某戊", "王某己", "冯某庚", "陈某辛", "褚某壬", "卫某癸")


@dataclass
class World:
    """What was made, by the names that the stories use."""

    organizations: dict[str, Organization] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    chiefs: dict[str, Cadre] = field(default_factory=dict)
    deputies: dict[str, Cadre] = field(default_factory=dict)

    def __getitem__(self, code: str) -> Organization:
        return self.organizations[code]

    def __getattr__(self, name: str) -> User:
        try:
            found: User = self.__dict__["users"][name]
        except KeyError as error:
            raise AttributeError(name) from error
        return found

    def account_of(self, organization: Organization | None) -> User | None:
        """The account of a unit or an HR organ, if it has one."""
        if organization is None:
            return None
        return next((user for user in self.users.values() if user.organization_id == organization.pk), None)


def build() -> World:
    """The world before anything happened in it."""
    world = World()
    _organs(world)
    _units(world)
    _accounts(world)
    return world


def _organization(
    world: World, code: str, name: str, short: str, kind: str, level: str, **more: object
) -> Organization:
    made = Organization.objects.create(code=code, name=name, short_name=short, kind=kind, level=level, **more)
    world.organizations[code] = made
    return made


def _organs(world: World) -> None:
    for prefix, place, level in (
        ("DEMO-P", "示例省", Level.PROVINCE),
        ("DEMO", "示例市", Level.CITY),
        ("DEMO-X", "示例县", Level.COUNTY),
    ):
        committee = _organization(world, f"{prefix}-PC", f"中共{place}委员会", f"{place}委", K.PARTY_COMMITTEE, level)
        commission = _organization(
            world, prefix, f"中共{place}纪律检查委员会", f"{place}纪委监委", K.COMMISSION, level,
            directly_led_by=committee, agency_code=place.removesuffix("市"), supervisory_name=f"{place}监察委员会",
        )  # fmt: skip
        Organization.objects.filter(pk=committee.pk).update(commission=commission)
        committee.commission = commission
        _organization(
            world, f"{prefix}-JD", f"{place}纪委监委第三监督检查室", "第三监督检查室", K.OFFICE, level,
            parent=commission, commission=commission,
        )  # fmt: skip
    demo = world["DEMO"]
    for lower, upper in (("DEMO-X-PC", "DEMO-PC"), ("DEMO-PC", "DEMO-P-PC")):
        world[lower].directly_led_by = world[upper]
        world[lower].save(update_fields=["directly_led_by"])
    for code, name in (
        ("DF", "党风政风监督室"), ("AG", "案件监督管理室"), ("SL", "案件审理室"), ("JD5", "第五监督检查室"), ("BGS", "办公厅"),
    ):  # fmt: skip
        _organization(
            world, f"DEMO-{code}", f"示例市纪委监委{name}", name, K.OFFICE, Level.CITY, parent=demo, commission=demo
        )
    for code, name in (("PZ1", "驻某某政务服务局纪检监察组"), ("PZ2", "驻某某教育局纪检监察组")):
        _organization(
            world,
            f"DEMO-{code}",
            f"示例市纪委监委{name}",
            name,
            K.RESIDENT_OFFICE,
            Level.CITY,
            parent=demo,
            commission=demo,
        )
    _organization(
        world, "DEMO-ZZB", "中共示例市委组织部", "示例市委组织部", K.HR, Level.CITY, parent=world["DEMO-PC"], commission=demo,
        directly_led_by=world["DEMO-PC"],
    )  # fmt: skip


def _units(world: World) -> None:
    demo, committee = world["DEMO"], world["DEMO-PC"]
    for (code, short), chief_name, deputy_name in zip(UNITS, CHIEFS, DEPUTIES, strict=True):
        unit = _organization(
            world,
            f"U-{code}",
            f"示例市{short}",
            short,
            K.ADMINISTRATIVE,
            Level.CITY,
            commission=demo,
            directly_led_by=committee,
        )
        group = _organization(
            world, f"P-{code}", f"中共示例市{short}党组", f"{short}党组", K.PARTY_GROUP, Level.CITY, commission=demo,
            directly_led_by=committee, parent=unit,
        )  # fmt: skip
        chief = Post.objects.create(
            organization=group, name="党组书记、局长", rank=PostRank.COUNTY_CHIEF, is_principal=True
        )
        deputy = Post.objects.create(organization=group, name="党组成员、副局长", rank=PostRank.COUNTY_DEPUTY)
        world.chiefs[code] = _cadre(demo, committee, chief_name, "男", 1972, chief, "主持全面工作")
        world.deputies[code] = _cadre(demo, committee, deputy_name, "女", 1976, deputy, "分管窗口服务和政务公开")
        _duties(demo, group, chief, deputy)


def invented_id(born_on: dt.date | None, serial: int, gender: str = "男") -> str:
    """An ID number of a district that does not exist (990000), right in its form (GB 11643)."""
    day = born_on or LONG_AGO
    first = f"990000{day:%Y%m%d}{serial % 499 * 2 + (gender == '男'):03d}"
    return first + idcard.check_character(first)


def _cadre(
    demo: Organization, committee: Organization, name: str, gender: str, year: int, post: Post, division: str
) -> Cadre:
    cadre = Cadre(commission=demo, name=name, gender=gender, born_on=dt.date(year, 6, 1), managed_by=committee)
    cadre.set_id_number(invented_id(cadre.born_on, Cadre.objects.filter(commission=demo).count() + 1, gender))
    cadre.save()
    Appointment.objects.create(cadre=cadre, post=post, from_on=LONG_AGO, division_of_work=division)
    return cadre


def _duties(demo: Organization, group: Organization, chief: Post, deputy: Post) -> None:
    """The list that bound until the end of 2025, and that of 2026 with one duty more."""
    since, until = dt.date(2024, 1, 1), dt.date(2025, 12, 31)
    common = {"commission": demo, "organization": group, "source": ListSource.DIVISION}
    earlier = DutyList.objects.create(
        **common, year=2024, source_document="2024年度责任清单", in_force_from=since, in_force_until=until, published_on=since,
        state=ListState.SUPERSEDED,
    )  # fmt: skip
    now = DutyList.objects.create(
        **common, year=2026, source_document="2026年度责任清单", in_force_from=until + ONE, published_on=until + ONE,
        state=ListState.PUBLISHED,
    )  # fmt: skip
    told = (
        ("1", PostGroup.TEAM, None, "每季度研究一次窗口服务作风建设", "每季度一次", Responsibility.PRINCIPAL),
        ("2", PostGroup.PRINCIPAL, chief, "对群众投诉集中的问题直接督办，逐件销号", "逐件", Responsibility.LEADERSHIP),
        ("3", PostGroup.MEMBER, deputy, "每月到窗口检查，督促超时事项整改", "每月一次", Responsibility.LEADERSHIP),
    )
    for listed, duties in ((earlier, told[:2]), (now, told)):
        for position, (number, by, post, text, quantity, kind) in enumerate(duties, 1):
            Duty.objects.create(
                duty_list=listed, position=position, number=number, group=by, post=post, text=text, quantity=quantity,
                responsibility=kind,
            )  # fmt: skip


def _accounts(world: World) -> None:
    password = make_password(settings.WENZE_DEMO_PASSWORD)
    rows = (
        ("inspector", "程示例", "DEMO-JD", "DEMO", Role.INSPECTOR, ("DEMO-JD",)),
        ("inspector2", "林样张", "DEMO-JD", "DEMO", Role.INSPECTOR, ("DEMO-JD",)),
        ("inspector3", "罗样本", "DEMO-JD5", "DEMO", Role.INSPECTOR, ("DEMO-JD5",)),
        ("inspector4", "裴样稿", "DEMO-JD", "DEMO", Role.INSPECTOR, ("DEMO-JD",)),
        ("head", "何示范", "DEMO-JD", "DEMO", Role.HEAD, ("DEMO-JD", "DEMO-JD5")),
        ("conduct", "康演练", "DEMO-DF", "DEMO", Role.CONDUCT, ("DEMO-DF",)),
        ("casemgmt", "安虚拟", "DEMO-AG", "DEMO", Role.CASEMGMT, ("DEMO-AG",)),
        ("trial", "申模拟", "DEMO-SL", "DEMO", Role.TRIAL, ("DEMO-SL",)),
        ("trial2", "沈假设", "DEMO-SL", "DEMO", Role.TRIAL, ("DEMO-SL",)),
        ("trial3", "单推演", "DEMO-SL", "DEMO", Role.TRIAL, ("DEMO-SL",)),
        ("deputy", "费分管", "DEMO", "DEMO", Role.LEADER, ("DEMO-JD", "DEMO-JD5", "DEMO-DF")),
        ("principal", "朱主任", "DEMO", "DEMO", Role.PRINCIPAL, ("DEMO",)),
        ("pcommittee", "党办甲", "DEMO-PC", "DEMO", Role.PARTY_COMMITTEE, ("DEMO-PC",)),
        ("pcommittee2", "党办乙", "DEMO-PC", "DEMO", Role.PARTY_COMMITTEE, ("DEMO-PC",)),
        ("superior", "尚省级", "DEMO-P", "DEMO-P", Role.SUPERIOR, ("DEMO-P",)),
        ("county", "项县级", "DEMO-X-JD", "DEMO-X", Role.INSPECTOR, ("DEMO-X-JD",)),
        ("hr", "任组织", "DEMO-ZZB", "DEMO", Role.HR, ("DEMO-ZZB",)),
        ("unit", "单位员", "P-gov", "DEMO", Role.UNIT, ("P-gov",)),
        ("sysadmin", "系统员", "DEMO-BGS", "DEMO", Role.SYSADMIN, ("DEMO",)),
        ("secadmin", "安全员", "DEMO-BGS", "DEMO", Role.SECADMIN, ("DEMO",)),
        ("secadmin2", "安全员二", "DEMO-BGS", "DEMO", Role.SECADMIN, ("DEMO",)),
        ("auditadmin", "审计员", "DEMO-BGS", "DEMO", Role.AUDITADMIN, ("DEMO",)),
    )
    now = clock.now()
    for username, name, organization, commission, role, scopes in rows:
        user = User(username=username, name=name, organization=world[organization], commission=world[commission])
        user.password = password
        user.save()
        world.users[username] = user
        for scope in scopes:
            RoleAssignment.objects.create(
                user=user, role=role, organization=world[scope], from_on=LONG_AGO, confirmed_at=now
            )
