"""认定案例库: drafted with the decision, anonymised by one person, released by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cases import tolerance
from cases.anonymous import anonymised, left_in
from cases.enums import CircumstanceKind, Outcome
from cases.models import Case, Precedent
from cases.services.investigation import record
from cases.services.moving import locked_case, require_seat
from tolerance.enums import Assessor, FilingEffect
from tolerance.models import FilingAnswer
from wenze.access.roles import Role
from wenze.errors import Invalid, NotYours, Stale
from wenze.notices import services as notices
from wenze.workflow import seats

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from cases.models import Decision, Subject
    from wenze.people.models import User

RELEASES = (Role.CASEMGMT, Role.CONDUCT)


def effect_of(subject: Subject, made: Decision) -> str:
    """What was recognised of tolerance with this decision; empty where nothing was."""
    if made.outcome == Outcome.EXEMPTED:
        return FilingEffect.EXEMPTED
    lighter = FilingEffect.LIGHTER in tolerance.conclusions_of(subject)
    return FilingEffect.LIGHTER if made.outcome == Outcome.ACCOUNTABLE and lighter else ""


def draft_entry(subject: Subject, made: Decision, *, actor: User, on: dt.date) -> Precedent | None:
    """The entry of a decided exemption, drafted by the system from what was written; nobody reads it before its release."""
    effect = effect_of(subject, made)
    if not effect:
        return None
    case = subject.case
    answer = FilingAnswer.objects.filter(subject_id=subject.pk, effect=effect).select_related("version__item").first()
    said = tolerance.standing_assessments(subject)
    lead = next((row for row in said if row.assessor == Assessor.HANDLING), said[0] if said else None)
    circumstances = subject.circumstances.filter(kind=CircumstanceKind.EXEMPTING)
    reasons = [made.reason, *(row.text for row in circumstances)]
    if answer is not None:
        reasons.append(answer.answer)
    if lead is not None:
        reasons += [lead.motive_reason, lead.ban_reason, lead.intent_reason]
    item = answer.version.item if answer is not None and answer.version is not None else None
    row, made_now = Precedent.objects.get_or_create(
        subject_id=subject.pk,
        defaults={
            "commission": case.commission, "case_id": case.pk, "effect": effect, "track": subject.track,
            "situation": subject.situation_code, "category": item.text if item else "",
            "distinction": lead.distinction if lead else next((c.code for c in circumstances if c.code.startswith("E17-")), "")[:6],
            "motive": lead.motive if lead else "", "ban": lead.ban if lead else "", "intent": lead.intent if lead else "",
            "title": anonymised(f"{made.get_outcome_display()}：{subject.act}", case)[:120],
            "matter": anonymised(subject.act, case), "reasons": anonymised("\n".join(dict.fromkeys(reasons)), case),
            "drafted_on": on,
        },
    )  # fmt: skip
    if made_now:
        notices.open_task(
            commission_id=case.commission_id, recipient=case.handler, title=f"脱敏容错认定案例：{case}", url=row.get_absolute_url(),
            about=row, case_id=case.pk, step="precedent", started_by=actor,
        )  # fmt: skip
    return row


def _locked(precedent_id: uuid.UUID, actor: User) -> tuple[Case, Precedent]:
    seen = Precedent.objects.visible_to(actor).get(pk=precedent_id)
    case = locked_case(seen.case_id, actor)
    row: Precedent = Precedent.objects.select_for_update().get(pk=seen.pk)
    if row.released_on is not None:
        raise Stale("该案例已经入库。")
    return case, row


@transaction.atomic
def edit(
    *, precedent_id: uuid.UUID, title: str, category: str, matter: str, reasons: str, actor: User, on: dt.date
) -> Precedent:
    """脱敏 by one who worked on the case. Raises ``Invalid`` naming what would still tell who it was."""
    case, row = _locked(precedent_id, actor)
    require_seat(case, actor, "handler", "team")
    typed = {"title": title, "category": category, "matter": matter, "reasons": reasons}
    wrong = {name: "请填写。" for name in ("title", "matter", "reasons") if not typed[name].strip()}
    for name, text in typed.items():
        if left := left_in(text, case):
            wrong[name] = f"还有姓名、单位、地名或者数字：{'、'.join(left[:8])}。"
    if wrong:
        raise Invalid(wrong)
    for name, text in typed.items():
        setattr(row, name, text.strip())
    row.edited_by, row.edited_on = actor, on
    row.save()
    notices.finish_tasks(about=row, step="precedent", by=actor)
    for clerk in seats.holders(Role.CASEMGMT, case):
        notices.open_task(
            commission_id=case.commission_id, recipient=clerk, title=f"审定容错认定案例：{row.title[:60]}",
            url=row.get_absolute_url(), about=row, case_id=case.pk, step="precedent_release", started_by=actor,
        )  # fmt: skip
    record(case, "precedent.edited", row, actor)
    return row


@transaction.atomic
def release(*, precedent_id: uuid.UUID, actor: User, on: dt.date) -> Precedent:
    """Another person has read it: it stands in the library for the whole commission."""
    case, row = _locked(precedent_id, actor)
    require_seat(case, actor, *RELEASES)
    if row.edited_by_id is None:
        raise Stale("尚未脱敏，不能入库。")
    if row.edited_by_id == actor.pk:
        raise NotYours("脱敏的人不能审定，应由另一人办理。")
    row.released_by, row.released_on = actor, on
    row.save(update_fields=["released_by", "released_on"])
    notices.finish_tasks(about=row, step="precedent_release", by=actor)
    record(case, "precedent.released", row, actor)
    return row
