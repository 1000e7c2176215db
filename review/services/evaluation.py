"""Opening an evaluation: whose case, who looks, under which edition; what the rules find at once (law.md §7.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cases.enums import CaseState
from cases.models import Case, CaseGrant
from cases.models.content import CaseContent
from cases.services.grants import confirm_grant, propose_grant
from cases.services.moving import press_once
from review import selectors
from review.enums import EvaluationState, FindingSource
from review.evaluation import indicators
from review.evaluation.examining import examine
from review.evaluation.involved import unfit
from review.models import Bonus, Defect, Evaluation, Evaluator, Finding
from wenze.access.roles import Role
from wenze.audit import ledger
from wenze.crypto.models import DataKey
from wenze.errors import Invalid, NotYours, Stale
from wenze.notices import services as notices
from wenze.people.models import User
from wenze.people.selectors import assignments

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence
    from decimal import Decimal

    from wenze.people.models import Organization

FINISHED = (CaseState.DECIDED, CaseState.EXECUTING, CaseState.CLOSED, CaseState.ENDED)
"""A case is evaluated from its decision on; one that ended before it, by its beginning."""
PURPOSE = "案件质量评查"
HAND_OVER = "evaluation_files"


@dataclass(frozen=True)
class OnPaper:
    """A case without a row in the system: what is known of it is typed; the automatic rules do not apply."""

    number: str
    title: str
    unit_name: str
    evaluated: Organization | None = None


def record(row: Evaluation, action: str, actor: User, **detail: Any) -> None:
    """The act on the ledger of the evaluating commission."""
    ledger.record(
        f"evaluation.{action}", actor=actor, commission_id=row.commission_id, about=row, case_id=row.case_id,
        detail={"number": row.case_number, **detail},
    )  # fmt: skip


def may_lead(user: User, evaluated: Organization) -> bool:
    """审理室牵头: the trial office for its own commission's cases; the superior commission for those below it."""
    if user.commission_id == evaluated.pk:
        return user.holds(Role.TRIAL)
    above = selectors.superior_of(evaluated)
    own = above is not None and above.pk == user.commission_id
    return own and (user.holds(Role.SUPERIOR) or user.holds(Role.TRIAL))


@press_once(Evaluation, "opened_by")
def open_evaluation(
    *, submission: uuid.UUID, case: Case | None, kind: str, team: Sequence[User], actor: User, on: dt.date,
    paper: OnPaper | None = None, sample_member_id: uuid.UUID | None = None,
) -> Evaluation:  # fmt: skip
    """Open an evaluation of a finished case, or of one on paper; the first of the team leads it.

    Nobody of the team handled, approved or adjudicated that case, or must stand aside in it. Members who cannot read the
    case get a dated grant, which the case's own case supervision confirms (``hand_over_files``). Raises ``Invalid``,
    ``NotYours``.
    """
    if (case is None) == (paper is None):
        raise Invalid({"case": "请选择案件，或者填写纸质案件。"})
    evaluated = case.commission if case is not None else (paper and paper.evaluated) or actor.commission
    if not may_lead(actor, evaluated):
        raise NotYours("案件质量评查由案件审理室牵头；下级的案件由上一级纪委监委评查。")
    edition = indicators.edition_on(on)
    wrong = _wrong(case, paper, team, actor, least=edition.team_least)
    if wrong:
        raise Invalid(wrong)
    made = Evaluation(
        pk=submission, commission=actor.commission, evaluated=evaluated, case=case, kind=kind, edition=edition.code,
        case_number=case.number if case else paper.number.strip() if paper else "",
        case_title=case.title if case else paper.title.strip() if paper else "",
        unit_name=case.office.name if case else paper.unit_name.strip() if paper else "",
        office=case.office if case else None, sample_member_id=sample_member_id, opened_by=actor, opened_on=on,
    )  # fmt: skip
    made.data_key = DataKey.objects.create_for(
        commission_id=actor.commission_id, about=f"review.Evaluation:{submission}"
    )
    made.save(force_insert=True)
    for place, user in enumerate(team):
        Evaluator.objects.create(evaluation=made, user=user, is_leader=place == 0)
    record(made, "opened", actor, kind=made.get_kind_display(), team=[user.name for user in team])
    if case is not None:
        _ask_for_files(made, case, team, actor, on)
    write_findings(made, on)
    for user in team:
        notices.open_task(
            commission_id=made.commission_id, recipient=user, title=f"案件质量评查：{made.case_number}", url=made.get_absolute_url(),
            about=made, step="evaluate", started_by=actor,
        )  # fmt: skip
    return made


def _wrong(
    case: Case | None, paper: OnPaper | None, team: Sequence[User], actor: User, *, least: int
) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if case is not None and case.state not in FINISHED:
        wrong["case"] = f"案件现处于“{case.get_state_display()}”，作出决定以后才能评查。"
    if case is not None and Evaluation.objects.filter(commission=actor.commission, case=case, state="open").exists():
        wrong["case"] = "本案正在评查，尚未评定。"
    if paper is not None:
        told = {"number": paper.number, "title": paper.title, "unit_name": paper.unit_name}
        wrong |= {name: "请填写。" for name, text in told.items() if not text.strip()}
    if len({user.pk for user in team}) < max(least, len(team)):
        wrong["team"] = f"评查组须有{least}名以上的人员。"
    elif strangers := [str(user) for user in team if user.commission_id != actor.commission_id or not user.is_active]:
        wrong["team"] = f"{'、'.join(strangers)}不是本机关的在职人员。"
    elif case is not None and (reasons := unfit(case, team)):
        wrong["team"] = "；".join(reasons.values()) + "。"
    return wrong


def _ask_for_files(row: Evaluation, case: Case, team: Sequence[User], actor: User, on: dt.date) -> None:
    """调阅: who cannot read the case gets a grant for this purpose, which counts once case supervision confirms it."""
    blind = [user for user in team if not CaseContent.objects.visible_to(user).filter(pk=case.pk).exists()]
    if not blind:
        return
    for user in blind:
        propose_grant(case=case, user=user, reason=PURPOSE, granted_by=actor, on=on)
    for keeper in keepers_of(case):
        notices.open_task(
            commission_id=case.commission_id, recipient=keeper, title=f"提供案卷供评查：{case}", url=row.get_absolute_url(),
            about=row, case_id=case.pk, step=HAND_OVER, started_by=actor,
        )  # fmt: skip
    record(row, "files_asked", actor, people=[user.name for user in blind])


def keepers_of(case: Case) -> list[User]:
    """Case supervision of the commission whose case it is."""
    held = assignments(Role.CASEMGMT).filter(user__commission_id=case.commission_id)
    return list(User.objects.filter(is_active=True, pk__in=held.values("user_id")))


def pending_grants(row: Evaluation) -> Any:
    """Grants of this evaluation's team that nobody confirmed yet."""
    return CaseGrant.objects.filter(
        content_object_id=row.case_id, user__in=row.team.values("user_id"), confirmed_by__isnull=True, reason=PURPOSE
    )


@transaction.atomic
def hand_over_files(*, evaluation_id: uuid.UUID, actor: User, on: dt.date) -> Evaluation:
    """Case supervision of the commission whose case it is opens the case to the team, read-only and for half a year."""
    row = locked(evaluation_id, actor)
    if not (actor.holds(Role.CASEMGMT) and actor.commission_id == row.evaluated_id):
        raise NotYours("案卷由办案机关的案件监督管理室提供。")
    waiting = list(pending_grants(row).select_related("user", "granted_by"))
    if not waiting:
        raise Stale("案卷已经提供。")
    for grant in waiting:
        if grant.granted_by_id == actor.pk:
            raise NotYours("调阅由您提出，须由另一人提供。")
        confirm_grant(grant, actor=actor, on=on)
    notices.finish_tasks(about=row, step=HAND_OVER, by=actor)
    record(row, "files_handed_over", actor, people=[grant.user.name for grant in waiting])
    return row


@transaction.atomic
def run_rules(*, evaluation_id: uuid.UUID, actor: User, on: dt.date) -> Evaluation:
    """Ask the rules (again) of the case as it stands; what a reviewer found or set aside stays."""
    row = locked(evaluation_id, actor)
    require_team(row, actor)
    write_findings(row, on)
    record(row, "rules_run", actor, found=row.findings.filter(source=FindingSource.RULE).count())
    return row


def write_findings(row: Evaluation, on: dt.date) -> None:
    """What the rules find, each with what it costs by the evaluation's edition and how often it was told before."""
    if row.case_id is None:
        return
    edition = indicators.editions()[row.edition]
    kept = {(each.code, each.text): each for each in row.findings.filter(source=FindingSource.RULE)}
    for found in examine([row.case_id], on=on).get(row.case_id, []):
        code, text = found.rule.code, found.flaw.text[:400]
        if code not in edition.rules or kept.pop((code, text), None) is not None:
            continue
        item = edition.rules[code]
        Finding.objects.create(
            evaluation=row, source=FindingSource.RULE, code=code, phase=item.indicator.phase, indicator=item.indicator.code,
            points=item.points, is_veto=item.veto, text=text, on=found.flaw.on, article=item.article, panel=found.rule.panel,
            earlier=told_before(row, code, found.flaw.on),
        )  # fmt: skip
    Finding.objects.filter(pk__in=[each.pk for each in kept.values()], set_aside="").delete()
    row.rules_run_on = on
    row.save(update_fields=["rules_run_on"])


def told_before(row: Evaluation, code: str, happened_on: dt.date | None) -> int:
    """反馈后同类再犯: how often this defect was told to the office before it happened in this case."""
    since = happened_on or (row.case.applied_on if row.case is not None else row.opened_on)
    if row.office_id is None:
        return 0
    return Defect.objects.filter(office_id=row.office_id, code=code, fed_back_on__lt=since).count()


def locked(evaluation_id: uuid.UUID, actor: User) -> Evaluation:
    """The evaluation, locked, if the actor may see it (else ``Evaluation.DoesNotExist``)."""
    seen = Evaluation.objects.visible_to(actor).get(pk=evaluation_id)
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related("case__handler", "commission", "opened_by")
    row: Evaluation = rows.get(pk=seen.pk)
    return row


def require_team(row: Evaluation, actor: User, *states: str, leader: bool = False) -> None:
    """Raise unless the actor is of the team (its leader) and the evaluation stands where it can be done."""
    if row.state not in (states or (EvaluationState.OPEN,)):
        raise Stale(f"评查{row.get_state_display()}，不能办理此事。")
    team = row.team.filter(user=actor)
    if leader:
        team = team.filter(is_leader=True)
    if not team.exists():
        raise NotYours(f"应由评查组{'组长' if leader else '成员'}办理。")
    if row.case is not None and (reasons := unfit(row.case, [actor])):
        raise NotYours("；".join(reasons.values()))


@press_once(Finding, "found_by")
def add_finding(
    *, submission: uuid.UUID, evaluation_id: uuid.UUID, code: str, points: Decimal, text: str, actor: User, on: dt.date
) -> Finding:
    """A reviewer's deduction against an item (定性准确、处理恰当 …), with the reason."""
    row = locked(evaluation_id, actor)
    require_team(row, actor)
    item = indicators.editions()[row.edition].human.get(code)
    wrong = {} if text.strip() else {"text": "请写明扣分的理由。"}
    if item is None:
        wrong["code"] = "请选择评查项目。"
    elif not 0 < points <= item.points:
        wrong["points"] = f"本项扣分在0.1至{item.points}分之间。"
    if wrong or item is None:
        raise Invalid(wrong)
    found = Finding.objects.create(
        pk=submission, evaluation=row, source=FindingSource.HUMAN, code=code, phase=item.indicator.phase,
        indicator=item.indicator.code, points=points, is_veto=item.veto, text=text.strip()[:400], article=item.article,
        earlier=told_before(row, code, None), found_by=actor,
    )  # fmt: skip
    record(row, "finding", actor, code=code, points=str(points))
    return found


@transaction.atomic
def set_aside(*, finding_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> Finding:
    """The team does not uphold what a rule or a member found; it stays on record with the reason and costs nothing."""
    seen = Finding.objects.visible_to(actor).get(pk=finding_id)
    row = locked(seen.evaluation_id, actor)
    require_team(row, actor)
    if not reason.strip():
        raise Invalid({"reason": "请写明不认定的理由。"})
    found: Finding = row.findings.select_for_update().get(pk=finding_id)
    found.set_aside, found.set_aside_by = reason.strip()[:300], actor
    found.save(update_fields=["set_aside", "set_aside_by"])
    record(row, "set_aside", actor, code=found.code, reason=reason.strip())
    return found


@press_once(Bonus, "given_by")
def add_bonus(
    *,
    submission: uuid.UUID,
    evaluation_id: uuid.UUID,
    code: str,
    points: Decimal,
    reason: str,
    actor: User,
    on: dt.date,
) -> Bonus:
    """加分, with the reason; each item once."""
    row = locked(evaluation_id, actor)
    require_team(row, actor)
    extra = indicators.editions()[row.edition].bonus.get(code)
    wrong = {} if reason.strip() else {"reason": "请写明加分的理由。"}
    if extra is None:
        wrong["code"] = "请选择加分项目。"
    elif not 0 < points <= extra.most:
        wrong["points"] = f"本项加分在0.1至{extra.most}分之间。"
    elif row.bonuses.filter(code=code).exists():
        wrong["code"] = "本项已经加分。"
    if wrong:
        raise Invalid(wrong)
    given = Bonus.objects.create(
        pk=submission, evaluation=row, code=code, points=points, reason=reason.strip()[:400], given_by=actor
    )
    record(row, "bonus", actor, code=code, points=str(points))
    return given
