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
from review.evaluation import indicators
from review.evaluation.involved import unfit
from review.models import Evaluation, Evaluator
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
    row: Evaluation = Evaluation.objects.select_for_update(of=("self",)).get(
        pk=Evaluation.objects.visible_to(actor).get(pk=evaluation_id).pk
    )
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
