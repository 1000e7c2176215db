"""问题清单: registered with its term, reported by the unit, accepted by another, written off, looked back at (mechanism 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from responsibility import papers, questions
from responsibility.enums import UNDONE, ProblemState
from responsibility.models import Problem, ProblemCheck, ProblemList, RemedialAction, SupervisedHandling
from responsibility.selectors import office_people
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.crypto import files
from wenze.crypto.models import DataKey
from wenze.deadlines.arithmetic import Term, Unit, reckon
from wenze.documents import services as documents
from wenze.errors import Invalid, NotYours, Stale, wanting
from wenze.notices import scan
from wenze.notices import services as notices
from wenze.people.names import is_another
from wenze.people.selectors import users_with
from wenze.terms import services as terms
from wenze.workflow.pressing import press_once

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Iterable, Sequence

    from django.core.files.uploadedfile import UploadedFile

    from responsibility.rows import ProblemRow
    from wenze.people.models import Organization, User
    from wenze.terms.models import Clock

RULE, SUPERVISION = "T28", "supervised_handling"
REGISTERS = (Role.CONDUCT, Role.CASEMGMT)
HANDS_ON = (Role.CONDUCT, Role.CASEMGMT, Role.INSPECTOR)
REPORT, ACCEPT = "remedy_problem", "accept_problem"


@dataclass(frozen=True)
class ListHead:
    """What a problem list says of itself."""

    source: str
    source_document: str
    found_by: str
    found_on: dt.date


def record(row: Any, action: str, actor: User, **detail: Any) -> None:
    """The ledger's entry of an act on a problem."""
    ledger.record(action, actor=actor, commission_id=row.commission_id, about=row, detail=detail)


def _require(actor: User, row: Any, *roles: str) -> None:
    """Raise ``NotYours`` unless he holds one of these roles in the commission whose problem it is."""
    if row.commission_id != actor.commission_id or not any(actor.holds(role) for role in roles):
        raise NotYours(f"应由{'、'.join(Role(role).label for role in roles)}办理。")


def accounts_of(organization: Organization) -> list[User]:
    """The accounts of the unit; one on another network has none."""
    return list(users_with(Role.UNIT, organization))


def pressing_people(row: Problem) -> list[User]:
    """Who presses for it and accepts it: the conduct office and case supervision."""
    return office_people(row.commission_id, *REGISTERS) or [row.handler]


# --- the list -------------------------------------------------------------------------------------------------------
@press_once(ProblemList, "registered_by")
def register_list(
    *, submission: uuid.UUID, head: ListHead, rows: Sequence[ProblemRow], actor: User, on: dt.date
) -> ProblemList:
    """Register a source's paper with its problems, all or none; each problem's term begins and its unit gets a to-do.

    Raises ``Invalid`` for what was typed, ``NotYours`` for a role that does not register.
    """
    if not any(actor.holds(role) for role in REGISTERS):
        raise NotYours("问题清单由党风政风监督室或者案件监督管理室登记。")
    wrong = wanting(
        source_document=(head.source_document, "来源文件的名称或者文号"), found_by=(head.found_by, "提出单位")
    )
    if head.found_on > on:
        wrong["found_on"] = "提出日不能晚于今日。"
    if wrong:
        raise Invalid(wrong)
    key = DataKey.objects.create_for(
        commission_id=actor.commission_id, about=f"responsibility.ProblemList:{submission}"
    )
    found = ProblemList.objects.create(
        pk=submission, commission=actor.commission, source=head.source, source_document=head.source_document.strip(),
        found_by=head.found_by.strip(), found_on=head.found_on, data_key=key, registered_by=actor, registered_on=on,
    )  # fmt: skip
    record(found, "problems.registered", actor, title=str(found), rows=len(rows))
    for each in rows:
        _add(found, each, actor, on=on)
    return found


@transaction.atomic
def add_problem(*, list_id: uuid.UUID, row: ProblemRow, actor: User, on: dt.date) -> Problem:
    """One more problem of the same paper."""
    seen = ProblemList.objects.visible_to(actor).get(pk=list_id)
    found = ProblemList.objects.select_for_update().get(pk=seen.pk)
    _require(actor, found, *REGISTERS)
    if found.problems.filter(number=row.number).exists():
        raise Invalid({"number": "这个序号已经用过。"})
    return _add(found, row, actor, on=on)


def _add(found: ProblemList, row: ProblemRow, actor: User, *, on: dt.date) -> Problem:
    wrong = wanting(number=(row.number, "序号"), text=(row.text, "问题"), measure=(row.measure, "整改措施"))
    if row.owner is None and not row.owner_title.strip():
        wrong["owner"] = "请写明责任人或者责任人职务。"
    if row.due_on is not None and row.due_on <= found.found_on:
        wrong["due_on"] = "到期日应在提出日之后。"
    if wrong:
        raise Invalid(wrong)
    problem = Problem.objects.create(
        commission_id=found.commission_id, problem_list=found, number=row.number.strip(), organization=row.organization,
        owner=row.owner, owner_title=row.owner_title.strip(), text=row.text.strip(), measure=row.measure.strip(),
        found_on=found.found_on, start_on=found.found_on, due_on=row.due_on or found.found_on, months=row.months, handler=actor,
    )  # fmt: skip
    _run(problem, found.found_on, actor, months=row.months, due_on=row.due_on)
    record(
        problem,
        "problem.listed",
        actor,
        title=str(problem),
        unit=str(problem.organization),
        due_on=problem.due_on.isoformat(),
    )
    return problem


def _run(
    problem: Problem, since: dt.date, actor: User, *, months: int | None = None, due_on: dt.date | None = None
) -> None:
    """Start the clock: so many months, a day of its own (a working day, or the next), or the local term T28; ask the unit."""
    length: dict[str, Any] = {"amount": months, "unit": Unit.CM} if months else {}
    if due_on is not None:
        length = {"amount": (due_on - since).days, "unit": Unit.CD}
    clock = terms.start(
        rule=RULE, about=problem, on=since, actor=actor, title=str(problem), handler=problem.handler, **length
    )
    problem.due_on = clock.due_on
    problem.save(update_fields=["due_on"])
    ask(
        accounts_of(problem.organization) or [problem.handler],
        problem,
        REPORT,
        str(problem),
        actor,
        due_on=clock.due_on,
    )


def ask(
    people: Iterable[User], row: Problem, step: str, title: str, actor: User, *, due_on: dt.date | None = None
) -> None:
    """A to-do for each of them."""
    for person in people:
        notices.open_task(
            commission_id=row.commission_id, recipient=person, title=title, url=row.get_absolute_url(), about=row, step=step,
            due_on=due_on, started_by=actor,
        )  # fmt: skip


# --- one problem ----------------------------------------------------------------------------------------------------
def _locked(problem_id: uuid.UUID, actor: User) -> Problem:
    seen = Problem.objects.visible_to(actor).get(pk=problem_id)
    row: Problem = (
        Problem.objects.select_for_update(of=("self",))
        .select_related("organization", "commission", "owner", "problem_list__data_key", "handler__organization")
        .get(pk=seen.pk)
    )
    return row


def may_report(row: Problem, user: User) -> bool:
    """The unit's account; for a unit without one, whoever presses for it."""
    if user.holds(Role.UNIT, row.organization_id):
        return True
    return user.commission_id == row.commission_id and any(user.holds(role) for role in REGISTERS)


@transaction.atomic
def report(
    *, problem_id: uuid.UUID, reported_on: dt.date, text: str, actor: User, on: dt.date, uploads: UploadedFile[Any] | None = None,
    late_reason: str = "",
) -> RemedialAction:  # fmt: skip
    """The unit reports what it did, or it is registered on its behalf. A late report needs its reason.

    Raises ``Invalid`` for what was typed (a damaged or disguised file among it), ``Stale`` where one waits already.
    """
    row = _locked(problem_id, actor)
    if not may_report(row, actor):
        raise NotYours("整改情况由责任单位反馈；没有账号的，由党风政风监督室代为登记。")
    if row.state not in UNDONE:
        raise Stale(f"该问题{row.get_state_display()}，不须再反馈。")
    last = row.latest
    since = max(last.returned_on, row.start_on) if last and last.returned_on else row.start_on
    wrong = wanting(text=(text, "整改情况"))
    if not since <= reported_on <= on:
        wrong["reported_on"] = f"反馈日应在{since:%Y-%m-%d}之后、今日之前。"
    elif reported_on > row.due_on and not late_reason.strip():
        wrong["late_reason"] = f"期限是{row.due_on:%Y-%m-%d}，已逾期，须写明原因。"
    if wrong:
        raise Invalid(wrong)
    proof = uploads and files.seal(
        uploads, key=row.problem_list.data_key, name=uploads.name or "凭证", commission_id=row.commission_id,
        content_type=uploads.content_type or "",
    )  # fmt: skip
    action = RemedialAction.objects.create(
        problem=row, number=(last.number if last else 0) + 1, reported_on=reported_on, due_on=row.due_on, text=text.strip(),
        proof=proof or None, reported_by=actor, on_behalf=not actor.holds(Role.UNIT, row.organization_id),
        late_reason=late_reason.strip(),
    )  # fmt: skip
    row.state = ProblemState.REPORTED
    row.save(update_fields=["state"])
    for rule in (RULE, SUPERVISION):
        terms.meet(rule=rule, about=row, on=reported_on, actor=actor)
    notices.finish_tasks(about=row, step=REPORT, by=actor)
    others = [person for person in pressing_people(row) if person.pk != actor.pk]
    ask(others, row, ACCEPT, f"请验收{row}", actor)
    record(row, "problem.reported", actor, title=str(row), on=reported_on.isoformat(), late=action.is_late)
    return action


def _waiting(problem_id: uuid.UUID, actor: User) -> tuple[Problem, RemedialAction]:
    """The report that waits for acceptance; never answered by whoever wrote it."""
    row = _locked(problem_id, actor)
    _require(actor, row, *REGISTERS)
    last = row.latest
    if row.state != ProblemState.REPORTED or last is None:
        raise Stale(f"该问题{row.get_state_display()}，没有待验收的反馈。")
    if last.reported_by_id == actor.pk:
        raise NotYours("整改情况是您反馈的，应由另一人验收。")
    return row, last


@transaction.atomic
def send_back(*, problem_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> Problem:
    """Not accepted: back to the unit with the reason; the clock runs on to the same day."""
    row, last = _waiting(problem_id, actor)
    if wrong := wanting(reason=(reason, "退回的理由")):
        raise Invalid(wrong)
    last.returned_on, last.returned_reason, last.answered_by = on, reason.strip(), actor
    last.save(update_fields=["returned_on", "returned_reason", "answered_by"])
    row.state = ProblemState.RETURNED
    row.save(update_fields=["state"])
    notices.finish_tasks(about=row, step=ACCEPT, by=actor)
    _run(row, row.start_on, actor, due_on=row.due_on)
    record(row, "problem.returned", actor, title=str(row), reason=reason.strip())
    return row


@transaction.atomic
def accept(*, problem_id: uuid.UUID, acceptance: str, actor: User, on: dt.date) -> Problem:
    """验收销号, never by whoever reported."""
    row, last = _waiting(problem_id, actor)
    if wrong := wanting(acceptance=(acceptance, "验收意见")):
        raise Invalid(wrong)
    last.accepted_on, last.acceptance, last.answered_by = on, acceptance.strip(), actor
    last.save(update_fields=["accepted_on", "acceptance", "answered_by"])
    row.state, row.written_off_on = ProblemState.WRITTEN_OFF, on
    row.save(update_fields=["state", "written_off_on"])
    notices.finish_tasks(about=row, step=ACCEPT, by=actor)
    _tell(row, f"{row}已验收销号。")
    record(row, "problem.written_off", actor, title=str(row), opinion=acceptance.strip(), late=last.is_late)
    return row


def _tell(row: Problem, text: str) -> None:
    for person in accounts_of(row.organization):
        notices.notify(user=person, text=text, url=row.get_absolute_url(), kind="problem")


@press_once(ProblemCheck, "looker")
def look_back(
    *, problem_id: uuid.UUID, looked_on: dt.date, second_looker: str, finding: str, holds: bool, submission: uuid.UUID,
    actor: User, on: dt.date, due_on: dt.date | None = None,
) -> ProblemCheck:  # fmt: skip
    """回头看 by two. Where it does not hold it was 虚假整改: the problem opens again with a new term."""
    row = _locked(problem_id, actor)
    _require(actor, row, *HANDS_ON)
    if row.state != ProblemState.WRITTEN_OFF or row.written_off_on is None:
        raise Stale(f"该问题{row.get_state_display()}，销号以后才能回头看。")
    wrong = wanting(second_looker=(second_looker, "另一名回头看人"), finding=(finding, "情况"))
    if second_looker.strip() and not is_another(second_looker, actor):
        wrong["second_looker"] = "回头看须两人，请填写另一人。"
    if not row.written_off_on <= looked_on <= on:
        wrong["looked_on"] = "回头看日应在销号日之后、今日之前。"
    if not holds and due_on is not None and due_on <= looked_on:
        wrong["due_on"] = "新的期限应在回头看日之后。"
    if wrong:
        raise Invalid(wrong)
    made = ProblemCheck.objects.create(
        pk=submission, problem=row, looked_on=looked_on, looker=actor, second_looker=second_looker.strip(),
        finding=finding.strip(), holds=holds,
    )  # fmt: skip
    record(row, "problem.looked_back", actor, title=str(row), opinion="成立" if holds else "虚假整改")
    if not holds:
        row.state, row.written_off_on, row.start_on, row.months = ProblemState.FALSE, None, looked_on, None
        row.save(update_fields=["state", "written_off_on", "start_on", "months"])
        _run(row, looked_on, actor, due_on=due_on)
        _tell(row, f"{row}经回头看属虚假整改，须重新整改。")
    return made


@press_once(SupervisedHandling, "ordered_by")
def supervise(
    *, problem_id: uuid.UUID, requirement: str, due_on: dt.date, submission: uuid.UUID, actor: User, on: dt.date
) -> SupervisedHandling:
    """督办: a letter of its own to the unit, and a day of its own on which somebody is reminded."""
    row = _locked(problem_id, actor)
    _require(actor, row, *REGISTERS)
    if row.state not in UNDONE:
        raise Stale(f"该问题{row.get_state_display()}，不须督办。")
    wrong = wanting(requirement=(requirement, "督办要求"))
    if due_on <= on:
        wrong["due_on"] = "督办期限应在今日之后。"
    if wrong:
        raise Invalid(wrong)
    due = reckon(Term((due_on - on).days, Unit.CD), on).due
    made = SupervisedHandling(
        pk=submission, problem=row, requirement=requirement.strip(), due_on=due, ordered_by=actor, ordered_on=on
    )
    made.document = documents.issue(
        papers.SUPERVISION, commission=row.commission, about=row, case_id=None, paper=papers.supervision_letter(row, made, on=on),
        on=on, actor=actor,
    )  # fmt: skip
    made.save(force_insert=True)
    terms.void(rule=SUPERVISION, about=row, on=on, actor=actor, reason="另行督办")
    terms.start(rule=SUPERVISION, about=row, on=on, due_on=due, actor=actor, title=f"督办：{row}", handler=row.handler)
    _tell(row, f"{row}已列为督办，请于{due:%Y-%m-%d}前整改到位。")
    record(row, "problem.supervised", actor, title=str(row), due_on=due.isoformat())
    return made


# --- handing on -----------------------------------------------------------------------------------------------------
def may_hand_on(row: Problem, user: User, on: dt.date) -> bool:
    """Whether the one press is his, today."""
    own = user.commission_id == row.commission_id and any(user.holds(role) for role in HANDS_ON)
    return own and row.may_become_clue(on)


@transaction.atomic
def hand_on(*, problem_id: uuid.UUID, actor: User, on: dt.date) -> questions.HandedOn:
    """One press: what is overdue or was falsely put right becomes a clue. Pressed twice it is one clue."""
    row = _locked(problem_id, actor)
    _require(actor, row, *HANDS_ON)
    if (found := questions.clue_of(row, actor)) is not None:
        return found
    if not row.may_become_clue(on):
        raise Stale(f"该问题{row.get_state_display()}，没有逾期，也不是虚假整改，不转为线索。")
    made = questions.raise_clue(row, actor=actor, on=on)
    record(row, "problem.handed_on", actor, title=str(row), clue=made.number)
    return made


@scan.ALSO.entry("responsibility.Problem")
def reminded(due: Clock) -> list[User]:
    """The unit's own accounts: it is for them to act."""
    return accounts_of(Problem.objects.select_related("organization").get(pk=due.about_id).organization)
