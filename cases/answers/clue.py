"""Answers to the gates of a clue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases import competence, gates
from cases.enums import ClueSource, Exit, Track
from cases.models import Clue, Recusal
from wenze.people.enums import OrganizationKind, PartyMembership
from wenze.workflow import approvals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wenze.workflow.procedure import Occasion

VERDICTS_FOR = {
    Exit.START: {"start", "start_with_reason"},
    Exit.FIRST_FORM: {"first_form", "start", "start_with_reason", "not_accountable"},
}


@gates.CLUE_IS_STUB_IF_CLASSIFIED.answered_by
def classified_matter_has_content(clue: Clue, occasion: Occasion) -> Iterator[str]:
    if not clue.is_classified:
        return
    if clue.state:
        yield "涉密件按保密规定另行办理，不在本系统流转"
    if not (clue.classified_number and clue.classified_level and clue.custodian):
        yield "请填写涉密件编号、密级和保管人"
    if clue.summary or clue.informant or clue.respondents.exists():
        yield "涉密件不得录入内容和对象"


@gates.CLUE_HAS_SOURCE.answered_by
def source_or_day_missing(clue: Clue, occasion: Occasion) -> Iterator[str]:
    if clue.received_on > occasion.on:
        yield "收到日不能晚于今日"
    if clue.source == ClueSource.SUPERIOR_ORDER:
        if not clue.source_reference:
            yield "上级交办件须填来文字号"
        if clue.reply_due_on is None:
            yield "上级交办件须填回复日"
    if not clue.is_classified and not clue.summary.strip():
        yield "请填写问题摘要"


@gates.HANDLER_NOT_RECUSED.answered_by
def handler_must_stand_aside(clue: Clue, occasion: Occasion) -> Iterator[str]:
    if clue.office_id is None or clue.handler_id is None:
        yield "尚未拟定承办室和承办人"
        return
    if Recusal.objects.filter(clue=clue, user_id=clue.handler_id).exists():
        yield f"{clue.handler}已回避"
    for respondent in clue.respondents.select_related("cadre"):
        if clue.handler and respondent.cadre_id and respondent.cadre_id == clue.handler.cadre_id:
            yield f"{clue.handler}就是被反映人"


@gates.ASSIGNMENT_SIGNED.answered_by
def assignment_not_signed(clue: Clue, occasion: Occasion) -> Iterator[str]:
    if approvals.completed(clue, "assign_clue") is None:
        yield "分办意见尚未签完"


@gates.VERIFIED_BY_TWO.answered_by
def fewer_than_two_verify(clue: Clue, occasion: Occasion) -> Iterator[str]:
    verification = getattr(clue, "verification", None)
    count = verification.members.count() if verification else 0
    if count < 2:  # noqa: PLR2004 -- two members, by local practice everywhere
        yield f"现有{count}人"
    elif verification and verification.members.filter(pk__in=clue.recusals.values("user_id")).exists():
        yield "初核人员中有应当回避的"


@gates.VERIFICATION_PLAN_APPROVED.answered_by
def verification_plan_not_approved(clue: Clue, occasion: Occasion) -> Iterator[str]:
    verification = getattr(clue, "verification", None)
    if verification is None:
        yield "尚未拟初核方案"
    elif verification.approved_on is None:
        yield "方案尚待室主任批准"


@gates.VERIFICATION_REPORTED.answered_by
def verification_not_reported(clue: Clue, occasion: Occasion) -> Iterator[str]:
    verification = getattr(clue, "verification", None)
    if verification is None or verification.reported_on is None:
        yield "尚无初核报告"


@gates.THRESHOLD_ANSWERED.answered_by
def threshold_unanswered(clue: Clue, occasion: Occasion) -> Iterator[str]:
    test = getattr(clue, "threshold", None)
    if test is None:
        yield "尚未作门槛判定"
        return
    if not test.act_basis.strip():
        yield "行为没有写明依据"
    if test.consequences and not test.consequence_basis.strip():
        yield "后果没有写明依据"


@gates.THRESHOLD_SUITS_EXIT.answered_by
def exit_against_threshold(clue: Clue, occasion: Occasion) -> Iterator[str]:
    test = getattr(clue, "threshold", None)
    if test is None or not clue.exit:
        yield "尚未选定出口"
        return
    if clue.exit == Exit.START and test.verdict not in VERDICTS_FOR[Exit.START]:
        yield "行为或后果达不到问责门槛，不得启动；可转第一种形态处理"
    if clue.exit == Exit.START and test.verdict == "start_with_reason" and not clue.exit_reason.strip():
        yield "适用兜底情形须写明理由"
    if clue.exit != Exit.START and test.verdict in VERDICTS_FOR[Exit.START] and not test.override_reason.strip():
        yield "已达门槛而不启动，须写明另行处理的理由"


@gates.TRACK_CONSISTENT.answered_by
def track_against_respondents(clue: Clue, occasion: Occasion) -> Iterator[str]:
    test = getattr(clue, "threshold", None)
    if test is None or clue.exit != Exit.START:
        return
    respondents = list(clue.respondents.select_related("cadre", "organization"))
    if not respondents:
        yield "启动问责须列明对象"
    for respondent in respondents:
        if test.track == Track.SUPERVISORY and respondent.organization is not None:
            yield f"{respondent}是单位，监察问责只问个人"
        if test.track == Track.PARTY and respondent.cadre is not None:
            if respondent.cadre.party_membership == PartyMembership.NONE:
                yield f"{respondent}不是中共党员，应走监察问责"
        elif test.track == Track.PARTY and not OrganizationKind(respondent.organization.kind).is_party_organization:
            yield f"{respondent}不是党组织，应问其党组织"
    if test.track == Track.SUPERVISORY:
        yield "监察问责程序尚未启用，请先按管理权限另行办理"


@gates.BODY_COMPETENT.answered_by
def commission_may_not_initiate(clue: Clue, occasion: Occasion) -> Iterable[str]:
    if clue.exit != Exit.START:
        return []
    return [
        reason
        for respondent in clue.respondents.select_related("cadre__managed_by", "organization__directly_led_by")
        if (reason := competence.why_not_initiate(clue.commission, respondent, on=occasion.on))
    ]


@gates.EXIT_RECORDED.answered_by
def exit_record_incomplete(clue: Clue, occasion: Occasion) -> Iterator[str]:
    if not clue.exit_reason.strip():
        yield "请写明研判理由"
    if clue.exit in (Exit.FIRST_FORM, Exit.STYLE_HANDLING):
        if not clue.first_forms.exists():
            yield "请填写措施、整改要求和期限"
    elif clue.exit in (Exit.TRANSFERRED, Exit.JOINED_FILED_REVIEW, Exit.ASK_SUPERIOR):
        referral = clue.referrals.filter(exit=clue.exit).first()
        if referral is None:
            yield "请填写接收机关和理由"
        elif clue.exit == Exit.JOINED_FILED_REVIEW and not referral.filed_number:
            yield "请填写已立案的案号"
    elif clue.exit == Exit.HELD:
        if clue.hold_until is None or clue.hold_until <= occasion.on:
            yield "请填写今日以后的再研判日"
    elif clue.exit == Exit.INQUIRY and not clue.inquiries.exists():
        yield "请填写谈话函询的对象和事项"


@gates.ASSESSMENT_SIGNED.answered_by
def assessment_not_signed(clue: Clue, occasion: Occasion) -> Iterator[str]:
    if approvals.completed(clue, "assess_clue") is None:
        yield "室主任尚未签批"
