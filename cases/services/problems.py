"""What a case makes of the problem lists: a clue of what was not put right, and proof of what a subject knew."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.db import transaction

from cases.enums import ClueSource, EvidenceKind, FactKind, TrailKind
from cases.known import Known, known_to
from cases.models import Clue, KnownProblem
from cases.services import intake, investigation
from cases.services.evidence import receive_evidence
from cases.services.intake import Registration, Respondent
from responsibility.enums import ProblemState
from responsibility.questions import HANDINGS, HandedOn, Handing
from wenze.access.roles import Role
from wenze.errors import Invalid
from wenze.ids import uuid7

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Iterable, Mapping

    from cases.models import Case, Evidence, TrailEvent
    from responsibility.models import Problem
    from wenze.people.models import User

STAFF = (Role.INSPECTOR, Role.HEAD, Role.CONDUCT, Role.CASEMGMT, Role.LEADER, Role.PRINCIPAL)


def _link(clue: Clue, user: User) -> HandedOn:
    """Its number and its address where the reader may see the clue; else only that there is one."""
    if not Clue.objects.visible_to(user).filter(pk=clue.pk).exists():
        return HandedOn()
    return HandedOn(clue.number, clue.get_absolute_url())


def raise_clue(*, problem: Problem, actor: User, on: dt.date) -> HandedOn:
    """The clue of a problem that is overdue or was falsely put right; a second press finds the first one's."""
    made = Clue.objects.filter(problem=problem).first()
    if made is not None:
        return _link(made, actor)
    is_false = problem.state == ProblemState.FALSE
    what = "虚假整改" if is_false else "逾期未改"
    why = f"{problem.problem_list.found_by}于{problem.found_on:%Y-%m-%d}指出：{problem.text}。整改措施：{problem.measure}；期限{problem.due_on:%Y-%m-%d}，{what}。"
    respondents = [Respondent(organization=problem.organization, allegation=f"{problem.text}，{what}")]
    if problem.owner is not None:
        respondents.append(Respondent(cadre=problem.owner, allegation=f"对“{problem.text}”整改不力，{what}"))
    elif problem.owner_title:
        why += f"责任人：{problem.owner_title}。"
    clue = intake.register_clue(
        registration=Registration(
            title=f"{problem.organization.short_name}{problem.text}{what}"[:200], source=ClueSource.PROBLEM_LIST,
            source_detail=problem.reference[:300], received_on=on, happened_on=problem.found_on if is_false else problem.due_on,
            summary=why, respondents=respondents, problem=problem,
        ),
        submission=uuid7(), actor=actor, on=on,
    )  # fmt: skip
    return _link(clue, actor)


def clues_of(problems: Iterable[Any], user: User) -> Mapping[Any, HandedOn]:
    """The clues that problems became. To a unit there is none: it must not read that a clue exists."""
    if not any(user.holds(role) for role in STAFF):
        return {}
    rows = list(Clue.objects.filter(problem__in=list(problems), commission_id=user.commission_id))
    seen = set(Clue.objects.visible_to(user).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return {
        row.problem_id: HandedOn(row.number, row.get_absolute_url()) if row.pk in seen else HandedOn() for row in rows
    }


HANDINGS.register("clue", Handing(raise_clue, clues_of))


# --- what the subject knew ------------------------------------------------------------------------------------------
@transaction.atomic
def take_known(
    *, case_id: uuid.UUID, subject_id: uuid.UUID, problem_id: uuid.UUID, actor: User, on: dt.date
) -> KnownProblem:
    """One press: the problem becomes an extract among the evidence, an event on the trail and a fact that rests on both.

    Pressed twice it is one; after the fact was taken back it can be taken in again. Raises ``Invalid`` where the problem
    is none that this subject must have known, or nobody is there to take the extract with.
    """
    case = investigation.working_case(case_id, actor)
    subject = case.subjects.select_related("cadre", "organization", "post").get(pk=subject_id)
    known = next((each for each in known_to(case, actor, [subject]) if each.problem.pk == problem_id), None)
    if known is None:
        raise Invalid({"problem": "该问题在行为日不是这一对象已知而未整改的问题。"})
    held: KnownProblem | None = KnownProblem.objects.filter(subject=subject, problem=known.problem).first()
    if held is not None and held.fact.withdrawn_on is None:
        return held
    evidence, event = _found_before(case, known.problem) or _found(case, known.problem, actor, on)
    fact = investigation.state_fact(
        case_id=case.pk, kind=FactKind.PROBLEM, text=_fact_of(known), evidence=[evidence], actor=actor
    )
    row, _ = KnownProblem.objects.update_or_create(
        subject=subject, problem=known.problem, defaults={"evidence": evidence, "event": event, "fact": fact}
    )
    investigation.record(case, "problem.known", row, actor, title=known.problem.reference, subject=subject.name)
    return row


def _fact_of(known: Known) -> str:
    problem = known.problem
    return (
        f"{known.subject.name}至迟自{problem.found_on:%Y年%-m月%-d日}已知“{problem.text}”（{problem.reference}），"
        f"限{problem.due_on:%Y年%-m月%-d日}整改；至{known.on:%Y年%-m月%-d日}{known.word}。"
    )


def _found_before(case: Case, problem: Problem) -> tuple[Evidence, TrailEvent] | None:
    """What another subject's press has brought into the case already, if it still stands."""
    rows = KnownProblem.objects.filter(subject__case=case, problem=problem).select_related("evidence", "event")
    for row in rows:
        if row.evidence.withdrawn_on is None and row.event.withdrawn_on is None:
            return row.evidence, row.event
    return None


def _found(case: Case, problem: Problem, actor: User, on: dt.date) -> tuple[Evidence, TrailEvent]:
    """The extract, taken by two of the team, and the event 发现 of the day on which the problem was named."""
    second = case.team.filter(until_on__isnull=True).exclude(user=actor).select_related("user").order_by("pk").first()
    if second is None:
        raise Invalid({"problem": "取证须两人，请先组成调查组。"})
    found = problem.problem_list
    content = extract_of(problem, on).encode()
    evidence = receive_evidence(
        case_id=case.pk, title=f"问题清单摘录：{problem.text}"[:200], kind=EvidenceKind.DOCUMENT, source=problem.reference[:200],
        upload=InMemoryUploadedFile(BytesIO(content), "uploads", "问题清单摘录.txt", "text/plain", len(content), None),
        provided_by=found.found_by, proves=f"{problem.found_on:%Y-%m-%d}起已知该问题", taken_on=on,
        second_taker_name=second.user.name, second_taker=second.user, actor=actor, on=on,
    )  # fmt: skip
    event = investigation.record_event(
        case_id=case.pk, happened_on=problem.found_on, kind=TrailKind.FOUND, text=f"指出问题：{problem.text}",
        document=found.source_document, evidence=[evidence], actor_name=found.found_by, actor=actor, on=on,
    )  # fmt: skip
    return evidence, event


def extract_of(problem: Problem, on: dt.date) -> str:
    """The problem's entry with all that was reported on it, as text: what is sealed as evidence."""
    lines = [
        f"问题清单摘录（{on:%Y-%m-%d}摘自系统）", f"来源：{problem.problem_list}", f"提出单位：{problem.problem_list.found_by}",
        f"提出日：{problem.found_on:%Y-%m-%d}", f"序号：{problem.number}", f"责任单位：{problem.organization.name}",
        f"责任人：{problem.owner_name}", f"问题：{problem.text}", f"整改措施：{problem.measure}", f"整改期限：{problem.due_on:%Y-%m-%d}",
        f"状态：{problem.get_state_display()}" + (f"，{problem.written_off_on:%Y-%m-%d}" if problem.written_off_on else ""),
    ]  # fmt: skip
    for action in problem.actions.all():
        lines.append(f"第{action.number}次反馈（{action.reported_on:%Y-%m-%d}）：{action.text}")
        if action.returned_on:
            lines.append(f"  {action.returned_on:%Y-%m-%d}退回：{action.returned_reason}")
        if action.accepted_on:
            lines.append(f"  {action.accepted_on:%Y-%m-%d}验收：{action.acceptance}")
    lines += [f"回头看（{row.looked_on:%Y-%m-%d}）：{row.finding}" for row in problem.checks.all()]
    lines += [
        f"督办（{row.ordered_on:%Y-%m-%d}）：{row.requirement}，限{row.due_on:%Y-%m-%d}"
        for row in problem.supervisions.all()
    ]
    return "\n".join(lines) + "\n"
