"""影响期满: the day itself tells everybody concerned (条例第二十二条; law.md §8 “任用联动”)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction

from cases.papers import day
from cases.standing import sanctions_of, standing_of
from followup.models import Tracking
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.documents import services as documents
from wenze.documents.paper import Paper, paragraphs
from wenze.errors import WenzeError
from wenze.law import cite, measure_name
from wenze.law.standing import Standing
from wenze.notices import services as notices
from wenze.notices.scan import SWEEPS
from wenze.people.selectors import personnel_office_of, users_with
from wenze.terms import services as terms

if TYPE_CHECKING:
    import datetime as dt

    from cases.models import Subject
    from wenze.people.models import User

ACTOR = "system:release"
logger = logging.getLogger(__name__)


@SWEEPS.entry("release")
def release_due(on: dt.date) -> int:
    """Everybody whose influence period has ended by that day and who was not told: the notice (D47), once each."""
    waiting = Tracking.objects.filter(release_date__lte=on, released_on__isnull=True, ended_on__isnull=True)
    told = 0
    for pk in waiting.order_by("release_date", "pk").values_list("pk", flat=True)[:500]:
        try:
            told += _release(pk, on)
        except WenzeError:  # one whose paper cannot be printed must not keep the others waiting
            logger.exception("影响期满通知没有制发：%s", pk)
    return told


@transaction.atomic
def _release(pk: object, on: dt.date) -> bool:
    row: Tracking = (
        Tracking.objects.select_for_update(of=("self",))
        .select_related("case__commission", "case__handler", "subject__cadre", "subject__post__organization")
        .get(pk=pk)
    )
    if row.released_on is not None or row.ended_on is not None:
        return False  # another sweep was first
    subject, cadre = row.subject, row.subject.cadre
    standing = standing_of(subject, on=on)
    if cadre is None or standing.restricting(on) or standing.unknown or standing.unconfirmed:
        return False
    row.released_on = on
    if not standing.stays:  # 开除 is never "released" (law.md §3.2)
        elsewhere = Standing(tuple(sanctions_of([cadre.pk])[cadre.pk]), on).restricting(on)
        until = elsewhere[0].last_restricted_day if elsewhere else None
        row.release_notice = documents.issue(
            "D47", commission=row.case.commission, about=row.case, case_id=row.case_id, paper=_notice(subject, row, until, on),
            on=on, actor=row.case.handler, subject_id=subject.pk, recorded_as=ACTOR,
        )  # fmt: skip
    row.save(update_fields=["released_on", "release_notice"])
    terms.meet(rule="influence", about=row, on=on, actor=ACTOR)
    for user in _concerned(row):
        notices.notify(
            user=user, text=f"{subject.name}的影响期于{row.last_restricted_day}届满，已制发影响期满通知。",
            url=row.release_notice.get_absolute_url() if row.release_notice else "", kind="release",
        )  # fmt: skip
    ledger.record(
        "influence.released", actor=ACTOR, commission_id=row.commission_id, about=row, case_id=row.case_id,
        detail={"subject": subject.name, "on": on.isoformat()},
    )  # fmt: skip
    return True


def _concerned(row: Tracking) -> list[User]:
    """The handler, and the HR organ that manages him: the unit is told by the paper that HR hands on."""
    found = [row.case.handler]
    office = personnel_office_of(row.subject.cadre) if row.subject.cadre else None
    return found + list(users_with(Role.HR, office))


def _notice(subject: Subject, row: Tracking, elsewhere: dt.date | None, on: dt.date) -> Paper:
    """D47 影响期满通知, to him, his unit and HR."""
    standing = standing_of(subject, on=on)
    ended = "、".join(dict.fromkeys(measure_name(part.measure) for part in standing.influence.parts))
    unit = subject.post.organization.name if subject.post else ""
    blocks = [
        *paragraphs(
            f"你所受{ended}的影响期于{day(row.last_restricted_day)}届满，自{day(row.release_date)}起，因该处理不再受限。"
        ),
        *paragraphs(f"另有其他处理在影响期内，至{day(elsewhere)}止。" if elsewhere else ""),
        *paragraphs(
            f"依据{cite('TL', 22)}，影响期满、表现好、符合条件的，按照干部选拔任用有关规定正常使用。是否适合使用，由组织人事部门判断。"
        ),
    ]
    return Paper(
        organ=row.case.commission.name, title="影响期满通知", blocks=blocks, date=day(on), addressee=subject.name,
        copies="，".join(filter(None, (unit, "组织人事部门"))), printed_by=row.case.commission.short_name,
    )  # fmt: skip
