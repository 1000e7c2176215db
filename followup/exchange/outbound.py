"""交办包: the open items of one organisation and the papers that it may read, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases.services.moving import press_once
from followup import personnel
from followup.enums import ItemKind, ServiceWay
from followup.models import ExecutionItem, PostFormality
from followup.rules import papers_of_letters_issued_to_them
from followup.services.execution import DELIVERED, FILED, SCANNED
from wenze.access.policy import Holding
from wenze.access.roles import Role
from wenze.documents import render
from wenze.documents.models import OfficialDocument
from wenze.errors import Invalid
from wenze.exchange import archive, services
from wenze.exchange.enums import Direction, PackageKind, Result
from wenze.exchange.models import ExchangeLine, ExchangePackage
from wenze.exchange.registry import Line
from wenze.law import data
from wenze.people.enums import OrganizationKind
from wenze.people.models import Cadre, Organization
from wenze.people.selectors import managed_by_office

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from wenze.people.models import User

MOST_PAPERS = 100
"""So many papers go in one package, the oldest first; the others in the next, after the receipt."""
OWN_OFFICES = (OrganizationKind.COMMISSION, OrganizationKind.OFFICE, OrganizationKind.RESIDENT_OFFICE)


def items_for(partner: Organization, actor: User) -> Any:
    """The open items of which it is the responsible body, as far as the carrier himself is not recused."""
    rows = ExecutionItem.objects.visible_to(actor).open().filter(responsible=partner, case__commission=actor.commission)
    return rows.select_related(
        "decision__subject__cadre", "decision__subject__organization", "decision__document"
    ).prefetch_related("posts").order_by("due_on", "pk")  # fmt: skip


def readable_papers(partner: Organization) -> Any:
    """The documents that an account of this organisation would read; the rules are those of ``followup.rules``."""
    own = frozenset({partner.pk})
    found = papers_of_letters_issued_to_them(Holding(None, Role.UNIT, own))
    if partner.kind == OrganizationKind.HR:
        found |= personnel.papers_filed(Cadre.objects.filter(managed_by_office(own))) | personnel.replies_to(own)
    return OfficialDocument.objects.filter(found)


def papers_for(partner: Organization, commission: Organization) -> Any:
    """Those that the partner has not yet acknowledged, the oldest first: what was lost on the way goes again."""
    arrived = ExchangeLine.objects.filter(
        package__commission=commission, package__direction=Direction.OUT, package__partner=partner,
        package__received_on__isnull=False, about_label=OfficialDocument._meta.label,
    )  # fmt: skip
    rows = readable_papers(partner).filter(commission=commission).exclude(pk__in=arrived.values("about_id"))
    return rows.order_by("issued_on", "pk")


def _needs(item: ExecutionItem) -> dict[str, str]:
    """Which fields the answer fills beside the day and the proof, with their names on the screen."""
    needs = {"late_reason": "逾期说明（逾期的）"}
    if item.kind in DELIVERED:
        needs |= {"way": "送达方式", "recipient": "签收人", "witness": "见证人（留置送达）"}
    if item.kind in FILED:
        needs["recipient"] = "接收人"
    if item.kind in SCANNED:
        needs["proof_file"] = "本人（党组织）所写材料的扫描件"
    return needs


def _told(item: ExecutionItem) -> dict[str, Any]:
    """An item as the partner reads it: what to do, for whom, by when, on which decision."""
    document = item.decision.document
    return {
        "id": str(item.pk), "kind": item.kind, "kind_name": str(ItemKind(item.kind).label), "title": str(item),
        "due_on": item.due_on.isoformat() if item.due_on else "", "decision_number": document.number if document else "",
        "posts": [
            {"id": str(post.pk), "post": post.post} for post in item.posts.all() if post.done_on is None
        ],
        "needs": _needs(item),
    }  # fmt: skip


def compose(partner: Organization, actor: User) -> tuple[dict[str, bytes], list[Line]]:
    """The files of the package and what stands in it. Raises ``Invalid`` where there is nothing to send."""
    items, papers = list(items_for(partner, actor)), list(papers_for(partner, actor.commission)[: MOST_PAPERS + 1])
    if not items and not papers:
        raise Invalid({"partner": f"没有要发给{partner}的事项和文书。"})
    more, papers = len(papers) > MOST_PAPERS, papers[:MOST_PAPERS]
    files: dict[str, bytes] = {}
    told_papers = []
    for number, paper in enumerate(papers, 1):
        path = f"files/{number:03d}.pdf"
        files[path] = render.pdf(paper)
        told_papers.append({
            "file": path, "kind": paper.kind, "title": paper.title.replace("\n", ""), "number": paper.number,
            "issued_on": paper.issued_on.isoformat(), "verification_code": paper.verification_code,
        })  # fmt: skip
    payload = {
        "items": [_told(item) for item in items], "papers": told_papers, "more_papers": more,
        "ways": dict(ServiceWay.choices), "purposes": {row["code"]: row["name"] for row in data.check_rows()["purposes"]},
    }  # fmt: skip
    files[archive.PAYLOAD[PackageKind.ITEMS]] = archive.encoded(payload)
    lines = [Line(str(item), Result.SENT, about_label=item._meta.label, about_id=item.pk) for item in items]
    lines += [
        Line(
            f"{paper.title} {paper.number}".replace("\n", "").strip(),
            Result.SENT,
            about_label=paper._meta.label,
            about_id=paper.pk,
        )
        for paper in papers
    ]
    return files, lines


def export(*, partner: Organization, submission: uuid.UUID, actor: User, on: dt.date) -> ExchangePackage:
    """Write the package of one organisation. Raises ``NotYours``, ``Invalid`` (nothing to send; too large).

    The papers are drawn before the transaction begins: nobody waits for a lock meanwhile.
    """
    services.require_carrier(actor, actor.commission)
    if not partners_of(actor.commission).filter(pk=partner.pk).exists():
        raise Invalid({"partner": "该单位不在本机关的往来单位之内。"})
    files, lines = compose(partner, actor)
    return _sent(partner=partner, files=files, lines=lines, submission=submission, actor=actor, on=on)


@press_once(ExchangePackage, "handled_by")
def _sent(
    *,
    partner: Organization,
    files: dict[str, bytes],
    lines: list[Line],
    submission: uuid.UUID,
    actor: User,
    on: dt.date,
) -> ExchangePackage:
    return services.send(
        kind=PackageKind.ITEMS, owner=actor.commission, partner=partner, files=files, lines=lines, actor=actor, on=on,
        submission=submission,
    )  # fmt: skip


def partners_of(commission: Organization) -> Any:
    """With whom packages are exchanged: the units and HR offices in the commission's books, not its own offices."""
    return Organization.objects.filter(commission=commission, is_active=True).exclude(kind__in=OWN_OFFICES)


def whole_for(row: ExchangePackage, user: User) -> bool:
    """Whether every item in the package is one that the reader may see: who is recused reads no package of that case."""
    for model in (ExecutionItem, PostFormality):
        about = row.lines.filter(about_label=model._meta.label, about_id__isnull=False).values("about_id")
        seen = model._default_manager.visible_to(user).values("pk")
        if model._default_manager.filter(pk__in=about).exclude(pk__in=seen).exists():
            return False
    return True
