"""Intake of clues: register, consult and assign, verify, assess (监督执纪工作规则第二十一条; 问责条例第七、九条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cases import selectors
from cases.enums import Exit
from cases.history import organizations_of_clue, served_there
from cases.models import Clue, ClueRespondent, FirstForm, Inquiry, Recusal, Referral, ThresholdTest, Verification
from cases.procedure import CLUE
from cases.services.moving import locked_clue, press_once, require_seat, require_state, take_clue_step
from wenze.access.roles import Role
from wenze.crypto.models import DataKey
from wenze.documents import numbering
from wenze.errors import Invalid, Refused
from wenze.law import threshold
from wenze.notices import services as notices
from wenze.search.services import reindex
from wenze.terms import services as terms
from wenze.workflow import approvals, seats, steps
from wenze.workflow.procedure import Occasion

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Sequence

    from responsibility.models import Problem
    from wenze.people.models import Cadre, Organization, User
    from wenze.workflow.models import Approval


@dataclass(frozen=True)
class Respondent:
    """Whom a clue speaks of, as it was typed."""

    cadre: Cadre | None = None
    organization: Organization | None = None
    allegation: str = ""


@dataclass(frozen=True)
class Registration:
    """What the registration form says."""

    title: str
    source: str
    received_on: dt.date
    summary: str = ""
    source_detail: str = ""
    source_reference: str = ""
    reply_due_on: dt.date | None = None
    happened_on: dt.date | None = None
    field: str = ""
    informant: str = ""
    is_classified: bool = False
    classified_number: str = ""
    classified_level: str = ""
    custodian: str = ""
    respondents: Sequence[Respondent] = ()
    problem: Problem | None = None


@press_once(Clue, "registered_by")
def register_clue(*, registration: Registration, submission: uuid.UUID, actor: User, on: dt.date) -> Clue:
    """Register a clue. ``submission`` becomes its key, so that a second click finds the first one's row.

    Raises ``Refused`` (source, day, classified stub), ``NotYours`` for a role that does not register.
    """
    classified = registration.is_classified
    clue = Clue(
        pk=submission,
        commission=actor.commission,
        year=on.year,
        serial=0,
        title=registration.title.strip(),
        source=registration.source,
        source_detail=registration.source_detail.strip(),
        source_reference=registration.source_reference.strip(),
        reply_due_on=registration.reply_due_on,
        received_on=registration.received_on,
        happened_on=registration.happened_on,
        field=registration.field,
        summary="" if classified else registration.summary.strip(),
        is_classified=classified,
        classified_number=registration.classified_number.strip(),
        classified_level=registration.classified_level,
        custodian=registration.custodian.strip(),
        procedure=CLUE.edition,
        problem=registration.problem,
        registered_by=actor,
        registered_on=on,
    )
    if classified and (registration.summary.strip() or registration.informant.strip() or registration.respondents):
        raise Invalid({"summary": "涉密件只登记编号、密级和保管人，不得录入内容、检举人和对象。"})
    missing = steps.unmet(CLUE, "register_clue", clue, Occasion(actor, on))
    if missing:
        raise Refused("登记", missing)
    clue.data_key = DataKey.objects.create_for(commission_id=actor.commission_id, about=f"cases.Clue:{submission}")
    clue.informant = "" if classified else registration.informant.strip()
    clue.serial = numbering.take(commission=actor.commission, series="clue", year=on.year)
    clue.save()
    ClueRespondent.objects.bulk_create(
        ClueRespondent(clue=clue, cadre=row.cadre, organization=row.organization, allegation=row.allegation.strip())
        for row in registration.respondents
    )
    steps.take_step(CLUE, "register_clue", clue, Occasion(actor, on))
    reindex(clue)
    _tell_case_supervision_of_like_clues(clue, actor)
    return clue


def _tell_case_supervision_of_like_clues(clue: Clue, actor: User) -> None:
    """Like clues that the registrar may not see are case supervision's to compare (issue: 只看得见的才给看)."""
    beyond = selectors.like_clues_beyond(clue, actor)
    if not beyond:
        return
    for clerk in seats.holders(Role.CASEMGMT, clue):
        notices.notify(
            user=clerk,
            text=f"{clue.number}与{beyond}条登记人无权查看的线索相似（同一对象或同名），请比对，必要时并案。",
            url=clue.get_absolute_url(),
            kind="like_clues",
        )


@transaction.atomic
def propose_assignment(
    *, clue_id: uuid.UUID, office: Organization, handler: User, consultation: str, actor: User, on: dt.date
) -> Approval:
    """The conduct office records the consultation and asks the leaders to sign the assignment (会商分办)."""
    clue = locked_clue(clue_id, actor)
    require_seat(clue, actor, Role.CONDUCT)
    require_state(clue, "registered")
    if clue.is_classified:
        raise Invalid({"office": "涉密件不在本系统分办。"})
    wrong = {}
    if not handler.holds(Role.INSPECTOR, office.pk):
        wrong["handler"] = f"{handler}不是{office}的承办人。"
    if Recusal.objects.filter(clue=clue, user=handler).exists():
        wrong["handler"] = f"{handler}在本线索中已回避。"
    if served := served_there([handler], organizations_of_clue(clue)):
        wrong["handler"] = f"{served}。"
    if not consultation.strip():
        wrong["consultation"] = "请写明会商意见。"
    if wrong:
        raise Invalid(wrong)
    clue.office, clue.handler, clue.consultation = office, handler, consultation.strip()
    clue.save(update_fields=["office", "handler", "consultation"])
    return approvals.request(
        about=clue,
        step="assign_clue",
        title=f"分办：{clue}",
        chain=CLUE.step("assign_clue").approval,
        actor=actor,
        on=on,
    )


@transaction.atomic
def plan_verification(*, clue_id: uuid.UUID, plan: str, members: Sequence[User], actor: User, on: dt.date) -> Approval:
    """The handler drafts the verification plan with two or more members; the head signs it."""
    clue = locked_clue(clue_id, actor)
    require_seat(clue, actor, "handler")
    require_state(clue, "assigned")
    if not plan.strip():
        raise Invalid({"plan": "请写明初核方案。"})
    if len({member.pk for member in members}) < 2:  # noqa: PLR2004 -- two members
        raise Invalid({"members": "初核须两人以上。"})
    recused = Recusal.objects.filter(clue=clue, user__in=members).select_related("user").first()
    if recused is not None:
        raise Invalid({"members": f"{recused.user}在本线索中已回避。"})
    verification, _ = Verification.objects.update_or_create(
        clue=clue, defaults={"plan": plan.strip(), "approved_on": None}
    )
    verification.members.set(members)
    return approvals.request(
        about=clue, step="plan_verification", title=f"初核方案：{clue}", chain=(Role.HEAD,), actor=actor, on=on
    )


@transaction.atomic
def report_verification(*, clue_id: uuid.UUID, findings: str, conclusion: str, actor: User, on: dt.date) -> Clue:
    """The verification report; takes the step ``verify_clue``. Raises ``Refused`` while the plan is not approved."""
    clue = locked_clue(clue_id, actor)
    require_seat(clue, actor, "handler")
    wrong = {}
    if not findings.strip():
        wrong["findings"] = "请写明初核情况。"
    if not conclusion.strip():
        wrong["conclusion"] = "请写明初核意见。"
    if wrong:
        raise Invalid(wrong)
    verification = getattr(clue, "verification", None)
    if verification is not None:
        verification.findings, verification.conclusion, verification.reported_on = (
            findings.strip(),
            conclusion.strip(),
            on,
        )
        verification.save()
    steps.take_step(CLUE, "verify_clue", clue, Occasion(actor, on))
    return clue


@dataclass(frozen=True)
class Assessment:
    """What the assessment form says: the threshold test, the exit, and what the exit asks for."""

    situation: str
    act: bool
    act_basis: str
    consequences: Sequence[str]
    consequence_basis: str
    track: str
    exit: str
    exit_reason: str
    loss_yuan: Any = None
    override_reason: str = ""
    hold_until: dt.date | None = None
    measure: str = ""
    rectification: str = ""
    rectify_by: dt.date | None = None
    to_organization: Organization | None = None
    to_name: str = ""
    filed_number: str = ""
    reply_due_on: dt.date | None = None
    questions: str = ""
    by_letter: bool = True


@transaction.atomic
def draft_assessment(*, clue_id: uuid.UUID, assessment: Assessment, actor: User, on: dt.date) -> Approval:
    """Answer the threshold test, choose the exit and ask the head to sign. Raises ``Refused`` with all that is missing."""
    clue = locked_clue(clue_id, actor)
    require_seat(clue, actor, "handler")
    require_state(clue, "verified")
    verdict = threshold.judge(
        situation=assessment.situation, act=assessment.act, consequences=list(assessment.consequences), on=on
    )
    ThresholdTest.objects.update_or_create(
        clue=clue,
        defaults={
            "situation": assessment.situation,
            "act": assessment.act,
            "act_basis": assessment.act_basis.strip(),
            "consequences": list(assessment.consequences),
            "consequence_basis": assessment.consequence_basis.strip(),
            "loss_yuan": assessment.loss_yuan,
            "track": assessment.track,
            "verdict": verdict.verdict,
            "basis": list(verdict.basis),
            "override_reason": assessment.override_reason.strip(),
            "assessed_by": actor,
            "assessed_on": on,
        },
    )
    clue.exit, clue.exit_reason = assessment.exit, assessment.exit_reason.strip()
    clue.hold_until = assessment.hold_until if assessment.exit == Exit.HELD else None
    clue.save(update_fields=["exit", "exit_reason", "hold_until"])
    _record_exit(clue, assessment, on)
    clue = Clue.objects.get(pk=clue.pk)
    missing = [
        gap for gap in steps.unmet(CLUE, "assess_clue", clue, Occasion(actor, on)) if gap.code != "assessment_signed"
    ]
    if missing:
        raise Refused("研判", missing)
    return approvals.request(
        about=clue,
        step="assess_clue",
        title=f"研判：{clue}",
        chain=CLUE.step("assess_clue").approval,
        actor=actor,
        on=on,
    )


def _record_exit(clue: Clue, assessment: Assessment, on: dt.date) -> None:
    """The record that the chosen exit asks for; records of an earlier choice that was not signed go."""
    clue.first_forms.all().delete()
    clue.referrals.all().delete()
    clue.inquiries.filter(answered_on__isnull=True).delete()
    if assessment.exit in (Exit.FIRST_FORM, Exit.STYLE_HANDLING) and assessment.measure and assessment.rectify_by:
        for respondent in clue.respondents.all():
            FirstForm.objects.create(
                clue=clue,
                respondent=respondent,
                is_style_handling=assessment.exit == Exit.STYLE_HANDLING,
                measure=assessment.measure,
                reason=assessment.exit_reason,
                rectification=assessment.rectification.strip(),
                due_on=assessment.rectify_by,
            )
    elif assessment.exit in (Exit.TRANSFERRED, Exit.JOINED_FILED_REVIEW, Exit.ASK_SUPERIOR) and assessment.to_name:
        Referral.objects.create(
            clue=clue,
            exit=assessment.exit,
            to_organization=assessment.to_organization,
            to_name=assessment.to_name.strip(),
            reason=assessment.exit_reason,
            filed_number=assessment.filed_number.strip(),
            sent_on=on,
            reply_due_on=assessment.reply_due_on,
        )
    elif assessment.exit == Exit.INQUIRY and assessment.questions.strip():
        for respondent in clue.respondents.all():
            inquiry = Inquiry(clue=clue, respondent=respondent, by_letter=assessment.by_letter, asked_on=on)
            inquiry.questions = assessment.questions.strip()
            inquiry.save()


def assign_on_signature(approval: Approval, clue: Clue, actor: User, on: dt.date) -> None:
    """The leaders have signed: the clue is assigned."""
    assigned = take_clue_step(clue_id=clue.pk, code="assign_clue", actor=actor, on=on, approval=approval)
    if assigned.handler is not None:
        terms.hand_over(about=assigned, handler=assigned.handler, office_id=assigned.office_id, actor=actor)


def approve_plan_on_signature(approval: Approval, clue: Clue, actor: User, on: dt.date) -> None:
    """The head has signed the plan: the term of verification (T04) begins."""
    Verification.objects.filter(clue=clue).update(approved_on=on)
    terms.start(rule="T04", about=clue, on=on, actor=actor)


def assess_on_signature(approval: Approval, clue: Clue, actor: User, on: dt.date) -> None:
    """The head has signed the assessment: the exit is carried out."""
    take_clue_step(clue_id=clue.pk, code="assess_clue", actor=actor, on=on, approval=approval)


approvals.COMPLETIONS.register("cases.Clue:assign_clue", assign_on_signature)
approvals.COMPLETIONS.register("cases.Clue:plan_verification", approve_plan_on_signature)
approvals.COMPLETIONS.register("cases.Clue:assess_clue", assess_on_signature)
