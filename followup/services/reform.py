"""以案促改: points named, items listed, reported, accepted by another, written off, looked back at (条例第十四条; T28)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from cases.enums import CaseState
from cases.papers import day
from cases.services.investigation import record
from cases.services.moving import locked_case, press_once, require_seat, require_state
from followup import papers
from followup.enums import ReformState
from followup.models import Blockage, LookBack, ReformItem, ReformReport, ReformWaiver, SystemGap
from followup.services.units import CREATES, accounts_of, ask, ask_unit, require_reporter
from wenze.access.roles import Role
from wenze.crypto import files
from wenze.documents import services as documents
from wenze.errors import Invalid, NotYours, Stale, wanting
from wenze.notices import services as notices
from wenze.terms import services as terms
from wenze.workflow import seats

if TYPE_CHECKING:
    import datetime as dt
    import uuid

    from django.core.files.uploadedfile import UploadedFile

    from cases.models import Attribution, Case, TrailEvent
    from wenze.people.models import Organization, User

RULE = "T28"
DECIDED = (CaseState.DECIDED, CaseState.EXECUTING, CaseState.CLOSED)
"""Reform begins with the decision, and the closed volume does not end it."""
ACCEPTS = (Role.CASEMGMT, Role.HEAD)


def decided_case(case_id: uuid.UUID, actor: User, *allowed: str) -> Case:
    """The case, locked, decided, and in the hands of one of these seats."""
    case = locked_case(case_id, actor)
    require_seat(case, actor, *allowed)
    require_state(case, *DECIDED)
    return case


@press_once(Blockage, "named_by")
def name_blockage(
    *, case_id: uuid.UUID, kind: str, deviation: str, link: str, organization: Organization, text: str, submission: uuid.UUID,
    actor: User, on: dt.date, attribution: Attribution | None = None, event: TrailEvent | None = None,
) -> Blockage:  # fmt: skip
    """Name a 梗阻点 or 衰减点 on the chain. Raises ``Invalid``, ``NotYours``."""
    case = decided_case(case_id, actor, *CREATES)
    wrong = wanting(text=(text, "具体情况"))
    if attribution is not None and attribution.subject.case_id != case.pk:
        wrong["attribution"] = "所选的责任认定不在本案。"
    if event is not None and event.case_id != case.pk:
        wrong["event"] = "所选的轨迹不在本案。"
    if wrong:
        raise Invalid(wrong)
    point = Blockage.objects.create(
        pk=submission, case=case, kind=kind, deviation=deviation, link=link, organization=organization, attribution=attribution,
        event=event, text=text.strip(), named_by=actor, named_on=on,
    )  # fmt: skip
    record(case, "reform.point", point, actor, title=str(point), unit=str(organization))
    return point


@press_once(ReformItem, "set_by")
def add_item(
    *, blockage_id: uuid.UUID, requirement: str, responsible: Organization, owner: str, start_on: dt.date, submission: uuid.UUID,
    actor: User, on: dt.date, due_on: dt.date | None = None,
) -> ReformItem:  # fmt: skip
    """List an item: measure, unit, owner, and the term T28 from a day on (or a set day). The unit gets it as a to-do."""
    seen = Blockage.objects.visible_to(actor).get(pk=blockage_id)
    case = decided_case(seen.case_id, actor, *CREATES)
    wrong = wanting(requirement=(requirement, "整改措施"), owner=(owner, "责任人"))
    if not (case.decided_on or start_on) <= start_on <= on:
        wrong["start_on"] = "起算日应在决定日之后、今日之前。"
    elif due_on is not None and due_on <= start_on:
        wrong["due_on"] = "期限应在起算日之后。"
    if wrong:
        raise Invalid(wrong)
    item = ReformItem(
        pk=submission, case=case, blockage=seen, requirement=requirement.strip(), responsible=responsible,
        owner=owner.strip(), set_by=actor, start_on=start_on, due_on=due_on or start_on,
    )  # fmt: skip
    item.save(force_insert=True)
    _run(item, start_on, actor, due_on=due_on)
    record(case, "reform.item", item, actor, title=str(item), unit=str(responsible), due_on=item.due_on.isoformat())
    return item


def _run(item: ReformItem, since: dt.date, actor: User, *, due_on: dt.date | None = None) -> None:
    """Start the item's clock and ask the unit for its report."""
    clock = terms.start(rule=RULE, about=item, on=since, actor=actor, due_on=due_on, title=str(item))
    item.due_on = clock.due_on
    item.save(update_fields=["due_on"])
    ask_unit(item, item.responsible, step="reform", title=str(item), due_on=item.due_on, actor=actor)


def locked_item(item_id: uuid.UUID, actor: User) -> ReformItem:
    """The item, locked, if the actor may see it (else ``ReformItem.DoesNotExist``)."""
    seen = ReformItem.objects.visible_to(actor).get(pk=item_id)
    locked: ReformItem = ReformItem.objects.select_for_update().get(pk=seen.pk)
    return locked


@transaction.atomic
def report_item(
    *, item_id: uuid.UUID, reported_on: dt.date, text: str, actor: User, on: dt.date, uploads: UploadedFile[Any] | None = None,
    late_reason: str = "",
) -> ReformReport:  # fmt: skip
    """整改反馈 (D41) by the unit, or registered by the handler on its behalf. A late one needs its reason.

    Raises ``Invalid`` for what was typed (a damaged or disguised file among it), ``Stale`` where one waits already.
    """
    item = locked_item(item_id, actor)
    on_behalf = require_reporter(item, item.responsible, actor)
    if item.state not in (ReformState.OPEN, ReformState.RETURNED):
        raise Stale(f"该事项{item.get_state_display()}，不须再反馈。")
    last = item.latest
    wrong = wanting(text=(text, "整改情况"))
    since = last.returned_on if last and last.returned_on else item.start_on
    if not since <= reported_on <= on:
        wrong["reported_on"] = f"反馈日应在{day(since)}之后、今日之前。"
    elif reported_on > item.due_on and not late_reason.strip():
        wrong["late_reason"] = f"期限是{day(item.due_on)}，已逾期，须写明原因。"
    if wrong:
        raise Invalid(wrong)
    case = item.case
    proof = uploads and files.seal(
        uploads, key=case.data_key, name=uploads.name or "凭证", commission_id=case.commission_id,
        content_type=uploads.content_type or "",
    )  # fmt: skip
    report = ReformReport.objects.create(
        case=case, item=item, number=(last.number if last else 0) + 1, reported_on=reported_on, due_on=item.due_on, text=text.strip(),
        proof=proof or None, reported_by=actor, on_behalf=on_behalf, late_reason=late_reason.strip(),
    )  # fmt: skip
    item.state = ReformState.REPORTED
    item.save(update_fields=["state"])
    terms.meet(rule=RULE, about=item, on=reported_on, actor=actor)
    notices.finish_tasks(about=item, step="reform", by=actor)
    ask(
        seats.holders(Role.CASEMGMT, case) or seats.holders(Role.HEAD, case), item, step="reform_accept",
        title=f"请验收{item}", due_on=None, actor=actor,
    )  # fmt: skip
    record(case, "reform.reported", item, actor, title=str(item), on=reported_on.isoformat(), late=report.is_late)
    return report


def _waiting(item: ReformItem, actor: User) -> ReformReport:
    """The report that waits for acceptance; never answered by whoever wrote it."""
    require_seat(item.case, actor, *ACCEPTS)
    last = item.latest
    if item.state != ReformState.REPORTED or last is None:
        raise Stale(f"该事项{item.get_state_display()}，没有待验收的反馈。")
    if last.reported_by_id == actor.pk:
        raise NotYours("整改情况是您反馈的，应由另一人验收。")
    return last


@transaction.atomic
def return_item(*, item_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> ReformItem:
    """Not accepted: back to the unit with the reason; the clock runs on to the same day."""
    item = locked_item(item_id, actor)
    report = _waiting(item, actor)
    if wrong := wanting(reason=(reason, "退回的理由")):
        raise Invalid(wrong)
    report.returned_on, report.returned_reason, report.answered_by = on, reason.strip(), actor
    report.save(update_fields=["returned_on", "returned_reason", "answered_by"])
    item.state = ReformState.RETURNED
    item.save(update_fields=["state"])
    notices.finish_tasks(about=item, step="reform_accept", by=actor)
    _run(item, item.start_on, actor, due_on=item.due_on)
    record(item.case, "reform.returned", item, actor, title=str(item), reason=reason.strip())
    return item


@transaction.atomic
def accept_item(*, item_id: uuid.UUID, acceptance: str, actor: User, on: dt.date) -> ReformItem:
    """验收销号 by case supervision or the head, never by whoever reported; D42 is issued."""
    item = locked_item(item_id, actor)
    report = _waiting(item, actor)
    if wrong := wanting(acceptance=(acceptance, "验收意见")):
        raise Invalid(wrong)
    case = item.case
    report.accepted_on, report.acceptance, report.answered_by = on, acceptance.strip(), actor
    item.state, item.written_off_on = ReformState.WRITTEN_OFF, on
    item.save(update_fields=["state", "written_off_on"])
    report.document = documents.issue(
        "D42", commission=case.commission, about=case, case_id=case.pk, paper=papers.acceptance_form(item, report, on=on), on=on,
        actor=actor,
    )  # fmt: skip
    report.save(update_fields=["accepted_on", "acceptance", "answered_by", "document"])
    notices.finish_tasks(about=item, step="reform_accept", by=actor)
    _tell(item, f"{item}已验收销号。")
    record(case, "reform.written_off", item, actor, title=str(item), opinion=acceptance.strip(), late=report.is_late)
    return item


def _tell(item: ReformItem, text: str) -> None:
    for person in {user.pk: user for user in [item.handler, *accounts_of(item.responsible)]}.values():
        notices.notify(user=person, text=text, url=item.get_absolute_url(), kind="reform")


@press_once(SystemGap, "registered_by")
def register_gap(
    *, item_id: uuid.UUID, rule: str, before: str, after: str, in_force_on: dt.date, submission: uuid.UUID, actor: User,
    on: dt.date, number: str = "",
) -> SystemGap:  # fmt: skip
    """制度漏洞 that the item closed: the rule before and after, and from which day it is in force."""
    item = locked_item(item_id, actor)
    require_seat(item.case, actor, *CREATES)
    wrong = wanting(
        rule=(rule, "制度名称"), before=(before, "修订前的规定，没有的写“没有规定”"), after=(after, "修订后的规定")
    )
    if before.strip() and before.strip() == after.strip():
        wrong["after"] = "修订后与修订前相同。"
    if in_force_on < item.start_on:
        wrong["in_force_on"] = "施行日不能早于整改的起算日。"
    if wrong:
        raise Invalid(wrong)
    gap = SystemGap.objects.create(
        pk=submission, case=item.case, item=item, rule=rule.strip(), before=before.strip(), after=after.strip(),
        in_force_on=in_force_on, number=number.strip(), registered_by=actor,
    )  # fmt: skip
    record(item.case, "reform.gap", gap, actor, title=gap.rule, number=gap.number)
    return gap


@press_once(LookBack, "looker")
def look_back(
    *, item_id: uuid.UUID, looked_on: dt.date, second_looker: str, finding: str, holds: bool, submission: uuid.UUID, actor: User,
    on: dt.date, due_on: dt.date | None = None,
) -> LookBack:  # fmt: skip
    """回头看 by two. Where it does not hold the item opens again with a new term, and its D42 is void."""
    item = locked_item(item_id, actor)
    require_seat(item.case, actor, *CREATES, Role.HEAD)
    if item.state != ReformState.WRITTEN_OFF or item.written_off_on is None:
        raise Stale(f"该事项{item.get_state_display()}，销号以后才能回头看。")
    wrong = wanting(second_looker=(second_looker, "另一名回头看人"), finding=(finding, "情况"))
    if second_looker.strip() == actor.name:
        wrong["second_looker"] = "回头看须两人，请填写另一人。"
    if not item.written_off_on <= looked_on <= on:
        wrong["looked_on"] = "回头看日应在销号日之后、今日之前。"
    if not holds and due_on is not None and due_on <= on:
        wrong["due_on"] = "新的期限应在今日之后。"
    if wrong:
        raise Invalid(wrong)
    row = LookBack.objects.create(
        pk=submission, case=item.case, item=item, looked_on=looked_on, looker=actor, second_looker=second_looker.strip(),
        finding=finding.strip(), holds=holds,
    )  # fmt: skip
    record(item.case, "reform.looked_back", row, actor, title=str(item), opinion="成立" if holds else "不成立")
    if not holds:
        _reopen(item, row, actor, due_on=due_on)
    return row


def _reopen(item: ReformItem, row: LookBack, actor: User, *, due_on: dt.date | None) -> None:
    last = item.latest
    if last is not None and last.document is not None:
        documents.void(document=last.document, reason=f"回头看不成立：{row.finding[:100]}", actor=actor)
    item.state, item.written_off_on = ReformState.OPEN, None
    item.reopened_reason, item.start_on = row.finding, row.looked_on
    item.save(update_fields=["state", "written_off_on", "reopened_reason", "start_on"])
    _run(item, row.looked_on, actor, due_on=due_on)
    record(
        item.case, "reform.reopened", item, actor, title=str(item), reason=row.finding, due_on=item.due_on.isoformat()
    )


@transaction.atomic
def waive(*, case_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> ReformWaiver:
    """Case supervision writes down why there is nothing to be reformed; with an item listed there is something."""
    case = decided_case(case_id, actor, Role.CASEMGMT)
    if case.reform_items.exists():
        raise Invalid({"reason": "已经列有整改事项，不须说明。"})
    if wrong := wanting(reason=(reason, "没有整改事项的理由")):
        raise Invalid(wrong)
    waiver, _ = ReformWaiver.objects.update_or_create(
        case=case, defaults={"reason": reason.strip(), "waived_by": actor, "waived_on": on}
    )
    record(case, "reform.waived", waiver, actor, reason=waiver.reason)
    return waiver
