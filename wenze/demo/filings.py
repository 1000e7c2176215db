"""Filings in advance of the demonstration, in several states, each moved by the use-cases (contract.md “Demonstration world”)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.base import File
from django.utils import timezone

from tolerance.authority import receiver_of
from tolerance.enums import FileKind, ItemKind, VersionKind
from tolerance.models import Filing, FilingVersion, ListEdition
from tolerance.services import drafting, handling
from tolerance.services.drafting import Content
from wenze.ids import uuid7

if TYPE_CHECKING:
    from wenze.demo.world import World
    from wenze.people.models import Cadre, Organization, User

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
YEAR = dt.timedelta(days=364)


def told(
    organization: Organization, cadre: Cadre, on: dt.date, *, code: str = "P01", title: str, starts_on: dt.date, ends_on: dt.date, **more: Any
) -> Content:  # fmt: skip
    """A whole filing, as somebody fills it in who has thought of everything; all invented."""
    commission = receiver_of(cadre, organization).commission
    edition = ListEdition.objects.prefetch_related("items").in_force(commission.pk, on)
    items = list(edition.items.all())
    asked = [key for item in items if item.kind == ItemKind.NEGATIVE for key, _ in item.asked]
    values = {
        "title": title, "item": next(item for item in items if item.code == code),
        "background": "落实本年度改革任务，群众多次反映办理环节多、时间长。", "gap": "现行规定没有写明可否先办后补，两个文件的先后次序不一。",
        "practice": "选两个窗口试行，材料容缺受理，先办后补，逐件登记。", "risks": "补件超期的逐件提醒；超期三件以上的，当日停止试行。",
        "loss_ceiling": Decimal("460000.00"), "starts_on": starts_on, "ends_on": ends_on, "meeting": "党组会议（示例纪要第7号）", "met_on": on,
        "minutes": "示例党组纪要〔示例〕7号：同意试行，按月评估。", "dissent": "一名成员提出补件期限偏长，采纳后改为十日。",
        "legality": "法制机构审查：没有抵触法律法规的情形。", "expert": "两名示例专家论证：可行，须设停止条件。", "no_private_gain": True,
        "prejudgement": "属于改革任务，先行先试，没有先例；不谋私利。", "signed_by": "示例签字人",
        "self_check": dict.fromkeys(asked, "no"),
        "distinctions": {
            "public": {"level": "0", "facts": "受益为办事群众，责任人及亲属不在其中"},
            "permitted": {"level": "1", "facts": "两个文件次序不一，均未禁止"},
            "unintended": {"level": "0", "facts": "集体研究，有论证和审查"},
        },
        **more,
    }  # fmt: skip
    uploads = [(FileKind.MINUTES, _paper("会议纪要.pdf")), (FileKind.SCAN, _paper("签字盖章件.pdf"))]
    return Content(values, [cadre], uploads)


def _paper(name: str) -> File[bytes]:
    return File(BytesIO(PDF), name=name)


def at(on: dt.date) -> dt.datetime:
    """An instant of that day, in office hours."""
    return timezone.make_aware(dt.datetime.combine(on, dt.time(9, 12, 7)))


def drafted(world: World, organization: Organization, cadre: Cadre, on: dt.date, **more: Any) -> Filing:
    """Begun by the unit's account; for a unit that has none, by the conduct office."""
    content = told(organization, cadre, on, **more)
    actor = _filer(world, organization)
    return drafting.begin(submission=uuid7(), organization=organization, content=content, actor=actor, on=on)


def submitted(world: World, organization: Organization, cadre: Cadre, on: dt.date, **more: Any) -> Filing:
    """Handed in on that day."""
    row = drafted(world, organization, cadre, on, **more)
    return drafting.submit(filing_id=row.pk, actor=row.filed_by, on=on, at=at(on))


def registered(
    world: World, organization: Organization, cadre: Cadre, on: dt.date, registered_on: dt.date, **more: Any
) -> Filing:
    """Handed in, and registered by another."""
    row = submitted(world, organization, cadre, on, **more)
    return accepted(world, row, registered_on)


def accepted(world: World, row: Filing, on: dt.date) -> Filing:
    """Registered by somebody who did not file it."""
    return handling.register(
        filing_id=row.pk, opinion="材料齐全，在正面清单之内，准予登记。", actor=receiver(world, row), on=on
    )


def renewed(world: World, row: Filing, on: dt.date, until: dt.date) -> Filing:
    """Renewed and registered on one day."""
    drafting.begin_version(
        filing_id=row.pk,
        kind=VersionKind.RENEWAL,
        reason="试点效果需要再评估一年",
        until=until,
        actor=row.filed_by,
        on=on,
    )
    drafting.submit(filing_id=row.pk, actor=row.filed_by, on=on, at=at(on))
    return accepted(world, row, on)


def receiver(world: World, row: Filing) -> User:
    """The conduct office; case supervision, where the conduct office filed on a unit's behalf."""
    return world.casemgmt if row.filed_by_id == world.conduct.pk else world.conduct


def _filer(world: World, organization: Organization) -> User:
    return world.unit if organization.pk == world.unit.organization_id else world.conduct


def add_filing(world: World, code: str, filed_on: dt.date) -> Filing:
    """A registered filing of a unit's deputy (容错备案)."""
    return registered(
        world, world[f"P-{code}"], world.deputies[code], filed_on, filed_on + dt.timedelta(days=7), title="“一窗通办”试点容错备案",
        starts_on=filed_on + dt.timedelta(days=8), ends_on=filed_on + YEAR,
    )  # fmt: skip


def long_ago(world: World) -> None:
    """Two of the beginning of 2024, expired since."""
    for code, title, day in (("edu", "午间托管社会化试点", 9), ("water", "老旧管网先修后审试点", 15)):
        on = dt.date(2024, 1, day)
        registered(
            world, world[f"P-{code}"], world.deputies[code], on, on + dt.timedelta(days=6), title=title,
            starts_on=on + dt.timedelta(days=20), ends_on=on + dt.timedelta(days=200), code="P02" if code == "water" else "P01",
        )  # fmt: skip


def of_the_units(world: World, today: dt.date) -> None:
    """What stands in the register today: of the account ``unit`` in every state that it can see, of others a few.

    All are of deputies: the chiefs are those whom the cases of the demonstration ask, and they filed nothing.
    """

    def ago(days: int) -> dt.date:
        return today - dt.timedelta(days=days)

    gov, deputy = world["P-gov"], world.deputies["gov"]
    soon = {"starts_on": today + dt.timedelta(days=20), "ends_on": today + dt.timedelta(days=300)}
    drafted(world, gov, deputy, today, title="证明事项告知承诺扩围试点", **soon)
    wanting = submitted(world, gov, deputy, ago(6), title="跨窗口容缺受理试点", **soon)
    handling.ask_supplement(
        filing_id=wanting.pk, note="请补充停止试行的条件；会议纪要没有写明表决情况。", actor=world.conduct, on=ago(3)
    )
    standing = registered(
        world,
        gov,
        deputy,
        ago(150),
        ago(143),
        title="“一件事”集成办理试点",
        starts_on=ago(140),
        ends_on=today + dt.timedelta(days=180),
    )
    drafting.begin_version(
        filing_id=standing.pk, kind=VersionKind.CHANGE, reason="试点窗口由两个扩到五个", actor=world.unit, on=ago(60)
    )
    changed = FilingVersion.objects.get(filing=standing, state="draft")
    drafting.save(
        filing_id=standing.pk,
        content=Content({"title": changed.title, "practice": "扩到五个窗口，其余不变。"}),
        actor=world.unit,
        on=ago(60),
    )
    drafting.submit(filing_id=standing.pk, actor=world.unit, on=ago(60), at=at(ago(60)))
    accepted(world, standing, ago(57))
    late = submitted(
        world, gov, deputy, ago(40), title="延时服务的补充说明", starts_on=ago(90), ends_on=today, code="P05"
    )
    handling.keep_as_explanation(filing_id=late.pk, opinion="报送时已经实施。", actor=world.conduct, on=ago(38))
    submitted(world, world["P-culture"], world.deputies["culture"], ago(2), title="场馆夜间开放先行先试", **soon)
    refused = submitted(
        world, world["P-market"], world.deputies["market"], ago(30), title="检查频次下调试点", code="P05", **soon
    )
    handling.refuse(
        filing_id=refused.pk,
        reason="上级文件明令不得下调重点领域的检查频次。",
        actor=receiver(world, refused),
        on=ago(27),
    )
    back = submitted(world, world["P-agri"], world.deputies["agri"], ago(25), title="补贴先拨后验试点", **soon)
    drafting.withdraw(filing_id=back.pk, reason="改由上级统一试点", actor=world.conduct, on=ago(20))
